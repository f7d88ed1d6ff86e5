-- What is begun and then done, broken or left: acceptance, handling, the promise to the resident, the
-- officer's call, reporting in. `act`: 0 left, 1 begun, 2 done, 3 broken. `key` tells several of a
-- case apart: the turn, the clock, the resolution, the summons.
create or replace temp table settings as
select no, version, clock_id, split_part(clock_id, '-', 2)::integer as number,
  split_part(clock_id, '-', 1) as kind, unit_id, continues
from (
  select no, version, unnest(clocks_clock_id) as clock_id, unnest(clocks_unit_id) as unit_id,
    unnest(clocks_continues) as continues
  from facts where clocks_clock_id is not null);

-- Whose promise each of the resident's clocks is: the reporter's, that of a case which joined, or
-- everybody's in a later round.
create or replace temp table promises as
select s.no, s.number, min(s.version) as version,
  case arg_min(f.kind, s.version) when 'case.registered' then 'reporter'
    when 'case.joined' then arg_min(f.case_id, s.version) else '' end as subject
from settings s join facts f using (no, version) where s.kind = 'resident' group by all;

-- Who owes the call: the officer, or who is asked for another while there is none.
create or replace temp table receptions as
select no, version, if(kind in ('case.registered', 'case.officer_replaced'), officer.unit_id,
    question.unit_id) as unit_id,
  if(kind in ('case.registered', 'case.officer_replaced'), officer.person_id,
    question.person_id) as person_id
from facts where kind in ('case.registered', 'case.officer_replaced', 'case.officer_left')
  or (kind = 'decision.passed_up' and question.kind = 'succession');

-- Clocks that ran out, and what drew a yellow card.
-- Only with: clock.broken, clock.warned
create or replace temp table overdue as
select t.*, f.clock_id, f.due_at, f.named, split_part(f.clock_id, '-', 1) as clock_kind,
  split_part(f.clock_id, '-', 2)::integer as number
from (select no, version, clock_id, due_at, nullif(person_id, '') as named
  from facts where kind = 'clock.broken' or (kind = 'clock.warned' and level = 'yellow')) f
join turns t using (no, version);

-- Where a turn or a case is over: whether its work was done, and whether nothing had been resolved.
create or replace temp table endings as
select t.*, t.kind not in ('case.arrived', 'case.closed') and not (t.kind = 'case.escalated' and
    f.automatic) or coalesce(f.reason in ('declined', 'referred') and t.kind = 'case.closed', false)
    as done, f.reason
from (select no, version, automatic, reason from facts where kind in (
    'case.resolved', 'case.handed_over', 'case.delegated', 'transfer.accepted', 'case.escalated')
  or (kind = 'case.closed' and reason not in ('rated', 'unrated', 'verified'))) f
join turns t using (no, version);

create or replace temp table steps as
with clocks as (
  select t.no, t.version, s.kind, stint, resolution, happened, t.unit_id, stage, person_id,
    s.unit_id as set_for, s.clock_id, s.number
  from settings s join turns t using (no, version)
  where s.kind in ('accept', 'handle', 'follow_up', 'resident')),
calls as (
  select no, version, resolution, 1::tinyint as act, '' as named, happened as counted_at,
    clock_id as about
  from clocks where kind = 'follow_up'
  union all
  select no, version, resolution, 3, named, due_at, clock_id from overdue
  where kind = 'clock.broken' and clock_kind = 'follow_up'
  union all
  select no, version, resolution, 2, actor, happened, null from turns
  where kind = 'case.followed_up')
select case kind when 'accept' then 0 when 'handle' then 1 else 4 end::tinyint as which,
  if(kind = 'resident', number, stint) as key, 1::tinyint as act, no, version,
  happened as counted_at, 'unit' as carrier, if(kind = 'resident', set_for, unit_id) as unit_id,
  if(kind = 'resident', 'first_contact', stage) as stage,
  if(kind = 'resident', '', person_id) as person_id, clock_id as about
from clocks where kind <> 'follow_up'
union all
select 0, stint, 2, no, version, happened, 'unit', unit_id, stage, person_id, null
from turns where kind = 'case.accepted'
union all
select 1, stint, 2, no, version, happened, 'unit', unit_id, stage, doer, null
from endings where done
union all
select case clock_kind when 'accept' then 0 when 'handle' then 1 else 4 end,
  if(clock_kind = 'resident', number, stint), 3, no, version, due_at,
  'unit', unit_id, stage, coalesce(named, person_id), clock_id
