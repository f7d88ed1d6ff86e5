"""The books: versions of organisation, catalogue, policy and calendar, append-only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.book import Book
from domain.calendar import Calendar
from domain.catalogue import Catalogue
from domain.organisation import Organisation
from domain.policy import Policy
from store.codec import adapter
from store.database import Connection
from store.upcast_books import completed

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


async def current(connection: Connection, at: datetime) -> Book:
    """The book in force at that moment; every policy version stays at hand for older cases."""
    rows = await connection.fetch(
        """select kind, version, body, effective_from <= $1 as in_force from books
           where kind in ('policy', 'calendar') or book_id in (
               select distinct on (kind) book_id from books where effective_from <= $1
               order by kind, effective_from desc, book_id desc)
           order by effective_from, book_id""",
        at,
    )
    values: dict[str, Any] = {}
    policies: dict[str, Policy] = {}
    calendars: dict[str, Calendar] = {}
    for row in rows:
        value = _value(row["kind"], row["body"])
        if row["kind"] == "policy":
            policies[value.version] = value
        if row["kind"] == "calendar":
            calendars[value.version] = value
        if row["in_force"]:
            values[row["kind"]] = value
    if missing := KINDS.keys() - values.keys():
        msg = f"nothing published yet: {', '.join(sorted(missing))}"
        raise NoBooks(msg)
    return Book(
        organisation=values["organisation"],
        catalogue=values["catalogue"],
        calendar=values["calendar"],
        calendars=calendars,
        policies=policies,
        policy=values["policy"].version,
    )


class Shelf:
    """The book in force, read again when a newer entry appears or a later one takes effect."""

    def __init__(self) -> None:
        self._newest = -1
        self._until: datetime | None = None
        self._book: Book | None = None

    async def book(self, connection: Connection, newest: int, now: datetime) -> Book:
        """The book; `newest` is the last entry the caller saw."""
        stale = newest != self._newest or (self._until is not None and now >= self._until)
        if self._book is None or stale:
            self._book = await current(connection, now)
            self._newest = newest
            self._until = await connection.fetchval(
                "select min(effective_from) from books where effective_from > $1", now
            )
        return self._book


async def loads(connection: Connection, units: tuple[str, ...]) -> dict[str, int]:
    """Open cases per post of those units (R2.2)."""
    rows = await connection.fetch(
        """select post_id, count(*) as open from cases
           where closed_at is null and unit_id = any($1) group by post_id""",
        list(units),
    )
    return {row["post_id"]: row["open"] for row in rows}
