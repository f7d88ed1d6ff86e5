"""The spans hold where every case was at every moment, as the events say, and can be made anew."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest

from domain.commands import Accept, HandOver, RecordProgress, Register
from store import following, journal, reading, sequencer, views, worklist
from store.spans import BLANK, SHOWN, Keeper, orphans, rebuild
from store.still import still
from store.worklist import Filters
from tests.domain.story import GAO, MEI, by, request
from tests.store.house import RING, Database, House, Scribe, everything
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R14.3", "R14.6")
SPANS = ("case_spans", "case_sights")
OPENED = by(MEI, "03-02 09:00", Register, **request())


async def caught_up(connection: asyncpg.Connection, most: int = 500) -> None:
    """Number everything and follow it to the end."""
    while await sequencer.advance(connection):
        pass
    keeper = Keeper()
    while await keeper.advance(connection, most):
        pass


@pytest.fixture
async def kept(archive: Archive) -> AsyncIterator[asyncpg.Connection]:
    """The archive with its spans, which a test may damage."""
    async with archive.database.connection() as connection:
        await caught_up(connection)
        transaction = connection.transaction()
        await transaction.start()
        yield connection
        await transaction.rollback()


async def test_at_every_moment_the_row_is_the_one_the_view_had(kept: asyncpg.Connection) -> None:
    rows = await kept.fetch("select * from case_spans order by case_id, since")
    lives: dict[str, list[Any]] = {}
    for row in rows:
        lives.setdefault(row["case_id"], []).append(row)
    assert len(lives) == await kept.fetchval("select count(*) from cases")
    for case_id, spans in lives.items():
        whole = await reading.history(kept, case_id, RING)
        assert whole is not None
        assert spans[-1]["until"] is None
        for span, after in zip(spans, [*spans[1:], None], strict=True):
            assert after is None or span["until"] == after["since"]
            then = whole.until(span["since"])
            assert then is not None
            expected = views.row(then.case, BLANK)
            assert {n: span[n] for n in SHOWN} == {n: expected[n] for n in SHOWN}
        moments = {line.recorded_at for line in whole.lines}
        assert {span["since"] for span in spans} == moments


async def test_the_last_span_of_each_case_is_its_view(kept: asyncpg.Connection) -> None:
    names = ", ".join(("case_id", *SHOWN))
    now = await kept.fetch(f"select {names} from case_spans where until is null order by 1")  # noqa: S608
    assert now == await kept.fetch(f"select {names} from cases order by 1")  # noqa: S608


async def test_the_units_that_see_a_case_are_those_of_the_view(kept: asyncpg.Connection) -> None:
    told = "select unit_id, case_id from {} order by 1, 2"
    seen = await kept.fetch(told.format("case_sights"))
    assert seen == await kept.fetch(told.format("case_units"))


@pytest.mark.parametrize("most", [1, 7, 500])
async def test_followed_in_steps_of_any_size_they_are_the_same(house: House, most: int) -> None:
    database = await house.town()
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for number in range(3):
            await scribe.write(f"SW-{number}", OPENED, by(MEI, "03-02 09:20", HandOver))
            await caught_up(connection, most)
            await scribe.write(f"SW-{number}", by(GAO, "03-02 10:00", Accept))
        await caught_up(connection, most)
        followed = await everything(connection, SPANS)
        await rebuild(connection, size=1)
        assert await everything(connection, SPANS) == followed
        assert len(followed["case_spans"]) == 9


DAMAGE = {
    "all gone": "with s as (delete from case_sights) delete from case_spans",
    "some gone": "delete from case_spans where abs(hashtext(case_id || since)) % 3 = 0",
    "changed": "update case_spans set stage = 'x', until = null, version = 99",
    "added": "insert into case_spans select (jsonb_populate_record(s, jsonb_build_object("
    "'since', s.since + interval '1 hour'))).* from case_spans s",
    "orphans": "insert into case_spans select (jsonb_populate_record(s, jsonb_build_object("
    "'case_id', 'orphan-' || s.case_id))).* from case_spans s",
    "sights gone": "delete from case_sights where abs(hashtext(case_id || unit_id)) % 2 = 0",
    "sights added": "insert into case_sights select 'forestry', case_id, now() from cases"
    " on conflict do nothing",
    "sights earlier": "update case_sights set since = since - interval '1 day'",
}


@pytest.mark.parametrize("damage", DAMAGE)
async def test_made_anew_they_are_the_same(kept: asyncpg.Connection, damage: str) -> None:
    before = await everything(kept, SPANS)
    await kept.execute(DAMAGE[damage])
    assert await everything(kept, SPANS) != before
    await orphans(kept)
    await rebuild(kept)
    assert await everything(kept, SPANS) == before


class Counted:
    """A connection that counts the events it is read."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self.events = 0

    async def fetch(self, query: str, *args: object) -> list[Any]:
        found = list(await self._connection.fetch(query, *args))
        self.events += len(found) if "occurred_at" in query else 0
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


