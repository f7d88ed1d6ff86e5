"""The register of reports: its rows, a pure function of their events; the files they name; reads.

Rows are written in the transaction that appends the events. Files come before them, once each, and
are never changed or taken away: their SHA-256 is their address.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from domain.report.state import Report
from store import cursors
from store.database import Connection
from store.views import Row

COLUMNS = """report_id text, version int, unit_id text, period text, edition int,
 as_of timestamptz, position bigint, policy text, organisation text, figures text, files jsonb,
 written_at timestamptz"""
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(","))
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in NAMES.split(", "))


def row(report: Report) -> Row:
    """The row of a report that was written: its newest edition."""
    last = report.editions[-1]
    return {
        "report_id": report.report_id,
        "version": report.version,
        "unit_id": last.unit_id,
        "period": last.period,
        "edition": last.edition,
        "as_of": last.as_of,
        "position": last.position,
        "policy": last.policy,
        "organisation": last.organisation,
        "figures": last.figures,
        "files": [asdict(each) for each in last.files],
        "written_at": last.at,
    }


def upsert(number: int) -> str:
    """The statement that takes rows of the register, given their parameter's number."""
    return (
        f"insert into reports ({NAMES}) select {NAMES}"  # noqa: S608 - constants
        f" from jsonb_to_recordset(${number}::jsonb) as r({COLUMNS})"
        f" on conflict (report_id) do update set {CHANGES}"
    )


# -- files -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, and what they are."""

    media_type: str
    content: bytes


async def keep(connection: Connection, files: Sequence[Content]) -> list[str]:
    """Keep the files, each once however often it is brought; their SHA-256, in that order."""
    names = [hashlib.sha256(each.content).hexdigest() for each in files]
    for name, each in zip(names, files, strict=True):
        await connection.execute(
            """insert into report_files (sha256, media_type, content) values ($1, $2, $3)
               on conflict (sha256) do nothing""",
            name,
            each.media_type,
            each.content,
        )
    return names


async def kept(connection: Connection, names: Sequence[str]) -> frozenset[str]:
    """Those of the files that are there."""
    rows = await connection.fetch(
        "select sha256 from report_files where sha256 = any($1)", list(names)
    )
    return frozenset(found["sha256"] for found in rows)


async def file(connection: Connection, sha256: str) -> Content | None:
    """One file."""
    found = await connection.fetchrow(
        "select media_type, content from report_files where sha256 = $1", sha256
    )
    return found and Content(found["media_type"], found["content"])


# -- reading -----------------------------------------------------------------------

PAGE = """
select * from reports
where ($1::text is null or unit_id = $1) and ($2::text is null or period = $2)
  and ($3::text is null or (period, report_id) < ($3, $4))
order by period desc, report_id desc limit $5
"""


async def page(
    connection: Connection,
    unit_id: str | None,
    period: str | None,
    *,
    cursor: str | None,
    size: int,
) -> tuple[list[Mapping[str, Any]], str | None]:
    """The newest periods first, at most `size`, and the cursor that asks for those after them."""
    at, last = (None, None) if cursor is None else cursors.place(cursor, str, str)
    rows = await connection.fetch(PAGE, unit_id, period, at, last, size + 1)
    shown: list[Mapping[str, Any]] = [dict(found) for found in rows[:size]]
    if len(rows) <= size:
        return shown, None
    return shown, cursors.made(shown[-1]["period"], shown[-1]["report_id"])


async def written(connection: Connection, period: str) -> frozenset[str]:
    """The units whose report of that period is there."""
    rows = await connection.fetch("select unit_id from reports where period = $1", period)
    return frozenset(found["unit_id"] for found in rows)
