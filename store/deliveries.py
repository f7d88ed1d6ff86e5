"""Deliveries: one message to one receiver through one channel, until it is sent or given up.

Whoever claims a delivery holds it for the time of a lease; an attempt that never ends is repeated.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A claimed delivery. `attempt` counts from 1; `by_hand` says that somebody sent it again."""

    delivery_id: int
    message_id: UUID
    position: int
    case_id: str
    version: int
    topic: str
    receiver_kind: str
    receiver: str
    mailbox: str
    channel: str
    attempt: int
    by_hand: bool
    created_at: datetime


# One message a mailbox at a time: a receiver that is slow, or owed thousands, holds one place. Who
# stands far behind is looked for only once the first ones are busy, and then left out.
CLAIM = """
with first as (
  select delivery_id, mailbox, next_attempt_at from deliveries
  where status = 'pending' and channel = $1 and next_attempt_at <= now()
    and mailbox <> all($3) and (by_hand or not $5) and not ($6 and exists (
      select from deliveries e where e.channel = $1 and e.mailbox = deliveries.mailbox
        and e.status = 'pending' and e.delivery_id < deliveries.delivery_id))
  order by next_attempt_at, delivery_id limit 500),
 due as (
  select distinct on (mailbox) delivery_id, next_attempt_at from first
  order by mailbox, next_attempt_at, delivery_id),
 picked as (
  select p.delivery_id from deliveries p join due using (delivery_id)
  where p.status = 'pending' and p.next_attempt_at <= now()
  order by due.next_attempt_at, delivery_id limit $2 for update of p skip locked)
update deliveries d
set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $4)
from picked where d.delivery_id = picked.delivery_id
returning d.delivery_id, message_id, position, case_id, version, topic, receiver_kind, receiver,
 mailbox, channel, attempts as attempt, by_hand, created_at
"""
SENT = """
update deliveries set status = 'sent', error = $2, next_attempt_at = null, settled_at = now()
where delivery_id = $1 and status = 'pending'
"""
AGAIN = """
update deliveries set error = $2, next_attempt_at = now() + make_interval(secs => $3)
where delivery_id = $1 and status = 'pending' and attempts = $4
"""
DEAD = """
update deliveries set status = 'dead', error = $2, next_attempt_at = null, settled_at = now()
where delivery_id = $1 and status = 'pending' and attempts = $3
"""
ALL_DEAD = """
update deliveries set status = 'dead', error = $2, next_attempt_at = null, settled_at = now()
where channel = $1 and status = 'pending' and not by_hand
"""


async def due_channels(connection: Connection, channels: Iterable[str]) -> Sequence[str]:
    """Those of the channels for which something waits to be sent now, in order."""
    rows = await connection.fetch(
        """select name from unnest($1::text[]) name where exists (
             select from deliveries
             where channel = name and status = 'pending' and next_attempt_at <= now())""",
        sorted(channels),
    )
    return [row["name"] for row in rows]


async def claim(
    connection: Connection,
    channel: str,
    most: int,
    busy: Iterable[str],
    lease: float,
    *,
    only_by_hand: bool = False,
    in_order: bool = False,
) -> Sequence[Delivery]:
    """Take at most so many due deliveries of a channel, none to a mailbox that is busy.

    `in_order`: none before an earlier one of the same mailbox has ended.
    """
    rows = await connection.fetch(CLAIM, channel, most, list(busy), lease, only_by_hand, in_order)
    return [Delivery(**row) for row in rows]


async def sent(connection: Connection, delivery: Delivery, answer: str | None = None) -> None:
    """It arrived; `answer` is what is worth keeping of the answer, without personal data."""
    await connection.execute(SENT, delivery.delivery_id, answer)


async def again(connection: Connection, delivery: Delivery, error: str, seconds: float) -> None:
    """It did not arrive, for a reason without personal data; try again after so many seconds."""
    await connection.execute(AGAIN, delivery.delivery_id, error, seconds, delivery.attempt)


async def dead(connection: Connection, delivery: Delivery, error: str) -> None:
    """It will not arrive unless somebody sends it again."""
    await connection.execute(DEAD, delivery.delivery_id, error, delivery.attempt)


# -- endpoints that want nothing more --------------------------------------------


async def all_dead(connection: Connection, channel: str, error: str) -> None:
    """Give up everything that waits for a channel, but what was sent again by hand."""
    await connection.execute(ALL_DEAD, channel, error)


async def gone(connection: Connection, endpoints: Sequence[str]) -> frozenset[str]:
    """Those of the endpoints that have said they want nothing more."""
    rows = await connection.fetch(
        "select endpoint from gone_endpoints where endpoint = any($1)", list(endpoints)
    )
    return frozenset(row["endpoint"] for row in rows)


async def set_gone(connection: Connection, endpoint: str) -> None:
    """Remember that an endpoint wants nothing more."""
    await connection.execute(
        "insert into gone_endpoints (endpoint) values ($1) on conflict do nothing", endpoint
    )


async def back_again(connection: Connection, endpoint: str) -> None:
    """It has taken a message after all."""
    await connection.execute("delete from gone_endpoints where endpoint = $1", endpoint)
