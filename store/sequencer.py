"""The order of all events: gap-free numbers, given once an event can be overtaken no more.

A row is taken when its transaction id lies below every running transaction's, in (xid, position)
order; so no event is ever skipped or overtaken. Writers take no lock and never wait for this.
"""

from store.database import Connection

ADVANCE = """
with state as (select * from sequencer for update),
 ready as (
  select e.position, e.xid from events e, state s
  where (e.xid, e.position) > (s.last_xid, s.last_position)
    and e.position > s.floor_position
    and e.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by e.xid, e.position limit $1),
 numbered as (
  select r.position, r.xid, s.last_seq + row_number() over (order by r.xid, r.position) as seq
  from ready r, state s),
 added as (insert into event_sequence (seq, position) select seq, position from numbered),
 last as (select seq, xid, position from numbered order by seq desc limit 1)
update sequencer s set last_seq = l.seq, last_xid = l.xid, last_position = l.position
from last l returning l.seq - (select last_seq from state)
"""

AFTER_RESTORE = """
with state as (select * from sequencer for update),
 numbered as (
  select e.position, s.last_seq + row_number() over (order by e.xid, e.position) as seq
  from events e, state s
  where not exists (select from event_sequence q where q.position = e.position)),
 added as (insert into event_sequence (seq, position) select seq, position from numbered)
update sequencer set
 last_seq = (select coalesce(max(seq), (select last_seq from state)) from numbered),
 last_xid = '0', last_position = 0,
 floor_position = (select coalesce(max(position), 0) from events)
returning last_seq
"""


async def advance(connection: Connection, most: int = 10_000) -> int:
    """Number what is ready, at most so many; how many were numbered. Two at once take turns."""
    return await connection.fetchval(ADVANCE, most) or 0


async def after_restore(connection: Connection) -> int:
    """Number everything at once and begin anew with the new cluster's transaction ids.

    To be run on a restored database before the first writer is let in: the ids of its rows come
    from another cluster and say nothing about this one's. Gives the last number.
    """
    return int(await connection.fetchval(AFTER_RESTORE))
