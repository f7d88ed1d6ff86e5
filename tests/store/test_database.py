"""Addresses are read as people write them; what the server ended is not used again."""

import asyncio

import pytest

from api.errors import DATABASE_AWAY
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
        lost = await connection.fetchval("select pg_backend_pid()")
        await ended(database, lost)
        with pytest.raises(DATABASE_AWAY):
            await connection.fetchval("select 1")
    async with database.connection() as connection:
        lying = await connection.fetchval("select pg_backend_pid()")
        assert lying != lost
        silent = connection
    await ended(database, lying)
    while not silent.is_closed():  # noqa: ASYNC110 - nothing else tells
        await asyncio.sleep(0)
    async with database.connection() as connection:
        assert await connection.fetchval("select pg_backend_pid()") not in {lost, lying}


async def ended(database: Database, pid: int) -> None:
    """As a restart of the server does."""
    async with database.as_role("superuser") as connection:
        await connection.execute("select pg_terminate_backend($1)", pid)
