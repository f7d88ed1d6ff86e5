"""The views made anew from the journal are the live ones, byte for byte."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from domain.commands import Accept, HandOver, Register
from domain.sealing import ERASED as FORGOTTEN
from store import reading
from store.rebuild import Rebuilder
from store.rebuilding import rebuild_all
from store.trees import Trees
from tests.domain.story import GAO, MEI, by, request
from tests.store.erased_lives import ERASED
from tests.store.house import JOURNAL, RING, VIEWS, Database, House, Scribe, everything
from tests.store.walks import Archive, archive_in


@pytest.fixture
async def connection(archive: Archive) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the archive that gives back the views as it found them."""
    async with archive.database.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        yield connection
        await transaction.rollback()


async def views(connection: Any) -> dict[str, list[str]]:
    return await everything(connection, VIEWS)


@pytest.mark.rule("R14.6")
async def test_a_rebuild_changes_nothing(archive: Archive, connection: asyncpg.Connection) -> None:
    before = await everything(connection, JOURNAL + VIEWS)
    assert len(before["cases"]) == len(archive.events)
    assert len(before["case_units"]) > len(archive.events)
    made = await rebuild_all(connection, RING, archive.database.engine.url)
    assert made["cases"].streams == len(archive.events)
    del made["case_spans"], made["score_postings"]  # nobody follows the events here
    assert {view: done.mended for view, done in made.items()} == dict.fromkeys(made, 0)
    assert await everything(connection, JOURNAL + VIEWS) == before


DAMAGE = {
    "everything deleted": "with u as (delete from case_units) delete from cases",
    "some rows deleted": "delete from cases where abs(hashtext(case_id)) % 3 = 0",
    "some units deleted": "delete from case_units where abs(hashtext(case_id || unit_id)) % 2 = 0",
    "units added": "insert into case_units (unit_id, case_id)"
    " select 'forestry', case_id from cases on conflict do nothing",
    "orphans added": "insert into cases select (jsonb_populate_record(c, jsonb_build_object("
    "'case_id', 'orphan-' || case_id, 'external_reference', 'orphan-' || case_id))).* from cases c",
    "questions deleted": "delete from open_questions where abs(hashtext(case_id)) % 2 = 0",
    "questions added": "insert into open_questions select (jsonb_populate_record(q,"
    " jsonb_build_object('clock_id', q.clock_id || '-99'))).* from open_questions q",
    "questions changed": "update open_questions set person_id = 'x', barred = '{y}'",
    "questions of nobody": "insert into open_questions select (jsonb_populate_record(q,"
    " jsonb_build_object('case_id', 'orphan-' || case_id))).* from open_questions q",
    "orphan units added": "insert into case_units values ('bridge', 'nobody'), ('east', 'nobody')",
    "expenses deleted": "with m as (delete from admission_money) delete from admission_expenses",
    "money changed": "with m as (update admission_money set granted = 9, used = 1)"
    " update admission_expenses set fen = 7, year = 2020",
    "text changed": "update cases set title = 'x', search = 'y', stage = 'z', officer = ''",
    "times changed": "update cases set opened_at = now(), next_due = null, overdue_at = now()",
    "an old version": "update cases set version = 1, phase = 'in_progress', closed_at = null",
    "a version of the future": "update cases set version = version + 100, phase = 'closed'",
    "an external identity moved": "update cases set external_system = null,"
    " external_reference = null, external_channel = 'x'",
}


@pytest.mark.rule("R14.6")
@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_rebuild_mends(
    archive: Archive, connection: asyncpg.Connection, damage: str
) -> None:
    before = await views(connection)
    await connection.execute(DAMAGE[damage])
    assert await views(connection) != before
    await rebuild_all(connection, RING, archive.database.engine.url)
    assert await views(connection) == before


@pytest.mark.rule("R14.6")
async def test_orphans_are_counted(connection: asyncpg.Connection) -> None:
    await connection.execute(DAMAGE["orphans added"])
    number = await connection.fetchval("select count(*) from cases where case_id like 'orphan-%'")
    rebuilder = Rebuilder.on(connection, RING)
    assert await rebuilder.orphans() == number
    assert await rebuilder.orphans() == 0


