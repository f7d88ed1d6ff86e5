-- Where each case stood at each event that matters: whose turn, in which round, about what, whose
-- reception. What an event itself changes holds from it on.
create or replace temp table turns as
with said as (
  select no, version, kind, happened, recorded_at, actor, post,
    if(kind = 'case.arrived', d.stage, null) as stage,
    if(kind = 'case.arrived', d.unit_id, null) as unit_id,
    if(kind in ('case.arrived', 'case.accepted', 'case.assigned'), d.person_id, null) as person_id,
    if(kind in ('case.arrived', 'case.accepted', 'case.assigned'), d.post_id, null) as post_id,
    if(kind in ('rectification.opened', 'dispute.reopened'), d.round, null) as round,
    if(kind in ('case.registered', 'case.reclassified'), coalesce(d.matter.item_id, d.item_id),
      null) as item_id,
    if(kind in ('case.registered', 'case.reclassified'), coalesce(d.matter.class_id, d.class_id),
      null) as class_id,
    d.clock_id, d.due_at, d.person_id as named, d.reason, d.automatic, d.level
  from facts),
carried as (
  select no, version, kind, happened, max(recorded_at) over so_far as known_at,
    (count(*) filter (kind = 'case.arrived') over so_far)::integer as stint,
    (count(*) filter (kind = 'case.resolved') over so_far)::integer as resolution,
    coalesce(max(round) over so_far, 1) as round,
    last_value(stage ignore nulls) over so_far as stage,
    last_value(unit_id ignore nulls) over so_far as unit_id,
    last_value(person_id ignore nulls) over so_far as person_id,
    last_value(post_id ignore nulls) over so_far as post_id,
    max(if(post_id is null, null, version)) over so_far as held_since,
    last_value(item_id ignore nulls) over so_far as item_id,
    last_value(class_id ignore nulls) over so_far as class_id,
    lag(due_at) over so_far as due_before,
    actor, post, clock_id, due_at, named, reason, automatic, level
  from said
  window so_far as (partition by no order by version rows unbounded preceding))
select *, split_part(clock_id, '-', 1) as clock_kind,
  if(post is not distinct from post_id, actor, person_id) as doer
from carried where kind is not null;

-- An officer who is replaced hands on what is still in their own hands, within the unit.
create or replace temp table taken_over as
with replaced as (
  select t.no, t.version, t.held_since, d.officer.person_id as person_id, d.officer.post_id as post_id,
    d.officer.unit_id is not distinct from t.unit_id and t.stage = 'first_contact' as stays,
    d.was.post_id is not distinct from t.post_id as theirs
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
