"""The books: versions of organisation, catalogue, policy and calendar, append-only."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from domain.book import Book
from domain.calendar import Calendar
from domain.catalogue import Catalogue
from domain.office import changes
from domain.office.events import OF_CATALOGUE, YearPublished
from domain.organisation import Organisation
from domain.policy import Policy
from store import organisations, volume
from store.codec import adapter
from store.database import Connection
from store.upcast_books import completed
from store.volume import Entry, Place, Volume

KINDS: Mapping[str, type] = {
    "organisation": Organisation,
    "catalogue": Catalogue,
    "policy": Policy,
    "calendar": Calendar,
}


class NoBooks(Exception):
    """The database holds no organisation, catalogue, policy or calendar yet."""


class BookExists(Exception):
    """That version is already there, with other contents."""


async def publish(
    connection: Connection,
    value: Organisation | Catalogue | Policy | Calendar,
    effective_from: datetime,
) -> bool:
    """Append a version; False when the very same one is already there."""
    kind, cls = next((k, cls) for k, cls in KINDS.items() if isinstance(value, cls))
    body = adapter(cls).dump_json(value).decode()
    known = await connection.fetchval(
        "select body from books where kind = $1 and version = $2 limit 1", kind, value.version
    )
    if known is not None:
        if _value(kind, known) == value:
            return False
        msg = f"{kind} {value.version!r} is already published with other contents"
        raise BookExists(msg)
    await connection.execute(
        "insert into books (kind, version, body, effective_from) values ($1, $2, $3, $4)",
        kind,
        value.version,
        body,
        effective_from,
    )
    return True


def _value(kind: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of four classes
    return adapter(KINDS[kind]).validate_python(completed(kind, body))


async def last_policy(connection: Connection, at: datetime, *, without: str) -> str:
    """The policy version that would be in force if those with that text in their name were not."""
    found = await connection.fetchval(
        """select version from books where kind = 'policy' and effective_from <= $1
           and position($2 in version) = 0 order by effective_from desc, book_id desc limit 1""",
        at,
        without,
    )
    if found is None:
        raise NoBooks("no policy is in force")
    return str(found)


async def reinstate(connection: Connection, kind: str, version: str, at: datetime) -> None:
    """Put an earlier version in force again, from `at` on."""
    await connection.execute(
        """insert into books (kind, version, body, effective_from)
           select kind, version, body, $3 from books where kind = $1 and version = $2 limit 1""",
        kind,
        version,
        at,
    )


SNAPSHOTS = """
select book_id, kind, version, body, effective_from from books
where ($2::timestamptz is null or recorded_at <= $2)
and (kind in ('policy', 'calendar') or book_id in (
  select distinct on (kind) book_id from books
  where effective_from <= $1 and kind in ('organisation', 'catalogue')
    and ($2::timestamptz is null or recorded_at <= $2)
  order by kind, effective_from desc, book_id desc))
order by effective_from, book_id
"""


async def current(connection: Connection, at: datetime) -> Book:
    """The book in force at that moment; every policy version stays at hand for older cases."""
    return (await opened(connection, at)).book


async def opened(connection: Connection, at: datetime, *, known: datetime | None = None) -> Volume:
    """The book in force at that moment with what is planned; with `known` as it was known then."""
    rows = [row for row in await connection.fetch(SNAPSHOTS, at, known) if row["kind"] in KINDS]
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    policies: dict[str, Policy] = {}
    calendars: list[tuple[Place, Calendar]] = []
    for row in rows:
        kind, place = row["kind"], (row["effective_from"], row["book_id"])
        value = _value(kind, row["body"])
        if kind == "policy":
            policies[value.version] = value
        if kind == "calendar":
            calendars.append((place, value))
        if place[0] <= at:
            values[kind], places[kind] = value, place
    if missing := KINDS.keys() - values.keys():
        msg = f"nothing published yet: {', '.join(sorted(missing))}"
        raise NoBooks(msg)
    since = min(places["organisation"], places["catalogue"])
    entries = await volume.since(connection, since, known)
    book = Book(
        organisation=values["organisation"],
        catalogue=values["catalogue"],
        calendar=values["calendar"],
        calendars=_calendars(calendars, entries, at),
        policies=policies,
        policy=values["policy"].version,
    )
    return _put_in_force(book, places, entries, at)


def _put_in_force(
    book: Book, places: Mapping[str, Place], entries: list[Entry], at: datetime
) -> Volume:
    """The snapshots with the changes after them: each change goes on top of its own kind's."""
    due = [e for e in entries if e.place[0] <= at and e.place > places[_kind(e)]]
    book = volume.turned(book, due)
    planned = tuple(e for e in entries if e.place[0] > at)
    last = max([*places.values(), *(e.place for e in due)])
    return Volume(book=book, last=last, planned=planned)


def _kind(entry: Entry) -> str:
    if isinstance(entry.event, YearPublished):
        return "calendar"
    return "catalogue" if isinstance(entry.event, OF_CATALOGUE) else "organisation"


