-- What residents were asked and answered: contacted, solved, the grade. Who resolved carries it.
create or replace temp table resolutions as
select no, version, resolution, round, happened, known_at, unit_id, stage, topic,
  doer as person_id
from turns where kind = 'case.resolved';

-- Who has a word of their own on the case, from when until when.
create or replace temp table residents as
with known as (
  select no, version, item_id, residents, parties_subject,
    case_id, subject, rates from facts
  where kind in ('case.registered', 'case.joined', 'case.parted', 'resident.left')),
moves as (
  select no, version, 'reporter' as subject, true as here from known
  where item_id is not null and coalesce(residents, 1) > 0
  union all
  select no, version, unnest(parties_subject), true from known where len(parties_subject) > 0
  union all
  select no, version, coalesce(case_id, subject), rates is not null from known
  where item_id is null and coalesce(rates, true))
select no, subject, version as since, here,
  lead(version) over (partition by no, subject order by version) as until
from moves;

-- The units that had reported in and were there when it was resolved, beside the one that resolved it;
-- of those that were sent away before, only who had been of help.
-- Only with: helper.reported_in
create or replace temp table helpers as
with came as (
  select no, version, helper.unit_id as unit_id, helper.summons_id as summons_id from facts
  where kind = 'helper.reported_in' and helper.unit_id is not null),
sent_away as (
  select no, version as left_at, helper.summons_id as summons_id from facts
  where kind = 'helper.released' and why = 'released'
    and not (helped > 0 and coalesce(useful, true)))
select r.no, r.round, list(distinct f.unit_id) as units
from came f join turns t using (no, version)
join resolutions r on r.no = f.no and r.round = t.round and r.version > f.version
left join sent_away s on s.no = f.no and s.summons_id = f.summons_id and s.left_at < r.version
where f.unit_id is distinct from r.unit_id and s.no is null
group by r.no, r.round;

-- A recurrence holds until an appeal against it is upheld.
-- Only with: case.recurred
create or replace temp table recurrences as
select f.no, f.version, f.round, f.later, f.happened, a.version as lifted
from facts f left join (
  select no, version, about as later from facts
  where kind = 'appeal.decided' and against = 'recurrence' and upheld) a
on a.no = f.no and a.later = f.later and a.version > f.version
where f.kind = 'case.recurred';

-- After each change: the latest one that holds; empty for none.
-- Only with: case.recurred
create or replace temp table recurred as
with changes as (
  select no, round, version, '' as lifted from recurrences
  union all
  select no, round, lifted, later from recurrences where lifted is not null)
select c.no, c.round, c.version, any_value(c.lifted) as lifted, coalesce(arg_max(r.later, r.version)
    filter (r.version <= c.version and (r.lifted is null or r.lifted > c.version)), '') as later,
  coalesce(arg_min(r.later, r.version)
    filter (r.version <= c.version and (r.lifted is null or r.lifted > c.version)), '') as first,
  arg_max(r.happened, r.version) filter (r.version <= c.version) as happened
from changes c join recurrences r using (no, round) group by c.no, c.round, c.version;

-- `act`: 0 asked no more, 1 asked, 2 rated, 3 excluded, 4 restored, 5 reported again.
-- Only with: case.resolved
create or replace temp table answers as
with asked as (
  select r.no, r.version, r.round, r.happened, subject from resolutions r join residents p using (no)
  where here and since < r.version and (until is null or until > r.version)),
said as (
  select no, version, round, subject, happened,
    case kind when 'case.rated' then 2 when 'rating.excluded' then 3 else 4 end::tinyint as act,
    contacted, solved, grade > 2 as satisfied, why,
    null::varchar as later
  from facts where kind in ('case.rated', 'rating.excluded', 'rating.restored'))
select no, version, round, subject, happened, 1::tinyint as act, null::boolean as contacted,
  null::boolean as solved, null::boolean as satisfied, null::varchar as why, null::varchar as later
from asked
union all
select * from said
union all
select p.no, since, t.round, subject, null, 0, null, null, null, null, null
from residents p join turns t on (t.no, t.version) = (p.no, p.since) where not here
union all
select a.no, t.version, a.round, a.subject, null, 0, null, null, null, null, null
from asked a join endings t using (no, round)
where t.kind = 'case.closed' and t.reason = 'withdrawn' and t.version > a.version
union all
select a.no, r.version, a.round, a.subject, null, 5, null, null, null, null, r.later
from asked a join recurred r using (no, round) where r.version > a.version;

