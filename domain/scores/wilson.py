"""R12.3: how sure a rate is: the Wilson interval, the same to the last digit on every machine.

Whole numbers only, no floats: bounds are rounded outwards to twelve decimals, so that the interval
is never narrower than the true one.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm

_ONE = 10**18
QUANTILES = {
    90: 1_644_853_626_951_472_715,
    95: 1_959_963_984_540_054_236,
    99: 2_575_829_303_548_900_761,
}
"""Of the normal distribution, with eighteen decimals: 10, 5 and 1 percent lie beyond both sides."""
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
    # In whole numbers: cases in parts of a case, the quantile's square in 36 decimals.
    parts = lcm(hits.denominator, of.denominator)
    so, all_ = int(hits * parts), int(of * parts)
    squared = QUANTILES[confidence] ** 2
    centre, below = 2 * so * _ONE**2 + parts * squared, 2 * (all_ * _ONE**2 + parts * squared)
    inside = squared * (squared * all_ * parts + 4 * _ONE**2 * so * (all_ - so))
    spread = parts * _root_above(inside, all_ * parts)
    low = (centre - spread) * _UNIT // below
    high = -(-(centre + spread) * _UNIT // below)
    return Interval(low=Fraction(max(0, low), _UNIT), high=Fraction(min(_UNIT, high), _UNIT))


def _root_above(value: int, parts: int) -> int:
    """The square root of `value` out of `parts`, rounded up."""
    whole = -(-value // parts)
    root = isqrt(whole)
    return root + (root * root < whole)
