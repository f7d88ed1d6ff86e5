"""What became of deliveries, for those who look after them, and sending one again by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from store.database import Connection

OUT_OF_REACH = ("no_channel", "no_address", "erased")
"""Reasons that say nothing went wrong: there is no way to that receiver."""

SELECT = """
select message_id, delivery_id, d.case_id, topic, receiver_kind, receiver, d.channel, status, error,
 attempts, created_at, settled_at, next_attempt_at, c.unit_id
from deliveries d left join cases c on c.case_id = d.case_id
"""
IN_SIGHT = """($1::text[] is null or exists (select from case_units u
  where u.case_id = d.case_id and u.unit_id = any($1)))"""
PAGE = f"""
{SELECT} where {IN_SIGHT} and d.status = $2 and ($3::bigint is null or d.delivery_id < $3)
 and ($4::text is null or d.receiver = $4) and ($5::text is null or d.topic = $5)
 and ($6::text is null or d.channel = $6) and ($7::text is null or d.error = $7)
 and ($8::text is null or d.case_id = $8)
order by d.delivery_id desc limit $9
"""
ONE = f"{SELECT} where {IN_SIGHT} and message_id = $2"
AGAIN = """
with asked as (
  insert into resends (command_id, delivery_id, person_id)
  select $1, delivery_id, $3 from deliveries where message_id = $2 and status = 'dead'
  on conflict do nothing returning delivery_id)
update deliveries d set status = 'pending', by_hand = true, attempts = 0, settled_at = null,
 next_attempt_at = now()
from asked where d.delivery_id = asked.delivery_id and d.status = 'dead' returning 1
"""
BACKLOG = """
select
 (select count(*) from deliveries where status = 'pending') as waiting,
 (select count(*) from deliveries where status = 'dead' and error <> all($1)
   and settled_at > now() - interval '1 day') as dead,
 (select count(*) from deliveries where status = 'dead' and error = any($1)
   and settled_at > now() - interval '1 day') as out_of_reach,
 coalesce(extract(epoch from now() - least(
   (select min(created_at) from deliveries where status = 'pending'),
   (select min(e.recorded_at) from dispatcher d join event_sequence q on q.seq = d.last_seq + 1
     join events e using (position)),
   (select e.recorded_at from events e, sequencer s
     where (e.xid, e.position) > (s.last_xid, s.last_position) and e.position > s.floor_position
     order by e.xid, e.position limit 1))), 0)::int as oldest_seconds
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; None means whatever. `units` limit the sight, None sees all."""

    units: Sequence[str] | None
    state: str
    before: int | None = None
    receiver: str | None = None
    topic: str | None = None
    channel: str | None = None
    error: str | None = None
    case_id: str | None = None
    size: int


async def page(connection: Connection, wanted: Wanted) -> list[Mapping[str, Any]]:
    """Deliveries, newest first."""
    rows = await connection.fetch(
        PAGE,
        _listed(wanted.units),
        *(wanted.state, wanted.before, wanted.receiver, wanted.topic),
        *(wanted.channel, wanted.error, wanted.case_id, wanted.size),
    )
    return [dict(row) for row in rows]


async def one(
    connection: Connection, message_id: UUID, units: Sequence[str] | None
) -> Mapping[str, Any] | None:
    """One delivery, or None when there is none in sight."""
    row = await connection.fetchrow(ONE, _listed(units), message_id)
    return None if row is None else dict(row)


async def send_again(
    connection: Connection, message_id: UUID, command_id: UUID, person_id: str
) -> bool:
    """Put a dead delivery in line again, once for each command id; False when it is not dead."""
    if await connection.fetchval(AGAIN, command_id, message_id, person_id):
        return True
    known = "select 1 from resends where command_id = $1"
    return bool(await connection.fetchval(known, command_id))


async def backlog(connection: Connection) -> Mapping[str, int]:
    """How much waits and since when, and what was given up within a day."""
    return dict(await connection.fetchrow(BACKLOG, list(OUT_OF_REACH)))


def _listed(units: Sequence[str] | None) -> list[str] | None:
    return None if units is None else list(units)
