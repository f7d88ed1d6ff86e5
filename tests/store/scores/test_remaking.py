"""The ledger made anew from all events at once is the one that followed them (R12.5, R14.6)."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from store import following, sequencer
from store.rebuild import Made
from store.rebuilding import rebuild_all
from store.scores.remaking import rebuild
from tests.store.house import RING, Database, House, Scribe, everything
from tests.store.scores.test_keeper import ACCEPTED, HANDED, OPENED, follow, keeper
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R12.5", "R14.6")
SCORES = ("score_postings", "score_days")
DAMAGE = {
    "all gone": "with s as (delete from score_days) delete from score_postings",
    "some gone": "delete from score_postings where abs(hashtext(case_id || version)) % 3 = 0",
    "changed": "update score_postings set unit_id = 'x', numerator = 1, counted_at = now()",
    "hidden": "update score_postings set astray = true where case_id like '%1'",
    "added": "insert into score_postings select (jsonb_populate_record(s, jsonb_build_object("
    "'part', s.part + 5000000))).* from score_postings s",
    "orphans": "insert into score_postings select (jsonb_populate_record(s, jsonb_build_object("
    "'case_id', 'orphan-' || s.case_id))).* from score_postings s",
    "days gone": "delete from score_days where abs(hashtext(unit_id || measure)) % 2 = 0",
    "days changed": "update score_days set numerator = numerator + 1",
    "days added": "insert into score_days select day, 'forestry', carrier, measure, role, helpers,"
    " proactive, 1, 1, 0, 0 from score_days on conflict do nothing",
}


@pytest.fixture
async def kept(archive: Archive) -> AsyncIterator[asyncpg.Connection]:
    """The archive with its scores, which a test may damage; afterwards they are as they were."""
    async with archive.database.connection() as connection:
        await follow(connection)
        for table in SCORES:
            await connection.execute(f"create temp table kept_{table} as table {table}")
        yield connection
        for table in SCORES:
            await connection.execute(f"delete from {table}")  # noqa: S608 - constants
            await connection.execute(f"insert into {table} table kept_{table}")
            await connection.execute(f"drop table kept_{table}")


@pytest.mark.parametrize("damage", DAMAGE)
async def test_made_anew_it_is_the_same(
    archive: Archive, kept: asyncpg.Connection, damage: str
) -> None:
    before = await everything(kept, SCORES)
    assert len(before["score_postings"]) > 1000
    await kept.execute(DAMAGE[damage])
    assert await everything(kept, SCORES) != before
    assert (await rebuild(kept, archive.database.engine.url)).mended > 0
    assert await everything(kept, SCORES) == before
    again = await rebuild(kept, archive.database.engine.url)
    assert again == Made(events=again.events)
    assert again.events == await kept.fetchval("select count(*) from events")


async def test_made_in_many_parts_it_is_the_same(
    archive: Archive, kept: asyncpg.Connection
) -> None:
    before = await everything(kept, SCORES)
    await kept.execute(DAMAGE["some gone"])
    await rebuild(kept, archive.database.engine.url, size=700)
    assert await everything(kept, SCORES) == before


async def test_of_a_journal_with_nothing_in_it_nothing_is_made(house: House) -> None:
    database = await house.migrated()
    async with database.connection() as connection:
        assert await rebuild(connection, database.engine.url) == Made()


async def test_a_ledger_that_never_followed_is_made_at_once_and_follows_from_there(
    house: House,
) -> None:
    database = await house.town()
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write("SW-1", OPENED, HANDED)
        await sequencer.advance(connection)
        await rebuild(connection, database.engine.url)
        assert await following.behind(connection, "score_keeper") == 0
        await scribe.write("SW-1", ACCEPTED)
        await follow(connection)
        followed = await everything(connection, SCORES)
        assert await rebuild(connection, database.engine.url) == Made(events=5)
        assert await everything(connection, SCORES) == followed


async def test_made_anew_while_one_follows_nothing_is_lost_or_counted_twice(house: House) -> None:
    database = await house.town()
    async with database.connection() as one, database.connection() as other:
        scribe = Scribe(one)
        for number in range(10):
            await scribe.write(f"SW-{number}", OPENED, HANDED)

        async def go_on() -> None:
            for number in range(10):
                await scribe.write(f"SW-{number}", ACCEPTED)
                await sequencer.advance(one)
                await keeper().advance(one, 7)

        await asyncio.gather(
            go_on(), rebuild(other, database.engine.url), _damaged_and_made(database)
        )
        await follow(one)
        followed = await everything(one, SCORES)
        assert (await rebuild(one, database.engine.url)).mended == 0
        assert await everything(one, SCORES) == followed
        assert len(followed["score_postings"]) > 40


async def _damaged_and_made(database: Database) -> None:
    async with database.connection() as third:
        await third.execute(DAMAGE["all gone"])
        await rebuild(third, database.engine.url)
        await rebuild(third, database.engine.url)


async def test_it_is_made_anew_with_every_other_view(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        await Scribe(connection).write("SW-1", OPENED, HANDED)
        made = await rebuild_all(connection, RING, database.engine.url)
    assert made["score_postings"].mended > 0