from overdue where kind = 'clock.broken' and clock_kind in ('accept', 'handle', 'resident')
union all
select m, stint - 1, 0, no, version, null, 'unit', '', null, '', null
from turns, (values (0), (1)) measures(m) where kind = 'case.arrived' and stint > 1
union all
select m, stint, 0, no, version, null, 'unit', '', null, '', null
from endings, (values (0), (1)) measures(m) where kind = 'case.closed' and not (m = 1 and done) and reason is distinct from 'merged'
union all
select 0, stint, 0, no, version, null, 'unit', '', null, '', null
from turns where kind = 'adjudication.decided'
union all
select 4, number, if(kind = 'case.resolved', 2, 0), no, t.version,
  if(kind = 'case.resolved', happened, null), 'unit', unit_id, stage, doer, null
from promises p join endings t using (no)
where t.version > p.version and kind in ('case.resolved', 'case.closed')
union all
select 4, number, 0, no, f.version, null, 'unit', '', null, '', null
from promises p join (
  select no, version, if(kind = 'case.parted', case_id, subject) as subject from facts
  where kind in ('case.parted', 'resident.left')) f using (no, subject)
where f.version > p.version
union all
select 2, resolution, act, c.no, c.version, counted_at, 'unit', r.unit_id, 'first_contact',
  coalesce(nullif(named, ''), r.person_id), about
from calls c asof join receptions r on c.no = r.no and c.version >= r.version
union all
select 2, resolution, 0, t.no, t.version, null, 'unit', '', null, '', null
from turns t join (
  select no, version from facts where kind in ('rectification.opened', 'dispute.reopened')
    or (kind = 'resident.left' and subject = 'reporter')
    or (kind = 'case.closed' and reason not in ('rated', 'unrated'))) f using (no, version)
union all
select 3, split_part(summons_id, '-', 2)::integer, case
    when f.kind = 'helper.summoned' then 1 when f.kind = 'helper.not_reported_in' then 3
    when on_time and f.kind = 'helper.reported_in' then 2 else 0 end,
  f.no, f.version, coalesce(o.due_at, t.happened), if(f.unit_id is null, 'partner', 'unit'),
  coalesce(f.unit_id, partner_id), null, '',
  if(f.kind = 'helper.not_reported_in', f.clock_id, summons_id)
from (
  select no, version, kind, helper.summons_id as summons_id, helper.unit_id as unit_id,
    helper.partner_id as partner_id, on_time, clock_id
  from facts where kind in ('helper.summoned', 'helper.reported_in', 'helper.not_reported_in',
    'helper.released')) f
join turns t using (no, version)
left join overdue o on o.no = f.no and o.clock_id = f.clock_id and o.kind = 'clock.broken'
  and f.kind = 'helper.not_reported_in';

-- What is begun counts once: as done or as broken, whichever comes first. What was left may be begun
-- again, where a case comes back; what was set anew goes on. Most stories are begun and over once, and
-- are not sorted for the few that are not.
create or replace temp table stories as
select no, which, key, min(version) filter (act = 1) as opened,
  min(version) filter (act <> 1) as closed, arg_max(about, version) filter (act = 1) as clock,
  coalesce(max(version) filter (act = 1) > min(version) filter (act = 0)
    or min(version) filter (act = 1) > min(version) filter (act <> 1), false) as again
from steps group by no, which, key;

create or replace temp table begun as
with told as (
  select *, lag(act) over story as before
  from (select * from steps semi join (from stories where again) using (no, which, key))
  window story as (partition by no, which, key order by version)),
settled as (
  select *, coalesce(max(act = 3 or (act = 2 and before = 1)) over (
      story rows between unbounded preceding and 1 preceding), false) as over,
    last_value(if(act = 1 and before is distinct from 1, version, null) ignore nulls) over (
      story rows between unbounded preceding and 1 preceding) as opened,
    last_value(if(act = 1, about, null) ignore nulls) over (story rows unbounded preceding) as clock
  from told window story as (partition by no, which, key order by version)),
counted as (
  select s.*, y.opened, y.clock
  from steps s join (from stories where not again) y using (no, which, key)
  where s.version = y.opened
    or (s.version = y.closed and act <> 1 and (act = 3 or y.opened is not null))
  union all
  select * exclude (before, over) from settled
  where not over and case act
    when 1 then before is distinct from 1 when 3 then true else before = 1 end)
select c.* exclude (about, clock), coalesce(about, clock, '') as about, known_at, round, topic
from counted c join (select no, version, known_at, round, topic from turns)
  using (no, version);
