"""How far what follows the journal has come: whether it holds what was recorded by a moment."""

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import text

from store.database import Connection
from store.still import Still

Keeper = Literal["span_keeper", "score_keeper"]
"""The table that says how far one of them is."""
STUCK = "select stuck from score_keeper"
"""The cases that the scores do not hold, or not as they are, since they could not be posted."""
LOOKED = 10_000
"""Events that are looked at to see whether one of them belongs to a past moment."""
LONGEST = "interval '15 seconds'"
"""What a step may take from the moment it records to its commit."""

_WAITING = """
with numbered as (
  select e.recorded_at from event_sequence q join events e using (position)
  where q.seq > (select last_seq from {keeper}) order by q.seq limit {looked}),
 bare as (
  select e.recorded_at from events e, sequencer s
  where (e.xid, e.position) > (s.last_xid, s.last_position) and e.position > s.floor_position
  order by e.xid, e.position limit {looked}),
 waiting as (select recorded_at from numbered union all select recorded_at from bare)
"""
_REACHED = """
select count(*) >= {looked} or count(*) filter (where recorded_at <= :as_of) > 0
  or (:as_of > clock_timestamp() - {longest} and exists (
    select from pg_stat_activity where datname = current_database()
    and backend_xid is not null and pid <> pg_backend_pid())) from waiting
"""


def _query(keeper: Keeper, what: str) -> str:
    return (_WAITING + what).format(keeper=keeper, looked=LOOKED, longest=LONGEST)


async def reached(there: Still, as_of: datetime, keeper: Keeper) -> bool:
    """Whether it holds everything that was recorded by then; not where very much waits.

    Of the last seconds not while anything is being written: it may have been recorded by then.
    """
    waits = await there.rows.execute(text(_query(keeper, _REACHED)), {"as_of": as_of})
    return not waits.scalar_one()


async def waiting_since(there: Still, keeper: Keeper) -> datetime | None:
    """When the earliest event was recorded that is committed and not taken in; None for none."""
    found = await there.rows.execute(text(_query(keeper, "select min(recorded_at) from waiting")))
    first: datetime | None = found.scalar_one()
    return None if first is None else first.astimezone(UTC)


async def behind(connection: Connection, keeper: Keeper) -> int:
    """How many numbered events are not taken in."""
    query = f"select q.last_seq - k.last_seq from sequencer q, {keeper} k"  # noqa: S608 - two names
    return int(await connection.fetchval(query))