def _calendars(
    snapshots: list[tuple[Place, Calendar]], entries: list[Entry], at: datetime
) -> dict[str, Calendar]:
    """Every calendar that clocks were ever set by: snapshots, and what changes made of them."""
    years = [(e.place, e) for e in entries if _kind(e) == "calendar"]
    found: dict[str, Calendar] = {value.version: value for _, value in snapshots}
    present: Calendar | None = None
    steps: list[tuple[Place, Calendar | Entry]] = [*snapshots, *years]
    for place, step in sorted(steps, key=lambda each: each[0]):
        if isinstance(step, Calendar):
            present = step
        elif present is not None and place[0] <= at:
            present = volume.with_year(present, step)
            found[present.version] = present
    return found


async def policies(connection: Connection) -> dict[str, tuple[Policy, datetime | None]]:
    """Every published version of the policy, and from when it was first in force."""
    rows = await connection.fetch(
        """select distinct on (version) version, body, effective_from from books
           where kind = 'policy' order by version, effective_from"""
    )
    return {r["version"]: (_value("policy", r["body"]), r["effective_from"]) for r in rows}


async def calendar_dates(connection: Connection, versions: Iterable[str]) -> dict[str, datetime]:
    """From when versions of the calendar were first in force, those that changes made included."""
    rows = await connection.fetch(
        """select kind, version, min(effective_from) as since from books
           where kind in ('calendar', 'change') group by kind, version"""
    )
    known = {(row["kind"], row["version"]): row["since"] for row in rows}
    parts = {version: changes.parted(version)[1] for version in versions}
    keys = {v: ("calendar", v) if n is None else ("change", str(n)) for v, n in parts.items()}
    return {version: known[key] for version, key in keys.items() if key in known}


async def policies_to_come(connection: Connection, at: datetime) -> list[tuple[str, datetime]]:
    """Versions of the policy that are published and not in force yet, and from when they are."""
    rows = await connection.fetch(
        """select version, effective_from from books
           where kind = 'policy' and effective_from > $1 order by effective_from, book_id""",
        at,
    )
    return [(row["version"], row["effective_from"]) for row in rows]


async def organisation(connection: Connection, version: str) -> Organisation:
    """The organisation of that version, which was in force at some time; `LookupError`."""
    base, number = changes.parted(version)
    value, steps = await organisations.snapshot(connection, base)
    if number is None:
        return value
    until = next(place for place, (each, _) in enumerate(steps) if each == number)
    return changes.organisation(value, [event for _, event in steps[: until + 1]], version)


class Shelf:
    """The book in force. New changes are added to it; a new snapshot is read with everything."""

    def __init__(self) -> None:
        self._newest = -1
        self._whole_at: datetime | None = None
        self._volume: Volume | None = None
        self._turning = asyncio.Lock()

    def at_hand(self, newest: int, now: datetime) -> Book | None:
        """The book, where that takes no reading."""
        known = self._known(newest, now)
        return None if known is None else known.book

    async def book(self, connection: Connection, newest: int, now: datetime) -> Book:
        """The book; `newest` is the last entry the caller saw."""
        return (await self.volume(connection, newest, now)).book

    async def volume(self, connection: Connection, newest: int, now: datetime) -> Volume:
        """The book with what is planned."""
        known = self._known(newest, now)
        if known is not None:
            return known
        async with self._turning:  # of many who notice at once, one reads
            known = self._known(newest, now)
            return known if known is not None else await self._turned(connection, newest, now)

    def _known(self, newest: int, now: datetime) -> Volume | None:
        """What is at hand, if nothing is new and nothing took effect meanwhile."""
        due = self._whole_at is not None and now >= self._whole_at
        if self._volume is None or newest > self._newest or due:
            return None
        return self._volume if self._volume.lasts(now) else None

    async def _turned(self, connection: Connection, newest: int, now: datetime) -> Volume:
        due = self._whole_at is not None and now >= self._whole_at
        found = None if due else await self._added(connection, newest)
        if found is None:
            found = await opened(connection, now)
            self._whole_at = await connection.fetchval(
                "select min(effective_from) from books where effective_from > $1"
                " and kind = any($2)",
                now,
                list(KINDS),
            )
        self._newest = max(newest, self._newest)
        self._volume = found.at(now)
        return self._volume

    async def _added(self, connection: Connection, newest: int) -> Volume | None:
        """What is known with all that is new, or None where that takes reading the whole."""
        known = self._volume
        if known is None or newest <= self._newest:
            return known
        rows = await connection.fetch(
            "select kind, version from books where book_id > $1 and book_id <= $2",
            self._newest,
            newest,
        )
        if any(row["kind"] in KINDS for row in rows):
            return None
        gone = frozenset(int(r["version"]) for r in rows if r["kind"] == "cancellation")
        entries = await volume.newer(connection, self._newest, newest)
        if any(entry.place < known.last for entry in entries):
            return None
        return known.noted(entries, gone)


async def loads(connection: Connection, units: tuple[str, ...]) -> dict[str, int]:
    """Open cases per post of those units (R2.2)."""
    rows = await connection.fetch(
        """select post_id, count(*) as open from cases
           where closed_at is null and unit_id = any($1) group by post_id""",
        list(units),
    )
    return {row["post_id"]: row["open"] for row in rows}
