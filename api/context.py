"""What every request shares: settings, database, keys, Temporal, and the book in force."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from domain.book import Book
from settings import Settings
from store import books, reading
from store.database import raw
from store.keys import KeyRing


@dataclass(slots=True)
class Context:
    """One process's connections."""

    settings: Settings
    engine: AsyncEngine
    ring: KeyRing
    temporal: Client
    shelf: books.Shelf = field(default_factory=books.Shelf)

    async def book(self) -> Book:
        """The book in force now."""
        async with raw(self.engine) as connection:
            newest, now = await reading.newest_book(connection)
            return await self.shelf.book(connection, newest, now)


def context(request: Request) -> Context:
    """The context of the process that answers."""
    found: Context = request.app.state.context
    return found


Here = Annotated[Context, Depends(context)]


def now() -> datetime:
    """The moment a command is dated: the edge makes the time, nothing further in does."""
    return datetime.now(UTC)
