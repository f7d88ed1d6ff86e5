"""Whether more is reported than before: a comparison of two counts. No I/O, no floats."""

from enum import StrEnum
from math import gcd

from domain.topics.rare import rarer

FEWEST = 10
"""Cases in both times together below which nothing is said."""
SHORTEST = 28 * 24
"""Hours before the period below which there is nothing to compare with."""
RARE = 100
"""Once in so many comparisons it is called a rise (or a fall) where nothing changed."""


class Direction(StrEnum):
    """What two counts say. `NO_SIGN` is not that nothing changed: they do not show it."""

    RISES = "rises"
    FALLS = "falls"
    NO_SIGN = "no_sign"
    TOO_FEW = "too_few"
    TOO_SHORT = "too_short"


def direction(count: int, hours: int, before: int, hours_before: int) -> Direction:
    """`count` cases in so many hours, held against those of the hours before.

    Were both times alike, each of all the cases would fall into the period with a chance of its
    hours among all hours; how rare the count is then, rare.py says, of many on the cautious side.
    """
    if hours < 1 or hours_before < SHORTEST:
        return Direction.TOO_SHORT
    whole = count + before
    if whole < FEWEST:
        return Direction.TOO_FEW
    part = gcd(hours, hours_before)
    hours, hours_before = hours // part, hours_before // part
    if rarer(whole, count, hours, hours_before, RARE):
        return Direction.RISES
    if rarer(whole, before, hours_before, hours, RARE):
        return Direction.FALLS
    return Direction.NO_SIGN
