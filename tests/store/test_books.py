"""The books: versions that never change, in force from their day on."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from domain.book import Book
from domain.commands import Register
from store import books, reading
from store.books import BookExists, NoBooks, Shelf
from store.migrate import upgrade
from tests.domain.story import MEI, by, request
from tests.domain.town import NO_CLOCKS, POLICY, START, TOWN, calendar, local
from tests.store.house import House, Scribe, publish_town

NOON = local("03-02 12:00")
TOMORROW = local("03-03 00:00")
NEXT = replace(POLICY, version="policy-2", remind_interval=POLICY.ask_again)
PUBLISHED = replace(
    TOWN,
    calendars={TOWN.calendar.version: TOWN.calendar},
    admissions=(),
    neighbours={},
    visits={},
    uploads={},
)
"""The town as it is published: what a decision looks up besides comes with the decision."""


@pytest.fixture
async def connection(house: House) -> AsyncIterator[asyncpg.Connection]:
    database = await house.town()
    async with database.connection() as connection:
        yield connection


async def test_the_book_comes_back_as_it_was_published(connection: asyncpg.Connection) -> None:
    found = await books.current(connection, NOON)
    assert found == PUBLISHED


async def test_a_book_of_before_people_had_addresses_is_still_read(house: House) -> None:
    database = await house.empty()
    await upgrade(database.url("owner"))
    async with database.connection() as connection:
        await publish_town(connection)
    async with database.as_role("superuser") as superuser:
        await superuser.execute("set session_replication_role = replica")
        await superuser.execute("alter table books disable trigger books_append_only")
        await superuser.execute(
            """update books set body = jsonb_set(body, '{people}', (
                 select jsonb_object_agg(key, value - 'email' - 'phone')
                 from jsonb_each(body -> 'people'))) where kind = 'organisation'"""
        )
    async with database.connection() as connection:
        assert await books.current(connection, NOON) == PUBLISHED


async def test_publishing_the_same_again_changes_nothing(connection: asyncpg.Connection) -> None:
    before = await connection.fetch("select * from books order by 1")
    for value in (TOWN.organisation, TOWN.catalogue, TOWN.calendar, NO_CLOCKS, POLICY):
        assert await books.publish(connection, value, NOON) is False
    assert await connection.fetch("select * from books order by 1") == before


async def test_publishing_something_new_says_so(connection: asyncpg.Connection) -> None:
    assert await books.publish(connection, NEXT, NOON) is True
    assert await books.publish(connection, NEXT, NOON) is False


async def test_one_version_never_has_two_contents(connection: asyncpg.Connection) -> None:
    before = await connection.fetch("select * from books order by 1")
    others = (
        replace(NEXT, version=POLICY.version),
        replace(TOWN.catalogue, items={}),
        replace(TOWN.organisation, duty={}),
        calendar("calendar-1", TOWN.calendar.years[0]),
    )
    for other in others:
        with pytest.raises(BookExists, match=other.version):
            await books.publish(connection, other, NOON)
    assert await connection.fetch("select * from books order by 1") == before


async def test_a_version_is_not_in_force_before_its_day(connection: asyncpg.Connection) -> None:
    await books.publish(connection, NEXT, TOMORROW)
    await books.publish(connection, calendar("calendar-2"), TOMORROW)

    async def at(when: datetime) -> tuple[str, str]:
        book = await books.current(connection, when)
        return book.policy, book.calendar.version

    second = timedelta(microseconds=1)
    assert await at(NOON) == ("policy-1", "calendar-1")
    assert await at(TOMORROW - second) == ("policy-1", "calendar-1")
    assert await at(TOMORROW) == ("policy-2", "calendar-2")


async def test_every_policy_stays_at_hand_for_older_cases(connection: asyncpg.Connection) -> None:
    await books.publish(connection, NEXT, TOMORROW)
    for when in (NOON, TOMORROW):
        found = (await books.current(connection, when)).policies
        assert set(found) == {"policy-1", "policy-2", "policy-bare"}
        assert found["policy-2"] == NEXT


async def test_of_two_versions_of_one_day_the_later_published_is_in_force(
    connection: asyncpg.Connection,
) -> None:
    await books.publish(connection, NEXT, TOMORROW)
    await books.publish(connection, replace(NEXT, version="policy-3"), TOMORROW)
    assert (await books.current(connection, TOMORROW)).policy == "policy-3"


async def test_a_version_published_late_for_an_earlier_day_does_not_overrule_a_later_one(
    connection: asyncpg.Connection,
) -> None:
    await books.publish(connection, NEXT, TOMORROW)
    await books.publish(connection, replace(NEXT, version="policy-late"), NOON)
    assert (await books.current(connection, NOON)).policy == "policy-late"
    assert (await books.current(connection, TOMORROW)).policy == "policy-2"


async def test_an_earlier_version_comes_into_force_again(connection: asyncpg.Connection) -> None:
    await books.publish(connection, NEXT, NOON)
    await books.reinstate(connection, "policy", "policy-1", TOMORROW)
    assert (await books.current(connection, NOON)).policy == "policy-2"
    assert (await books.current(connection, TOMORROW)).policy == "policy-1"
    assert await books.publish(connection, POLICY, TOMORROW) is False


async def test_an_office_without_books_says_which_are_missing(house: House) -> None:
    database = await house.empty()
    await upgrade(database.url("owner"))
    async with database.connection() as connection:
        with pytest.raises(NoBooks, match="calendar, catalogue, organisation, policy"):
            await books.current(connection, NOON)
        await books.publish(connection, POLICY, TOMORROW)
        with pytest.raises(NoBooks, match="organisation, policy"):
            await books.current(connection, NOON)
        await publish_town(connection)
        assert isinstance(await books.current(connection, NOON), Book)


# -- the shelf ---------------------------------------------------------------


class Counted:
    """A connection that counts what is asked of it."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.reads = 0

    async def fetch(self, query: str, *args: object) -> list[asyncpg.Record]:
        self.reads += "body" in query  # snapshots, which are large
        return list(await self.connection.fetch(query, *args))

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)


