"""Reads across the journal and the views, in plain SQL. Nothing here decides or writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate, takewhile
from typing import Any, Generic, cast
from uuid import UUID

from domain.events import Event
from domain.state import Case
from store import codec
from store.codec import AnyEvent, Stored, Subjects
from store.database import Connection
from store.folds import CASE, E, Fold, S
from store.journal import open_keys
from store.keys import KeyRing


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Generic[E]):
    """One event with its place in the journal."""

    version: int
    event: E
    recorded_at: datetime
    command_id: UUID
    hash: bytes
    prev_hash: bytes | None


Line = Record[Event]
"""One event of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past(Generic[S, E]):
    """A stream's state with every event of it, opened as far as its keys still exist.

    `at` is the database's time when it was read, `books` the newest entry of the book then.
    """

    state: S
    lines: tuple[Record[E], ...]
    at: datetime
    books: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A case with every event that was recorded up to `at`, by the database's clock.

    `books` is the newest entry of the book when it was read. Of a history that was cut at an
    earlier moment `whole` is the one up to now.
    """

    case: Case
    lines: tuple[Line, ...]
    at: datetime
    books: int
    whole: "History | None" = None

    def known(self) -> list[datetime]:
        """Since when each event was known: not before the one before it, whatever a clock said."""
        return list(accumulate((line.recorded_at for line in self.lines), max))

    def life(self) -> list[tuple[datetime, Case]]:
        """The case as it was known from each moment on."""
        case, found = CASE.initial(self.case.case_id), list[tuple[datetime, Case]]()
        for line, at in zip(self.lines, self.known(), strict=True):
            case = CASE.evolve(case, line.event)
            if found and found[-1][0] == at:
                found.pop()
            found.append((at, case))
        return found

    def until(self, at: datetime) -> "History | None":
        """The history as it was at that moment; None where nothing was recorded yet.

        It ends before the first event recorded later: after a clock was set back the ones behind
        it may bear an earlier time, and no event is told without those before it.
        """
        lines = tuple(takewhile(lambda line: line.recorded_at <= at, self.lines))
        if not lines:
            return None
        case = CASE.initial(self.case.case_id)
        for line in lines:
            case = CASE.evolve(case, line.event)
        return replace(self, case=case, lines=lines, at=at, whole=self)


EVENTS = """select version, kind, schema, data, actor, post, unit, command_id, occurred_at,
 recorded_at, prev_hash, hash, (select clock_timestamp()) as now,
 (select coalesce(max(book_id), 0) from books) as books
 from events where case_id = $1 order by version"""
ESSENCE = EVENTS.replace("order by", "and kind = any($2) order by")
ONE = """select version, kind, schema, data, actor, post, unit, command_id, occurred_at,
 recorded_at, prev_hash, hash, clock_timestamp() as now from events
 where case_id = $1 and version = $2"""
NEWEST = """select version, kind, schema, data, actor, post, unit, command_id, occurred_at,
 recorded_at, prev_hash, hash from events where case_id = $1 and ($2::int is null or version < $2)
 order by version desc limit $3"""
KEYS = "select subject, wrapped from subject_keys where case_id = $1 and wrapped is not null"


async def past(
    connection: Connection, fold: Fold[S, E], stream: str, ring: KeyRing
) -> Past[S, E] | None:
    """The whole past of a stream; None when nothing ever happened to it."""
    rows = await connection.fetch(EVENTS, stream)
    return await told(connection, fold, stream, rows, ring) if rows else None


async def essence(
    connection: Connection, fold: Fold[S, E], stream: str, ring: KeyRing
) -> Past[S, E] | None:
    """Of a long stream's past the few events that matter to its state; None without any."""
    rows = await connection.fetch(ESSENCE, stream, fold.kinds)
    return await told(connection, fold, stream, rows, ring) if rows else None


async def told(
    connection: Connection, fold: Fold[S, E], stream: str, rows: Sequence[Any], ring: KeyRing
) -> Past[S, E]:
    """The past that rows with the columns of `EVENTS` tell, of which there is at least one."""
    subjects = await _subjects(connection, stream, ring)
    lines = tuple(cast("Record[E]", _line(stream, row, subjects)) for row in rows)
    state = fold.initial(stream)
    for line in lines:
        state = fold.evolve(state, line.event)
    at, newest = rows[0]["now"].astimezone(UTC), rows[0]["books"]
    return Past(state=state, lines=lines, at=at, books=newest)


async def history(connection: Connection, case_id: str, ring: KeyRing) -> History | None:
    """The whole history of a case; None when there is no such case."""
    found = await past(connection, CASE, case_id, ring)
    return None if found is None else of_case(found)


def of_case(found: Past[Case, Event]) -> History:
    """A case's past as its history."""
    return History(case=found.state, lines=found.lines, at=found.at, books=found.books)


