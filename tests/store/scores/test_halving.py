"""Scores go on whatever the engine fails on, in bounded memory, and say what is missing (R12.5)."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import asyncpg
import pytest

from api import health
from store import following, sequencer
from store.scores import halving, keeper
from store.scores.checking import check
from store.scores.engine import Engine
from store.scores.halving import CannotPost
from store.scores.keeper import Keeper
from tests.store.house import Database, House, Scribe
from tests.store.scores.rows import Row, rows_of, written
from tests.store.scores.test_keeper import ACCEPTED, HANDED, OPENED, follow, whole

pytestmark = pytest.mark.rule("R12.5")


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


class Failing(Engine):
    """Fails on some cases, as one does that runs out of memory; counts the events of each go."""

    def __init__(self, *fails_on: str) -> None:
        super().__init__(threads=1)
        self.fails_on = set(fails_on)
        self.given: list[int] = []

    def postings(self, events: Sequence[Mapping[str, Any]]) -> list[Row]:
        self.given.append(len(events))
        if self.fails_on & {row["case_id"] for row in events}:
            raise CannotPost("it does not fit")
        return super().postings(events)


async def stuck(connection: asyncpg.Connection) -> list[str]:
    found: list[str] = await connection.fetchval(following.STUCK)
    return found


async def opened(connection: asyncpg.Connection, *case_ids: str) -> None:
    scribe = Scribe(connection)
    for case_id in case_ids:
        await scribe.write(case_id, OPENED, HANDED, ACCEPTED)
    while await sequencer.advance(connection):
        pass


CASES = ("SW-1", "SW-2", "SW-3", "SW-4", "SW-5")


def test_groups_are_of_whole_cases_and_what_failed_before_stands_alone() -> None:
    sizes = {"a": 3, "b": 4, "c": 9, "d": 1, "e": 1}
    assert list(halving.groups(sizes, 7, ["d"])) == [["a", "b"], ["c"], ["e"], ["d"]]
    assert list(halving.groups({}, 7, [])) == []


def test_as_many_long_cases_as_move_at_once_fit_into_the_keepers_memory() -> None:
    """While it catches up in a busy town: each event another case, each with a long life."""
    life = max(written().values(), key=len)
    sizes = {f"SW-{n}": len(life) for n in range(keeper.AT_ONCE)}
    posted = 0
    with keeper._engine() as engine:
        for part in halving.groups(sizes, keeper.GROUP, []):
            cases = [rows_of(case_id, life) for case_id in part]
            rows, failed = halving.post(engine.postings, cases)
            assert failed == {}
            posted += len({row["case_id"] for row in rows})
    assert posted == keeper.AT_ONCE


def test_an_engine_that_ran_out_of_memory_is_as_new() -> None:
    life = max(written().values(), key=len)
    with Engine(threads=1, memory="24MB") as engine:
        with pytest.raises(CannotPost, match="OutOfMemory"):
            engine.postings([row for n in range(2_000) for row in rows_of(f"SW-{n}", life)])
        assert engine.postings(rows_of("SW-1", life))


async def test_much_that_moved_at_once_is_posted_in_groups(
    connection: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "GROUP", 11)
    await opened(connection, *CASES)
    engine = Failing()
    events = await connection.fetchval("select count(*) from event_sequence")
    assert await Keeper(engine).advance(connection) == events
    assert engine.given == [10, 10, 5]
    assert await whole(connection)


async def test_a_case_that_cannot_be_posted_stops_no_other_and_is_named(
    database: Database, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await opened(connection, *CASES)
    caplog.set_level(logging.ERROR)
    await Keeper(Failing("SW-2")).advance(connection)
    assert await stuck(connection) == ["SW-2"]
    assert "case SW-2 is not in the scores: it does not fit" in caplog.text
    counted = await connection.fetch("select distinct case_id from score_postings order by 1")
    assert [row["case_id"] for row in counted] == ["SW-1", "SW-3", "SW-4", "SW-5"]
    assert await following.behind(connection, "score_keeper") == 0
    found = await check(database.engine)
    assert found.stuck == ("SW-2",)
    assert found.first is not None
    assert found.first.key[0] == "SW-2"


async def test_health_names_it_and_turns_nobody_away(
    database: Database, connection: asyncpg.Connection
) -> None:
    here: Any = SimpleNamespace(engine=database.engine)
    assert await health._scores(here) == ""
    await opened(connection, *CASES)
    await Keeper(Failing("SW-2", "SW-4")).advance(connection)
    said = await health._scores(here)
    assert said.startswith("CANNOT BE COUNTED (2 cases")
    assert said.endswith(": SW-2, SW-4")


async def test_it_is_tried_again_and_then_whole(connection: asyncpg.Connection) -> None:
    engine = Failing("SW-2")
    one = Keeper(engine)
    await opened(connection, "SW-1", "SW-2")
    await one.advance(connection)
    engine.fails_on.clear()
    for _ in range(keeper.AGAIN):
        await one.advance(connection)
    assert await stuck(connection) == []
    assert await whole(connection)


async def test_it_is_tried_alone_from_its_first_event_when_it_moves_on(
    connection: asyncpg.Connection,
) -> None:
    engine = Failing("SW-2")
    one = Keeper(engine)
    scribe = Scribe(connection)
    await scribe.write("SW-2", OPENED, HANDED)
    await sequencer.advance(connection)
    await one.advance(connection)
    engine.fails_on.clear()
    engine.given.clear()
    await scribe.write("SW-2", ACCEPTED)
    await scribe.write("SW-9", OPENED)
    await sequencer.advance(connection)
    await one.advance(connection)
    assert engine.given == [2, 5]
    assert await stuck(connection) == []
    assert await whole(connection)


async def test_where_everything_fails_nothing_is_passed_over(
    connection: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halving, "TOO_MANY", 3)
    await opened(connection, *CASES)
    with pytest.raises(CannotPost):
        await Keeper(Failing(*CASES)).advance(connection)
    assert await stuck(connection) == []
    assert await following.behind(connection, "score_keeper") > 0
    await follow(connection)
    assert await whole(connection)
