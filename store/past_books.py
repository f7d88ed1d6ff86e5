"""The book of a past moment: what was in force then, as it was known then. Never today's."""

from datetime import datetime

from domain.book import Book
from store import books
from store.database import Connection

KNOWN = """select count(*) as known, count(*) filter (where effective_from <= $1) as in_force
from books where recorded_at <= $1"""
KEPT = 8


class Archive:
    """The last few books that were asked for."""

    def __init__(self) -> None:
        self._books: dict[tuple[int, int], Book] = {}

    async def book(self, connection: Connection, at: datetime) -> Book:
        """The book in force at that moment; what was published later is not in it.

        Both counts only grow with time, so that the same counts mean the same entries.
        """
        edition = tuple(await connection.fetchrow(KNOWN, at))
        found = self._books.pop(edition, None)
        if found is None:
            found = (await books.opened(connection, at, known=at)).book
        self._books[edition] = found
        while len(self._books) > KEPT:
            del self._books[next(iter(self._books))]
        return found
