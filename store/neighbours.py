"""Other cases, as far as a decision on one must know them; read from the views."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.authority import OPEN
from domain.book import Neighbour
from domain.words import CaseType, Phase, Urgency
from store.database import Connection

COLUMNS = """select case_id, case_type, urgency, phase, lookup, unit_id, item_id, class_id, area,
 longitude, latitude, resolved_at, closed_at from cases"""
NAMED = f"{COLUMNS} where case_id = any($1)"
RESOLVED = f"""{COLUMNS} where lookup = $1 and lookup <> '' and resolved_at is not null
 order by resolved_at desc, case_id limit 50"""
BESIDES = """select exists (select from cases where closed_at is null and phase = any($2)
  and case_type <> 'dispute' and case_id <> $1) as leads,
 exists (select from cases where resolved_at <= $3 and case_id <> $1) as earlier"""


async def neighbours(connection: Connection, ids: Sequence[str]) -> Mapping[str, Neighbour]:
    """The cases of those ids that exist."""
    return _known(await connection.fetch(NAMED, list(ids)))


async def besides(connection: Connection, case_id: str, opened_at: datetime) -> tuple[bool, bool]:
    """Whether there is another case that could lead this one, and one settled before it came."""
    row = await connection.fetchrow(BESIDES, case_id, [*OPEN], opened_at)
    return row["leads"], row["earlier"]


async def resolved_of(connection: Connection, lookup: str) -> Mapping[str, Neighbour]:
    """The cases of one resident that were resolved, the newest of them."""
    return _known(await connection.fetch(RESOLVED, lookup))


def _known(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Neighbour]:
    return {row["case_id"]: _neighbour(row) for row in rows}


def _neighbour(row: Mapping[str, Any]) -> Neighbour:
    longitude, latitude = row["longitude"], row["latitude"]
    return Neighbour(
        case_id=row["case_id"],
        case_type=CaseType(row["case_type"]),
        urgency=Urgency(row["urgency"]),
        open=Phase(row["phase"]) in OPEN,
        resolved=row["resolved_at"] is not None,
        lookup=row["lookup"],
        unit_id=row["unit_id"],
        item_id=row["item_id"],
        class_id=row["class_id"],
        area=row["area"],
        point=None if longitude is None else (longitude, latitude),
        resolved_at=row["resolved_at"],
        ended_at=row["closed_at"] or row["resolved_at"],
    )
