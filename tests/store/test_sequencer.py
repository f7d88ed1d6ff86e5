"""The order of all events: nothing skipped, nothing overtaken, however slow a writer is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from itertools import count
from random import Random
from typing import Any

import asyncpg
import pytest

from store import sequencer
from tests.store.house import Database, House

INSERT = """insert into events (case_id, version, kind, schema, data, actor, command_id,
 occurred_at, recorded_at, hash) values ($1, 1, 'test', 1, '{}', 'nobody', gen_random_uuid(),
 now(), now(), decode(repeat('00', 32), 'hex')) returning position"""
ORDER = """select q.seq, e.case_id, e.position, e.xid::text::bigint as xid
 from event_sequence q join events e using (position) order by q.seq"""


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


async def write(connection: Any, *case_ids: str) -> list[int]:
    return [await connection.fetchval(INSERT, case_id) for case_id in case_ids]


async def order(connection: Any) -> list[str]:
    """The case ids in the order of their numbers, which must have no gap."""
    rows = await connection.fetch(ORDER)
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    places = [(row["xid"], row["position"]) for row in rows]
    assert places == sorted(places)
    return [row["case_id"] for row in rows]


class Slow:
    """A writer whose transaction stays open until it is told to end."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.transaction = connection.transaction()

    @classmethod
    async def on(cls, database: Database, stack: AsyncExitStack, *case_ids: str) -> "Slow":
        slow = cls(await stack.enter_async_context(database.connection()))
        await slow.transaction.start()
        await write(slow.connection, *case_ids)
        return slow

    async def commit(self) -> None:
        await self.transaction.commit()

    async def rollback(self) -> None:
        await self.transaction.rollback()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


# -- slow writers ------------------------------------------------------------


async def test_nothing_is_numbered_before_an_older_transaction_ends(
    database: Database, reader: asyncpg.Connection, stack: AsyncExitStack
) -> None:
    slow = await Slow.on(database, stack, "a1", "a2")
    await write(reader, "b")
    assert await sequencer.advance(reader) == 0
    assert await order(reader) == []
    await slow.commit()
    assert await sequencer.advance(reader) == 3
    assert await order(reader) == ["a1", "a2", "b"]


async def test_an_older_transaction_that_fails_only_delays(
    database: Database, reader: asyncpg.Connection, stack: AsyncExitStack
) -> None:
    slow = await Slow.on(database, stack, "a1", "a2")
    await write(reader, "b")
    assert await sequencer.advance(reader) == 0
    await slow.rollback()
    assert await sequencer.advance(reader) == 1
    assert await order(reader) == ["b"]


async def test_a_transaction_that_began_first_and_wrote_last_is_not_overtaken(
    database: Database, reader: asyncpg.Connection, stack: AsyncExitStack
) -> None:
    """It has the lower transaction id and the higher position."""
    slow = await Slow.on(database, stack, "a1")
    await write(reader, "b")
    await write(slow.connection, "a2")
    assert await sequencer.advance(reader) == 0
    await slow.commit()
    await sequencer.advance(reader)
    assert await order(reader) == ["a1", "a2", "b"]


async def test_what_ended_before_a_slow_one_began_need_not_wait_for_it(
    database: Database, reader: asyncpg.Connection, stack: AsyncExitStack
) -> None:
    await write(reader, "early")
    slow = await Slow.on(database, stack, "slow")
    await write(reader, "late")
    assert await sequencer.advance(reader) == 1
    assert await order(reader) == ["early"]
    await slow.commit()
    assert await sequencer.advance(reader) == 2
    assert await order(reader) == ["early", "slow", "late"]


async def test_three_nested_slow_writers_end_in_every_order(
    database: Database, reader: asyncpg.Connection, stack: AsyncExitStack
) -> None:
    expected: list[str] = []
    for turn, ending in enumerate(((0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1))):
        names = [f"t{turn}-{n}" for n in range(3)]
        slow = [await Slow.on(database, stack, name) for name in names]
        for ended in ending:
            await slow[ended].commit()
            await sequencer.advance(reader)
            found = await order(reader)
            assert found == (expected + names)[: len(found)]
        expected += names
        assert await order(reader) == expected


async def test_a_savepoint_does_not_change_the_order(
    database: Database, reader: asyncpg.Connection, stack: AsyncExitStack
) -> None:
    slow = await Slow.on(database, stack, "a1")
    await write(reader, "b")
    async with slow.connection.transaction():
        await write(slow.connection, "a2")
    await slow.commit()
    await sequencer.advance(reader)
    assert await order(reader) == ["a1", "a2", "b"]


# -- gaps --------------------------------------------------------------------


