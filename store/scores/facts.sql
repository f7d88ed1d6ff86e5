-- What the scores need of each event. Cases get numbers, which sort faster than their ids. The kinds that
-- matter are the type `told`; of all others the time of recording is needed, for `known_at` never goes
-- back in a case. What an event says is a list in which the places depend on its kind. Statements read it
-- from `facts`, by name: kinds.py says what there is, and puts the table `noted` in its place.
create or replace temp table numbers as
select row_number() over ()::integer as no, case_id from events where kind = 'case.registered';

create or replace temp table noted as
select no, version, told as kind, occurred_at as happened, recorded_at, actor, post,
  code, from_json(said, '["VARCHAR"]') as said
from events left join kinds using (kind) join numbers using (case_id);

create or replace temp table cases as
select no, numbers.case_id, coalesce(proactive, false) as proactive, external is not null as imported
from facts join numbers using (no) where kind = 'case.registered';
