-- What counts against: returns, new rounds, recurrences, cards; each beside what there was of it.

-- Clocks that replaced another when a case became an emergency are owed by who owed the first.
create or replace temp table roots as
with recursive clocks as (
  select no, clock_id, any_value(nullif(continues, '')) as continues, min(version) as version
  from settings where kind in ('decision', 'transfer', 'report_in', 'supervision', 'duty_check')
  group by no, clock_id),
chained as (
  select no, clock_id, clock_id as root, continues from clocks
  union all
  select c.no, c.clock_id, r.clock_id, r.continues
  from chained c join clocks r on r.no = c.no and r.clock_id = c.continues)
select c.no, c.clock_id, r.version from chained c
join clocks r on r.no = c.no and r.clock_id = c.root where c.continues is null;

-- Cards that were drawn, and who owed it.
create or replace temp table cards as
with drawn as (
  select *, if(kind = 'clock.broken', 'red_cards', 'yellow_cards') as measure from turns
  where (kind = 'clock.broken' or (kind = 'clock.warned' and level = 'yellow')) and clock_kind in (
    'accept', 'handle', 'resident', 'on_site', 'supervision', 'decision', 'report_in', 'transfer',
    'mediation', 'duty_check', 'shelve_review', 'follow_up')),
others as (
  select c.*, f.kind as set_by, f.d as d, s.unit_id as had, s.stage as stage_then,
    s.person_id as person_then
  from drawn c join roots r using (no, clock_id)
  join facts f on (f.no, f.version) = (c.no, r.version)
  join turns s on (s.no, s.version) = (c.no, r.version)),
looks as (
  select o.no, o.version, arg_max(f.d.officer.unit_id, f.version) as unit_id
  from others o join facts f on f.no = o.no and f.kind = 'case.officer_replaced'
    and f.version < o.version and f.d.was.post_id = o.d.question.post_id
    and not list_contains(o.d.question.barred, f.d.officer.person_id)
  where o.d.question.kind = 'verification' group by o.no, o.version),
owed as (
  select no, version, unit_id, stage, person_id as owes from drawn
  where clock_kind in ('accept', 'handle', 'resident', 'on_site', 'mediation', 'shelve_review')
  union all
  select d.no, d.version, r.unit_id, 'first_contact', r.person_id
  from drawn d asof join receptions r on d.no = r.no and d.version >= r.version
  where clock_kind = 'follow_up'
  union all
  select no, version, had, stage_then, person_then from others where clock_kind = 'supervision'
  union all
  select no, version, coalesce(l.unit_id, d.question.unit_id), null, d.question.person_id
  from others left join looks l using (no, version) where clock_kind = 'decision'
  union all
  select no, version, d.unit_id, null, d.person_id from others
  where clock_kind in ('transfer', 'duty_check')
  union all
  select no, version, d.helper.unit_id, null, '' from others
  where clock_kind = 'report_in' and d.helper.unit_id is not null)
select d.no, d.version, measure, if(kind = 'clock.broken', due_at, happened) as counted_at, known_at,
  o.unit_id, o.stage, coalesce(nullif(named, ''), owes) as person_id, clock_id as about,
  if(measure = 'red_cards', 'breach', 'yellow_card') as charge, round, item_id, class_id
from drawn d join owed o using (no, version);

create or replace temp table again as
select t.no, t.version, t.happened as counted_at, t.known_at,
  if(t.kind = 'case.recurred', 'recurrences', 'reopenings') as measure, r.unit_id, r.stage,
  r.person_id, r.round, r.item_id, r.class_id, coalesce(f.d.later, '') as about,
  if(t.kind = 'case.recurred', 'recurrence', '') as charge
from (select * from turns
  where kind in ('case.recurred', 'rectification.opened', 'dispute.reopened')) t
join resolutions r using (no, resolution) join facts f on (f.no, f.version) = (t.no, t.version)
where t.kind = 'case.recurred' or r.round = t.round - 1;

-- What was begun that a card could be drawn for, beside the turns themselves.
create or replace temp table duties as
select d.*, happened as counted_at, known_at, round, item_id, class_id
from (
  select no, version, if(kind = 'helper.summoned', d.helper.unit_id,
      coalesce(d.question.unit_id, d.unit_id)) as unit_id, null as stage,
    if(kind = 'helper.summoned', '', coalesce(d.question.person_id,
      if(d.question is null, d.person_id, null), '')) as person_id
  from facts where d.question is not null or kind in (
      'transfer.offered', 'duty.fell_due', 'duty.check_passed_up')
    or (kind = 'helper.summoned' and d.helper.unit_id is not null)
  union all
  select no, version, unit_id, stage, person_id from begun where which = 2 and act = 1) d
join turns using (no, version);

create or replace temp view adverse as
with arrivals as (select *, happened as counted_at from turns where kind = 'case.arrived'),
resolved as (select *, happened as counted_at from resolutions)
select no, version, 10 as part, 'returns' as measure, counted_at, known_at, unit_id, stage, person_id,
  0 as numerator, '' as about, '' as charge, round, item_id, class_id from arrivals
union all
select no, version, 13, 'yellow_cards', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, item_id, class_id from arrivals
union all
select no, version, 14, 'red_cards', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, item_id, class_id from arrivals
union all
select no, version, 13, 'yellow_cards', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, item_id, class_id from duties
union all
select no, version, 14, 'red_cards', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, item_id, class_id from duties
union all
select no, version, if(measure = 'yellow_cards', 13, 14), measure, counted_at, known_at, unit_id,
  stage, person_id, 1, about, charge, round, item_id, class_id from cards
union all
select no, version, 10, 'returns', happened, known_at, unit_id, stage, doer, 1, '', '', round,
  item_id, class_id from turns where kind = 'case.returned'
union all
select no, version, 11, 'reopenings', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, item_id, class_id from resolved
union all
select no, version, 12, 'recurrences', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, item_id, class_id from resolved
union all
select no, version, if(measure = 'reopenings', 11, 12), measure, counted_at, known_at, unit_id, stage,
  person_id, 1, about, charge, round, item_id, class_id from again;

-- Help is judged when it ends: of who came, and of who let the time pass. Who took the case over, or
-- was let go before it was due, is not.
create or replace temp table help as
select f.no, f.version, 9 as part, 'help' as measure, if(d.helper.unit_id is null, 'partner', 'unit') as carrier,
  coalesce(d.helper.unit_id, d.helper.partner_id) as unit_id, t.happened as counted_at,
  known_at, if(d.helped > 0 and coalesce(d.useful, true), 1, 0) as numerator, d.helper.summons_id as about,
  round, item_id, class_id
from (select no, version, d from facts where kind = 'helper.released') f
join turns t using (no, version)
left join (select no, key from begun where which = 3 and act = 3) late
  on late.no = f.no and late.key = split_part(d.helper.summons_id, '-', 2)::integer
where (d.reported_in or late.no is not null) and not (d.why = 'took_over' and d.helped = 0);
