"""How exact numbers are written: fixed decimals, half up, never through a float. Words only."""

from fractions import Fraction

PERCENT = 4
"""Decimals of a rate in percent."""
POINTS = 2
"""Decimals of points."""


def fixed(value: Fraction, decimals: int) -> str:
    """The number with so many decimals, a half away from zero: ``"89.8204"``, ``"-0.50"``."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    left, right = divmod(whole, 10**decimals)
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{left}.{right:0{decimals}}" if decimals else f"{sign}{left}"


def percent(value: Fraction) -> str:
    """A rate in percent as it is published."""
    return fixed(value, PERCENT)


def points(value: Fraction) -> str:
    """Points as they are published."""
    return fixed(value, POINTS)


def count(value: Fraction) -> str:
    """How many: ``"12"``, and with the decimals of a share where it is not whole: ``"11.8000"``.

    Shares of helpers may never end in decimals (a third of twenty percent): then it is rounded.
    """
    return str(value.numerator) if value.denominator == 1 else fixed(value, PERCENT)