-- How each answer stands after each of these: 'u' unanswered, 'c' counts, 'x' excluded, '' nothing,
-- and of "is it solved?" besides 'r', reported again.
-- Only with: case.resolved
create or replace temp table standing as
with told as (
  select *, coalesce(max(act = 2) over story, false) as rated,
    last_value(if(act < 2, act, null) ignore nulls) over story as asked,
    coalesce(last_value(if(act in (3, 4), act, null) ignore nulls) over story, 4) = 3 as out,
    coalesce(last_value(later ignore nulls) over story, '') as again,
    max(if(act = 2, happened, null)) over story as rated_at,
    max(if(act = 1, happened, null)) over story as asked_at,
    max(if(act = 2, contacted, null)) over story as was_contacted,
    max(if(act = 2, solved, null)) over story as was_solved,
    max(if(act = 2, satisfied, null)) over story as was_satisfied
  from answers
  window story as (partition by no, round, subject order by version rows unbounded preceding))
select no, version, round, subject, act, why, again, was_contacted, was_solved, was_satisfied,
  coalesce(rated_at, asked_at) as counted_at,
  case when rated then if(out, 'x', 'c') when asked = 1 then 'u' else '' end as state
from told;

-- Reported again with no rating that counts: a miss of its own, until one counts or it is lifted.
-- Only with: case.recurred
create or replace temp table misses as
with changes as (
  select no, round, version, 0 as valid, later, lifted, happened, null as why from recurred
  union all
  select no, round, version, if(state = 'c', 1, -1), null, null, null,
    case act when 3 then why when 4 then 'restored' else 'answered' end
  from standing semi join recurred using (no, round)
  where state in ('c', 'x') and act between 2 and 4),
told as (
  select *, sum(valid) over story as ratings,
    last_value(later ignore nulls) over story as holds,
    last_value(lifted ignore nulls) over story as lifted_now,
    last_value(happened ignore nulls) over story as reported_at
  from changes
  window story as (partition by no, round order by version rows unbounded preceding))
select no, version, round, '' as subject, 1::tinyint as course,
  case when ratings > 0 or holds is null then '' when holds <> '' then 'r' else 'x' end as state,
  if(holds = '', lifted_now, holds) as later, false as fine, reported_at as counted_at,
  coalesce(why, if(holds <> '', 'recurrence', 'appeal')) as because
from told;

-- What was contacted and how it was graded stands and falls together; whether it is solved has a story of
-- its own. `course`: 0 the first two, 1 the other. They become a line for each measure at the end.
-- Only with: case.resolved
create or replace temp table ratings as
with each_of as (
  select no, version, round, subject, course, was_contacted, was_satisfied, fine, counted_at, state,
    later, case act
    when 1 then '' when 2 then if(later = '', '', 'recurrence') when 3 then why when 4 then 'restored'
    when 5 then if(again = '', 'appeal', 'recurrence') else 'left' end as because, act
  from (
    select *, 0::tinyint as course, was_solved as fine, '' as later from standing
    union all
    select * replace (if(state = 'c' and again <> '', 'r', state) as state), 1, was_solved,
      if(state = 'c', again, '')
    from standing)
  union all by name
  select *, 6::tinyint as act from misses),
changed as (
  select *, lag(state, 1, '') over story as was, lag(later, 1, '') over story as later_was
  from each_of
  window story as (partition by no, course, round, subject order by version)
  qualify state <> was or (later <> later_was and state = 'r')),
paired as (
  select *, lag(version) over story as corrected, lag(counted_at) over story as counted_before,
    lag(later) over story as later_before
  from changed
  window story as (partition by no, course, round, subject order by version)),
measured as (
  select * replace (case measure when 'response' then was_contacted when 'satisfaction' then
    was_satisfied else fine end as fine)
  from paired join (values (0, 'response'), (0, 'satisfaction'), (1, 'resolution')) m(course, measure)
  using (course)),
entries as (
  select no, version, round, subject, measure, counted_at, state, later, fine,
    if(act = 6 and because = 'recurrence', '', because) as because, null::integer as corrects, 1 as sign
  from measured where state <> ''
  union all
  select no, version, round, subject, measure, counted_before, was, later_before, fine,
    if(act = 2 and was = 'u', 'answered', because), corrected, -1
  from measured where was <> ''),
carried as (
  select e.*, 'owner' as role, r.unit_id, r.stage, r.person_id, r.topic,
    coalesce(len(h.units), 0) as helpers, h.units
  from entries e join resolutions r using (no, round) left join helpers h using (no, round)),
shared as (
  select * exclude (units) from carried
  union all
  select * exclude (units) replace (
    'helper' as role, unnest(units) as unit_id, null as stage, '' as person_id)
  from carried where measure = 'satisfaction' and helpers > 0)
select s.*, t.known_at, 1000000 + row_number() over (partition by s.no, s.version
    order by measure, s.round, subject, role, unit_id, sign, later) as part
from shared s join (select no, version, known_at from turns) t using (no, version);
