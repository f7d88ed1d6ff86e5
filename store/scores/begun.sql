-- What is begun and then done, broken or left: acceptance, handling, the promise to the resident, the
-- officer's call, reporting in. `act`: 0 left, 1 begun, 2 done, 3 broken. `key` tells several of a
-- case apart: the turn, the clock, the resolution, the summons.
create or replace temp table settings as
select no, version, c.clock_id, split_part(c.clock_id, '-', 2)::integer as number, c.kind, c.unit_id,
  c.continues
from (select no, version, unnest(d.clocks) as c from facts where len(d.clocks) > 0);

-- Whose promise each of the resident's clocks is: the reporter's, that of a case which joined, or
-- everybody's in a later round.
create or replace temp table promises as
select s.no, s.number, min(s.version) as version,
  case arg_min(f.kind, s.version) when 'case.registered' then 'reporter'
    when 'case.joined' then arg_min(f.d.case_id, s.version) else '' end as subject
from settings s join facts f using (no, version) where s.kind = 'resident' group by all;

-- Who owes the call: the officer, or who is asked for another while there is none.
create or replace temp table receptions as
select no, version, if(kind in ('case.registered', 'case.officer_replaced'), d.officer.unit_id,
    d.question.unit_id) as unit_id,
  if(kind in ('case.registered', 'case.officer_replaced'), d.officer.person_id,
    d.question.person_id) as person_id
from facts where kind in ('case.registered', 'case.officer_replaced', 'case.officer_left')
  or (kind = 'decision.passed_up' and d.question.kind = 'succession');

create or replace temp table steps as
select 'acceptance' as measure, stint::integer as key, 1::tinyint as act, no, version,
  happened as counted_at, 'unit' as carrier, t.unit_id, stage, person_id, s.clock_id as about
from (select * from settings where kind = 'accept') s join turns t using (no, version)
union all
select 'acceptance', stint, 2, no, version, happened, 'unit', unit_id, stage, person_id, null
from turns where kind = 'case.accepted'
union all
select 'handling', stint, 1, no, version, happened, 'unit', t.unit_id, stage, person_id, s.clock_id
from (select * from settings where kind = 'handle') s join turns t using (no, version)
union all
select 'handling', stint, 2, no, version, happened, 'unit', unit_id, stage,
  if(post is not distinct from post_id, actor, person_id), null
from turns where kind in ('case.resolved', 'case.handed_over', 'case.delegated', 'transfer.accepted')
  or (kind = 'case.escalated' and not automatic)
  or (kind = 'case.closed' and reason in ('declined', 'referred'))
union all
select case clock_kind when 'accept' then 'acceptance' else 'handling' end, stint, 3, no, version,
  due_at, 'unit', unit_id, stage, coalesce(nullif(named, ''), person_id), clock_id
from turns where kind = 'clock.broken' and clock_kind in ('accept', 'handle')
union all
select m, if(kind = 'case.arrived', stint - 1, stint), 0, no, version, null, 'unit', '', null, '', null
from turns, (values ('acceptance'), ('handling')) measures(m)
where (kind = 'case.arrived' and stint > 1) or (kind = 'adjudication.decided' and m = 'acceptance')
  or (kind = 'case.closed' and not (m = 'handling' and reason in ('declined', 'referred')))
union all
select 'promise', s.number, 1, s.no, s.version, happened, 'unit', s.unit_id, 'first_contact', '',
  s.clock_id
from (select * from settings where kind = 'resident') s join turns t using (no, version)
union all
select 'promise', number, if(kind = 'case.resolved', 2, 0), no, t.version,
  if(kind = 'case.resolved', happened, null), 'unit', unit_id, stage,
  if(post is not distinct from post_id, actor, person_id), null
from promises p join (
  select * from turns where kind in ('case.resolved', 'case.closed')) t using (no)
where t.version > p.version
union all
select 'promise', number, 0, no, f.version, null, 'unit', '', null, '', null
from promises p join (
  select no, version, if(kind = 'case.parted', d.case_id, d.subject) as subject from facts
  where kind in ('case.parted', 'resident.left')) f using (no, subject)