async def begun(connection: Connection, fold: Fold[S, E], stream: str) -> bool:
    """Whether there is such a stream of the noun."""
    if not fold.owns(stream):
        return False
    found = await connection.fetchval("select 1 from events where case_id = $1 limit 1", stream)
    return bool(found)


async def event_at(
    connection: Connection, stream: str, version: int, ring: KeyRing
) -> tuple[AnyEvent, datetime]:
    """One event of any stream, opened as far as its keys exist, and the database's time."""
    row = await connection.fetchrow(ONE, stream, version)
    if row is None:
        raise LookupError(stream, version)
    subjects = await _subjects(connection, stream, ring)
    return _line(stream, row, subjects).event, row["now"].astimezone(UTC)


async def newest(
    connection: Connection,
    _fold: Fold[S, E],
    stream: str,
    ring: KeyRing,
    before: int | None,
    most: int,
) -> list[Record[E]]:
    """The newest events of a stream, or those before a version; newest first."""
    rows = await connection.fetch(NEWEST, stream, before, most)
    subjects = await _subjects(connection, stream, ring)
    return [cast("Record[E]", _line(stream, row, subjects)) for row in rows]


async def _subjects(connection: Connection, stream: str, ring: KeyRing) -> Subjects:
    keys = await connection.fetch(KEYS, stream)
    wrapped = {row["subject"]: row["wrapped"] for row in keys}
    return Subjects(open_keys(stream, wrapped, ring))


def _line(stream: str, row: Mapping[str, Any], subjects: Subjects) -> Record[AnyEvent]:
    return Record(
        version=row["version"],
        event=codec.decode(Stored.of(row), subjects, f"{stream}/{row['version']}"),
        recorded_at=row["recorded_at"].astimezone(UTC),
        command_id=row["command_id"],
        hash=row["hash"],
        prev_hash=row["prev_hash"],
    )


async def may_see(
    connection: Connection,
    case_id: str,
    units: list[str] | None,
    mediating: list[str] | None = None,
) -> bool:
    """Whether a case exists and one of the units has or had it in its subtree; None sees all.

    `mediating` are posts that open the cases of their panels besides.
    """
    if units is None:
        return bool(await connection.fetchval("select 1 from cases where case_id = $1", case_id))
    found = await connection.fetchval(
        """select exists (select from case_units where case_id = $1 and unit_id = any($2))
            or exists (select from cases where case_id = $1 and mediators && $3)""",
        *(case_id, units, mediating or []),
    )
    return bool(found)


async def receipt_hash(connection: Connection, case_id: str) -> str:
    """The stored hash of a case's receipt; empty when there is none."""
    found = await connection.fetchval("select receipt_hash from cases where case_id = $1", case_id)
    return found or ""


async def standing(connection: Connection, case_id: str) -> Mapping[str, Any] | None:
    """Where a case is, for those who are told of it; None when the views hold no such case."""
    row = await connection.fetchrow(
        """select case_type, title, unit_id, phase, round, overdue_at, resident_due from cases
           where case_id = $1""",
        case_id,
    )
    return None if row is None else dict(row)


async def summons_of(connection: Connection, case_id: str, partner_id: str) -> str:
    """The summons a partner has to answer now; empty for none."""
    found = await connection.fetchval(
        """select s.data #>> '{helper,summons_id}' from events s
           where s.case_id = $1 and s.kind = 'helper.summoned'
           and s.data #>> '{helper,partner_id}' = $2 and not exists (
             select from events r where r.case_id = $1 and r.kind = 'helper.released'
             and r.data #>> '{helper,summons_id}' = s.data #>> '{helper,summons_id}')""",
        case_id,
        partner_id,
    )
    return found or ""


async def outcome(
    connection: Connection, case_id: str, command_id: UUID
) -> Mapping[str, Any] | None:
    """What became of a command, or None while it is not in the journal."""
    row = await connection.fetchrow(
        """select kind, accepted, first_version, last_version, refusal from commands
           where case_id = $1 and command_id = $2""",
        case_id,
        command_id,
    )
    return None if row is None else dict(row)


async def open_cases(connection: Connection, after: str = "", most: int = 1000) -> list[str]:
    """Ids of cases that still wait for something, in id order, after the one given."""
    rows = await connection.fetch(
        """select case_id from cases where (closed_at is null or next_due is not null)
           and case_id > $1 order by case_id limit $2""",
        after,
        most,
    )
    return [row["case_id"] for row in rows]


async def versions(connection: Connection, case_ids: Sequence[str]) -> dict[str, int]:
    """How far these cases have come; one that does not exist is left out."""
    rows = await connection.fetch(
        "select case_id, version from cases where case_id = any($1)", list(case_ids)
    )
    return {row["case_id"]: row["version"] for row in rows}


async def newest_book(connection: Connection) -> tuple[int, datetime]:
    """The newest book entry and the database's time."""
    row = await connection.fetchrow(
        "select coalesce(max(book_id), 0) as newest, clock_timestamp() as now from books"
    )
    return row["newest"], row["now"]
