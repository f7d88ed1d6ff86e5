"""The office's changes among the books: in force on their day, in every process, nothing lost."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from activities.messages import Step, StepResult
from activities.office import OfficeActivities
from domain.book import Book
from domain.organisation import Person
from domain.words import Role
from store import books, journal, reading
from store.books import Shelf
from store.folds import OFFICE
from tests.domain.office_story import OFFICE_BOOK
from tests.domain.test_office_papers import POLICY as POLICY_TOML
from tests.domain.town import POLICY, START
from tests.store.house import RING, Database, House

pytestmark = pytest.mark.rule("R14.1")
SECOND = timedelta(seconds=1)


class Clerk:
    """Sends commands to the office as its workflow does."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.activities = OfficeActivities(database.engine, RING, ahead=None)

    async def ask(self, kind: str, who: str = "ai", **fields: Any) -> StepResult:
        return await self.send(self.step(kind, who, **fields))

    async def send(self, step: Step) -> StepResult:
        return await self.activities.execute("office", step)

    def step(self, kind: str, who: str = "ai", at: datetime | None = None, **fields: Any) -> Step:
        command_id = str(uuid4())
        actor = {"kind": "staff", "person_id": who}
        when = (at or datetime.now(UTC)).isoformat()
        command = {"kind": kind, "command_id": command_id, "at": when, "actor": actor, **fields}
        return Step(kind=kind, command_id=command_id, command=command)

    async def opens(self, post_id: str, unit_id: str = "orchard-1", **fields: Any) -> StepResult:
        return await self.ask(
            "open_post",
            post_id=post_id,
            person_id="new",
            role=Role.GRID_WORKER,
            unit_id=unit_id,
            **fields,
        )

    async def book(self, at: datetime | None = None) -> Book:
        """As a process that just started reads it."""
        async with self.database.connection() as connection:
            now = (await reading.newest_book(connection))[1]
            return await books.current(connection, at or now)

    async def shelved(self, shelf: Shelf, at: datetime | None = None) -> Book:
        """As a process reads it that has been running."""
        async with self.database.connection() as connection:
            newest, now = await reading.newest_book(connection)
            return await shelf.book(connection, newest, at or now)


@pytest.fixture
async def clerk(house: House) -> Clerk:
    database = await house.town()
    async with database.connection() as connection:
        staffed = replace(OFFICE_BOOK.organisation, version="town-1")
        await books.publish(connection, staffed, START + SECOND)
    return Clerk(database)


async def test_a_change_is_in_force_at_once_for_new_and_for_running_processes(
    clerk: Clerk,
) -> None:
    shelf = Shelf()
    assert (await clerk.shelved(shelf)).organisation.version == "town-1"
    result = await clerk.opens("grid-new")
    assert result.accepted
    for book in (await clerk.shelved(shelf), await clerk.book()):
        assert book.organisation.version == f"town-1+{result.last_version}"
        assert [p.post_id for p in book.organisation.all_posts_of("new")] == ["grid-new"]


async def test_a_change_for_tomorrow_takes_effect_by_itself_tomorrow(clerk: Clerk) -> None:
    shelf, now = Shelf(), datetime.now(UTC)
    tomorrow = now + timedelta(days=1)
    await clerk.opens("grid-new", effective_from=tomorrow.isoformat())
    await clerk.ask("change_unit", unit_id="spring", name="Well")
    for book in (await clerk.shelved(shelf), await clerk.book()):
        assert "grid-new" not in book.organisation.posts
        assert book.organisation.units["spring"].name == "Well"
    for book in (await clerk.shelved(shelf, tomorrow), await clerk.book(tomorrow)):
        assert book.organisation.posts["grid-new"].valid_from == tomorrow
        assert book.organisation.units["spring"].name == "Well"


async def test_the_organisation_of_every_version_is_found_again(clerk: Clerk) -> None:
    """What an event recorded under a version was decided by can be looked up for ever."""
    seen: list[Book] = []
    for number in range(4):
        await clerk.ask("change_unit", unit_id="spring", name=f"Well {number}")
        seen.append(await clerk.book())
    async with clerk.database.connection() as connection:
        for book in seen:
            found = await books.organisation(connection, book.organisation.version)
            assert found == book.organisation
        with pytest.raises(LookupError):
            await books.organisation(connection, "never")


async def test_a_new_snapshot_takes_the_place_of_the_changes_before_it(clerk: Clerk) -> None:
    shelf, now = Shelf(), datetime.now(UTC)
    await clerk.opens("grid-new")
    await clerk.opens("grid-later", effective_from=(now + timedelta(days=2)).isoformat())
    await clerk.shelved(shelf)
    async with clerk.database.connection() as connection:
        fresh = replace(OFFICE_BOOK.organisation, version="town-2")
        await books.publish(connection, fresh, (await reading.newest_book(connection))[1])
    for book in (await clerk.shelved(shelf), await clerk.book()):
        assert book.organisation.version == "town-2"
        assert "grid-new" not in book.organisation.posts
    later = now + timedelta(days=3)
    for book in (await clerk.shelved(shelf, later), await clerk.book(later)):
        assert "grid-later" in book.organisation.posts


