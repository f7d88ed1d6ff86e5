"""R12.4: a posting on a unit that never had the case is marked as it is written."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from store import sequencer
from store.scores import writing
from store.scores.keeper import Keeper
from store.views import Row
from tests.store.house import House, Scribe
from tests.store.scores.ledger import engine
from tests.store.scores.test_keeper import ACCEPTED, HANDED, OPENED

pytestmark = pytest.mark.rule("R12.4")
STRAYED = "select distinct case_id, unit_id from score_postings where astray"


class _Mistaken:
    """An engine that charges a unit with what it had no part in."""

    def __init__(self) -> None:
        self._right = engine()

    def postings(self, events: Any) -> list[Row]:
        rows = [dict(row) for row in self._right.postings(events)]
        first = rows[0]
        return [*rows, {**first, "part": 999, "unit_id": "hills"}]


@pytest.fixture
async def connection(house: House) -> AsyncIterator[asyncpg.Connection]:
    database = await house.town()
    async with database.connection() as connection:
        await Scribe(connection).write("SW-1", OPENED, HANDED, ACCEPTED)
        yield connection


async def test_what_is_astray_is_marked_as_it_is_written(connection: asyncpg.Connection) -> None:
    await sequencer.advance(connection)
    keeper = Keeper(_Mistaken())  # type: ignore[arg-type]
    while await keeper.advance(connection):
        pass
    assert [tuple(row) for row in await connection.fetch(STRAYED)] == [("SW-1", "hills")]
    assert await writing.mark(connection) == 0


async def test_a_mark_that_is_wrong_is_put_right(connection: asyncpg.Connection) -> None:
    await sequencer.advance(connection)
    keeper = Keeper(engine())
    while await keeper.advance(connection):
        pass
    assert await connection.fetch(STRAYED) == []
    await connection.execute("update score_postings set astray = true where version = 1")
    assert await writing.mark(connection) > 0
    assert await connection.fetch(STRAYED) == []
