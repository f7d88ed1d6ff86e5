"""A figure opens into the events it is made of, in pages that lose nothing and show nothing twice
(R12.5).
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from domain.words import Phase
from store.cursors import BadCursor
from store.scores import explained
from store.scores.explained import Page, Posting, Wanted
from tests.store.house import House, Scribe
from tests.store.lives import CANARY, LIVES

pytestmark = pytest.mark.rule("R12.5")
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
RATED = 4
"""The version of the rating in that life."""
KNOWN = datetime(2026, 4, 1, tzinfo=UTC)
WHOLE = Wanted(since=MARCH, until=MARCH + timedelta(days=31), as_of=KNOWN)
ROW = {
    "part": 0,
    "measure": "resolution",
    "carrier": "unit",
    "unit_id": "bridge",
    "stage": "first_contact",
    "person_id": "mei",
    "role": "owner",
    "helpers": 0,
    "counted_at": MARCH,
    "known_at": MARCH,
    "numerator": 0,
    "denominator": 1,
    "unanswered": 0,
    "excluded": 0,
    "corrects": None,
    "because": "",
    "round": 1,
    "subject": "reporter",
    "about": "1/reporter",
    "charge": "rating",
    "item_id": "lamp",
    "class_id": "light",
    "proactive": False,
    "imported": False,
}
"""A rating said that it is not solved."""


async def post(connection: asyncpg.Connection, case_id: str, version: int, **changes: Any) -> None:
    """Put a row into the ledger."""
    row = {**ROW, "case_id": case_id, "version": version, **changes}
    places = ", ".join(f"${n}" for n in range(1, len(row) + 1))
    await connection.execute(
        f"insert into score_postings ({', '.join(row)}) values ({places})",  # noqa: S608 - names
        *row.values(),
    )


@pytest.fixture
async def ledger(house: House) -> AsyncIterator[asyncpg.Connection]:
    """The written life in which a bad rating was contested, and what its rating posted."""
    database = await house.town()
    async with database.connection() as connection:
        await Scribe(connection).live("life-appealed", LIVES["life-appealed"])
        await post(connection, "life-appealed", RATED)
        excluded = {"denominator": -1, "excluded": 1, "corrects": RATED, "because": "appeal"}
        later = MARCH + timedelta(days=1)
        await post(connection, "life-appealed", 8, **excluded, known_at=later, charge="")
        yield connection


async def pages(connection: asyncpg.Connection, wanted: Wanted, size: int) -> list[Posting]:
    """Every posting, page by page."""
    found: list[Posting] = []
    page = Page(postings=(), events={}, cursor=None)
    while page.cursor is not None or not found:
        page = await explained.page(connection, wanted, cursor=page.cursor, size=size)
        assert len(page.postings) <= size
        found += page.postings
        if page.cursor is None:
            break
    return found


async def test_a_posting_comes_with_its_event_and_the_one_it_takes_back(
    ledger: asyncpg.Connection,
) -> None:
    page = await explained.page(ledger, WHOLE, cursor=None, size=10)
    rating, exclusion = page.postings
    assert (rating.place, rating.corrected) == (("life-appealed", RATED), None)
    assert exclusion.corrected == rating.place
    kinds = {place[1]: said.event.kind for place, said in page.events.items()}
    assert kinds[RATED] == "case.rated"
    assert set(kinds) == {RATED, 8}
    assert CANARY not in repr(page), "nothing that anybody said is opened for it"


async def test_what_was_not_known_yet_is_not_in_it(ledger: asyncpg.Connection) -> None:
    before = Wanted(since=WHOLE.since, until=WHOLE.until, as_of=MARCH)
    assert [each.version for each in await pages(ledger, before, 10)] == [RATED]


@pytest.mark.parametrize(
    ("part", "versions"), [("denominator", [RATED, 8]), ("excluded", [8]), ("numerator", [])]
)
async def test_a_part_of_a_figure_is_made_of_the_postings_that_change_it(
    ledger: asyncpg.Connection, part: explained.Part, versions: list[int]
) -> None:
    wanted = Wanted(since=WHOLE.since, until=WHOLE.until, as_of=KNOWN, part=part)
    assert [each.version for each in await pages(ledger, wanted, 10)] == versions


@pytest.mark.parametrize("size", [1, 2, 3, 7])
async def test_many_of_the_same_moment_are_each_shown_once(
    ledger: asyncpg.Connection, size: int
) -> None:
    for version in (1, 2, 5, 6, 7):
        at = MARCH + timedelta(minutes=version // 5)
        await post(ledger, "life-appealed", version, counted_at=at)
    found = [each.version for each in await pages(ledger, WHOLE, size)]
    assert found == [1, 2, RATED, 8, 5, 6, 7]


async def test_a_page_goes_on_in_what_was_known_when_the_first_was_asked_for(
    ledger: asyncpg.Connection,
) -> None:
    first = await explained.page(ledger, WHOLE, cursor=None, size=1)
    assert first.cursor is not None
    assert explained.moment_of(first.cursor) == KNOWN
    assert "life-appealed" not in first.cursor
    later = Wanted(since=WHOLE.since, until=WHOLE.until, as_of=KNOWN + timedelta(days=1))
    with pytest.raises(BadCursor):
        await explained.page(ledger, later, cursor=first.cursor, size=1)


async def test_other_units_people_measures_and_periods_are_not_in_it(
    ledger: asyncpg.Connection,
) -> None:
    whole = {"since": WHOLE.since, "until": WHOLE.until, "as_of": KNOWN}
    for other in (
        {"units": ("hills",)},
        {"person_id": "hu"},
        {"measure": "response"},
        {"proactive": True},
        {"until": MARCH},
        {"since": MARCH + timedelta(seconds=1)},
    ):
        assert await pages(ledger, Wanted(**{**whole, **other}), 10) == []  # type: ignore[arg-type]


async def test_a_case_stands_as_all_its_events_left_it(ledger: asyncpg.Connection) -> None:
    found = await explained.standing(ledger, {"life-appealed"})
    case = found["life-appealed"]
    assert case.phase is not Phase.CLOSED
    assert [each.about for each in case.redress.exclusions] == ["1/reporter"]


async def test_only_cases_of_those_units_are_in_sight(ledger: asyncpg.Connection) -> None:
    asked = (ledger, {"life-appealed"})
    assert await explained.in_sight(*asked, None, []) == {"life-appealed"}
    assert await explained.in_sight(*asked, ["bridge"], []) == {"life-appealed"}
    assert await explained.in_sight(*asked, ["nowhere"], []) == frozenset()