async def test_a_change_taken_back_never_takes_effect(clerk: Clerk) -> None:
    shelf, tomorrow = Shelf(), datetime.now(UTC) + timedelta(days=1)
    planned = await clerk.opens("grid-new", effective_from=tomorrow.isoformat())
    await clerk.shelved(shelf)
    assert (await clerk.ask("cancel_change", change=planned.last_version)).accepted
    for book in (await clerk.shelved(shelf, tomorrow), await clerk.book(tomorrow)):
        assert "grid-new" not in book.organisation.posts


async def test_calendar_catalogue_and_policy_follow_as_well(clerk: Clerk) -> None:
    shelf = Shelf()
    before = await clerk.shelved(shelf)
    year: dict[str, Any] = {
        "year": 2030,
        "source": "notice",
        "holidays": [{"first": "2030-10-01", "last": "2030-10-07", "name": "国庆节"}],
    }
    published = await clerk.ask("publish_year", **year)
    revised = await clerk.ask("publish_year", **{**year, "source": "revised"})
    await clerk.ask("retire_item", item_id="noise")
    await clerk.ask("publish_policy", document=POLICY_TOML)
    for book in (await clerk.shelved(shelf), await clerk.book()):
        assert book.calendar.version == f"calendar-1+{revised.last_version}"
        assert f"calendar-1+{published.last_version}" in book.calendars
        assert book.calendars["calendar-1"] == before.calendar
        assert book.catalogue.items["noise"].retired
        assert (book.policy, set(book.policies) > {POLICY.version}) == ("1", True)


async def test_the_office_is_part_of_the_chain_and_of_the_one_order(clerk: Clerk) -> None:
    await clerk.opens("grid-new")
    await clerk.ask("change_unit", unit_id="spring", name="Well")
    async with clerk.database.connection() as connection:
        past = await reading.past(connection, OFFICE, "office", RING)
    assert past is not None
    hashes = [line.hash for line in past.lines]
    assert [line.prev_hash for line in past.lines] == [None, *hashes[:-1]]


async def test_a_repeat_gets_the_first_answer_and_a_stale_version_is_told_so(
    clerk: Clerk,
) -> None:
    step = clerk.step("change_unit", unit_id="spring", name="Well")
    first, second = await clerk.send(step), await clerk.send(step)
    assert first == second
    stale = clerk.step("change_unit", unit_id="spring", name="Source")
    refused = await clerk.send(replace(stale, expected_version=first.last_version - 1))
    assert refused.refusal is not None
    assert refused.refusal.code == "version_conflict"


async def test_two_administrators_at_once_lose_nothing(clerk: Clerk) -> None:
    """Each decides on what the other did: the loser of a race is retried, as Temporal does."""

    async def insist(step: Step) -> StepResult:
        while True:
            try:
                return await clerk.send(step)
            except journal.Conflict:
                continue

    steps = [
        clerk.step(
            "open_post",
            who,
            post_id=f"grid-{who}-{n}",
            person_id="new",
            role="grid_worker",
            unit_id="orchard-1",
        )
        for n in range(5)
        for who in ("ai", "ang")
    ]
    results = await asyncio.gather(*map(insist, steps))
    assert all(result.accepted for result in results)
    book = await clerk.book()
    assert len(book.organisation.all_posts_of("new")) == 10


async def test_borders_are_looked_at_by_geometry(clerk: Clerk) -> None:
    taken = [[120_005_000, 30_000_000], [120_015_000, 30_000_000], [120_015_000, 30_010_000]]
    result = await clerk.ask("draw_grid", unit_id="stone-1", border=taken, households=300)
    assert result.refusal is not None
    assert (result.refusal.code, result.refusal.details) == (
        "borders_overlap",
        {"grids": "orchard-1, orchard-2"},
    )
    crossing = [[0, 0], [1000, 1000], [1000, 0], [0, 1000]]
    result = await clerk.ask("draw_grid", unit_id="stone-1", border=crossing, households=300)
    assert result.refusal is not None
    assert result.refusal.code == "border_unusable"
    free = [[120_600_000, 30_600_000], [120_610_000, 30_600_000], [120_610_000, 30_610_000]]
    assert (await clerk.ask("draw_grid", unit_id="stone-1", border=free, households=300)).accepted


async def test_a_border_is_also_held_against_those_that_are_planned(clerk: Clerk) -> None:
    free = [[120_600_000, 30_600_000], [120_610_000, 30_600_000], [120_610_000, 30_610_000]]
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    planned: dict[str, Any] = {"unit_id": "stone-1", "border": free, "households": 300}
    assert (await clerk.ask("draw_grid", **planned, effective_from=later)).accepted
    result = await clerk.ask("draw_grid", **{**planned, "unit_id": "orchard-2"})
    assert result.refusal is not None
    assert result.refusal.code == "borders_overlap"


async def test_one_change_of_many_is_one_small_row(clerk: Clerk) -> None:
    """However large the town: a change writes what changed."""
    people = {
        f"p{n}": Person(person_id=f"p{n}", name="人" * 20, login=f"p{n}") for n in range(9000)
    }
    large = replace(OFFICE_BOOK.organisation, version="large")
    large = replace(large, people={**large.people, **people})
    async with clerk.database.connection() as connection:
        await books.publish(connection, large, (await reading.newest_book(connection))[1])
        await clerk.opens("grid-new")
        size = "select pg_column_size(body) from books order by book_id desc limit 1"
        assert await connection.fetchval(size) < 100
        event = "select length(data::text) from events where kind = 'office.post_opened'"
        assert await connection.fetchval(event) < 1000
