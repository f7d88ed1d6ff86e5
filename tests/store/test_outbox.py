"""Reading the outbox: every notice once, in the order of all events, however slow a writer is."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from store import outbox, sequencer
from store.outbox import Batch
from tests.store.house import Database, House

EVENT = """insert into events (case_id, version, kind, schema, data, actor, command_id,
 occurred_at, recorded_at, hash) values ($1, 1, 'test', 1, '{}', 'nobody', gen_random_uuid(),
 now(), now(), decode(repeat('00', 32), 'hex'))"""
NOTICE = """insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
 values ($1, 1, 'case.arrived', 'person', $2, now()) returning position"""


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def reader(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


async def tell(connection: Any, case_id: str, *people: str) -> list[int]:
    """An event that owes each of them a notice; the places of the notices in the outbox."""
    await connection.execute(EVENT, case_id)
    return [await connection.fetchval(NOTICE, case_id, person) for person in people]


def inbox_of(batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            "person_id": owed.recipient,
            "case_id": owed.case_id,
            "version": owed.version,
            "topic": owed.topic,
            "created_at": owed.created_at,
        }
        for owed in batch.owed
    ]


async def take(connection: Any, most: int = 500) -> list[str]:
    """Number what can be numbered, take the next batch in, and say who was told in it."""
    await sequencer.advance(connection)
    batch = await outbox.next_batch(connection, most)
    if batch is None:
        return []
    assert await outbox.settle_batch(connection, batch, inbox_of(batch), [])
    return [owed.recipient for owed in batch.owed]


async def told(connection: Any) -> list[str]:
    rows = await connection.fetch("select person_id from inbox order by entry_id")
    return [row["person_id"] for row in rows]


async def test_each_notice_is_taken_once(reader: asyncpg.Connection) -> None:
    await tell(reader, "a", "gao", "mei")
    await tell(reader, "b", "cao")
    await tell(reader, "c")
    assert await take(reader) == ["gao", "mei", "cao"]
    assert await take(reader) == []
    await tell(reader, "d", "su")
    assert await take(reader) == ["su"]
    assert await told(reader) == ["gao", "mei", "cao", "su"]


async def test_a_notice_of_a_slow_transaction_with_a_lower_place_is_not_passed_over(
    database: Database, reader: asyncpg.Connection
) -> None:
    async with database.connection() as slow:
        transaction = slow.transaction()
        await transaction.start()
        (early,) = await tell(slow, "slow", "gao")
        (late,) = await tell(reader, "fast", "cao")
        assert early < late
        assert await take(reader) == []
        await transaction.commit()
    assert await take(reader) == ["gao", "cao"]


async def test_a_transaction_that_fails_leaves_its_notices_unsaid(
    database: Database, reader: asyncpg.Connection
) -> None:
    async with database.connection() as slow:
        transaction = slow.transaction()
        await transaction.start()
        await tell(slow, "slow", "gao")
        await tell(reader, "fast", "cao")
        await transaction.rollback()
    assert await take(reader) == ["cao"]


async def test_a_long_backlog_is_taken_piece_by_piece(reader: asyncpg.Connection) -> None:
    for number in range(5):
        await tell(reader, f"case-{number}", f"p{number}")
    assert [await take(reader, most=2) for _ in range(4)] == [
        ["p0", "p1"],
        ["p2", "p3"],
        ["p4"],
        [],
    ]


async def test_of_two_who_read_the_same_one_writes(
    database: Database, reader: asyncpg.Connection
) -> None:
    await tell(reader, "a", "gao")
    await sequencer.advance(reader)
    async with database.connection() as other:
        first, second = await outbox.next_batch(reader), await outbox.next_batch(other)
        assert first is not None
        assert first.upto == (second and second.upto)
        done = await asyncio.gather(
            outbox.settle_batch(reader, first, inbox_of(first), []),
            outbox.settle_batch(other, first, inbox_of(first), []),
        )
    assert sorted(done) == [False, True]
    assert await told(reader) == ["gao"]


async def test_one_who_dies_before_writing_has_done_nothing(reader: asyncpg.Connection) -> None:
    await tell(reader, "a", "gao")
    await sequencer.advance(reader)
    assert await outbox.next_batch(reader) is not None
    assert await take(reader) == ["gao"]
