"""Adds a mapping's units, items, hours and policy to the books in force and to later ones.
What the town's own files say stays as it is.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from cli.importer.base import Addition
from cli.local.failure import LocalError
from cli.publish import locked
from domain.book import Book
from domain.calendar import Calendar
from domain.catalogue import Catalogue
from domain.organisation import Organisation
from store import books
from store.codec import adapter
from store.database import Connection

Value = Organisation | Catalogue | Calendar
LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)

SHELF = """
select kind, version, body, effective_from from books
where kind <> 'policy' and (effective_from > $1 or book_id in (
    select distinct on (kind) book_id from books where effective_from <= $1
    order by kind, effective_from desc, book_id desc))
order by book_id
"""


@dataclass(frozen=True, slots=True)
class _Placed:
    value: Value
    effective_from: datetime


async def publish(connection: Connection, name: str, addition: Addition) -> Book:
    """The book for the import: the one in force with the addition, under the addition's policy.

    The same addition again publishes nothing. `LocalError` when there is no town to add it to.
    """
    async with locked(connection):
        now = await connection.fetchval("select clock_timestamp()")
        try:
            await books.current(connection, now)
            await _publish(connection, name, addition, now)
        except (books.NoBooks, books.BookExists) as error:
            raise LocalError(f"The import needs a town to stand beside: {error}") from error
        book = await books.current(connection, now)
    return replace(book, policy=addition.policy.version)


async def _publish(connection: Connection, name: str, addition: Addition, now: datetime) -> None:
    await books.publish(connection, addition.policy, await _never_in_force(connection, addition))
    for row in await connection.fetch(SHELF, now):
        value = adapter(books.KINDS[row["kind"]]).validate_python(row["body"])
        merged = _merged(value, addition)
        if merged != value:
            # Later in the table at the same moment in force: it takes the other's place.
            named = _named(merged, name)
            await books.publish(connection, named, row["effective_from"])


async def _never_in_force(connection: Connection, addition: Addition) -> datetime:
    """A moment before every town's policy: new cases never open under the imported one."""
    first = await connection.fetchval(
        "select min(effective_from) from books where kind = 'policy' and version <> $1",
        addition.policy.version,
    )
    return min(LONG_AGO, first - timedelta(days=1)) if first else LONG_AGO


def _merged(value: Value, addition: Addition) -> Value:
    match value:
        case Organisation():
            return replace(
                value,
                units={**value.units, **addition.units},
                people={**value.people, **addition.people},
                posts={**value.posts, **addition.posts},
            )
        case Catalogue():
            return replace(value, items={**value.items, **addition.items})
        case Calendar():
            ours = {schedule.unit_id for schedule in addition.schedules}
            kept = tuple(s for s in value.schedules if s.unit_id not in ours)
            return replace(value, schedules=(*kept, *addition.schedules))


def _named(value: Value, name: str) -> Value:
    """Named after the town's own version and the contents: same contents, same version."""
    mark = f"-with-{name}-"
    base = value.version.partition(mark)[0]
    cls: type = type(value)
    body = adapter(cls).dump_json(replace(value, version=base))
    return replace(value, version=f"{base}{mark}{hashlib.sha256(body).hexdigest()[:10]}")
