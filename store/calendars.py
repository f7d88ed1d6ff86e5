"""Since when a version of the calendar is in force. The versions themselves: `store/books`."""

from datetime import datetime

from domain.office import changes
from store.database import Connection

SNAPSHOT = """select max(effective_from) from books
 where kind = 'calendar' and version = $1 and effective_from <= $2"""
CHANGE = """select max(effective_from) from books
 where kind = 'change' and version = $1 and effective_from <= $2"""


async def since(connection: Connection, version: str, at: datetime) -> datetime | None:
    """From when on that version has held which is in force at that moment; None for no such one.

    A version that a command made ("town-1+17") holds from that change on.
    """
    _, change = changes.parted(version)
    found: datetime | None
    if change is None:
        found = await connection.fetchval(SNAPSHOT, version, at)
    else:
        found = await connection.fetchval(CHANGE, str(change), at)
    return found
