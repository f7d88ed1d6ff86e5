-- What the scores need of each event, read out of its JSON once. Cases get numbers, which sort faster
-- than their ids. The kinds that matter are the type `told` (kinds.py says which, and which of them are
-- never opened); of all others the time of recording is needed, for `known_at` never goes back in a case.
create or replace temp table cases as
select row_number() over ()::integer as no, case_id,
  coalesce((data ->> 'proactive')::boolean, false) as proactive,
  coalesce(json_type(data, '$.external'), 'NULL') <> 'NULL' as imported
from events where kind = 'case.registered';

create or replace temp table facts as
with opened as (
  select no, version, told as kind, occurred_at as happened, recorded_at, actor, post,
    if(told is null, null, from_json(data, '{
    "stage": "VARCHAR", "unit_id": "VARCHAR", "person_id": "VARCHAR", "post_id": "VARCHAR",
    "round": "SMALLINT", "subject": "VARCHAR", "automatic": "BOOLEAN", "reason": "VARCHAR",
    "clock_id": "VARCHAR", "level": "VARCHAR", "due_at": "TIMESTAMPTZ",
    "contacted": "BOOLEAN", "solved": "BOOLEAN", "grade": "SMALLINT", "why": "VARCHAR",
    "later": "VARCHAR", "against": "VARCHAR", "about": "VARCHAR", "upheld": "BOOLEAN",
    "on_time": "BOOLEAN", "reported_in": "BOOLEAN", "helped": "INTEGER", "useful": "BOOLEAN",
    "case_id": "VARCHAR", "rates": "BOOLEAN", "residents": "INTEGER",
    "item_id": "VARCHAR", "class_id": "VARCHAR",
    "matter": {"item_id": "VARCHAR", "class_id": "VARCHAR"},
    "parties": [{"subject": "VARCHAR"}],
    "officer": {"person_id": "VARCHAR", "post_id": "VARCHAR", "unit_id": "VARCHAR"},
    "was": {"post_id": "VARCHAR"},
    "question": {"kind": "VARCHAR", "unit_id": "VARCHAR", "post_id": "VARCHAR",
      "person_id": "VARCHAR", "clock_id": "VARCHAR", "barred": ["VARCHAR"]},
    "helper": {"summons_id": "VARCHAR", "unit_id": "VARCHAR", "partner_id": "VARCHAR"},
    "clocks": [{"clock_id": "VARCHAR", "kind": "VARCHAR", "unit_id": "VARCHAR",
      "continues": "VARCHAR"}]
  }')) as d
  from events left join kinds using (kind) join cases using (case_id))
select o.* exclude (d), d.* from opened o;
