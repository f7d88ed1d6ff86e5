"""R12.1, R12.4: what a closed unit carried stays its own, and in the areas it was in before."""

from collections.abc import AsyncIterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from domain import reporting as rules
from domain.office import changes
from domain.office.events import UnitClosed
from domain.organisation import Organisation
from domain.report.making import children
from domain.reporting import Reports
from domain.scores import comparison
from domain.scores.fairness import Exclusion, Interest, interested
from domain.scores.figures import Card
from domain.scores.measures import Measure
from domain.scores.periods import parse
from domain.values import By
from store import reporting
from store.scores.basis import Basis
from store.scores.cards import cards
from store.scores.reading import Whose
from tests.domain.town import POLICY, TOWN, local
from tests.store.house import Database
from tests.store.postings import DURING, Ledger

pytestmark = pytest.mark.rule("R12.1", "R12.4", "R12.6")
GRADES = Measure.SATISFACTION
REPORTS = Reports(after_days=8, down_to="community", catch_up=12)


def closed(**successors: str | None) -> Organisation:
    """The town after units were closed, one after the other."""
    by, at = By(person_id="an", post_id="clerk", unit_id="city"), local("03-31 10:00")
    events = [
        UnitClosed(at=at, by=by, effective_from=at, unit_id=unit, successor=to)
        for unit, to in successors.items()
    ]
    return changes.organisation(TOWN.organisation, events)


MERGED = closed(orchard="spring")
BASIS = Basis(
    period=parse("2026-03"),
    zone=ZoneInfo("Asia/Shanghai"),
    as_of=None,
    organisation=MERGED,
    policy=POLICY,
    over=True,
)


@pytest.fixture
async def ledger(lived: Database) -> AsyncIterator[Ledger]:
    """Forty bad grades of the community that was closed."""
    async with lived.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        found = Ledger(connection)
        await connection.execute("delete from score_postings")
        await found.hits("orchard", 0, 40)
        await found.add_up()
        yield found
        await transaction.rollback()


async def area(ledger: Ledger, unit_id: str, organisation: Organisation = MERGED) -> Card:
    basis = replace(BASIS, organisation=organisation)
    whose = Whose.units([unit_id], "area", basis)
    return (await cards(ledger.connection, basis, whose)).cards[unit_id]


async def test_who_took_over_carries_nothing_of_what_the_closed_unit_did(ledger: Ledger) -> None:
    assert GRADES not in (await area(ledger, "spring")).figures
    assert (await area(ledger, "orchard")).figures[GRADES].tally.denominator == 40


@pytest.mark.parametrize("over", ["bridge", "east", "city"])
async def test_what_it_carried_stays_in_the_areas_it_was_in(ledger: Ledger, over: str) -> None:
    assert (await area(ledger, over)).figures[GRADES].tally.denominator == 40


async def test_it_stays_where_it_was_when_its_community_is_closed_as_well(ledger: Ledger) -> None:
    both = closed(**{"orchard-1": "orchard-2", "orchard": "spring"})
    assert both.area("orchard") == ("orchard", "orchard-1")
    assert both.area("orchard-2") == ("orchard-2",)
    assert both.counted_path("orchard-1") == ("orchard-1", "orchard", "bridge", "east", "city")
    assert "orchard-1" not in both.area("spring")
    assert (await area(ledger, "bridge", both)).figures[GRADES].tally.denominator == 40


def test_a_unit_closed_with_nobody_to_take_over_stays_in_the_areas_it_was_in() -> None:
    assert "spring" in closed(spring=None).area("bridge")


def test_a_closing_moves_no_unit_s_figures_to_another_area() -> None:
    """But for the open grids, which went to who took over."""
    moved = comparison.moved(TOWN.organisation, MERGED)
    assert [each.unit_id for each in moved] == ["orchard-1", "orchard-2"]


def test_a_closed_unit_is_listed_below_the_one_it_stood_under() -> None:
    assert "orchard" in {unit.unit_id for unit in children(MERGED, "bridge")}
    assert "orchard" not in {unit.unit_id for unit in children(MERGED, "spring")}


async def test_a_closed_unit_gets_the_report_of_a_period_it_worked_in(ledger: Ledger) -> None:
    worked = await reporting.worked(ledger.connection, BASIS)
    assert worked == {"orchard"}
    assert "orchard" in rules.units(MERGED, REPORTS, worked)


async def test_it_gets_none_of_a_period_it_did_not_work_in(ledger: Ledger) -> None:
    april = replace(BASIS, period=parse("2026-04"))
    before = replace(BASIS, as_of=local("03-01 00:00"))
    for basis in (april, before):
        worked = await reporting.worked(ledger.connection, basis)
        assert worked == frozenset()
        assert "orchard" not in rules.units(MERGED, REPORTS, worked)


def test_the_chain_of_a_closed_unit_is_the_one_it_stood_in() -> None:
    out = Exclusion(
        case_id="SW-1",
        version=9,
        kind="rating.excluded",
        because="mistaken",
        decided_at=DURING,
        by_person="xu",
        by_unit="bridge",
        measure=GRADES,
        unit_id="orchard",
        person_id="su",
        numerator=0,
        denominator=-1,
    )
    assert [each.interest for each in interested([out], MERGED)] == [Interest.OWN_CHAIN]
    other = replace(out, by_unit="spring")
    assert interested([other], MERGED) == ()