@pytest.mark.rule("R14.6")
@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_pages_of_any_size_cover_every_case_once(
    archive: Archive, connection: asyncpg.Connection, size: int
) -> None:
    rebuilder, seen = Rebuilder.on(connection, RING), list[str]()
    while found := (await rebuilder.page(seen[-1] if seen else "", size=size))[0]:
        seen += found
        if size == 1 and len(seen) == 20:
            break
    assert seen == sorted(archive.events)[: len(seen)]
    assert size == 1 or len(seen) == len(archive.events)


@pytest.mark.rule("R14.6")
async def test_the_live_rows_are_a_function_of_the_events_alone(house: House) -> None:
    """The same lives written twice, at other times and with other keys, give the same rows."""
    found = []
    for _ in range(2):
        archive = await archive_in(await house.town(), cases=20, steps=6)
        async with archive.database.connection() as connection:
            found.append(await views(connection))
    assert found[0] == found[1]


# -- while the system runs ---------------------------------------------------


@dataclass(slots=True)
class Meanwhile(Rebuilder):
    """Lets the office go on after a history was read and before the rows are written."""

    scribe: Scribe

    async def read(self, ids: list[str]) -> Any:
        found = await Rebuilder.read(self, ids)
        await self.scribe.write(ids[0], by(MEI, "03-02 09:30", HandOver))
        return found


async def handed_over_while_it_was_rebuilt(database: Database, damage: str) -> dict[str, list[str]]:
    async with database.connection() as connection, database.connection() as other:
        scribe = Scribe(other)
        await scribe.write("SW-1", by(MEI, "03-02 09:00", Register, **request()))
        await connection.execute(damage)
        rebuilder = Meanwhile(connection, RING, Trees(), scribe)
        await rebuilder.orphans()
        assert (await rebuilder.page(""))[0] == ["SW-1"]
        await scribe.write("SW-1", by(GAO, "03-02 10:00", Accept))
        return await views(connection)


@pytest.mark.rule("R14.6")
@pytest.mark.parametrize("damage", ["select 1", "update cases set title = 'x'"])
async def test_a_case_that_moved_on_meanwhile_keeps_its_newer_rows(
    house: House, damage: str
) -> None:
    database = await house.town()
    found = await handed_over_while_it_was_rebuilt(database, damage)
    async with database.connection() as connection:
        history = await reading.history(connection, "SW-1", RING)
        assert history is not None
        assert history.case.version == 5
        seen = await connection.fetchval("select version from cases")
        units = await connection.fetch("select unit_id from case_units")
        assert seen == 5
        assert {"orchard-1", "orchard", "bridge"} <= {row["unit_id"] for row in units}
        await rebuild_all(connection, RING, database.engine.url)
        rebuilt = await views(connection)
    assert found["case_units"] == rebuilt["case_units"]
    if damage == "select 1":
        assert found == rebuilt


class Between:
    """A connection on which somebody is forgotten after so many reads of a rebuild."""

    def __init__(self, connection: Any, scribe: Scribe, reads: int) -> None:
        self._connection, self._scribe, self._left = connection, scribe, reads

    async def fetch(self, query: str, *args: object) -> Any:
        found = await self._connection.fetch(query, *args)
        self._left -= 1
        if not self._left:
            await self._scribe.write("SW-1", ERASED[-1])
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.mark.rule("R14.4", "R14.6")
@pytest.mark.parametrize("reads", [1, 2, 3])
async def test_whoever_is_forgotten_while_the_row_is_made_stays_forgotten(
    house: House, reads: int
) -> None:
    database = await house.town()
    async with database.connection() as connection, database.connection() as other:
        scribe = Scribe(other)
        await scribe.live("SW-1", ERASED[:-1])
        await Rebuilder.on(Between(connection, scribe, reads), RING).page("")
        row = await other.fetchrow("select version, title, search, lookup from cases")
        last = await other.fetchval("select max(version) from events where case_id = 'SW-1'")
        assert row is not None
        assert tuple(row) == (last, FORGOTTEN, "", "")
