"""A database with the town, and one with a few hundred lives in it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from store import sequencer
from tests.store.house import Database, House
from tests.store.walks import Archive, archive_in


@pytest.fixture(scope="session")
async def shared(estate: House) -> Database:
    """A database with the town, for tests that keep to case ids of their own."""
    return await estate.town()


@pytest.fixture
async def connection(shared: Database) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the shared database, as the program gets one."""
    async with shared.connection() as connection:
        yield connection


@pytest.fixture(scope="session")
async def archive(estate: House) -> Archive:
    """Random lives of cases, written through the real path; to be left as it was found."""
    return await archive_in(await estate.town())


@pytest.fixture(scope="session")
async def lived(estate: House) -> Database:
    """Written lives and some random ones, all of them numbered; to be left as it was found."""
    database = await estate.town()
    await archive_in(database, cases=25, steps=8)
    async with database.connection() as connection:
        while await sequencer.advance(connection):
            pass
    return database
