"""R12.5: a period as of an earlier moment and under another policy, held against what it is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from domain.scores.comparison import Reason
from domain.scores.figures import Tally
from domain.scores.measures import Measure
from store.scores.comparing import Compared, compared
from tests.domain.town import POLICY, TOWN
from tests.store.house import Database
from tests.store.postings import Ledger
from tests.store.test_score_reading import LATER, MARCH

pytestmark = pytest.mark.rule("R12.5")
GRADES = Measure.SATISFACTION
EARLY = replace(MARCH, as_of=LATER - timedelta(days=1))
SHARING = replace(POLICY, version="policy-9", scores=replace(POLICY.scores, helper_share=50))


@pytest.fixture
async def ledger(lived: Database) -> AsyncIterator[Ledger]:
    async with lived.connection() as connection:
        transaction = connection.transaction()
        await transaction.start()
        yield Ledger(connection)
        await transaction.rollback()


def _tally(found: Compared, unit_id: str, *, after: bool) -> Tally:
    cards = (found.after if after else found.before).cards
    return cards[unit_id].figures[GRADES].tally


def _adds_up(found: Compared, unit_id: str) -> bool:
    """Whether what the cases change is all that the figure changes."""
    tally = _tally(found, unit_id, after=False)
    for each in found.cases:
        if (each.unit_id, each.measure) == (unit_id, GRADES):
            tally += each.tally
    return tally == _tally(found, unit_id, after=True)


async def test_the_cases_that_change_are_all_that_changes_the_figures(ledger: Ledger) -> None:
    await ledger.hits("bridge", 3, 4)
    case_id = await ledger.post("bridge", denominator=1, version=3, helpers=1)
    out: dict[str, Any] = {"corrects": 3, "because": "mistaken", "known_at": LATER, "helpers": 1}
    await ledger.post("bridge", case_id=case_id, version=6, denominator=-1, excluded=1, **out)
    await ledger.post("bridge", numerator=1, denominator=1, known_at=LATER, helpers=3)
    await ledger.add_up()
    after = replace(MARCH, policy=SHARING)
    found = await compared(ledger.connection, EARLY, after, "unit", ["bridge", "orchard"])
    assert [each.carrier_id for each in found.carriers] == ["bridge"]
    assert _adds_up(found, "bridge")
    reasons = {reason for each in found.cases for reason in each.reasons}
    assert reasons == {Reason.EXCLUDED, Reason.RECORDED_LATER, Reason.HELPER_SHARE}
    assert [each.path for each in found.numbers] == [("scores", "helper_share")]


async def test_what_is_known_later_than_both_readings_is_in_neither(ledger: Ledger) -> None:
    await ledger.hits("bridge", 1, 1)
    await ledger.hits("bridge", 0, 1, known_at=LATER)
    until = replace(MARCH, as_of=LATER - timedelta(hours=1))
    found = await compared(ledger.connection, EARLY, until, "unit", ["bridge"])
    assert (found.carriers, found.cases) == ((), ())


async def test_only_the_share_of_helpers_changes_cases_the_rest_of_a_policy_only_figures(
    ledger: Ledger,
) -> None:
    await ledger.hits("bridge", 1, 2)
    await ledger.add_up()
    strict = replace(POLICY, scores=replace(POLICY.scores, minimum=1))
    after = replace(MARCH, policy=strict)
    found = await compared(ledger.connection, MARCH, after, "unit", ["bridge"])
    assert [each.carrier_id for each in found.carriers] == ["bridge"]
    assert found.cases == ()
    assert not found.after.cards["bridge"].figures[GRADES].few


async def test_the_same_reading_twice_differs_in_nothing(ledger: Ledger) -> None:
    await ledger.hits("bridge", 1, 2, helpers=2)
    await ledger.add_up()
    found = await compared(ledger.connection, MARCH, MARCH, "unit", ["bridge"])
    assert (found.carriers, found.cases, found.numbers, found.moved) == ((), (), (), ())


async def test_a_unit_that_lies_elsewhere_changes_the_areas(ledger: Ledger) -> None:
    await ledger.hits("orchard", 1, 1)
    await ledger.add_up()
    units = dict(TOWN.organisation.units)
    units["orchard"] = replace(units["orchard"], parent_id="hills")
    after = replace(MARCH, organisation=replace(TOWN.organisation, units=units))
    ids = ["bridge", "hills"]
    found = await compared(ledger.connection, MARCH, after, "unit", ids, "area")
    assert [each.carrier_id for each in found.carriers] == ids
    assert [each.unit_id for each in found.moved] == ["orchard"]
    assert found.cases == ()


async def test_the_figures_of_a_member_of_staff_are_compared_by_their_cases(
    ledger: Ledger,
) -> None:
    await ledger.hits("bridge", 1, 1, person_id="mei")
    await ledger.hits("bridge", 0, 1, person_id="mei", known_at=LATER)
    await ledger.hits("bridge", 0, 1, person_id="bo", known_at=LATER)
    found = await compared(ledger.connection, EARLY, MARCH, "person", ["mei"])
    (case,) = found.cases
    assert case.tally == Tally(denominator=Fraction(1))
    assert found.after.cards["mei"].figures[GRADES].tally.denominator == 2
