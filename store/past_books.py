"""The book of a past moment: what was in force then, as it was known then. Never today's."""

from datetime import datetime

from domain.book import Book
from store import books
from store.database import Connection

KNOWN = """select md5(string_agg(book_id::text, ',' order by book_id)) as known,
 count(*) filter (where effective_from <= $1) as in_force from books where recorded_at <= $2"""
KEPT = 8


class Archive:
    """The last few books that were asked for."""

    def __init__(self) -> None:
        self._books: dict[tuple[str | None, int], Book] = {}

    async def book(
        self, connection: Connection, at: datetime, known: datetime | None = None
    ) -> Book:
        """The book in force at that moment; what was published later is not in it, or later than
        `known`, where that is another moment.

        Of the same entries the same number is in force at any moment, or more of them later.
        """
        known = at if known is None else known
        row = await connection.fetchrow(KNOWN, at, known)
        edition = (row["known"], row["in_force"])
        found = self._books.pop(edition, None)
        if found is None:
            found = (await books.opened(connection, at, known=known)).book
        self._books[edition] = found
        while len(self._books) > KEPT:
            del self._books[next(iter(self._books))]
        return found