async def newest(connection: asyncpg.Connection) -> int:
    return (await reading.newest_book(connection))[0]


async def test_the_shelf_reads_once_while_nothing_is_new(connection: asyncpg.Connection) -> None:
    shelf, counted = Shelf(), Counted(connection)
    entry = await newest(connection)
    found = [await shelf.book(counted, entry, NOON + timedelta(hours=n)) for n in range(5)]  # type: ignore[arg-type]
    assert all(book is found[0] for book in found)
    assert counted.reads == 1


async def test_the_shelf_reads_again_when_there_is_a_new_entry(
    connection: asyncpg.Connection,
) -> None:
    shelf = Shelf()
    before = await shelf.book(connection, await newest(connection), NOON)
    await books.publish(connection, NEXT, START + timedelta(days=1))
    after = await shelf.book(connection, await newest(connection), NOON)
    assert (before.policy, after.policy) == ("policy-1", "policy-2")


async def test_the_shelf_reads_again_when_an_entry_takes_effect(
    connection: asyncpg.Connection,
) -> None:
    await books.publish(connection, NEXT, TOMORROW)
    await books.publish(connection, replace(NEXT, version="policy-3"), TOMORROW + timedelta(days=1))
    shelf, counted = Shelf(), Counted(connection)
    entry = await newest(connection)
    found = [
        (await shelf.book(counted, entry, NOON + timedelta(hours=n))).policy  # type: ignore[arg-type]
        for n in (0, 6, 11, 12, 20, 35, 36, 50)
    ]
    assert found == ["policy-1"] * 3 + ["policy-2"] * 3 + ["policy-3"] * 2
    assert counted.reads == 3


async def test_what_is_in_force_is_said_by_the_database_s_clock(
    connection: asyncpg.Connection,
) -> None:
    _, now = await reading.newest_book(connection)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


# -- loads -------------------------------------------------------------------


async def test_open_cases_are_counted_by_post(connection: asyncpg.Connection) -> None:
    for number in range(3):
        opening = by(MEI, "03-02 09:00", Register, **request())
        await Scribe(connection).write(f"SW-{number}", opening)
    await connection.execute("update cases set closed_at = now() where case_id = 'SW-2'")
    assert await books.loads(connection, ("bridge",)) == {"clerk-bridge": 2}
    assert await books.loads(connection, ("bridge", "water")) == {"clerk-bridge": 2}
    assert await books.loads(connection, ("water",)) == {}
    assert await books.loads(connection, ()) == {}
