"""R13: the list of visits in the database: its rows, its reads, its rebuild, and no more."""

from typing import Any

import asyncpg
import pytest

from domain.commands import Tick
from domain.sealing import ERASED
from domain.visit.commands import AmendVisit
from domain.visit.events import VisitRecorded
from store import reading, visits
from store.cursors import BadCursor
from store.folds import VISIT
from store.rebuilding import rebuild_all
from store.visits import Wanted
from tests.domain.story import CAO, CLOCK, GAO, by
from tests.domain.town import local
from tests.domain.visiting import LAMP
from tests.store.house import RING, Database, House, everything
from tests.store.lives import CANARY
from tests.store.visited import ask, recorded, tell

pytestmark = pytest.mark.rule("R13")

TABLES = ("visits",)
EVERYWHERE = Wanted(sight=None)


@pytest.fixture
async def database(house: House) -> Database:
    """Three visits to Orchard-1: by Gao, corrected; by Gao on Sunday; by Cao, with a case."""
    found = await house.town()
    more = by(GAO, "03-02 14:00", AmendVisit, text=CANARY, met=3, found=CANARY)
    await tell(found, "visit-1", recorded(), more)
    await tell(found, "visit-2", recorded(visited_at=local("03-01 15:00")))
    cao = recorded(findings=(LAMP,))
    object.__setattr__(cao, "actor", CAO)
    await tell(found, "visit-3", cao)
    return found


async def ids(connection: Any, **wanted: Any) -> list[str]:
    asked = Wanted(**{"sight": None, **wanted})
    rows, _ = await visits.page(connection, asked, cursor=None, size=10)
    return [row["visit_id"] for row in rows]


async def test_a_row_says_who_when_where_and_how_many(database: Database) -> None:
    async with database.connection() as connection:
        rows, after = await visits.page(connection, EVERYWHERE, cursor=None, size=10)
    assert after is None
    first = next(row for row in rows if row["visit_id"] == "visit-1")
    assert first == {
        "visit_id": "visit-1",
        "version": 2,
        "occasion": "living_alone",
        "visited_at": local("03-02 09:00"),
        "recorded_at": local("03-02 10:00"),
        "person_id": "gao",
        "post_id": "grid-1",
        "unit_id": "orchard-1",
        "met": 3,
        "cases": 0,
        "amended": 1,
    }


async def test_visits_are_found_by_unit_person_and_day_newest_first(database: Database) -> None:
    async with database.connection() as connection:
        assert await ids(connection) == ["visit-3", "visit-1", "visit-2"]
        assert await ids(connection, sight=["orchard-2"]) == []
        assert await ids(connection, units=["orchard-1"], person_id="cao") == ["visit-3"]
        assert await ids(connection, since=local("03-02 00:00")) == ["visit-3", "visit-1"]
        assert await ids(connection, until=local("03-02 00:00")) == ["visit-2"]


async def test_pages_follow_one_another(database: Database) -> None:
    async with database.connection() as connection:
        found, cursor = list[str](), None
        while True:
            rows, cursor = await visits.page(connection, EVERYWHERE, cursor=cursor, size=1)
            found += [row["visit_id"] for row in rows]
            if cursor is None:
                break
        assert found == ["visit-3", "visit-1", "visit-2"]
        for wrong in ("x", "\0", "WzFd"):
            with pytest.raises(BadCursor):
                await visits.page(connection, EVERYWHERE, cursor=wrong, size=1)


async def test_nothing_in_the_clear_says_whom_or_what(database: Database) -> None:
    """Neither the list nor the journal, nor what is owed to the cases."""
    async with database.connection() as connection:
        kept = await everything(connection, ("visits", "events", "commands", "outbox"))
    text = repr(kept)
    for said in (CANARY, "果园路", LAMP.title, LAMP.text, "120005000"):
        assert said not in text


STRANGER = f"""
insert into visits ({visits.NAMES}) select 'visit-9', {visits.NAMES.partition(", ")[2]} from visits
where visit_id = 'visit-1'
"""  # noqa: S608 - the names are constants


@pytest.mark.rule("R14.4")
async def test_what_becomes_a_case_is_forgotten_apart_from_the_visit(database: Database) -> None:
    async with database.as_role("owner") as owner:
        await owner.execute(
            """update subject_keys set wrapped = null, destroyed_at = now()
               where case_id = 'visit-3' and subject = $1""",
            LAMP.case_id,
        )
    async with database.connection() as connection:
        past = await reading.past(connection, VISIT, "visit-3", RING)
    assert past is not None
    first = past.lines[0].event
    assert isinstance(first, VisitRecorded)
    (lamp,) = first.cases
    assert (lamp.title, lamp.text, lamp.address, lamp.point) == (ERASED,) * 4
    assert first.found == CANARY


@pytest.mark.rule("R14.6")
@pytest.mark.parametrize(
    "damage",
    [
        "delete from visits",
        "update visits set met = 99",
        "update visits set version = 99, occasion = 'traders'",
        STRANGER,
    ],
)
async def test_a_rebuild_gives_the_live_rows(database: Database, damage: str) -> None:
    connection: asyncpg.Connection
    async with database.connection() as connection:
        before = await everything(connection, TABLES)
        await connection.execute(damage)
        await rebuild_all(connection, RING, database.engine.url)
        assert await everything(connection, TABLES) == before


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("stream", ["SW-1", "office", "admission-1"])
async def test_a_workflow_of_visits_ends_under_the_id_of_anything_else(
    database: Database, stream: str
) -> None:
    result = await ask(database, stream, by(CLOCK, "03-05 09:00", Tick))
    assert (result.accepted, result.position.ended) == (False, True)
    assert result.refusal is not None
    assert result.refusal.code == "no_such_stream"


async def test_a_second_click_gives_the_same_visit(database: Database) -> None:
    command_id = "5b6d7e3a-0000-4000-8000-000000000001"
    first = await ask(database, "visit-7", recorded(findings=(LAMP,)), command_id)
    again = await ask(database, "visit-7", recorded(findings=(LAMP,)), command_id)
    assert (again.accepted, again.last_version) == (True, first.last_version)
    other = await ask(database, "visit-7", recorded(met=9, findings=(LAMP,)), command_id)
    assert other.refusal is not None
    assert other.refusal.code == "idempotency_key_reused"
