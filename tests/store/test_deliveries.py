"""Claiming deliveries: one a mailbox, nothing lost when whoever claimed it dies, nothing twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from store import deliveries
from store.deliveries import Delivery
from tests.store.house import Database, House

OWED = """with told as (
 insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
 values ($1, 1, 'case.arrived', 'person', $2, now()) returning position)
insert into deliveries (message_id, position, case_id, version, topic, receiver_kind, receiver,
 mailbox, channel, status, next_attempt_at, created_at)
select $3, position, $1, 1, 'case.arrived', 'person', $2, $2, $4, 'pending', now(), now()
 from told"""


@pytest.fixture
async def database(house: House) -> Database:
    return await house.town()


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with database.connection() as connection:
        yield connection


async def owe(connection: Any, *receivers: str, channel: str = "email") -> None:
    for receiver in receivers:
        await connection.execute(OWED, "SW-1", receiver, uuid4(), channel)


async def claim(connection: Any, most: int = 10, **more: Any) -> list[Delivery]:
    asked = {"channel": "email", "busy": (), "lease": 60.0, **more}
    return [*await deliveries.claim(connection, most=most, **asked)]


async def rows(connection: Any) -> list[str]:
    found = await connection.fetch(
        "select receiver, status, attempts, coalesce(error, '-') from deliveries order by 1"
    )
    return [" ".join(map(str, row)) for row in found]


async def test_a_mailbox_owed_much_holds_one_place(connection: asyncpg.Connection) -> None:
    await owe(connection, *["busy"] * 5, "calm", "quiet")
    found = await claim(connection)
    assert sorted(d.receiver for d in found) == ["busy", "calm", "quiet"]
    assert await claim(connection, busy=["busy"]) == []
    assert [d.receiver for d in await claim(connection)] == ["busy"]


async def test_a_mailbox_owed_thousands_holds_nobody_up(connection: asyncpg.Connection) -> None:
    await connection.execute(
        OWED.replace("select $3, position", "select gen_random_uuid(), position").replace(
            "from told", "from told, generate_series(1, 2000) where $3::uuid is not null"
        ),
        *("SW-1", "busy", uuid4(), "email"),
    )
    await owe(connection, "calm")
    assert [d.receiver for d in await claim(connection)] == ["busy"]
    assert [d.receiver for d in await claim(connection, busy=["busy"])] == ["calm"]


async def test_channels_do_not_wait_for_each_other(connection: asyncpg.Connection) -> None:
    await owe(connection, "gao")
    await owe(connection, "gao", channel="sms")
    asked = (connection, ["email", "sms", "chat"])
    assert await deliveries.due_channels(*asked) == ["email", "sms"]
    assert len(await claim(connection)) == 1
    assert await deliveries.due_channels(*asked) == ["sms"]
    assert len(await claim(connection, channel="sms")) == 1


async def test_what_is_claimed_by_one_who_dies_comes_back_with_the_same_id(
    connection: asyncpg.Connection,
) -> None:
    await owe(connection, "gao")
    (first,) = await claim(connection, lease=0.2)
    assert await claim(connection) == []
    again: list[Delivery] = []
    while not again:
        again = await claim(connection)
    assert again[0].message_id == first.message_id
    assert (first.attempt, again[0].attempt) == (1, 2)


async def test_two_who_claim_at_once_share(
    database: Database, connection: asyncpg.Connection
) -> None:
    await owe(connection, *(f"p{n}" for n in range(30)))
    async with database.connection() as other:
        found = await asyncio.gather(*(claim(c, most=20) for c in (connection, other)))
    receivers = [d.receiver for each in found for d in each]
    assert len(receivers) == len(set(receivers)) >= 20


async def test_a_delivery_ends_sent_or_dead_or_goes_on(connection: asyncpg.Connection) -> None:
    await owe(connection, "a", "b", "c")
    for delivery in await claim(connection):
        match delivery.receiver:
            case "a":
                await deliveries.sent(connection, delivery)
            case "b":
                await deliveries.dead(connection, delivery, "smtp_550")
            case _:
                await deliveries.again(connection, delivery, "timeout", 0)
    assert await rows(connection) == ["a sent 1 -", "b dead 1 smtp_550", "c pending 1 timeout"]
    assert [d.receiver for d in await claim(connection)] == ["c"]


async def test_one_who_comes_back_late_does_not_undo_what_another_did(
    connection: asyncpg.Connection,
) -> None:
    await owe(connection, "a")
    (slow,) = await claim(connection, lease=0)
    (fast,) = await claim(connection)
    await deliveries.again(connection, slow, "timeout", 0)
    await deliveries.dead(connection, slow, "timeout")
    assert await rows(connection) == ["a pending 2 -"]
    await deliveries.sent(connection, fast)
    await deliveries.dead(connection, slow, "timeout")
    assert await rows(connection) == ["a sent 2 -"]


async def test_an_endpoint_that_is_gone_gives_up_all_but_what_was_sent_again_by_hand(
    connection: asyncpg.Connection,
) -> None:
    await owe(connection, "a", "b")
    await connection.execute("update deliveries set by_hand = true where receiver = 'b'")
    assert await deliveries.gone(connection, ["sms:1"]) == frozenset()
    for _ in range(2):
        await deliveries.set_gone(connection, "sms:1")
    assert await deliveries.gone(connection, ["sms:1", "sms:2"]) == {"sms:1"}
    await deliveries.all_dead(connection, "email", "endpoint_gone")
    assert await rows(connection) == ["a dead 0 endpoint_gone", "b pending 0 -"]
    assert [d.receiver for d in await claim(connection, only_by_hand=True)] == ["b"]
    await deliveries.back_again(connection, "sms:1")
    assert await deliveries.gone(connection, ["sms:1"]) == frozenset()
