"""R12.1 and R12.4: rates with what they are made of, shares of helpers, the card of one carrier."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scores import exact
from domain.scores.figures import Card, Sum, Tally, card, tallies
from domain.scores.measures import Measure
from domain.scores.periods import parse
from tests.domain.town import POLICY

pytestmark = pytest.mark.rule("R12.1", "R12.4")
SCORES = POLICY.scores
SEPTEMBER = parse("2026-09")


def _card(*sums: Sum) -> Card:
    return card("unit", "garden", SEPTEMBER, sums, SCORES, version=POLICY.version)


def test_a_rate_comes_with_what_it_is_made_of() -> None:
    handled = Sum(measure=Measure.HANDLING, numerator=7, denominator=9, unanswered=2, excluded=1)
    found = _card(handled).figures[Measure.HANDLING]
    seven, nine, two, one = map(Fraction, (7, 9, 2, 1))
    assert found.tally == Tally(numerator=seven, denominator=nine, unanswered=two, excluded=one)
    assert found.rate is not None
    assert exact.percent(found.rate) == "77.7778"
    assert found.points == Fraction(0)  # 20 − (100 − 77.78) is below the floor
    assert not found.few


def test_where_nothing_counted_there_is_no_rate_and_nothing_is_divided() -> None:
    found = _card(Sum(measure=Measure.RESPONSE, numerator=0, denominator=0, unanswered=3))
    response = found.figures[Measure.RESPONSE]
    assert (response.rate, response.interval, response.points) == (None, None, None)
    assert response.tally.unanswered == 3
    assert found.empty
    assert found.composite.points is None


def test_an_empty_period_has_no_figures() -> None:
    found = _card()
    assert found.empty
    assert found.figures == {}


def test_postings_that_cancel_each_other_are_nothing() -> None:
    found = _card(Sum(measure=Measure.HANDLING, numerator=0, denominator=0))
    assert found.figures == {}


def test_fewer_than_the_minimum_are_marked() -> None:
    found = _card(Sum(measure=Measure.HANDLING, numerator=4, denominator=4))
    assert found.figures[Measure.HANDLING].few
    assert found.figures[Measure.HANDLING].rate == 100


def test_helpers_carry_their_share_of_the_grade_together() -> None:
    owner = Sum(measure=Measure.SATISFACTION, helpers=2, numerator=1, denominator=1)
    helper = replace(owner, role="helper")
    assert tallies([owner], 20)[Measure.SATISFACTION].numerator == Fraction(4, 5)
    assert tallies([helper], 20)[Measure.SATISFACTION].denominator == Fraction(1, 10)
    whole = tallies([owner, helper, helper], 20)[Measure.SATISFACTION]
    assert whole == Tally(numerator=Fraction(1), denominator=Fraction(1))


def test_a_grade_without_helpers_is_the_owners_alone() -> None:
    alone = Sum(measure=Measure.SATISFACTION, numerator=0, denominator=1)
    assert tallies([alone], 20)[Measure.SATISFACTION].denominator == 1


def test_only_the_grade_is_shared() -> None:
    reported = Sum(measure=Measure.REPORT_IN, role="helper", helpers=2, numerator=1, denominator=1)
    assert tallies([reported], 20)[Measure.REPORT_IN].denominator == 1


@given(
    st.integers(min_value=0, max_value=100),
    st.integers(min_value=1, max_value=12),
    st.integers(min_value=1, max_value=1000),
)
def test_whatever_the_share_a_grade_counts_once_in_all(share: int, helpers: int, of: int) -> None:
    owner = Sum(measure=Measure.SATISFACTION, helpers=helpers, numerator=of, denominator=of)
    whole = tallies([owner, *[replace(owner, role="helper")] * helpers], share)
    assert whole[Measure.SATISFACTION].denominator == of


def test_cards_may_be_more_than_duties_and_then_have_no_interval() -> None:
    found = _card(Sum(measure=Measure.YELLOW_CARDS, numerator=3, denominator=2))
    figure = found.figures[Measure.YELLOW_CARDS]
    assert figure.rate == 150
    assert figure.interval is None


def test_what_the_policy_has_no_formula_for_has_a_rate_and_no_points() -> None:
    figure = _card(Sum(measure=Measure.HELP, numerator=3, denominator=3)).figures[Measure.HELP]
    assert (figure.rate, figure.points) == (Fraction(100), None)


def test_of_an_adverse_rate_the_good_is_what_did_not_happen() -> None:
    found = _card(
        Sum(measure=Measure.RETURNS, numerator=1, denominator=10),
        Sum(measure=Measure.HANDLING, numerator=9, denominator=10),
    )
    returned, handled = found.figures[Measure.RETURNS], found.figures[Measure.HANDLING]
    assert returned.goodness == handled.interval == handled.goodness


def test_the_composite_says_what_it_left_out() -> None:
    found = _card(Sum(measure=Measure.HANDLING, numerator=9, denominator=10))
    assert found.composite.points == 50  # 10 of 20 points, and nothing else counted
    assert Measure.SATISFACTION in found.composite.left_out
