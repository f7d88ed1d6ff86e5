"""The register of erasures: its rows, a pure function of their events, and reads of it. It holds
ids alone. Written in the transaction that appends the events; nothing else writes it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.erasure.state import Erasure
from store import cursors
from store.database import Connection
from store.views import Row

COLUMNS = """erasure_id text, version int, state text, ground text, unit_id text, asker text,
 approver text, cases text[], remaining int, erased int, kept int, asked_at timestamptz,
 ended_at timestamptz, next_due timestamptz"""
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(","))
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in NAMES.split(", "))


def row(erasure: Erasure) -> Row:
    """The register's row of an erasure that was asked for."""
    return {
        "erasure_id": erasure.erasure_id,
        "version": erasure.version,
        "state": erasure.state,
        "ground": erasure.ground,
        "unit_id": erasure.unit_id,
        "asker": erasure.asker.person_id,
        "approver": erasure.approver.person_id,
        "cases": [*dict.fromkeys(each.case_id for each in erasure.targets)],
        "remaining": len(erasure.left),
        "erased": erasure.swept.erased,
        "kept": erasure.swept.kept,
        "asked_at": erasure.asked_at,
        "ended_at": erasure.ended_at,
        "next_due": erasure.next_due(),
    }


def upsert(number: int) -> str:
    """The statement that takes rows of the register, given their parameter's number."""
    return (
        f"insert into erasures ({NAMES}) select {NAMES}"  # noqa: S608 - constants
        f" from jsonb_to_recordset(${number}::jsonb) as r({COLUMNS})"
        f" on conflict (erasure_id) do update set {CHANGES}"
    )


# -- reading -----------------------------------------------------------------

PAGE = """
select * from erasures
where ($1::text[] is null or unit_id = any($1))
  and ($2::text is null or state = $2)
  and ($3::text is null or cases @> array[$3])
  and ($4::timestamptz is null or (asked_at, erasure_id) < ($4, $5))
order by asked_at desc, erasure_id desc limit $6
"""


async def page(
    connection: Connection,
    units: Sequence[str] | None,
    *,
    state: str | None,
    case_id: str | None,
    cursor: str | None,
    size: int,
) -> tuple[list[Mapping[str, Any]], str | None]:
    """The newest first, of those units (None for all), and the cursor for those after them."""
    at, last = (None, None) if cursor is None else cursors.place(cursor, datetime, str)
    seen = None if units is None else list(units)
    rows = await connection.fetch(PAGE, seen, state, case_id, at, last, size + 1)
    shown: list[Mapping[str, Any]] = [dict(found) for found in rows[:size]]
    if len(rows) <= size:
        return shown, None
    return shown, cursors.made(shown[-1]["asked_at"], shown[-1]["erasure_id"])


async def open_erasures(connection: Connection, after: str = "", most: int = 1000) -> list[str]:
    """Ids of those that still wait for something, in id order, after the one given."""
    rows = await connection.fetch(
        """select erasure_id from erasures where ended_at is null
           and erasure_id > $1 order by erasure_id limit $2""",
        after,
        most,
    )
    return [found["erasure_id"] for found in rows]
