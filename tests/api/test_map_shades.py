"""R12.5: the shades of a map, and that each says its bounds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.maps import shades

pytestmark = pytest.mark.rule("R12.5")


def test_each_shade_has_about_a_quarter_of_the_areas_that_have_any() -> None:
    scale = shades.quarters([0, 1, 2, 3, 4, 5, 6, 7, 8])
    assert scale.ranges() == [(1, 2), (3, 4), (5, 6), (7, 8)]
    assert [scale.of(n) for n in range(9)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_equal_numbers_are_of_one_shade() -> None:
    assert shades.quarters([3, 3, 3]).ranges() == [(1, 3)]
    assert shades.quarters([1, 1, 1, 9]).ranges() == [(1, 1), (2, 9)]


def test_where_there_is_nothing_there_is_no_shade() -> None:
    assert shades.quarters([]).ranges() == []
    assert shades.quarters([0, 0]).of(0) == 0


@given(st.lists(st.integers(0, 10_000), max_size=300))
def test_every_number_lies_in_the_bounds_of_its_shade(numbers: list[int]) -> None:
    scale = shades.quarters(numbers)
    ranges = scale.ranges()
    assert len(ranges) <= 4
    for number in numbers:
        shade = scale.of(number)
        if number:
            least, most = ranges[shade - 1]
            assert least <= number <= most
        else:
            assert shade == 0
    ordered = sorted(numbers)
    assert [scale.of(n) for n in ordered] == sorted(map(scale.of, ordered))


def test_a_rate_is_shaded_by_how_far_it_is_under_the_target() -> None:
    scale = shades.under(Fraction(95))
    assert [*map(int, scale.lowest)] == [95, 90, 80]
    rates = (100, 95, Fraction("94.9999"), 90, Fraction("89.99"), 80, Fraction("79.99"), 0)
    assert [scale.of(Fraction(rate)) for rate in rates] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert scale.of(None) == 0
