"""Reading the outbox along the order of all events: nothing skipped, however slow a writer is.

What is owed and the place reached are written in one statement; of two readers one writes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from store.database import Connection

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One row of the outbox: a notice that somebody is owed."""

    position: int
    case_id: str
    version: int
    topic: str
    recipient_kind: str
    recipient: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What stands in the outbox between two places of the order."""

    after: int
    upto: int
    owed: tuple[Owed, ...]


PLACE = """
select d.last_seq as after, least(d.last_seq + $1, s.last_seq) as upto
from dispatcher d, sequencer s
"""
BETWEEN = """
select o.position, o.case_id, o.version, o.topic, o.recipient_kind, o.recipient, o.created_at
from event_sequence q join events e using (position)
join outbox o on o.case_id = e.case_id and o.version = e.version
where q.seq > $1 and q.seq <= $2 order by q.seq, o.position
"""
INBOX = "person_id text, case_id text, version int, topic text, created_at timestamptz"
DELIVERY = """message_id uuid, position bigint, case_id text, version int, topic text,
 receiver_kind text, receiver text, mailbox text, channel text, created_at timestamptz"""


def _names(columns: str) -> str:
    return ", ".join(column.split()[0] for column in columns.split(","))


_INTO_INBOX = f"""insert into inbox ({_names(INBOX)}) select {_names(INBOX)}
 from jsonb_to_recordset($1::jsonb) as r({INBOX})"""  # noqa: S608 - constants
_INTO_DELIVERIES = f"""insert into deliveries ({_names(DELIVERY)}, status, next_attempt_at)
 select {_names(DELIVERY)}, 'pending', now()
 from jsonb_to_recordset($2::jsonb) as r({DELIVERY})"""  # noqa: S608 - constants
WRITE = f"""
with told as ({_INTO_INBOX} on conflict do nothing)
{_INTO_DELIVERIES} on conflict do nothing
"""
MOVE = f"""
with moved as (update dispatcher set last_seq = $4 where last_seq = $3 returning last_seq),
 told as ({_INTO_INBOX} where exists (select from moved) on conflict do nothing),
 owed as ({_INTO_DELIVERIES} where exists (select from moved) on conflict do nothing)
select count(*) from moved
"""  # noqa: S608 - constants


async def next_batch(connection: Connection, most: int = 500) -> Batch | None:
    """The notices of the next events, at most so many events; None when there are none."""
    place = await connection.fetchrow(PLACE, most)
    if place["upto"] <= place["after"]:
        return None
    rows = await connection.fetch(BETWEEN, place["after"], place["upto"])
    owed = tuple(Owed(**row) for row in rows)
    return Batch(after=place["after"], upto=place["upto"], owed=owed)


async def settle_batch(
    connection: Connection, batch: Batch, inbox: Sequence[Row], deliveries: Sequence[Row]
) -> bool:
    """Write what the batch brings and go on behind it; False when another was faster."""
    moved = await connection.fetchval(
        MOVE, _json(inbox), _json(deliveries), batch.after, batch.upto
    )
    return bool(moved)


async def write(connection: Connection, inbox: Sequence[Row], deliveries: Sequence[Row]) -> None:
    """Write what is owed besides a batch; what is there already stays as it is."""
    await connection.execute(WRITE, _json(inbox), _json(deliveries))


def _json(rows: Sequence[Row]) -> str:
    return orjson.dumps([dict(row) for row in rows]).decode()
