"""Connections. The hot path talks to asyncpg itself; SQLAlchemy keeps the pool.

JSON columns come decoded; JSON arguments are given as text.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol, cast

import asyncpg
import orjson
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

IN_ORDER = "set local enable_sort = off; set local max_parallel_workers_per_gather = 0"
"""Before a cursor over the whole journal by `seq`: else its plan sorts, and the journal would
be on disk once more before the first row."""


class Connection(Protocol):
    """What we use of an asyncpg connection; `$1` stands for the first argument."""

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement; the command tag."""

    async def fetch(self, query: str, *args: object) -> list[Any]:
        """All rows."""

    async def fetchrow(self, query: str, *args: object) -> Any:  # noqa: ANN401 - a record or None
        """The first row."""

    async def fetchval(self, query: str, *args: object) -> Any:  # noqa: ANN401 - any SQL type
        """The first column of the first row."""


def engine_for(url: str, size: int = 10, seconds: float | None = 30) -> AsyncEngine:
    """A pool of at most `size` connections to a ``postgresql://`` address.

    No statement takes longer than `seconds`; None lets it take what it takes.
    """
    return create_async_engine(
        _driver(url),
        pool_size=size,
        max_overflow=0,
        pool_timeout=10,
        pool_recycle=1800,
        pool_use_lifo=True,
        json_deserializer=orjson.loads,
        connect_args={
            "timeout": 5,
            "command_timeout": seconds,
            "server_settings": {"timezone": "UTC"},
        },
    )


def _driver(url: str) -> URL:
    """The address as the driver reads it: what libpq calls ``sslmode`` it calls ``ssl``."""
    found = make_url(url).set(drivername="postgresql+asyncpg")
    mode = found.query.get("sslmode")
    if mode is None:
        return found
    return found.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})


def libpq(url: URL, **more: str) -> str:
    """The address as libpq reads it, with its password and with more of its words."""
    query = {name: value for name, value in url.query.items() if isinstance(value, str)}
    mode = query.pop("ssl", None)
    words = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "password": url.password,
        "dbname": url.database,
        "sslmode": mode,
        **query,
        **more,
    }
    return " ".join(f"{name}={_quoted(str(word))}" for name, word in words.items() if word)


def _quoted(word: str) -> str:
    escaped = word.replace("\\", r"\\").replace("'", r"\'")
    return f"'{escaped}'"


@asynccontextmanager
async def raw(engine: AsyncEngine) -> AsyncIterator[Connection]:
    """An asyncpg connection from the pool; each statement is a transaction of its own."""
    async with engine.connect() as connection:
        found = await _driver_of(connection)
        if found.is_closed():  # while it lay in the pool; nobody else would ever notice
            await connection.invalidate()
            found = await _driver_of(connection)
        try:
            yield cast("Connection", found)
        finally:
            if found.is_closed():
                await connection.invalidate()


async def _driver_of(connection: AsyncConnection) -> asyncpg.Connection:
    checked_out = await connection.get_raw_connection()
    return cast("asyncpg.Connection", checked_out.driver_connection)
