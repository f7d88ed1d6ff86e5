"""The book of a past moment holds what was published by then, and nothing that came later."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import asyncpg
import pytest

from domain.book import Book
from store import books, reading
from store.past_books import KEPT, Archive
from tests.domain.town import POLICY, START, TOWN, calendar
from tests.store.house import House
from tests.store.test_books import NEXT, PUBLISHED

pytestmark = pytest.mark.rule("R14.3")


@pytest.fixture
async def connection(house: House) -> AsyncIterator[asyncpg.Connection]:
    database = await house.town()
    async with database.connection() as connection:
        yield connection


async def now(connection: asyncpg.Connection) -> datetime:
    return (await reading.newest_book(connection))[1]


async def test_nothing_published_later_is_in_it(connection: asyncpg.Connection) -> None:
    before = await now(connection)
    long_ago = START + timedelta(days=1)
    office = replace(TOWN.organisation, version="org-late", duty={})
    for value in (NEXT, calendar("calendar-late"), office):
        await books.publish(connection, value, long_ago)
    archive = Archive()
    assert await archive.book(connection, before) == PUBLISHED
    after = await archive.book(connection, await now(connection))
    assert after == await books.current(connection, await now(connection))
    assert (after.policy, after.organisation.version) == ("policy-2", "org-late")


async def test_what_was_planned_is_not_in_force_before_its_day(
    connection: asyncpg.Connection,
) -> None:
    tomorrow = await now(connection) + timedelta(days=1)
    await books.publish(connection, NEXT, tomorrow)
    archive = Archive()
    found = await archive.book(connection, await now(connection))
    assert (found.policy, set(found.policies)) == (
        POLICY.version,
        {*PUBLISHED.policies, "policy-2"},
    )
    later = await archive.book(connection, tomorrow)
    assert later.policy == "policy-2"


async def test_the_same_book_is_read_once(connection: asyncpg.Connection) -> None:
    archive, moment = Archive(), await now(connection)
    found = [await archive.book(connection, moment + timedelta(seconds=n)) for n in range(KEPT)]
    assert all(book is found[0] for book in found)


async def test_many_books_are_asked_for_and_each_is_its_own(
    connection: asyncpg.Connection,
) -> None:
    moments: list[tuple[datetime, Book]] = []
    for number in range(KEPT + 2):
        await books.publish(connection, replace(POLICY, version=f"policy-{number + 2}"), START)
        moments.append(
            (await now(connection), await books.current(connection, await now(connection)))
        )
    archive = Archive()
    for at, expected in (*moments, *reversed(moments)):
        assert await archive.book(connection, at) == expected


async def test_of_publications_that_cross_none_is_left_out(house: House) -> None:
    """The one that was recorded first is committed last."""
    database = await house.town()
    async with database.connection() as slow, database.connection() as connection:
        transaction = slow.transaction()
        await transaction.start()
        await books.publish(slow, NEXT, START)
        between = await now(connection)
        await books.publish(connection, replace(POLICY, version="policy-3"), START)
        archive = Archive()
        assert "policy-2" not in (await archive.book(connection, await now(connection))).policies
        await transaction.commit()
        found = (await archive.book(connection, between)).policies
        assert ("policy-2" in found, "policy-3" in found) == (True, False)
