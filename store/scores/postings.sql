-- The ledger as it is kept: the postings of every measure, what appeals took out of it, numbered
-- within the event that made them.
create or replace temp table posted as
select no, version, measure, carrier, unit_id, stage, person_id, 'owner' as role, 0 as helpers,
  counted_at, numerator, denominator, unanswered, 0 as excluded, corrects, because, round,
  '' as subject, about, charge, item_id, class_id
from begun_postings
union all
select no, version, measure, 'unit', unit_id, stage, person_id, role, helpers, counted_at,
  if(state = 'c' and fine, sign, 0), if(state in ('c', 'r'), sign, 0), if(state = 'u', sign, 0),
  if(state = 'x', sign, 0), corrects, because, round, subject,
  if(later = '', round || '/' || subject, later), case when role = 'helper' or sign < 0 then ''
    when state = 'r' then 'recurrence' when state = 'c' and not fine then 'rating' else '' end,
  item_id, class_id
from ratings
union all
select no, version, measure, 'unit', unit_id, stage, person_id, 'owner', 0, counted_at, numerator,
  1 - numerator, 0, 0, null, '', round, '', about, charge, item_id, class_id
from adverse
union all
select no, version, measure, carrier, unit_id, null, '', 'owner', 0, counted_at, numerator, 1, 0, 0,
  null, '', round, '', about, '', item_id, class_id
from help;

create or replace temp table appealed as
select f.no, f.version, p.* exclude (no, version, corrects, because, charge), p.version as corrects
from (
  select no, version, d.against as against, d.about as about from facts
  where kind = 'appeal.decided' and d.upheld and d.against in ('breach', 'yellow_card', 'recurrence')) f
join posted p on (p.no, p.charge, p.about) = (f.no, f.against, f.about) and p.version < f.version
where f.against <> 'recurrence' or p.measure = 'recurrences';

insert into posted by name
select * exclude (numerator, denominator), -numerator as numerator, -denominator as denominator,
  'appeal' as because, '' as charge from appealed
union all by name
select * exclude (numerator, denominator, excluded, corrects), 0 as numerator, 0 as denominator,
  1 as excluded, null as corrects, 'appeal' as because, '' as charge from appealed;

create or replace temp table postings as
select case_id, version,
  row_number() over (partition by no, version order by measure, carrier, unit_id, person_id, role,
    subject, about, corrects nulls first, numerator, counted_at)::integer as part,
  measure, carrier, coalesce(p.unit_id, '') as unit_id, p.stage, coalesce(p.person_id, '') as person_id,
  role, helpers::smallint as helpers, p.counted_at, t.known_at, numerator::smallint as numerator,
  denominator::smallint as denominator, unanswered::smallint as unanswered,
  excluded::smallint as excluded, corrects, because, p.round::smallint as round, subject, about,
  charge, p.item_id, p.class_id, proactive, imported
from posted p join cases using (no)
join (select no, version, known_at from turns) t using (no, version);
