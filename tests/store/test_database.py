"""Addresses are read as people write them; what the server ended is not used again."""

import asyncio

import asyncpg

from store.database import _driver
from tests.store.house import Database, House


def test_libpqs_word_for_tls_is_understood() -> None:
    found = _driver("postgresql://me:secret@db:5432/shouwen?sslmode=require")
    assert found.drivername == "postgresql+asyncpg"
    assert dict(found.query) == {"ssl": "require"}


def test_an_address_without_it_is_left_as_it_is() -> None:
    found = _driver("postgresql://me@/shouwen?host=/run/postgres")
    assert dict(found.query) == {"host": "/run/postgres"}


async def test_a_connection_the_server_ended_is_never_given_out_again(house: House) -> None:
    database = await house.empty()
    async with database.connection() as connection:
        first = await connection.fetchval("select pg_backend_pid()")
        await ended(database, connection, first)
    async with database.connection() as connection:
        second = await connection.fetchval("select pg_backend_pid()")
    assert second != first
    await ended(database, connection, second)  # while it lies in the pool
    async with database.connection() as connection:
        assert await connection.fetchval("select pg_backend_pid()") not in {first, second}


async def ended(database: Database, connection: asyncpg.Connection, pid: int) -> None:
    """As a restart of the server does; until the connection has heard of it."""
    async with database.as_role("superuser") as other:
        await other.execute("select pg_terminate_backend($1)", pid)
    while not connection.is_closed():  # noqa: ASYNC110 - nothing else tells
        await asyncio.sleep(0)
