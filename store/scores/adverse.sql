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
select d.no, d.version, measure, if(kind = 'clock.broken', due_at, happened) as counted_at, o.unit_id, o.stage,
  coalesce(nullif(named, ''), owes) as person_id, clock_id as about,
  if(measure = 'red_cards', 'breach', 'yellow_card') as charge, round, item_id, class_id
from drawn d join owed o using (no, version);

create or replace temp table adverse as
with duties as (
  select no, version, unit_id, stage, person_id from turns where kind = 'case.arrived'
  union all
  select no, version, d.question.unit_id, null, d.question.person_id from facts
  where d.question.kind is not null
  union all
  select no, version, d.unit_id, null, d.person_id from facts
  where kind in ('transfer.offered', 'duty.fell_due', 'duty.check_passed_up')
  union all
  select no, version, d.helper.unit_id, null, '' from facts
  where kind = 'helper.summoned' and d.helper.unit_id is not null
  union all
  select no, version, unit_id, stage, person_id from begun where measure = 'follow_up' and act = 1),
again as (
  select t.no, t.version, t.happened, if(kind = 'case.recurred', 'recurrences', 'reopenings')
      as measure, r.unit_id, r.stage, r.person_id, r.round, r.item_id, r.class_id
  from turns t join resolutions r using (no, resolution)
  where kind = 'case.recurred'
    or (kind in ('rectification.opened', 'dispute.reopened') and r.round = t.round - 1))
select no, version, m as measure, t.happened as counted_at, d.unit_id, d.stage, d.person_id,
  0 as numerator, '' as about, '' as charge, round, item_id, class_id
from duties d join turns t using (no, version), (values ('yellow_cards'), ('red_cards')) measures(m)
union all
select no, version, measure, counted_at, unit_id, stage, person_id, 1, about, charge, round, item_id,
  class_id
from cards
union all
select no, version, 'returns', happened, unit_id, stage, if(
    kind = 'case.returned' and post is not distinct from post_id, actor, person_id),
  if(kind = 'case.returned', 1, 0), '', '', round, item_id, class_id
from turns where kind in ('case.arrived', 'case.returned')
union all
select no, version, m, happened, unit_id, stage, person_id, 0, '', '', round, item_id, class_id
from resolutions, (values ('reopenings'), ('recurrences')) measures(m)
union all
select a.no, a.version, measure, a.happened, unit_id, stage, person_id, 1, coalesce(f.d.later, ''),
  if(measure = 'recurrences', 'recurrence', ''), a.round, item_id, class_id
from again a join facts f using (no, version);

-- Help is judged when it ends: of who came, and of who let the time pass. Who took the case over, or
-- was let go before it was due, is not.
create or replace temp table help as
select no, f.version, 'help' as measure, if(d.helper.unit_id is null, 'partner', 'unit') as carrier,
  coalesce(d.helper.unit_id, d.helper.partner_id) as unit_id, t.happened as counted_at,
  if(d.helped > 0 and coalesce(d.useful, true), 1, 0) as numerator, d.helper.summons_id as about,
  round, item_id, class_id
from (select no, version, d from facts where kind = 'helper.released') f
join turns t using (no, version)
left join (select no, key from begun where measure = 'report_in' and act = 3) late
  on late.no = f.no and late.key = split_part(d.helper.summons_id, '-', 2)::integer
where (d.reported_in or late.no is not null) and not (d.why = 'took_over' and d.helped = 0);