async def test_an_event_costs_what_an_event_costs(house: House) -> None:
    """A case that lives long is not read from its beginning each time."""
    database = await house.town()
    async with database.connection() as connection:
        scribe, keeper, counted = Scribe(connection), Keeper(), Counted(connection)
        await scribe.write("SW-1", OPENED)
        for minute in range(10, 40):
            at = f"03-02 10:{minute}"
            await scribe.write("SW-1", by(MEI, at, RecordProgress, text="看过"))
            await sequencer.advance(connection)
            while await keeper.advance(counted):
                pass
        assert counted.events == await connection.fetchval("select count(*) from events")
        followed = await everything(connection, SPANS)
        assert len(followed["case_spans"]) == 31
        await rebuild(connection)
        assert await everything(connection, SPANS) == followed


async def test_two_who_follow_at_once_write_the_same(house: House) -> None:
    database = await house.town()
    async with database.connection() as one, database.connection() as other:
        scribe = Scribe(one)
        for number in range(20):
            await scribe.write(f"SW-{number}", OPENED, by(MEI, "03-02 09:20", HandOver))
        await sequencer.advance(one)
        first, second = Keeper(), Keeper()
        while any(await asyncio.gather(first.advance(one, 3), second.advance(other, 5))):
            pass
        followed = await everything(one, SPANS)
        await rebuild(one)
        assert await everything(one, SPANS) == followed


async def test_made_anew_while_one_follows_nothing_is_lost(house: House) -> None:
    database = await house.town()
    async with database.connection() as one, database.connection() as other:
        scribe, keeper = Scribe(one), Keeper()
        for number in range(10):
            await scribe.write(f"SW-{number}", OPENED)

        async def follow() -> None:
            for number in range(10):
                await scribe.write(f"SW-{number}", by(MEI, "03-02 09:20", HandOver))
                await sequencer.advance(one)
                await keeper.advance(one)

        await asyncio.gather(follow(), rebuild(other, size=3))
        await caught_up(one)
        followed = await everything(one, SPANS)
        await rebuild(one)
        assert await everything(one, SPANS) == followed


async def test_a_clock_set_back_makes_no_hole(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write("SW-1", OPENED)
        entry = await scribe.entry("SW-1", by(MEI, "03-02 09:20", RecordProgress, text="看过"))
        behind = replace(entry, recorded_at=entry.recorded_at - timedelta(hours=1))
        await journal.append(connection, [behind], RING)
        await caught_up(connection)
        (span,) = await connection.fetch("select * from case_spans")
        assert (span["version"], span["until"]) == (3, None)
        whole = await reading.history(connection, "SW-1", RING)
        assert whole is not None
        then = whole.until(span["since"])
        assert then is not None
        assert then.case.version == 3


# -- what is not written yet ----------------------------------------------------


async def reached(database: Database, as_of: datetime) -> bool:
    async with still(database.engine) as there:
        return await following.reached(there, as_of, "span_keeper")


async def test_a_moment_is_reached_when_all_that_was_recorded_by_then_is_written(
    house: House,
) -> None:
    database = await house.town()
    async with database.connection() as connection:
        scribe, keeper = Scribe(connection), Keeper()
        before = (await reading.newest_book(connection))[1]
        await scribe.write("SW-1", OPENED)
        after = (await reading.newest_book(connection))[1]
        assert (await reached(database, before), await reached(database, after)) == (True, False)
        await sequencer.advance(connection)
        assert (await reached(database, before), await reached(database, after)) == (True, False)
        await keeper.advance(connection)
        assert await reached(database, after)
        async with still(database.engine) as there:
            asked = Filters(sight=None)
            found = await worklist.page(there, asked, cursor=None, size=9, as_of=after)
            none = await worklist.page(there, asked, cursor=None, size=9, as_of=before)
        assert [row["case_id"] for row in found.rows] == ["SW-1"]
        assert none.rows == ()


async def test_a_moment_just_gone_waits_for_what_is_being_written(house: House) -> None:
    database = await house.town()
    async with database.connection() as slow, database.connection() as connection:
        transaction = slow.transaction()
        await transaction.start()
        await Scribe(slow).write("SW-1", OPENED)
        at = (await reading.newest_book(connection))[1]
        assert await reached(database, at - timedelta(minutes=1))
        assert not await reached(database, at)
        await transaction.commit()
        await caught_up(connection)
        assert await reached(database, at)
