"""The scores follow the journal: every posting once, and their sums by day (R12.1, R12.5)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from domain.commands import Accept, HandOver, Register
from store import books, following, journal, sequencer
from store.scores import writing
from store.scores.columns import POSTING
from store.scores.keeper import EVENTS, Keeper
from tests.domain.story import GAO, MEI, by, request
from tests.domain.town import START, TOWN
from tests.store.house import RING, Database, House, Scribe
from tests.store.lives import LIVES
from tests.store.scores.ledger import engine

pytestmark = pytest.mark.rule("R12.1", "R12.5")
OPENED = by(MEI, "03-02 09:00", Register, **request())
HANDED = by(MEI, "03-02 09:20", HandOver)
ACCEPTED = by(GAO, "03-02 10:00", Accept)
MEASURED = """select day::text, unit_id, sum(denominator) as counted, sum(numerator) as good
 from score_days where measure = $1 group by 1, 2 having sum(denominator) > 0 order by 1, 2"""


def keeper() -> Keeper:
    """With the engine that all tests of the process share."""
    return Keeper(engine())


async def follow(connection: asyncpg.Connection, most: int = 2_000) -> None:
    """Number everything and take all of it in."""
    while await sequencer.advance(connection):
        pass
    while await keeper().advance(connection, most):
        pass


async def at_once(connection: asyncpg.Connection) -> list[Any]:
    """What the engine makes of the whole journal in one go, in the ledger's order."""
    cases = await connection.fetch("select distinct case_id from events where version = 1")
    events: list[Any] = await connection.fetch(EVENTS, [row["case_id"] for row in cases])
    return [tuple(row[name] for name in POSTING) for row in engine().postings(events)]


async def kept(connection: asyncpg.Connection) -> list[Any]:
    rows = await connection.fetch("select * from score_postings order by case_id, version, part")
    return [tuple(row[name] for name in POSTING) for row in rows]


async def whole(connection: asyncpg.Connection) -> bool:
    """Whether the ledger is what the journal says, and the days what the ledger says."""
    zone = await connection.fetchval("select zone from score_keeper")
    right = await kept(connection) == sorted(await at_once(connection), key=lambda row: row[:3])
    return right and await writing.add_up(connection, zone) == 0


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


@pytest.mark.parametrize("most", [7, 2_000])
async def test_followed_in_steps_of_any_size_it_is_what_all_events_make_at_once(
    connection: asyncpg.Connection, most: int
) -> None:
    scribe = Scribe(connection)
    for name in sorted(LIVES)[::3]:
        await scribe.live(name, LIVES[name])
    await follow(connection, most)
    assert await connection.fetchval("select count(*) from score_postings") > 50
    assert await whole(connection)


async def test_a_case_that_arrives_in_pieces_is_counted_once(
    connection: asyncpg.Connection,
) -> None:
    scribe = Scribe(connection)
    for command in (OPENED, HANDED, ACCEPTED):
        await scribe.write("SW-1", command)
        await follow(connection, 1)
        assert await whole(connection)
    rows = await connection.fetch(MEASURED, "acceptance")
    assert [tuple(row) for row in rows] == [("2026-03-02", "orchard-1", 1, 1)]


async def test_two_who_follow_at_once_add_everything_once(database: Database) -> None:
    async with database.connection() as one, database.connection() as other:
        scribe = Scribe(one)
        for number in range(12):
            await scribe.write(f"SW-{number}", OPENED, HANDED, ACCEPTED)
        await sequencer.advance(one)
        first, second = keeper(), Keeper(_another())
        while any(await asyncio.gather(first.advance(one, 3), second.advance(other, 5))):
            pass
        assert await whole(one)
        rows = await one.fetch(MEASURED, "acceptance")
        assert [tuple(row) for row in rows] == [("2026-03-02", "orchard-1", 12, 12)]


def _another() -> Any:
    from store.scores.engine import Engine

    return Engine(threads=1)


