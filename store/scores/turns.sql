-- Where each case stood at each event that matters: whose turn, in which round, about what, whose
-- reception. What an event itself changes holds from it on. Windows carry along at which version; what
-- was said there is joined, for numbers sort and carry faster than texts.
create or replace temp table turns as
with carried as (
  select no, version, kind, happened, actor, post, max(recorded_at) over so_far as known_at,
    (count(*) filter (kind = 'case.arrived') over so_far)::integer as stint,
    (count(*) filter (kind = 'case.resolved') over so_far)::integer as resolution,
    coalesce(max(if(kind in ('rectification.opened', 'dispute.reopened'), round, null)) over so_far,
      1) as round,
    max(if(kind = 'case.arrived', version, null)) over so_far as arrived,
    max(if(kind in ('case.arrived', 'case.accepted', 'case.assigned'), version, null)) over so_far
      as held_since,
    max(if(kind in ('case.registered', 'case.reclassified'), version, null)) over so_far as topic
  from facts
  window so_far as (partition by no order by version rows unbounded preceding)),
seats as (
  select no, version as arrived, stage, unit_id from facts where kind = 'case.arrived'),
hands as (
  select no, version as held_since, person_id, post_id from facts
  where kind in ('case.arrived', 'case.accepted', 'case.assigned'))
select no, version, kind, happened, known_at, actor, post, stint, resolution, round, stage, unit_id,
  arrived, held_since, person_id, post_id, topic,
  if(post is not distinct from post_id, actor, person_id) as doer
from carried left join seats using (no, arrived) left join hands using (no, held_since)
where kind is not null;

-- What the case is about, from each version on at which that was said.
create or replace temp table matters as
select no, version as topic, coalesce(matter.item_id, item_id) as item_id,
  coalesce(matter.class_id, class_id) as class_id
from facts where kind in ('case.registered', 'case.reclassified');

-- From when on a resident asks for what staff had brought up: it is theirs too, and counts as such.
-- Only with: case.joined
create or replace temp table asking as
select no, min(version) as since from facts join cases using (no)
where kind = 'case.joined' and rates and cases.proactive group by no;

-- An officer who is replaced hands on what is still in their own hands, within the unit.
-- Only with: case.officer_replaced
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

-- Only with: case.officer_replaced
update turns t set person_id = o.person_id, post_id = o.post_id,
  doer = if(t.post is not distinct from o.post_id, t.actor, o.person_id)
from taken_over o
where t.no = o.no and t.held_since = o.held_since and t.version >= o.version and t.version < o.until;
