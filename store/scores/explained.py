"""What a figure is made of: the postings behind it, each with its event, page by page (R12.5).

Reads only. What a figure is worth is domain/scores; who may see it is the API's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

from domain.events import Event
from domain.state import Case
from store import codec, cursors
from store.codec import Stored
from store.cursors import BadCursor
from store.database import Connection
from store.folds import CASE
from store.scores.columns import POSTING

Part = Literal["numerator", "denominator", "unanswered", "excluded"]
Place = tuple[str, int]
"""A case and the version of an event of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A row of the ledger: what one event added to one figure."""

    case_id: str
    version: int
    part: int
    measure: str
    carrier: str
    unit_id: str
    stage: str | None
    person_id: str
    role: str
    helpers: int
    counted_at: datetime
    known_at: datetime
    numerator: int
    denominator: int
    unanswered: int
    excluded: int
    corrects: int | None
    because: str
    round: int
    subject: str
    about: str
    charge: str
    item_id: str
    class_id: str
    proactive: bool
    imported: bool

    @property
    def place(self) -> Place:
        """Its event."""
        return self.case_id, self.version

    @property
    def corrected(self) -> Place | None:
        """The event whose posting it takes back; None where it takes none back."""
        return None if self.corrects is None else (self.case_id, self.corrects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which postings: those that count between `since` and before `until` and were known at
    `as_of`, of some units, of a person, or both. None asks for all of that. A cursor belongs to
    the `question` it was made for.
    """

    since: datetime
    until: datetime
    as_of: datetime
    units: Collection[str] | None = None
    person_id: str | None = None
    measure: str | None = None
    part: Part | None = None
    carrier: str = "unit"
    proactive: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An event as it is recorded, without the words anybody said."""

    version: int
    event: Event
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Postings in the order in which they count; `cursor` asks for the next ones."""

    postings: tuple[Posting, ...]
    events: Mapping[Place, Said]
    cursor: str | None


CLAUSES: Mapping[str, str] = {
    "since": "counted_at >= {0}",
    "until": "counted_at < {0}",
    "as_of": "known_at <= {0}",
    "units": "unit_id = any({0}::text[])",
    "person_id": "person_id = {0}",
    "measure": "measure = {0}",
    "carrier": "carrier = {0}",
    "proactive": "proactive = {0}",
}
PART: Mapping[Part, str] = {
    "numerator": "numerator <> 0",
    "denominator": "denominator <> 0",
    "unanswered": "unanswered <> 0",
    "excluded": "excluded <> 0",
}
PLACE = (str, datetime, datetime, int)
"""What a cursor holds: its question, the moment, when the last one counts, how many of then."""
EVENTS = """
select e.case_id, e.version, e.kind, e.schema, e.data, e.actor, e.post, e.unit, e.occurred_at,
 e.recorded_at from unnest($1::text[], $2::int[]) w(case_id, version)
 join events e using (case_id, version)
"""
WHOLE = """
select case_id, kind, schema, data, actor, post, unit, occurred_at from events
 where case_id = any($1) order by case_id, version
"""
SEEN = """
select case_id from case_units where case_id = any($1) and unit_id = any($2)
 union select case_id from cases where case_id = any($1) and mediators && $3
"""


async def page(connection: Connection, wanted: Wanted, *, cursor: str | None, size: int) -> Page:
    """At most `size` of them, the earliest first; a cursor goes on in what was known at first."""
    begins, passed = _begins(wanted, cursor)
    where, arguments = _where(wanted, begins)
    query = (
        f"select {', '.join(POSTING)} from score_postings where {where}"  # noqa: S608 - constants
        f" order by counted_at, case_id, version, part limit {size + 1:d} offset {passed:d}"
    )
    rows = [_posting(row) for row in await connection.fetch(query, *arguments)]
    shown = rows[:size]
    return Page(
        postings=tuple(shown),
        events=await said(connection, shown),
        cursor=_cursor(wanted, shown, begins, passed) if len(rows) > size else None,
    )


def _where(wanted: Wanted, begins: datetime) -> tuple[str, list[Any]]:
    """The conditions that are asked for, so that each has its index."""
    values = {name: getattr(wanted, name) for name in CLAUSES} | {"since": begins}
    given = {name: value for name, value in values.items() if value is not None}
    clauses = [CLAUSES[name].format(f"${n}") for n, name in enumerate(given, start=1)]
    if wanted.part is not None:
        clauses.append(PART[wanted.part])
    arguments = [list(v) if name == "units" else v for name, v in given.items()]
    return " and ".join(clauses), arguments


def _begins(wanted: Wanted, cursor: str | None) -> tuple[datetime, int]:
    """The moment a page begins at, and how many of that very moment were shown already."""
    if cursor is None:
        return wanted.since, 0
    question, as_of, counted_at, passed = cursors.place(cursor, *PLACE)
    if (question, as_of) != (wanted.question, wanted.as_of):
        raise BadCursor
    if not wanted.since <= counted_at < wanted.until:
        raise BadCursor
    return counted_at, passed


def moment_of(cursor: str) -> datetime:
    """What was known when the first page was asked for: the next ones are of the same moment."""
    return cast("datetime", cursors.place(cursor, *PLACE)[1])


def _cursor(wanted: Wanted, shown: Sequence[Posting], begins: datetime, passed: int) -> str:
    """A case's number is not in it: the page may not show it."""
    last = shown[-1].counted_at
    same = sum(each.counted_at == last for each in shown)
    return cursors.made(
        wanted.question, wanted.as_of, last, same + (passed if last == begins else 0)
    )


def _posting(row: Mapping[str, Any]) -> Posting:
    times = {name: row[name].astimezone(UTC) for name in ("counted_at", "known_at")}
    return Posting(**{**row, **times})


async def said(connection: Connection, postings: Iterable[Posting]) -> dict[Place, Said]:
    """The events of those postings, and those they take back."""
    places = {place for each in postings for place in (each.place, each.corrected) if place}
    if not places:
        return {}
    cases, versions = zip(*sorted(places), strict=True)
    rows = await connection.fetch(EVENTS, list(cases), list(versions))
    return {
        (row["case_id"], row["version"]): Said(
            version=row["version"],
            event=codec.decode(Stored.of(row)),
            recorded_at=row["recorded_at"].astimezone(UTC),
        )
        for row in rows
    }


async def standing(connection: Connection, case_ids: Collection[str]) -> dict[str, Case]:
    """Those cases as they are now, without the words anybody said."""
    found: dict[str, Case] = {}
    for row in await connection.fetch(WHOLE, sorted(case_ids)):
        case = found.get(row["case_id"]) or CASE.initial(row["case_id"])
        found[row["case_id"]] = CASE.evolve(case, codec.decode(Stored.of(row)))
    return found


async def in_sight(
    connection: Connection,
    case_ids: Collection[str],
    units: Sequence[str] | None,
    mediating: Sequence[str],
) -> frozenset[str]:
    """Which of those cases the units and panels open; None opens all."""
    if units is None:
        return frozenset(case_ids)
    rows = await connection.fetch(SEEN, list(case_ids), list(units), list(mediating))
    return frozenset(row["case_id"] for row in rows)
