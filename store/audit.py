"""One case as somebody who audits it reads it: events with their place in the record, and looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.access.events import PersonalDataShown
from store import codec, reading
from store.codec import Stored
from store.database import Connection
from store.folds import CASE
from store.keys import KeyRing
from store.reading import History

EVENTS = """
select e.version, e.kind, e.schema, e.data, e.actor, e.post, e.unit, e.command_id, e.occurred_at,
 e.recorded_at, e.prev_hash, e.hash, q.seq, c.size, c.signed_at,
 (select clock_timestamp()) as now, (select coalesce(max(book_id), 0) from books) as books
from events e left join event_sequence q using (position) left join lateral (
  select size, signed_at from checkpoints
  where size >= q.seq order by size, checkpoint_id limit 1) c on true
where e.case_id = $1 order by e.version
"""
LOOKS = """
select e.kind, e.schema, e.data, e.actor, e.post, e.unit, e.occurred_at, r.recorded_at
from access_record r join events e on (e.case_id, e.version) = (r.stream, r.version)
where r.about = $1 and r.kind = 'access.shown' order by r.recorded_at, r.stream, r.version
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an event stands: its number among all, None until it has one, and the first checkpoint
    over it, None until one is signed.
    """

    seq: int | None
    size: int | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Personal data left unmasked, and when that was recorded."""

    event: PersonalDataShown
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A case's history, the place of each of its events by version, and every look."""

    history: History
    places: Mapping[int, Place]
    looks: tuple[Look, ...]


async def audited(connection: Connection, case_id: str, ring: KeyRing) -> Audited | None:
    """Everything in three statements; None when there is no such case."""
    rows = await connection.fetch(EVENTS, case_id)
    if not rows:
        return None
    found = await reading.told(connection, CASE, case_id, rows, ring)
    looks = await connection.fetch(LOOKS, case_id)
    return Audited(
        history=reading.of_case(found),
        places={row["version"]: _place(row) for row in rows},
        looks=tuple(_look(row) for row in looks),
    )


def _place(row: Mapping[str, Any]) -> Place:
    signed = row["signed_at"]
    return Place(
        seq=row["seq"],
        size=row["size"],
        signed_at=signed and signed.astimezone(UTC),
    )


def _look(row: Mapping[str, Any]) -> Look:
    recorded_at = row["recorded_at"].astimezone(UTC)
    return Look(event=codec.decode(Stored.of(row)), recorded_at=recorded_at)