where f.version > p.version
union all
select 'promise', split_part(clock_id, '-', 2)::integer, 3, no, version, due_at, 'unit', unit_id,
  stage, coalesce(nullif(named, ''), person_id), clock_id
from turns where kind = 'clock.broken' and clock_kind = 'resident'
union all
select 'follow_up', resolution, if(kind = 'clock.broken', 3, 1), c.no, c.version,
  coalesce(due_at, happened), 'unit', r.unit_id, 'first_contact',
  coalesce(nullif(named, ''), r.person_id), c.about
from (
  select t.*, s.clock_id as about from turns t
  join (select * from settings where kind = 'follow_up') s using (no, version)
  union all
  select t.*, t.clock_id from turns t where kind = 'clock.broken' and clock_kind = 'follow_up') c
asof join receptions r on c.no = r.no and c.version >= r.version
union all
select 'follow_up', resolution, 2, t.no, t.version, happened, 'unit', r.unit_id, 'first_contact',
  actor, null
from turns t asof join receptions r on t.no = r.no and t.version >= r.version
where kind = 'case.followed_up'
union all
select 'follow_up', resolution, 0, t.no, t.version, null, 'unit', '', null, '', null
from turns t join facts f using (no, version)
where t.kind in ('rectification.opened', 'dispute.reopened')
  or (t.kind = 'resident.left' and f.d.subject = 'reporter')
  or (t.kind = 'case.closed' and t.reason not in ('rated', 'unrated'))
union all
select 'report_in', split_part(d.helper.summons_id, '-', 2)::integer,
  case when f.kind = 'helper.summoned' then 1 when f.kind = 'helper.not_reported_in' then 3
    when f.d.on_time and f.kind = 'helper.reported_in' then 2 else 0 end,
  no, version, if(f.kind = 'helper.not_reported_in', due_before, t.happened),
  if(d.helper.unit_id is null, 'partner', 'unit'),
  coalesce(d.helper.unit_id, d.helper.partner_id), null, '',
  if(f.kind = 'helper.not_reported_in', d.clock_id, d.helper.summons_id)
from (select * from facts where kind in ('helper.summoned', 'helper.reported_in',
  'helper.not_reported_in', 'helper.released')) f
join turns t using (no, version);

-- What is begun counts once: as done or as broken, whichever comes first. What was left may be begun
-- again, where a case comes back; what was set anew goes on.
create or replace temp table begun as
with told as (
  select *, lag(act) over story as before from steps
  window story as (partition by no, measure, key order by version)),
settled as (
  select *, coalesce(max(act = 3 or (act = 2 and before = 1)) over (
      story rows between unbounded preceding and 1 preceding), false) as over,
    last_value(if(act = 1 and before is distinct from 1, version, null) ignore nulls) over (
      story rows between unbounded preceding and 1 preceding) as opened,
    last_value(if(act = 1, about, null) ignore nulls) over (story rows unbounded preceding) as clock
  from told window story as (partition by no, measure, key order by version))
select * from settled where not over and case act
  when 1 then before is distinct from 1 when 3 then true else before = 1 end;

create or replace temp table begun_postings as
with known as (
  select b.*, t.round, t.item_id, t.class_id from begun b join turns t using (no, version))
select no, version, measure, carrier, unit_id, stage, person_id, counted_at,
  if(act = 2, 1, 0)::tinyint as numerator, if(act = 1, 0, 1)::tinyint as denominator,
  if(act = 1, 1, 0)::tinyint as unanswered, null::integer as corrects, '' as because, round,
  coalesce(about, clock, '') as about, if(act = 3 and carrier = 'unit', 'breach', '') as charge,
  item_id, class_id
from known where act > 0
union all
select e.no, e.version, b.measure, b.carrier, b.unit_id, b.stage, b.person_id, b.counted_at, 0, 0, -1,
  b.version, case e.act when 2 then 'answered' when 3 then 'overdue' else 'left' end, b.round,
  coalesce(b.about, ''), '', b.item_id, b.class_id
from begun e join known b on (b.no, b.measure, b.key, b.version) = (e.no, e.measure, e.key, e.opened)
where e.act <> 1;
