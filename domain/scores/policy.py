"""The numbers of chapter R12 that the rulebook leaves to the office. Part of the policy."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.scores.measures import Measure

CONFIDENCES = (90, 95, 99)
"""Percent; how sure the interval is that ranking goes by."""
WHOLE = 100
"""What the weights add up to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What a rate is worth: full − k for each percent below the target, at least the floor (R12.2).

    All four in hundredths: a `target` of 9500 is 95 percent, `k` of 50 half a point.
    """

    full: int
    k: int
    target: int
    floor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """`weights` are percent of the composite and add up to 100; each has its formula.

    A unit with fewer than `minimum` counted is listed apart, not ranked; `helper_share` is the
    percent of a grade that units which reported in carry together; ranks go by `rank_by`.
    """

    formulas: Mapping[Measure, Formula]
    weights: Mapping[Measure, int]
    minimum: int
    helper_share: int
    confidence: int
    rank_by: Measure
