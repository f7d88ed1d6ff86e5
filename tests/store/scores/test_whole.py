"""All events at once: in two engines, which leave nothing behind whatever happens (R12.5)."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import duckdb
import orjson
import pytest

from store import codec
from store.arrow import CannotRead, Rows
from store.scores import whole
from store.scores.checking import CannotBeMade, check
from store.scores.engine import Engine
from store.scores.keeper import EVENTS
from store.scores.kinds import CLOSED, OPENED, TOLD
from store.scores.remaking import rebuild
from store.scores.whole import Whole, count
from tests.store.house import Database, House, Scribe
from tests.store.lives import LIVES
from tests.store.scores.rows import rows_of, written
from tests.store.scores.test_keeper import ACCEPTED, HANDED, follow
from tests.store.scores.test_keeper import OPENED as REPORTED

pytestmark = pytest.mark.rule("R12.5")
CASES = ("SW-1", "SW-'2'", 'SW-"3"', "SW-四")


@pytest.fixture
async def database(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A few cases; what is made of them goes through a folder that can be looked into."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    database = await house.town()
    async with database.connection() as connection:
        for case_id in CASES:
            await Scribe(connection).write(case_id, REPORTED, HANDED, ACCEPTED)
    return database


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


@pytest.fixture
def nothing_left(database: Database, tmp_path: Path) -> Callable[[], bool]:
    """Whether the folder is empty and no engine works any more."""
    idle = {thread for thread in threading.enumerate() if "asyncio" not in thread.name}
    del database

    def found() -> bool:
        others = {t for t in threading.enumerate() if "asyncio" not in t.name} - idle
        return not list(tmp_path.iterdir()) and not others

    return found


def test_of_each_kind_it_is_said_whether_its_data_is_opened() -> None:
    assert set(TOLD) <= codec.kinds()
    assert not set(OPENED) & set(CLOSED)


@pytest.mark.parametrize("kind", CLOSED)
def test_a_kind_that_is_not_opened_has_nothing_every_kind_is_asked_for(kind: str) -> None:
    names = {field.name for field in fields(codec.class_of(kind))}
    assert not names & {"clocks", "question", "round", "subject"}


@pytest.mark.parametrize("name", written())
async def test_what_postgresql_takes_out_of_an_event_is_what_it_says(
    connection: asyncpg.Connection, name: str
) -> None:
    life = await Scribe(connection).live(name, LIVES[name])
    found = await connection.fetch(EVENTS, [name])
    assert [told(dict(row)) for row in found] == [told(row) for row in rows_of(name, life)]


def told(row: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """What the event says; documents in it as they are meant, not as they are written."""
    said = orjson.loads(row["said"] or "[]")
    return row["kind"], [orjson.loads(t) if t and t[0] in "[{" else t for t in said]


def test_a_clock_is_called_by_its_kind_and_a_number() -> None:
    """So that the kind need not be read as well."""
    events = (event for life in written().values() for event in life)
    clocks = [clock for event in events for clock in getattr(event, "clocks", ())]
    assert len({clock.kind for clock in clocks}) > 10
    assert all(clock.clock_id.partition("-")[0] == clock.kind for clock in clocks)


@pytest.mark.parametrize("size", [3, 1_000])
async def test_every_part_is_made_once_by_whichever_engine(
    database: Database,
    connection: asyncpg.Connection,
    nothing_left: Callable[[], bool],
    size: int,
) -> None:
    made: list[str] = []
    async with whole.whole(connection, database.engine.url, size=size) as found:
        await found.read_events()
        async for one in found.made():
            query = "select distinct case_id from events"
            made += [row[0] for row in one.connection.execute(query).fetchall()]
            await found.apart(one, partial(found.add_sums, one, "postings", "UTC"))
        await found.read_days()
        found.load_days(found.engines[1])
        assert count(found.engines[1], "made_days") > 0
        assert count(found.engines[1], "kept_days") == 0
    assert sorted(made) == sorted(CASES)
    assert nothing_left()


class Failing(Exception):
    """On purpose."""


async def test_whoever_gives_up_between_parts_leaves_nothing_behind(
    database: Database, connection: asyncpg.Connection, nothing_left: Callable[[], bool]
) -> None:
    with pytest.raises(Failing):  # noqa: PT012 - the context is what is tried
        async with whole.whole(connection, database.engine.url, size=4) as found:
            await found.read_events()
            async for _ in found.made():
                raise Failing
    assert nothing_left()


class Broken:
    """Posts the first parts and fails in a later one."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.post = Engine.post

    def __call__(self, engine: Engine) -> None:
        self.left -= 1
        if self.left < 0:
            engine.connection.execute("select error('it does not fit')")
        self.post(engine)


