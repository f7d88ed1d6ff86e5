"""R12.3: how sure a rate is: the Wilson interval, the same to the last digit on every machine.

Whole numbers only, no floats: bounds are rounded outwards to twelve decimals, so that the interval
is never narrower than the true one.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

QUANTILES = {
    90: Fraction(1_644_853_626_951_472_715, 10**18),
    95: Fraction(1_959_963_984_540_054_236, 10**18),
    99: Fraction(2_575_829_303_548_900_761, 10**18),
}
"""Of the normal distribution, both sides together leaving out 10, 5 and 1 percent."""
DIGITS = 12
_UNIT = 10**DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From the lowest to the highest share that the count still fits, 0 to 1, both included."""

    low: Fraction
    high: Fraction

    def overlaps(self, other: "Interval") -> bool:
        """Whether some share lies in both; a common bound is one."""
        return self.low <= other.high and other.low <= self.high

    @property
    def complement(self) -> "Interval":
        """Of what was not so."""
        return Interval(low=1 - self.high, high=1 - self.low)


def interval(hits: Fraction, of: Fraction, confidence: int) -> Interval | None:
    """The interval of `hits` out of `of`, which may be fractions of cases.

    None where nothing was counted, and where it is no share: cards may be more than duties.
    """
    if of <= 0 or not 0 <= hits <= of:
        return None
    squared = QUANTILES[confidence] ** 2
    centre, below = 2 * hits + squared, 2 * (of + squared)
    spread = _root_above(squared * (squared + 4 * hits * (of - hits) / of))
    low = (centre - spread) / below
    high = (centre + spread) / below
    return Interval(low=max(Fraction(0), _down(low)), high=min(Fraction(1), -_down(-high)))


def _root_above(value: Fraction) -> Fraction:
    """The square root, rounded up by less than a unit of the eighteenth decimal."""
    scaled = value * 10**36
    whole = -(-scaled.numerator // scaled.denominator)
    root = isqrt(whole)
    return Fraction(root + (root * root < whole), 10**18)


def _down(value: Fraction) -> Fraction:
    """Rounded down to the digits that are kept."""
    return Fraction(value.numerator * _UNIT // value.denominator, _UNIT)
