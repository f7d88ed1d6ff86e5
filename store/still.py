"""A connection that sees the database as it was at one moment, for several statements."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.database import Connection

MOMENT = text("select clock_timestamp(), (select coalesce(max(book_id), 0) from books)")


@dataclass(frozen=True, slots=True)
class Still:
    """Everything committed by `at` is seen, nothing later; `books` is the newest book entry.

    `rows` is for statements that are put together, `raw` for those written out: one connection.
    """

    rows: AsyncConnection
    raw: Connection
    at: datetime
    books: int


@asynccontextmanager
async def still(engine: AsyncEngine) -> AsyncIterator[Still]:
    """One of the pool's, in a transaction that ends with it."""
    async with engine.connect() as pooled:
        rows = await pooled.execution_options(isolation_level="REPEATABLE READ")
        at, newest = (await rows.execute(MOMENT)).one()
        checked_out = await rows.get_raw_connection()
        raw = cast("Connection", checked_out.driver_connection)
        yield Still(rows, raw, at.astimezone(UTC), newest)