@pytest.mark.parametrize("after", [0, 3])
async def test_an_engine_that_fails_ends_the_other_too(
    database: Database,
    connection: asyncpg.Connection,
    nothing_left: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    broken = Broken(after)

    def post(engine: Engine) -> None:
        broken(engine)

    monkeypatch.setattr(Engine, "post", post)
    with pytest.raises(duckdb.Error, match="it does not fit"):
        await rebuild(connection, database.engine.url, size=4)
    assert nothing_left()
    with pytest.raises(CannotBeMade, match="it does not fit"):
        await check(database.engine, size=4)
    assert nothing_left()


ENDLESS = "select count(*) from range(1000000000) a, range(1000000000) b where a.range < b.range"


async def cancelled(work: "asyncio.Task[Any]", begun: threading.Event) -> None:
    assert await asyncio.to_thread(begun.wait, 30)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work


async def test_cancelled_while_engines_work_they_end(
    database: Database,
    connection: asyncpg.Connection,
    nothing_left: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = threading.Event()

    def endless(self: Engine) -> None:
        begun.set()
        self.connection.execute(ENDLESS)

    monkeypatch.setattr(Engine, "post", endless)
    work = asyncio.create_task(rebuild(connection, database.engine.url, size=4))
    await cancelled(work, begun)
    assert nothing_left()


async def test_cancelled_while_postgresql_sends_it_ends(
    database: Database,
    connection: asyncpg.Connection,
    nothing_left: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole, "EVENTS", "select pg_sleep(600)::text as case_id")
    begun = threading.Event()
    read = Rows.read

    def told(self: Rows, into: duckdb.DuckDBPyConnection, statement: str) -> None:
        begun.set()
        read(self, into, statement)

    monkeypatch.setattr(Rows, "read", told)

    async def reading() -> None:
        async with whole.whole(connection, database.engine.url) as found:
            await found.read_events()

    await cancelled(asyncio.create_task(reading()), begun)
    assert nothing_left()


async def test_a_database_that_is_not_there_is_said_and_leaves_nothing(
    database: Database, connection: asyncpg.Connection, nothing_left: Callable[[], bool]
) -> None:
    url = database.engine.url.set(database="no_such_database")
    with pytest.raises(CannotRead, match="no_such_database"):
        await rebuild(connection, url)
    assert nothing_left()


async def test_everything_is_checked_as_of_one_moment(
    database: Database, connection: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is written, taken in or lost while it runs."""
    await follow(connection)
    read_kept = Whole.read_kept

    async def first_written(self: Whole) -> None:
        await Scribe(connection).write("SW-7", REPORTED)
        await follow(connection)
        await connection.execute("delete from score_postings where case_id = 'SW-1'")
        await connection.execute("delete from score_days")
        await read_kept(self)

    monkeypatch.setattr(Whole, "read_kept", first_written)
    found = await check(database.engine)
    assert (found.differing, found.ahead, found.events) == (0, 0, 5 * len(CASES))
    monkeypatch.undo()
    assert (await check(database.engine)).differing > 0
