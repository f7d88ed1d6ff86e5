"""What every request shares: settings, database, keys, Temporal, and the book in force."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from api.looks import Looks
from api.maps.addresses import Names
from api.maps.borders import Borders
from api.pages.drawing.press import Press
from api.turns import Turns
from api.watching import Watch
from domain.access.flood import Flood
from domain.book import Book
from settings import Settings
from store import books, inbox, past_books, reading
from store.database import raw
from store.files.cleaning import Cleaner
from store.files.vault import Vault
from store.keys import KeyRing
from store.recorder import Recorder

FRESH = 1.0
"""Seconds for which a book that was looked for is taken for the one in force."""


@dataclass(slots=True)
class Context:
    """One process's connections."""

    settings: Settings
    engine: AsyncEngine
    ring: KeyRing
    temporal: Client
    access: Recorder
    vault: Vault
    cleaner: Cleaner
    looks: Looks = field(default_factory=Looks)
    watch: Watch = field(default_factory=lambda: Watch(reading.versions))
    inboxes: Watch = field(default_factory=lambda: Watch(inbox.newest))
    flood: Flood = field(default_factory=lambda: Flood(since=now()))
    shelf: books.Shelf = field(default_factory=books.Shelf)
    archive: past_books.Archive = field(default_factory=past_books.Archive)
    borders: Borders = field(default_factory=Borders)
    names: Names = field(default_factory=Names)
    press: Press = field(default_factory=Press)
    turns: Turns = field(default_factory=Turns)
    _book: Book | None = None
    _looked: float = 0.0

    async def book(self) -> Book:
        """The book in force, looked for again when a second has passed."""
        if self._book is None or monotonic() - self._looked > FRESH:
            return await self.newest_book()
        return self._book

    async def newest_book(self) -> Book:
        """The book in force, looked for now: whoever changed it sees the change."""
        async with raw(self.engine) as connection:
            newest, at = await reading.newest_book(connection)
            self._book = await self.shelf.book(connection, newest, at)
        self._looked = monotonic()
        return self._book

    async def book_of(self, newest: int, at: datetime) -> Book:
        """The book in force at that very moment, of which `newest` was the last entry."""
        found = self.shelf.at_hand(newest, at)
        if found is not None:
            return found
        async with raw(self.engine) as connection:
            return await self.shelf.book(connection, newest, at)

    async def book_then(self, at: datetime) -> Book:
        """The book in force at a past moment, as it was known then."""
        async with raw(self.engine) as connection:
            return await self.archive.book(connection, at)


async def context(request: Request) -> Context:
    """The context of the process that answers; not a plain function: those run in a thread."""
    found: Context = request.app.state.context
    return found


Here = Annotated[Context, Depends(context)]


def now() -> datetime:
    """The moment a command is dated: the edge makes the time, nothing further in does."""
    return datetime.now(UTC)
