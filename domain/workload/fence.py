"""Which units carry far more a head than others of their kind: the rule, exactly. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

FEWEST_UNITS = 8
"""Units of one kind, below which they are not compared."""
FEWEST_CASES = 5
"""Open cases a head, below which nobody is called overloaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """What lies above `upper` is far from the others: more than one and a half times the distance
    of the quartiles above the higher one. `units` were compared; of fewer than `FEWEST_UNITS`
    there is no fence.
    """

    units: int
    upper: Fraction | None


def fence(loads: Sequence[Fraction]) -> Fence:
    """Q3 + 1.5 · (Q3 − Q1); the quartiles are the medians of both halves, the middle in both."""
    if len(loads) < FEWEST_UNITS:
        return Fence(units=len(loads), upper=None)
    ordered = sorted(loads)
    half = (len(ordered) + 1) // 2
    low, high = median(ordered[:half]), median(ordered[-half:])
    return Fence(units=len(loads), upper=high + Fraction(3, 2) * (high - low))


def beyond(loads: Mapping[str, Fraction], limit: Fence) -> list[str]:
    """The units above the fence and the least number, most loaded first."""
    if limit.upper is None:
        return []
    over = [u for u, load in loads.items() if load > limit.upper and load >= FEWEST_CASES]
    return sorted(over, key=lambda unit: (-loads[unit], unit))
