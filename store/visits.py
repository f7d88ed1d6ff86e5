"""The list of visits: its rows, a pure function of their events, and reads of it. It names nobody
who was visited, and no place finer than a grid.

Written in the transaction that appends the events; nothing else writes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.visit.state import Visit
from store import cursors
from store.database import Connection
from store.views import Row

COLUMNS = """visit_id text, version int, occasion text, visited_at timestamptz,
 recorded_at timestamptz, person_id text, post_id text, unit_id text, met int, cases int,
 amended int"""
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(","))
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in NAMES.split(", "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the list; `sight` and `units` are whole subtrees, None for every unit."""

    sight: Sequence[str] | None
    units: Sequence[str] | None = None
    person_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def row(visit: Visit) -> Row:
    """The row of a visit that was recorded."""
    return {
        "visit_id": visit.visit_id,
        "version": visit.version,
        "occasion": visit.occasion,
        "visited_at": visit.visited_at,
        "recorded_at": visit.recorded_at,
        "person_id": visit.visitor.person_id,
        "post_id": visit.visitor.post_id,
        "unit_id": visit.unit_id,
        "met": visit.met,
        "cases": len(visit.cases),
        "amended": visit.amended,
    }


def upsert(number: int) -> str:
    """The statement that takes rows of the list, given their parameter's number."""
    return (
        f"insert into visits ({NAMES}) select {NAMES}"  # noqa: S608 - constants
        f" from jsonb_to_recordset(${number}::jsonb) as r({COLUMNS})"
        f" on conflict (visit_id) do update set {CHANGES}"
    )


# -- reading -----------------------------------------------------------------

PAGE = """
select * from visits
where ($1::text[] is null or unit_id = any($1))
  and ($2::text[] is null or unit_id = any($2))
  and ($3::text is null or person_id = $3)
  and ($4::timestamptz is null or visited_at >= $4)
  and ($5::timestamptz is null or visited_at < $5)
  and ($6::timestamptz is null or (visited_at, visit_id) < ($6, $7))
order by visited_at desc, visit_id desc limit $8
"""


async def page(
    connection: Connection, wanted: Wanted, *, cursor: str | None, size: int
) -> tuple[list[Mapping[str, Any]], str | None]:
    """The newest visits first, at most `size`, and the cursor that asks for those after them."""
    at, last = (None, None) if cursor is None else cursors.place(cursor, datetime, str)
    rows = await connection.fetch(
        PAGE,
        *(wanted.sight, wanted.units, wanted.person_id, wanted.since, wanted.until),
        *(at, last, size + 1),
    )
    shown: list[Mapping[str, Any]] = [dict(found) for found in rows[:size]]
    if len(rows) <= size:
        return shown, None
    return shown, cursors.made(shown[-1]["visited_at"], shown[-1]["visit_id"])


async def visitors(connection: Connection, visits: Sequence[str]) -> dict[str, str]:
    """Who made each of those visits that were recorded."""
    rows = await connection.fetch(
        "select visit_id, person_id from visits where visit_id = any($1)", list(visits)
    )
    return {found["visit_id"]: found["person_id"] for found in rows}


async def cases_of(connection: Connection, visit_id: str) -> list[str]:
    """The cases there are that came of a visit, in id order."""
    rows = await connection.fetch(
        "select case_id from cases where visit_id = $1 and visit_id <> '' order by case_id",
        visit_id,
    )
    return [found["case_id"] for found in rows]
