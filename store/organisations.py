"""A snapshot of the organisation as it was published, and the changes that rest on it. No more."""

from domain.office.events import OF_CATALOGUE, Change, YearPublished
from domain.organisation import Organisation
from store import volume
from store.codec import adapter
from store.database import Connection

BASE = """select body, effective_from, book_id from books
where kind = 'organisation' and version = $1 order by effective_from limit 1"""


async def snapshot(
    connection: Connection, version: str
) -> tuple[Organisation, list[tuple[int, Change]]]:
    """The snapshot, and each later change of an organisation with its number; `LookupError`."""
    row = await connection.fetchrow(BASE, version)
    if row is None:
        raise LookupError(version)
    value: Organisation = adapter(Organisation).validate_python(row["body"])
    found = await volume.since(connection, (row["effective_from"], row["book_id"]))
    return value, [
        (entry.number, entry.event)
        for entry in found
        if not isinstance(entry.event, (*OF_CATALOGUE, YearPublished))
    ]
