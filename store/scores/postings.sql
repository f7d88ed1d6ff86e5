-- The ledger as it is kept: every measure's postings, numbered within the event that made them.
create or replace temp table postings as
with posted as (
  select no, version, measure, carrier, unit_id, stage, person_id, 'owner' as role, 0 as helpers,
    counted_at, numerator, denominator, unanswered, 0 as excluded, corrects, because, round,
    '' as subject, about, charge, item_id, class_id
  from begun_postings)
select case_id, version,
  row_number() over (partition by no, version order by measure, carrier, unit_id, person_id, role,
    subject, about, corrects nulls first, numerator, counted_at)::smallint as part,
  measure, carrier, coalesce(p.unit_id, '') as unit_id, p.stage, coalesce(p.person_id, '') as person_id,
  role, helpers::smallint as helpers, p.counted_at, t.known_at, numerator::smallint as numerator,
  denominator::smallint as denominator, unanswered::smallint as unanswered,
  excluded::smallint as excluded, corrects, because, p.round::smallint as round, subject, about,
  charge, p.item_id, p.class_id, proactive, imported
from posted p join cases using (no)
join (select no, version, known_at from turns) t using (no, version);
