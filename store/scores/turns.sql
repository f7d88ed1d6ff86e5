-- Where each case stood at each event that matters: whose turn, in which round, about what, whose
-- reception. What an event itself changes holds from it on.
create or replace temp table turns as
with said as (
  select no, version, kind, happened, recorded_at, actor, post,
    if(kind = 'case.arrived', {stage: stage, unit: unit_id, version: version}, null) as seat,
    if(kind in ('case.arrived', 'case.accepted', 'case.assigned'),
      {version: version, person: person_id, post: post_id}, null) as hand,
    if(kind in ('rectification.opened', 'dispute.reopened'), round, null) as round,
    if(kind in ('case.registered', 'case.reclassified'), {item: coalesce(matter.item_id, item_id),
      class: coalesce(matter.class_id, class_id)}, null) as matter
  from facts),
carried as (
  select no, version, kind, happened, actor, post, max(recorded_at) over so_far as known_at,
    (count(seat) over so_far)::integer as stint,
    (count(*) filter (kind = 'case.resolved') over so_far)::integer as resolution,
    coalesce(max(round) over so_far, 1) as round,
    last_value(seat ignore nulls) over so_far as seat,
    last_value(hand ignore nulls) over so_far as hand,
    last_value(matter ignore nulls) over so_far as matter
  from said
  window so_far as (partition by no order by version rows unbounded preceding))
select no, version, kind, happened, known_at, actor, post, stint, resolution, round,
  seat.stage as stage, seat.unit as unit_id, seat.version as arrived, hand.version as held_since,
  hand.person as person_id, hand.post as post_id, matter.item as item_id, matter.class as class_id,
  if(post is not distinct from hand.post, actor, hand.person) as doer
from carried where kind is not null;

-- From when on a resident asks for what staff had brought up: it is theirs too, and counts as such.
create or replace temp table asking as
select no, min(version) as since from facts join cases using (no)
where kind = 'case.joined' and rates and proactive group by no;

-- An officer who is replaced hands on what is still in their own hands, within the unit.
create or replace temp table taken_over as
with replaced as (
  select t.no, t.version, t.held_since, officer.person_id as person_id, officer.post_id as post_id,
    officer.unit_id is not distinct from t.unit_id and t.stage = 'first_contact' as stays,
    was.post_id is not distinct from t.post_id as theirs
  from turns t join facts using (no, version) where t.kind = 'case.officer_replaced'),
handed as (
  select * from replaced where stays
  qualify max(theirs) over (partition by no, held_since order by version))
select h.no, h.held_since, h.version, person_id, post_id, coalesce(
  lead(version) over (partition by no, h.held_since order by version), 1e9::integer) as until
from handed h;

update turns t set person_id = o.person_id, post_id = o.post_id,
  doer = if(t.post is not distinct from o.post_id, t.actor, o.person_id)
from taken_over o
where t.no = o.no and t.held_since = o.held_since and t.version >= o.version and t.version < o.until;
