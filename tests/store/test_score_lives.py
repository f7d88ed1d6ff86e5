"""R12.4–R12.5: figures of whole lives, posted by the engine: nothing astray, all readings alike."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from domain.scores.figures import Sum, Tally, tallies
from domain.scores.measures import Measure
from domain.scores.periods import parse
from store.scores import explained, reading
from store.scores.basis import Basis
from store.scores.cards import cards
from store.scores.comparing import compared
from store.scores.explained import Wanted
from store.scores.reading import Whose
from tests.domain.town import POLICY, TOWN
from tests.store.house import House
from tests.store.scores.test_keeper import follow
from tests.store.walks import archive_in

pytestmark = pytest.mark.rule("R12.4", "R12.5")
UNITS = sorted(TOWN.organisation.units)
PEOPLE = sorted(TOWN.organisation.people)


@pytest.fixture(scope="module")
async def connection(estate: House) -> AsyncIterator[asyncpg.Connection]:
    database = await estate.town()
    await archive_in(database, cases=40, steps=12)
    async with database.connection() as connection:
        await follow(connection)
        yield connection


@pytest.fixture
async def always(connection: asyncpg.Connection) -> Basis:
    """All of the time anything was counted in."""
    return Basis(
        period=parse("2025-01-01..2028-12-31"),
        zone=ZoneInfo("Asia/Shanghai"),
        as_of=None,
        organisation=TOWN.organisation,
        policy=POLICY,
        over=True,
    )


async def _far(connection: asyncpg.Connection) -> datetime:
    found: datetime = await connection.fetchval("select max(known_at) from score_postings")
    return found.astimezone(UTC)


async def test_nothing_is_counted_of_a_unit_that_had_no_part(
    connection: asyncpg.Connection, always: Basis
) -> None:
    assert await connection.fetchval("select count(distinct measure) from score_postings") > 12
    for proactive in (False, True):
        basis = replace(always, proactive=proactive)
        assert await reading.strays(connection, basis, Whose.own("unit", UNITS)) == []
        assert await reading.strays(connection, basis, Whose.own("person", PEOPLE)) == []


@pytest.mark.parametrize("scope", ["own", "area"])
async def test_now_and_as_of_now_are_the_same(
    connection: asyncpg.Connection, always: Basis, scope: str
) -> None:
    known = replace(always, as_of=await _far(connection))
    whose = Whose.units(UNITS, scope, always)  # type: ignore[arg-type]
    now, then = await cards(connection, always, whose), await cards(connection, known, whose)
    assert now == then
    assert sum(not card.empty for card in now.cards.values()) > 5


async def test_a_figure_is_the_sum_of_the_events_it_opens_into(
    connection: asyncpg.Connection, always: Basis
) -> None:
    since, until = always.bounds
    found = await cards(connection, always, Whose.own("unit", UNITS))
    for unit_id, card in found.cards.items():
        wanted = Wanted(since=since, until=until, as_of=await _far(connection), units=(unit_id,))
        page = await explained.page(connection, wanted, cursor=None, size=100_000)
        opened = [
            Sum(
                measure=Measure(each.measure),
                role="helper" if each.role == "helper" else "owner",
                helpers=each.helpers,
                numerator=each.numerator,
                denominator=each.denominator,
                unanswered=each.unanswered,
                excluded=each.excluded,
            )
            for each in page.postings
        ]
        tallies_ = {measure: figure.tally for measure, figure in card.figures.items()}
        assert tallies(opened, POLICY.scores.helper_share) == tallies_


async def test_areas_add_up_to_what_their_units_carry(
    connection: asyncpg.Connection, always: Basis
) -> None:
    own = await cards(connection, always, Whose.own("unit", UNITS))
    (city,) = (
        await cards(connection, always, Whose.units(["city"], "area", always))
    ).cards.values()
    for measure, figure in city.figures.items():
        parts = [
            card.figures[measure].tally for card in own.cards.values() if measure in card.figures
        ]
        assert sum(parts, Tally()) == figure.tally


async def test_every_tally_is_a_count(connection: asyncpg.Connection, always: Basis) -> None:
    """At no moment is less than nothing counted of anybody."""
    moments = await connection.fetch(
        "select known_at from score_postings group by 1 order by 1 limit 400"
    )
    for row in moments[:: max(1, len(moments) // 12)]:
        basis = replace(always, as_of=row["known_at"].astimezone(UTC))
        for whose in (Whose.own("unit", UNITS), Whose.own("person", PEOPLE)):
            for card in (await cards(connection, basis, whose)).cards.values():
                for figure in card.figures.values():
                    tally = figure.tally
                    assert min(tally.numerator, tally.unanswered, tally.excluded) >= 0
                    assert tally.denominator >= 0


async def test_what_two_readings_differ_by_is_what_their_cases_differ_by(
    connection: asyncpg.Connection, always: Basis
) -> None:
    halfway = await connection.fetchval(
        "select percentile_disc(0.5) within group (order by known_at) from score_postings"
    )
    was = replace(always, as_of=halfway.astimezone(UTC))
    sharing = replace(POLICY.scores, helper_share=70)
    now = replace(
        always,
        as_of=await _far(connection) + timedelta(seconds=1),
        policy=replace(POLICY, version="other", scores=sharing),
    )
    found = await compared(connection, was, now, "unit", UNITS)
    assert len(found.cases) > 10
    for unit_id, after in found.after.cards.items():
        before = found.before.cards[unit_id]
        for measure in {**before.figures, **after.figures}:
            changed = (c.tally for c in found.cases if (c.unit_id, c.measure) == (unit_id, measure))
            first = before.figures[measure].tally if measure in before.figures else Tally()
            last = after.figures[measure].tally if measure in after.figures else Tally()
            assert sum(changed, first) == last
