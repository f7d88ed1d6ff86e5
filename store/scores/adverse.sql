-- What counts against: returns, new rounds, recurrences, cards; each beside what there was of it.

-- Clocks that replaced another when a case became an emergency are owed by who owed the first.
-- Only with: clock.broken, clock.warned
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

-- What was asked of somebody by name, other than a turn.
create or replace temp table asked as
select no, version, kind, if(kind = 'helper.summoned', helper.unit_id,
    coalesce(question.unit_id, unit_id)) as unit_id,
  if(kind = 'helper.summoned', '', coalesce(question.person_id,
    if(question.kind is null, person_id, ''), '')) as person_id,
  question.kind as question, question.post_id as post_id, question.barred as barred
from facts where question.kind is not null
  or kind in ('transfer.offered', 'duty.fell_due', 'duty.check_passed_up')
  or (kind = 'helper.summoned' and helper.unit_id is not null);

-- Cards that were drawn, and who owed it.
-- Only with: clock.broken, clock.warned
create or replace temp table cards as
with drawn as (
  select *, kind = 'clock.broken' as red from overdue where clock_kind in (
    'accept', 'handle', 'resident', 'on_site', 'supervision', 'decision', 'report_in', 'transfer',
    'mediation', 'duty_check', 'shelve_review', 'follow_up')),
others as (
  select c.no, c.version, a.unit_id, a.person_id, a.question, a.post_id, a.barred
  from drawn c join roots r using (no, clock_id) join asked a on (a.no, a.version) = (c.no, r.version)
  where clock_kind in ('decision', 'report_in', 'transfer', 'duty_check')),
looks as (
  select o.no, o.version, arg_max(f.officer.unit_id, f.version) as unit_id
  from others o join facts f on f.no = o.no and f.kind = 'case.officer_replaced'
    and f.version < o.version and f.was.post_id = o.post_id
    and not list_contains(o.barred, f.officer.person_id)
  where o.question = 'verification' group by o.no, o.version),
owed as (
  select no, version, unit_id, stage, person_id as owes from drawn
  where clock_kind in ('accept', 'handle', 'resident', 'on_site', 'mediation', 'shelve_review')
  union all
  select d.no, d.version, r.unit_id, 'first_contact', r.person_id
  from drawn d asof join receptions r on d.no = r.no and d.version >= r.version
  where clock_kind = 'follow_up'
  union all
  select d.no, d.version, t.unit_id, t.stage, t.person_id
  from drawn d join roots r using (no, clock_id) join turns t on (t.no, t.version) = (d.no, r.version)
  where clock_kind = 'supervision'
  union all
  select no, version, coalesce(l.unit_id, o.unit_id), null, person_id
  from others o left join looks l using (no, version))
select d.no, d.version, d.stint, if(red, 'red_cards', 'yellow_cards') as measure, clock_kind in (
    'accept', 'handle', 'resident', 'on_site', 'mediation', 'shelve_review') as of_turn,
  if(red, due_at, happened) as counted_at, known_at, o.unit_id, o.stage,
  coalesce(named, owes) as person_id, clock_id as about, if(red, 'breach', 'yellow_card') as charge,
  round, topic
from drawn d join owed o using (no, version);

-- What a resolution is held to account for: the new round that had to be opened, unless all ratings it
-- was opened for turn out not to count; and that the matter was reported again, once however often.
-- Only with: rectification.opened, dispute.reopened
create or replace temp table opened as
select f.no, f.version, t.round - 1 as round, f.kind = 'rectification.opened' as rated
from (select no, version, kind from facts
  where kind in ('rectification.opened', 'dispute.reopened')) f join turns t using (no, version);

-- Only with: rectification.opened, dispute.reopened
create or replace temp table culprits as
select o.no, o.round, o.version, s.subject
from opened o join standing s on s.no = o.no and s.round = o.round and s.version < o.version
where o.rated and s.state in ('c', 'x')
group by o.no, o.round, o.version, s.subject
having arg_max(s.state, s.version) = 'c'
  and not bool_and(s.was_satisfied and s.was_solved);

-- Only with: rectification.opened, dispute.reopened, case.recurred
create or replace temp table again as
with doubts as (
  select s.no, s.round, s.version, if(s.act = 3, s.why, 'restored') as because,
    sum(if(s.state = 'c', 1, -1)) over (partition by s.no, s.round order by s.version) as more
  from standing s join culprits c on c.no = s.no and c.round = s.round and c.subject = s.subject
  where s.version > c.version and s.act in (3, 4)),
states as (
  select 'reopenings' as measure, no, round, version, 'r' as state, '' as about, '' as because,
    '' as charge
  from opened
  union all
  select 'reopenings', no, round, version, if(more + culprits > 0, 'r', 'x'), '', because, ''
  from doubts join (select no, round, count(*) as culprits from culprits group by no, round)
  using (no, round)
  union all
  select 'recurrences', no, round, version, if(first = '', 'x', 'r'), if(first = '', lifted, first),
    if(lifted = '', 'recurrence', 'appeal'), 'recurrence'
  from recurred),
changed as (
  select *, lag(state, 1, '') over story as was, lag(about, 1, '') over story as about_was
  from states
  window story as (partition by no, measure, round order by version)
  qualify state <> was or about <> about_was),
