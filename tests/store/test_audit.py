"""The audit of a case takes three statements, however long it lived, and reads by its indexes."""

from typing import Any

import asyncpg
import pytest

from domain.commands import RecordProgress, Register
from store import audit, sequencer
from tests.domain.story import MEI, by, request
from tests.store.house import RING, House, Scribe
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R14.3")


class Counted:
    """A connection that keeps the statements it is asked for."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self.asked: list[str] = []

    async def fetch(self, query: str, *args: object) -> list[Any]:
        self.asked.append(query)
        return list(await self._connection.fetch(query, *args))


@pytest.mark.parametrize("steps", [0, 30])
async def test_three_statements_whatever_happened(house: House, steps: int) -> None:
    database = await house.town()
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write("SW-1", by(MEI, "03-02 09:00", Register, **request()))
        for _ in range(steps):
            await scribe.write("SW-1", by(MEI, "03-02 09:10", RecordProgress, text="看过"))
        counted = Counted(connection)
        before = await audit.audited(counted, "SW-1", RING)  # type: ignore[arg-type]
        assert before is not None
        assert len(counted.asked) == 3
        assert len(before.history.lines) == steps + 2
        assert {place.seq for place in before.places.values()} == {None}
        await sequencer.advance(connection)
        after = await audit.audited(connection, "SW-1", RING)
        assert after is not None
        assert sorted(p.seq or 0 for p in after.places.values()) == list(range(1, steps + 3))
        assert await audit.audited(connection, "SW-none", RING) is None


async def test_it_reads_one_case_and_not_the_journal(archive: Archive) -> None:
    async with archive.database.connection() as connection:
        case_id = next(iter(archive.events))
        await sequencer.advance(connection)
        for query in (audit.EVENTS, audit.LOOKS):
            lines = await connection.fetch(f"explain {query}", case_id)
            plan = "\n".join(line[0] for line in lines)
            for table in ("events", "event_sequence", "checkpoints"):
                assert f"Seq Scan on {table}" not in plan
