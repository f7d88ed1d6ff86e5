-- What the scores need of each event, read out of its JSON once; cases get numbers, which sort faster
-- than their ids. Only kinds that matter are opened; of all others the time of recording is needed,
-- for `known_at` never goes back in a case.
create or replace temp table cases as
select row_number() over ()::integer as no, case_id,
  coalesce((data ->> 'proactive')::boolean, false) as proactive,
  coalesce(json_type(data, '$.external'), 'NULL') <> 'NULL' as imported
from events where kind = 'case.registered';

create or replace temp table facts as
select no, version, kind, occurred_at as happened, recorded_at, actor, post,
  case when kind in (
    'case.registered', 'case.arrived', 'case.accepted', 'case.assigned', 'case.handed_over',
    'case.escalated', 'case.delegated', 'case.returned', 'case.officer_replaced',
    'case.officer_left', 'case.declined', 'decline.reviewed', 'case.reclassified',
    'adjudication.requested', 'adjudication.decided', 'transfer.offered', 'transfer.accepted',
    'shelving.requested', 'case.shelved', 'shelf.reviewed', 'case.resumed', 'extension.granted',
    'supervision.ordered', 'clock.warned', 'clock.broken', 'decision.passed_up',
    'case.resolved', 'case.followed_up', 'case.rated', 'withdrawal.recorded', 'case.closed',
    'helper.summoned', 'helper.reported_in', 'helper.not_reported_in', 'helper.released',
    'verification.opened', 'review.opened', 'rating.excluded', 'rating.restored',
    'rectification.opened', 'reconsideration.asked', 'case.recurred', 'case.appealed',
    'appeal.decided', 'case.joined', 'case.parted', 'resident.left', 'merge.undone',
    'deliberation.objection_raised', 'dispute.reopened', 'danger.reported', 'panel.formed',
    'mediation.opened', 'mediation.extended', 'duty.fell_due', 'duty.check_passed_up')
  then from_json(data, '{
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
  }') end as d
from events join cases using (case_id);