paired as (
  select *, lag(version) over story as before
  from changed
  window story as (partition by no, measure, round order by version)),
entries as (
  select no, version, round, measure, state, about, 1 as sign, null::integer as corrects,
    if(measure = 'recurrences' and state = 'r', '', because) as because,
    if(state = 'r', charge, '') as charge
  from paired
  union all
  select no, version, round, measure, was, about_was, -1, before, because, ''
  from paired where was <> '')
select e.*, if(sign < 0, 15, if(measure = 'reopenings', 11, 12)) as part,
  r.happened as counted_at, t.known_at, r.unit_id, r.stage, r.person_id, r.version as side, r.topic
from entries e join resolutions r using (no, round)
join (select no, version, known_at from turns) t on t.no = e.no and t.version = e.version;

-- What was begun that a card could be drawn for, beside the turns themselves.
create or replace temp table duties as
select d.*, happened as counted_at, known_at, round, topic
from (
  select no, version, unit_id, null as stage, person_id from asked
  union all
  select no, version, unit_id, stage, person_id from begun where which = 2 and act = 1) d
join (select no, version, happened, known_at, round, topic from turns) using (no, version);

-- The duty of a turn is with who holds it. Handed on within the unit it goes along, and where a card was
-- drawn by then it stays and another begins. It goes along as well where a resident comes to ask.
create or replace temp table holders as
with held as (
  select t.*, coalesce(t.version >= a.since, false) as asked_for
  from turns t left join asking a using (no) where stint > 0 and (t.version = a.since or t.kind in (
    'case.arrived', 'case.accepted', 'case.assigned', 'case.officer_replaced'))),
changed as (
  select *, row_number() over story as place, lag(asked_for) over story as asked_before,
    lag(person_id) over story as person_before
  from held window story as (partition by no, stint order by version)
  qualify place = 1 or asked_for <> asked_before or person_id is distinct from person_before)
select c.* exclude (place, person_before), lag(c.version) over (
    partition by c.no, c.stint order by c.version) as before, a.happened as counted_at
from changed c
join (select no, version as arrived, happened from turns) a using (no, arrived);

create or replace temp table turn_duties as
with both_kinds as (
  select h.*, measure from holders h, (values ('yellow_cards'), ('red_cards')) m(measure)),
carded as (
  select distinct h.no, h.measure, h.version
  from both_kinds h join cards c on c.no = h.no and c.stint = h.stint and c.measure = h.measure
  where c.of_turn and c.version > h.before and c.version < h.version),
left_behind as (
  select h.* from both_kinds h left join carded c using (no, measure, version)
  where h.before is not null and c.no is null)
select no, version, if(measure = 'yellow_cards', 16, 17) as part, measure, counted_at, known_at, unit_id,
  stage, person_id, 1 as sign, null::integer as corrects, '' as because, round, topic
from both_kinds
union all
select l.no, l.version, if(measure = 'yellow_cards', 18, 19), measure, l.counted_at, l.known_at,
  b.unit_id, b.stage, b.person_id, -1, l.before,
  if(l.asked_for <> l.asked_before, 'asked_for', 'handed_on'), b.round, b.topic
from left_behind l join holders b on b.no = l.no and b.version = l.before;

create or replace temp view adverse as
with arrivals as (select *, happened as counted_at from turns where kind = 'case.arrived'),
resolved as (select *, happened as counted_at from resolutions)
select no, version, 10 as part, 'returns' as measure, counted_at, known_at, unit_id, stage, person_id,
  0 as numerator, '' as about, '' as charge, round, topic,
  version as side from arrivals
union all
select no, version, 13, 'yellow_cards', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, topic, version from duties
union all
select no, version, 14, 'red_cards', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, topic, version from duties
union all
select no, version, if(measure = 'yellow_cards', 13, 14), measure, counted_at, known_at, unit_id,
  stage, person_id, 1, about, charge, round, topic, version from cards
union all
select no, version, 10, 'returns', happened, known_at, unit_id, stage, doer, 1, '', '', round,
  topic, arrived from turns where kind = 'case.returned'
union all
select no, version, 11, 'reopenings', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, topic, version from resolved
union all
select no, version, 12, 'recurrences', counted_at, known_at, unit_id, stage, person_id, 0, '', '',
  round, topic, version from resolved;

-- Help is judged when it ends: of who came, and of who let the time pass. Who took the case over, or
-- was let go before it was due, is not.
-- Only with: helper.released
create or replace temp table help as
with released as (
  select no, version, helper.unit_id as unit_id, helper.partner_id as partner_id,
    helper.summons_id as summons_id, helped, useful, why, reported_in,
    split_part(helper.summons_id, '-', 2)::integer as key
  from facts where kind = 'helper.released'),
judged as (
  select * from released where reported_in
  union all
  select * from released where not reported_in and (no, key) in (
    select (no, key) from begun where which = 3 and act = 3))
select j.no, j.version, 9 as part, 'help' as measure, if(j.unit_id is null, 'partner', 'unit')
    as carrier, coalesce(j.unit_id, j.partner_id) as unit_id, t.happened as counted_at, known_at,
  if(helped > 0 and coalesce(useful, true), 1, 0) as numerator, summons_id as about, round, topic
from judged j join turns t using (no, version)
where not (why = 'took_over' and helped = 0);
