-- The ledger as it is kept: the postings of every measure, and what upheld appeals took out. `part` is
-- the number within the event: each source has numbers of its own. `side` is the event at which it is
-- decided whether it counts apart as what nobody asked for.
create or replace temp view begun_postings as
select no, version, if(which = 4, 101 + 2 * key, 2 + 2 * which) as part, which, carrier, unit_id, stage,
  person_id, counted_at, known_at, if(act = 2, 1, 0) as numerator, if(act = 1, 0, 1) as denominator,
  if(act = 1, 1, 0) as unanswered, null::integer as corrects, '' as because, round, about,
  if(act = 3 and carrier = 'unit', 'breach', '') as charge, topic
from begun where act > 0
union all
select e.no, e.version, if(which = 4, 100 + 2 * key, 1 + 2 * which), which, b.carrier, b.unit_id,
  b.stage, b.person_id, b.counted_at, e.known_at, 0, 0, -1, b.version,
  case e.act when 2 then 'answered' when 3 then 'overdue' else 'left' end, b.round, b.about, '',
  b.topic
from begun e join begun b using (no, which, key)
where e.act <> 1 and b.act = 1 and b.version = e.opened;

create or replace temp view counted as
select no, version, part, ['acceptance', 'handling', 'follow_up', 'report_in', 'promise'][which + 1]
  as measure, carrier, unit_id, stage, person_id, 'owner' as role, 0 as helpers, counted_at, known_at,
  numerator, denominator, unanswered, 0 as excluded, corrects, because, round, '' as subject, about,
  charge, topic, coalesce(corrects, version) as side
from begun_postings
union all
select no, version, part, measure, 'unit', unit_id, stage, person_id, role, helpers, counted_at,
  known_at, if(state = 'c' and fine, sign, 0), if(state in ('c', 'r'), sign, 0),
  if(state = 'u', sign, 0), if(state = 'x', sign, 0), corrects, because, round, subject,
  if(later = '', round || '/' || subject, later), case when role = 'helper' or sign < 0 then ''
    when state = 'r' then 'recurrence' when state = 'c' and not fine then 'rating' else '' end,
  topic, coalesce(corrects, version)
from ratings
union all
select no, version, part, measure, 'unit', unit_id, stage, person_id, 'owner', 0, counted_at, known_at,
  numerator, 1 - numerator, 0, 0, null, '', round, '', about, charge, topic,
  side
from adverse
union all
select no, version, part, measure, 'unit', unit_id, stage, person_id, 'owner', 0, counted_at, known_at,
  if(state = 'r', sign, 0), 0, 0, if(state = 'x', sign, 0), corrects, because, round, '', about, charge,
  topic, side
from again
union all
select no, version, part, measure, 'unit', unit_id, stage, person_id, 'owner', 0, counted_at, known_at,
  0, sign, 0, 0, corrects, because, round, '', '', '', topic, coalesce(corrects, version)
from turn_duties
union all
select no, version, part, measure, carrier, unit_id, null, '', 'owner', 0, counted_at, known_at,
  numerator, 1, 0, 0, null, '', round, '', about, '', topic, version
from help;

-- A case that is given back takes along what became of its promise here: kept or broken, it is so in
-- its own case, where it runs on.
-- Only with: case.parted
create or replace temp table given_back as
select p.no, 'resident-' || p.number as about, min(f.version) as version
from promises p join (select no, version, case_id as subject from facts where kind = 'case.parted') f
using (no, subject) where f.version > p.version group by p.no, p.number;

-- Only with: appeal.decided
create or replace temp table appealed as
select f.no, f.version, f.known_at, p.* exclude (no, version, known_at, part), p.version as charged,
  row_number() over (partition by f.no, f.version order by p.version, p.part) as place
from (
  select no, version, known_at, against, about
  from facts join (select no, version, known_at from turns) using (no, version)
  where kind = 'appeal.decided' and upheld and against in ('breach', 'yellow_card')) f
join counted p on (p.no, p.charge, p.about) = (f.no, f.against, f.about) and p.version < f.version
left join given_back g on g.no = f.no and g.about = f.about and g.version < f.version
where g.no is null;

-- Only with: case.parted
create or replace temp table taken_along as
select g.no, g.version, t.known_at, p.* exclude (no, version, known_at, part, corrects),
  p.version as charged, a.version as corrects,
  row_number() over (partition by p.no, g.version order by p.version, p.part) as place
from given_back g join turns t using (no, version)
join counted p on p.no = g.no and p.about = g.about and p.version < g.version
  and p.corrects is null and p.unanswered = 0
left join appealed a on a.no = p.no and a.charged = p.version and a.measure = p.measure
  and a.about = p.about;

create or replace temp view postings as
select case_id, version, part::integer as part, measure, carrier, coalesce(unit_id, '') as unit_id,
  stage, coalesce(person_id, '') as person_id, role, helpers::smallint as helpers, counted_at,
  known_at, numerator::smallint as numerator, denominator::smallint as denominator,
  unanswered::smallint as unanswered, excluded::smallint as excluded, corrects, because,
  round::smallint as round, subject, about, charge, item_id, class_id,
  proactive and (since is null or side < since) as proactive, imported
from (
  select * from counted
  union all by name
  select * exclude (charged, place) replace (-numerator as numerator, -denominator as denominator,
    charged as corrects, 'appeal' as because, '' as charge), 18 + 2 * place as part from appealed
  union all by name
  select * exclude (charged, place) replace (if(corrects is null, -numerator, 0) as numerator,
    if(corrects is null, -denominator, 0) as denominator,
    if(corrects is null, 0, -1) as excluded, coalesce(corrects, charged) as corrects,
    'given_back' as because, '' as charge), 18 + 2 * place as part from taken_along
  union all by name
  select * exclude (charged, place) replace (0 as numerator, 0 as denominator, 1 as excluded,
    'appeal' as because, '' as charge), 19 + 2 * place as part from appealed)
join cases using (no) left join matters using (no, topic) left join asking using (no);
