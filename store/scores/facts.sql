-- What the scores need of each event, read out of its JSON once. Cases get numbers, which sort faster
-- than their ids. Only kinds that matter are opened; of all others the time of recording is needed,
-- for `known_at` never goes back in a case.
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
  from (select *, try_cast(kind as enum (
      'adjudication.decided', 'adjudication.requested', 'appeal.decided', 'case.accepted',
      'case.appealed', 'case.arrived', 'case.assigned', 'case.closed', 'case.declined',
      'case.delegated', 'case.escalated', 'case.followed_up', 'case.handed_over', 'case.joined',
      'case.officer_left', 'case.officer_replaced', 'case.parted', 'case.rated',
      'case.reclassified', 'case.recurred', 'case.registered', 'case.resolved', 'case.returned',
      'clock.broken', 'clock.warned', 'danger.reported', 'decision.passed_up', 'decline.reviewed',
      'deliberation.objection_raised', 'dispute.reopened', 'duty.check_passed_up',
      'duty.fell_due', 'helper.not_reported_in', 'helper.released', 'helper.reported_in',
      'helper.summoned', 'merge.undone', 'rating.excluded', 'rating.restored',
      'reconsideration.asked', 'rectification.opened', 'resident.left', 'review.opened',
      'shelving.requested', 'supervision.ordered', 'transfer.accepted', 'transfer.offered',
      'verification.opened', 'withdrawal.recorded')) as told from events)
  join cases using (case_id))
select o.* exclude (d), d.* from opened o;