async def test_positions_lost_to_rollbacks_leave_no_gap(
    database: Database, reader: asyncpg.Connection
) -> None:
    kept, positions = [], []
    async with database.connection() as other:
        for number in range(20):
            transaction = other.transaction()
            await transaction.start()
            found = await write(other, f"w{number}")
            if number % 3:
                await transaction.rollback()
            else:
                await transaction.commit()
                kept.append(f"w{number}")
                positions += found
            if number % 5 == 0:
                await sequencer.advance(reader)
    await sequencer.advance(reader)
    assert positions[-1] > len(positions)
    assert await order(reader) == kept


async def test_a_long_backlog_is_numbered_piece_by_piece(
    database: Database, reader: asyncpg.Connection
) -> None:
    names = [f"w{n}" for n in range(25)]
    await write(reader, *names)
    numbered = [await sequencer.advance(reader, most=10) for _ in range(4)]
    assert numbered == [10, 10, 5, 0]
    assert await order(reader) == names


async def test_one_transaction_may_be_cut_anywhere(reader: asyncpg.Connection) -> None:
    async with reader.transaction():
        await write(reader, *(f"w{n}" for n in range(10)))
    for _ in range(4):
        await sequencer.advance(reader, most=3)
    assert await order(reader) == [f"w{n}" for n in range(10)]


# -- several at once ---------------------------------------------------------


async def test_two_sequencers_at_once_take_turns(
    database: Database, reader: asyncpg.Connection, stack: AsyncExitStack
) -> None:
    await write(reader, "a", "b")
    async with database.connection() as first, database.connection() as second:
        transaction = first.transaction()
        await transaction.start()
        assert await sequencer.advance(first) == 2
        waiting = asyncio.create_task(sequencer.advance(second))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        await write(reader, "c")
        await transaction.commit()
        # It saw the world as it was when it began to wait: what came since is for the next turn.
        assert await waiting in {0, 1}
    await sequencer.advance(reader)
    assert await order(reader) == ["a", "b", "c"]


async def test_a_sequencer_that_dies_half_way_has_done_nothing(
    database: Database, reader: asyncpg.Connection
) -> None:
    await write(reader, "a")
    async with database.connection() as first:
        transaction = first.transaction()
        await transaction.start()
        assert await sequencer.advance(first) == 1
        await transaction.rollback()
    assert await order(reader) == []
    assert await sequencer.advance(reader) == 1


class Office:
    """Writers with random delays, some of whom give up, and what they committed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.committed: set[str] = set()
        self.closed = asyncio.Event()
        self._numbers = count()

    async def write(self, seed: int) -> None:
        random = Random(seed)  # noqa: S311 - a test that can be repeated
        for _ in range(8):
            async with self.database.connection() as connection:
                transaction = connection.transaction()
                await transaction.start()
                names = [f"w{next(self._numbers)}" for _ in range(random.randrange(1, 4))]
                for name in names:
                    await write(connection, name)
                    await asyncio.sleep(random.random() * 0.02)
                if random.random() < 0.3:
                    await transaction.rollback()
                else:
                    await transaction.commit()
                    self.committed.update(names)

    async def number(self) -> None:
        async with self.database.connection() as connection:
            while not self.closed.is_set():
                await sequencer.advance(connection, most=7)
                await asyncio.sleep(0.002)
            while await sequencer.advance(connection):
                pass

    async def read_along(self) -> list[str]:
        """Follow the numbers without ever looking back, until nothing comes any more."""
        seen: list[str] = []
        async with self.database.connection() as connection:
            while len(seen) < len(self.committed) or not self.closed.is_set():
                rows = await connection.fetch(f"{FOLLOW} > {len(seen)} order by q.seq limit 5")
                expected = list(range(len(seen) + 1, len(seen) + 1 + len(rows)))
                assert [row["seq"] for row in rows] == expected
                seen.extend(row["case_id"] for row in rows)
                await asyncio.sleep(0.001)
        return seen


FOLLOW = """select q.seq, e.case_id from event_sequence q join events e using (position)
 where q.seq"""


async def test_a_reader_that_follows_the_numbers_misses_nothing_and_is_never_surprised(
    database: Database, reader: asyncpg.Connection
) -> None:
    """Twenty writers, three sequencers, and somebody who reads along."""
    office = Office(database)
    numbering = [asyncio.create_task(office.number()) for _ in range(3)]
    reading = asyncio.create_task(office.read_along())
    await asyncio.gather(*map(office.write, range(20)))
    office.closed.set()
    await asyncio.gather(*numbering)
    seen = await asyncio.wait_for(reading, timeout=20)
    assert len(seen) == len(office.committed)
    assert set(seen) == office.committed
    assert await order(reader) == seen
