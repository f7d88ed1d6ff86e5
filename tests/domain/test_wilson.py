"""R12.3: how sure a rate is. Expected bounds: Wilson (1927), worked out apart from the program."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scores.policy import CONFIDENCES
from domain.scores.wilson import QUANTILES, Interval, interval

pytestmark = pytest.mark.rule("R12.3")


def _of(hits: int | str, of: int | str, confidence: int = 95) -> Interval:
    found = interval(Fraction(hits), Fraction(of), confidence)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("hits", "of", "confidence", "low", "high"),
    [
        (9, 10, 95, "0.595850", "0.982124"),
        (90, 100, 95, "0.825634", "0.944771"),
        (900, 1000, 95, "0.879848", "0.917091"),
        (9, 10, 90, "0.652281", "0.977365"),
        (9, 10, 99, "0.492768", "0.988148"),
        (1, 1, 95, "0.206549", "1.000000"),
    ],
)
def test_the_interval_narrows_with_what_counted(
    hits: int, of: int, confidence: int, low: str, high: str
) -> None:
    found = _of(hits, of, confidence)
    assert abs(found.low - Fraction(low)) < Fraction(1, 10**6)
    assert abs(found.high - Fraction(high)) < Fraction(1, 10**6)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_none_and_all_reach_the_very_end(confidence: int) -> None:
    assert _of(0, 7, confidence).low == 0
    assert _of(7, 7, confidence).high == 1
    assert 0 < _of(7, 7, confidence).low < 1
    assert 0 < _of(0, 7, confidence).high < 1


def test_where_nothing_counted_there_is_none() -> None:
    assert interval(Fraction(0), Fraction(0), 95) is None


def test_what_is_no_share_has_none() -> None:
    assert interval(Fraction(3), Fraction(2), 95) is None
    assert interval(Fraction(-1), Fraction(2), 95) is None


def test_a_shared_grade_counts_as_part_of_one() -> None:
    less, more = _of("7.2", "8"), _of(9, 10)
    assert less.low < more.low
    assert less.high > more.high


def test_intervals_that_touch_overlap() -> None:
    one = Interval(low=Fraction(1, 4), high=Fraction(1, 2))
    other = Interval(low=Fraction(1, 2), high=Fraction(3, 4))
    apart = Interval(low=Fraction(51, 100), high=Fraction(1))
    assert one.overlaps(other)
    assert other.overlaps(one)
    assert not one.overlaps(apart)
    assert not apart.overlaps(one)


@st.composite
def counts(draw: st.DrawFn) -> tuple[Fraction, Fraction]:
    of = draw(st.fractions(min_value=Fraction(1, 50), max_value=10**7, max_denominator=50))
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=1000))
    return of * share, of


@given(counts(), st.sampled_from(CONFIDENCES))
def test_the_interval_holds_the_rate_and_is_as_wide_as_the_formula_says(
    counted: tuple[Fraction, Fraction], confidence: int
) -> None:
    hits, of = counted
    found = interval(hits, of, confidence)
    assert found is not None
    assert 0 <= found.low <= hits / of <= found.high <= 1
    low, high = _formula(hits, of, Fraction(QUANTILES[confidence], 10**18))
    assert 0 <= low - _decimal(found.low) < Decimal("2e-12")
    assert 0 <= _decimal(found.high) - high < Decimal("2e-12")


@given(counts(), st.sampled_from(CONFIDENCES))
def test_what_was_not_so_has_the_mirrored_interval(
    counted: tuple[Fraction, Fraction], confidence: int
) -> None:
    hits, of = counted
    found, mirrored = interval(hits, of, confidence), interval(of - hits, of, confidence)
    assert found is not None
    assert mirrored == found.complement


def _decimal(value: Fraction) -> Decimal:
    with localcontext(prec=50):
        return Decimal(value.numerator) / Decimal(value.denominator)


def _formula(hits: Fraction, of: Fraction, quantile: Fraction) -> tuple[Decimal, Decimal]:
    """The textbook's formula in decimals, another way than the program's."""
    with localcontext(prec=50):
        p, n, z = _decimal(hits / of), _decimal(of), _decimal(quantile)
        centre = p + z * z / (2 * n)
        spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
        below = 1 + z * z / n
        low, high = (centre - spread) / below, (centre + spread) / below
        return max(low, Decimal(0)), min(high, Decimal(1))
