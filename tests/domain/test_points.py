"""R12.2: what a rate is worth, against the published table, and the composite."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scores import exact
from domain.scores.measures import Measure
from domain.scores.points import composite, points, worth
from domain.scores.policy import Formula
from tests.domain.town import POLICY

pytestmark = pytest.mark.rule("R12.2")

RESPONSE = Formula(full=2500, target=10_000, k=100, floor=0)
SOLVED = Formula(full=2500, target=9800, k=50, floor=1250)
GRADED = Formula(full=2500, target=9500, k=50, floor=1250)


@pytest.mark.parametrize(
    ("formula", "rate", "worth"),
    [
        (RESPONSE, "100", "25.00"),
        (RESPONSE, "89.82", "14.82"),
        (RESPONSE, "66.67", "0.00"),
        (RESPONSE, "200/3", "0.00"),
        (RESPONSE, "75", "0.00"),
        (SOLVED, "100", "25.00"),
        (SOLVED, "98", "25.00"),
        (SOLVED, "75", "13.50"),
        (SOLVED, "50", "12.50"),
        (GRADED, "95", "25.00"),
        (GRADED, "66.67", "12.50"),
        (GRADED, "200/3", "12.50"),
        (GRADED, "0", "12.50"),
    ],
)
def test_the_published_table_comes_out(formula: Formula, rate: str, worth: str) -> None:
    assert exact.points(points(Fraction(rate), formula)) == worth


HUNDREDTHS = st.integers(min_value=0, max_value=10_000)
RATES = st.fractions(min_value=-50, max_value=100, max_denominator=5000)


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    floor, full = sorted((draw(HUNDREDTHS), draw(HUNDREDTHS)))
    return Formula(full=full, floor=floor, target=draw(HUNDREDTHS), k=draw(HUNDREDTHS))


@given(formulas(), RATES, RATES)
def test_points_lie_between_floor_and_full_and_more_is_never_worth_less(
    formula: Formula, one: Fraction, other: Fraction
) -> None:
    less, more = (points(rate, formula) for rate in sorted((one, other)))
    assert Fraction(formula.floor, 100) <= less <= more <= Fraction(formula.full, 100)


@given(formulas(), st.fractions(min_value=0, max_value=100, max_denominator=5000))
def test_taken_of_the_published_rate_they_differ_by_less_than_k_hundredths(
    formula: Formula, rate: Fraction
) -> None:
    published = Fraction(exact.fixed(rate, 2))
    apart = abs(points(rate, formula) - points(published, formula))
    assert apart <= Fraction(formula.k, 100) / 200


def test_points_are_rounded_once_at_the_end() -> None:
    """Eight of nine: 88.888…; of the published 88.89 it would be 20.445, and 20.45 by half up."""
    eight_of_nine = Fraction(800, 9)
    assert exact.points(points(eight_of_nine, SOLVED)) == "20.44"
    assert exact.points(points(Fraction("88.89"), SOLVED)) == "20.45"


def test_of_an_adverse_rate_what_did_not_happen_is_worth_points() -> None:
    ten = Formula(full=1000, target=10_000, k=100, floor=0)
    assert worth(Measure.RETURNS, Fraction(4), ten) == 6
    assert worth(Measure.YELLOW_CARDS, Fraction(150), ten) == 0
    assert worth(Measure.HANDLING, Fraction(96), ten) == 6


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-1, 200), 2, "-0.01"),
        (Fraction(-1, 201), 2, "0.00"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(12), 2, "12.00"),
    ],
)
def test_numbers_are_written_half_up(value: Fraction, decimals: int, written: str) -> None:
    assert exact.fixed(value, decimals) == written


# -- the composite -----------------------------------------------------------

FORMULAS = {Measure.RESPONSE: RESPONSE, Measure.RESOLUTION: SOLVED, Measure.SATISFACTION: GRADED}
WEIGHTS = {Measure.RESPONSE: 20, Measure.RESOLUTION: 40, Measure.SATISFACTION: 40}


def test_the_composite_weighs_what_each_measure_earned_of_its_full_points() -> None:
    earned = {
        Measure.RESPONSE: Fraction("14.82"),
        Measure.RESOLUTION: Fraction("13.5"),
        Measure.SATISFACTION: Fraction("12.5"),
    }
    found = composite(earned, FORMULAS, WEIGHTS)
    assert found.points == Fraction("53.456")  # 20 × 0.5928 + 40 × 0.54 + 40 × 0.5
    assert found.left_out == ()


def test_a_measure_in_which_nothing_counted_is_left_out_and_the_rest_scaled() -> None:
    earned = {Measure.RESPONSE: Fraction(25), Measure.RESOLUTION: Fraction("12.5")}
    found = composite(earned, FORMULAS, WEIGHTS)
    assert exact.points(found.points or Fraction(0)) == "66.67"  # (20 + 20) of 60
    assert found.left_out == (Measure.SATISFACTION,)
    assert found.counted == {Measure.RESPONSE: 20, Measure.RESOLUTION: 40}


def test_where_nothing_counted_there_is_no_composite() -> None:
    found = composite({}, FORMULAS, WEIGHTS)
    assert found.points is None
    assert found.left_out == tuple(WEIGHTS)


def test_what_has_points_and_no_weight_stays_outside_the_composite() -> None:
    found = composite({Measure.HELP: Fraction(3)}, {}, {})
    assert found.points is None


def test_the_weights_of_the_sample_town_add_up() -> None:
    assert sum(POLICY.scores.weights.values()) == 100
