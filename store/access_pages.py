"""Reads of the access record, page by page, with the reasons of looks. Nothing here writes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from domain.access.events import AccessEvent
from domain.events import Revealed
from store import codec, cursors
from store.codec import Stored, Subjects
from store.database import Connection
from store.journal import open_keys
from store.keys import KeyRing


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the record; `person_id` did it or it was done for them."""

    person_id: str | None = None
    about: str | None = None
    kinds: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One event of the record with its place; `reason` is why personal data was shown."""

    stream: str
    version: int
    recorded_at: datetime
    event: AccessEvent
    hash: bytes
    reason: str = ""


PAGE = """
select r.stream, r.version, r.recorded_at, e.kind, e.schema, e.data, e.actor, e.post, e.unit,
 e.occurred_at, e.hash
from access_record r join events e on (e.case_id, e.version) = (r.stream, r.version)
{where} order by r.recorded_at desc, r.stream desc, r.version desc limit {most}
"""
CLAUSES = {
    "person_id": "(r.person_id = {0} or r.whom = {0})",
    "about": "r.about = {0}",
    "kinds": "r.kind = any({0}::text[])",
    "since": "r.recorded_at >= {0}",
    "until": "r.recorded_at < {0}",
}
KEYS = """select case_id, subject, wrapped from subject_keys
 where case_id = any($1) and wrapped is not null"""
REASONS = """
select e.case_id, e.version, e.kind, e.schema, e.data, e.actor, e.post, e.unit, e.occurred_at
from events e join unnest($1::text[], $2::int[]) as w(case_id, version) using (case_id, version)
where e.kind = 'case.revealed'
"""


async def page(
    connection: Connection, wanted: Wanted, ring: KeyRing, *, cursor: str | None, size: int
) -> tuple[list[Recorded], str | None]:
    """The newest first, at most `size`, and the cursor that asks for those before them."""
    after = () if cursor is None else cursors.place(cursor, datetime, str, int)
    query, arguments = _query(wanted, after, size + 1)
    found = await connection.fetch(query, *arguments)
    lines = await _opened(connection, found[:size], ring)
    if len(found) <= size:
        return lines, None
    last = lines[-1]
    return lines, cursors.made(last.recorded_at, last.stream, last.version)


def _query(wanted: Wanted, after: Sequence[Any], most: int) -> tuple[str, list[Any]]:
    """The statement with only the conditions that are asked for, so that each has its index."""
    arguments: list[Any] = []
    clauses: list[str] = []
    for name, clause in CLAUSES.items():
        value = getattr(wanted, name)
        if value is not None and value != ():
            arguments.append(list(value) if name == "kinds" else value)
            clauses.append(clause.format(f"${len(arguments)}"))
    if after:
        places = ", ".join(f"${len(arguments) + n}" for n in (1, 2, 3))
        clauses.append(f"(r.recorded_at, r.stream, r.version) < ({places})")
        arguments += after
    arguments.append(most)
    where = f"where {' and '.join(clauses)}" if clauses else ""
    return PAGE.format(where=where, most=f"${len(arguments)}"), arguments


async def _opened(
    connection: Connection, found: Sequence[Mapping[str, Any]], ring: KeyRing
) -> list[Recorded]:
    sealed = {row["stream"] for row in found if row["kind"] == "access.token_made"}
    keys = await _keys(connection, sealed, ring)
    shown = [row for row in found if row["kind"] == "access.shown"]
    reasons = await _reasons(
        connection, [(row["data"]["about"], row["data"]["version"]) for row in shown], ring
    )
    return [_recorded(row, keys, reasons) for row in found]


async def _keys(
    connection: Connection, streams: Collection[str], ring: KeyRing
) -> dict[str, Subjects]:
    if not streams:
        return {}
    wrapped: dict[str, dict[str, bytes]] = {}
    for row in await connection.fetch(KEYS, sorted(streams)):
        wrapped.setdefault(row["case_id"], {})[row["subject"]] = row["wrapped"]
    return {stream: Subjects(open_keys(stream, keys, ring)) for stream, keys in wrapped.items()}


async def _reasons(
    connection: Connection, places: Sequence[tuple[str, int]], ring: KeyRing
) -> dict[tuple[str, int], str]:
    """Why each of those cases was looked at, as far as its keys still exist."""
    if not places:
        return {}
    cases, versions = zip(*places, strict=True)
    found = await connection.fetch(REASONS, list(cases), list(versions))
    keys = await _keys(connection, {row["case_id"] for row in found}, ring)
    return {
        (row["case_id"], row["version"]): cast(
            "Revealed", _decoded(row, row["case_id"], keys)
        ).reason
        for row in found
    }


def _recorded(
    row: Mapping[str, Any],
    keys: Mapping[str, Subjects],
    reasons: Mapping[tuple[str, int], str],
) -> Recorded:
    event: AccessEvent = _decoded(row, row["stream"], keys)
    place = (getattr(event, "about", ""), getattr(event, "version", 0))
    return Recorded(
        stream=row["stream"],
        version=row["version"],
        recorded_at=row["recorded_at"].astimezone(UTC),
        event=event,
        hash=row["hash"],
        reason=reasons.get(place, ""),
    )


def _decoded(row: Mapping[str, Any], stream: str, keys: Mapping[str, Subjects]) -> Any:  # noqa: ANN401 - of either noun
    return codec.decode(
        Stored.of(row), keys.get(stream, codec.NOBODY), f"{stream}/{row['version']}"
    )