class Dies:
    """A connection that is lost when something is written, before or after it was."""

    def __init__(self, connection: asyncpg.Connection, *, written: bool) -> None:
        self._connection = connection
        self._written = written

    async def fetchval(self, query: str, *args: object) -> Any:
        if query == writing.APPEND:
            if self._written:
                await self._connection.fetchval(query, *args)
            raise ConnectionResetError
        return await self._connection.fetchval(query, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.mark.parametrize("written", [True, False])
async def test_whoever_dies_between_leaves_nothing_half_done(
    connection: asyncpg.Connection,
    *,
    written: bool,
) -> None:
    await Scribe(connection).write("SW-1", OPENED, HANDED, ACCEPTED)
    await sequencer.advance(connection)
    await connection.execute("update score_keeper set zone = 'Asia/Shanghai'")
    with pytest.raises(ConnectionResetError):
        await keeper().advance(Dies(connection, written=written))
    assert bool(await kept(connection)) is written
    await follow(connection)
    assert await whole(connection)


async def test_an_event_numbered_before_the_one_before_it_is_not_lost(
    connection: asyncpg.Connection,
) -> None:
    await Scribe(connection).write("SW-1", OPENED, HANDED, ACCEPTED)
    number = "insert into event_sequence select $1, position from events where version = $2"
    last = await connection.fetchval("select max(version) from events")
    for seq, version in enumerate(range(last, 0, -1), start=1):
        await connection.execute(number, seq, version)
        await keeper().advance(connection)
    assert await whole(connection)
    rows = await connection.fetch(MEASURED, "acceptance")
    assert [tuple(row) for row in rows] == [("2026-03-02", "orchard-1", 1, 1)]


async def test_where_a_clock_was_set_back_nothing_is_known_before_what_it_follows(
    connection: asyncpg.Connection,
) -> None:
    scribe = Scribe(connection)
    await scribe.write("SW-1", OPENED, HANDED)
    entry = await scribe.entry("SW-1", ACCEPTED)
    behind = replace(entry, recorded_at=entry.recorded_at - timedelta(hours=1))
    await journal.append(connection, [behind], RING)
    await follow(connection)
    order = "select known_at from score_postings order by version, part"
    known = [row["known_at"] for row in await connection.fetch(order)]
    assert known == sorted(known)
    assert min(known) > behind.recorded_at
    assert await whole(connection)


async def test_streams_of_other_nouns_are_passed_by(connection: asyncpg.Connection) -> None:
    insert = """insert into events (case_id, version, kind, schema, data, actor, command_id,
     occurred_at, recorded_at, hash) values ($1, 1, 'case.registered', 1, '{}', 'nobody',
     gen_random_uuid(), now(), now(), decode(repeat('00', 32), 'hex'))"""
    for stream in ("office", "admission-1", "visit-1"):
        await connection.execute(insert, stream)
    await follow(connection)
    assert await kept(connection) == []
    assert await following.behind(connection, "score_keeper") == 0


async def test_the_days_are_those_of_the_town_and_follow_its_zone(
    connection: asyncpg.Connection,
) -> None:
    await Scribe(connection).write("SW-1", OPENED, HANDED, ACCEPTED)
    await follow(connection)
    rows = await connection.fetch(MEASURED, "acceptance")
    assert [tuple(row) for row in rows] == [("2026-03-02", "orchard-1", 1, 1)]
    west = tuple(replace(s, timezone="America/Los_Angeles") for s in TOWN.calendar.schedules)
    moved = replace(TOWN.calendar, version="calendar-west", schedules=west)
    await books.publish(connection, moved, START + timedelta(days=1))
    await follow(connection)
    rows = await connection.fetch(MEASURED, "acceptance")
    assert [tuple(row) for row in rows] == [("2026-03-01", "orchard-1", 1, 1)]
    assert await whole(connection)
