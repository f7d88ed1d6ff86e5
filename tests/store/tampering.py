"""A small journal, and what somebody with every right over the database can do to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import asyncpg
import orjson

from domain.commands import Accept, HandOver, RecordProgress, Register
from store import chain, sequencer
from store.codec import Stored
from tests.domain.story import GAO, MEI, by, request
from tests.store.house import Database, House, Scribe

TABLES = ("events", "commands", "event_sequence", "tiles", "checkpoints", "cosignatures")
CASES = ("SW-1", "SW-2", "SW-3")
_numbers = count()


async def write_cases(connection: Any) -> None:
    """Three cases side by side, fifteen events, all numbered.

    Numbers 1 to 12: registered, arrived, handed over, arrived of each; 13 to 15: each accepted.
    """
    scribe = Scribe(connection)
    for case_id in CASES:
        await scribe.write(case_id, by(MEI, "03-02 09:00", Register, **request()))
        await scribe.write(case_id, by(MEI, "03-02 09:30", HandOver))
    for case_id in CASES:
        await scribe.write(case_id, by(GAO, "03-02 10:00", Accept))
    await sequencer.advance(connection)


async def write_more(connection: Any, case_id: str) -> None:
    """One event more, without a number."""
    await Scribe(connection).write(case_id, by(GAO, "03-02 10:30", RecordProgress, text="上门"))


async def copy_of(house: House, original: Database) -> Database:
    """A database of one's own with the same rows, transaction ids included."""
    await original.engine.dispose()
    return await house._create(f"tampered_{next(_numbers)}", f"template {original.name}")


@asynccontextmanager
async def as_owner(database: Database, *more: str) -> AsyncIterator[asyncpg.Connection]:
    """Signed in as who may do anything, with every guard taken away."""
    async with database.as_role("superuser") as connection:
        for table in (*TABLES, *more):
            await connection.execute(f"alter table {table} disable trigger all")
        yield connection


async def seq_of(connection: Any, case_id: str, version: int) -> int:
    return int(
        await connection.fetchval(
            """select seq from event_sequence join events using (position)
               where case_id = $1 and version = $2""",
            *(case_id, version),
        )
    )


async def delete_numbers(connection: Any, first: int) -> None:
    """Delete the events from a number on, with their numbers."""
    positions = await connection.fetch("select position from event_sequence where seq >= $1", first)
    gone = [row["position"] for row in positions]
    await connection.execute("delete from event_sequence where position = any($1)", gone)
    await connection.execute("delete from events where position = any($1)", gone)


async def rehash(connection: Any, case_id: str) -> None:
    """Make the chain of a case fit its columns again, from the first event to the last."""
    previous: bytes | None = None
    rows = await connection.fetch(
        "select * from events where case_id = $1 order by version", case_id
    )
    for row in rows:
        stored = replace_data(row)
        hashed = chain.link(
            case_id, row["version"], str(row["command_id"]), row["recorded_at"], stored, previous
        )
        await connection.execute(
            "update events set prev_hash = $2, hash = $3 where position = $1",
            *(row["position"], previous, hashed),
        )
        previous = hashed


def replace_data(row: Any) -> Stored:
    stored = Stored.of(row)
    data = row["data"]
    return stored._replace(data=orjson.loads(data) if isinstance(data, str) else data)
