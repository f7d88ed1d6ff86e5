"""The five shades of a map: 0 has nothing to show, 1 to 4 ask for more and more attention.

Each is shown with its bounds, so that nobody has to believe a colour.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

UNDER_TARGET = (0, 5, 15)
"""A rate at the target or over it is of the first shade; of the others as many percent under it."""
SHADES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Of numbers: `highest` of each shade from the first on, ascending; at most four."""

    highest: tuple[int, ...]

    def of(self, value: int) -> int:
        """The shade of a number."""
        return 1 + bisect_left(self.highest, value) if value else 0

    def ranges(self) -> list[tuple[int, int]]:
        """The lowest and the highest number of each shade from the first on."""
        lowest = (1, *(each + 1 for each in self.highest))
        return [*zip(lowest, self.highest, strict=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Of rates in percent: `lowest` of each shade from the first on but the last, descending."""

    lowest: tuple[Fraction, ...]

    def of(self, rate: Fraction | None) -> int:
        """The shade of a rate."""
        return 0 if rate is None else 1 + sum(rate < each for each in self.lowest)


def quarters(values: Iterable[int]) -> Counted:
    """Each shade about a quarter of the areas that have any; equal numbers are of one shade."""
    some = sorted(value for value in values if value)
    cuts = (some[-(-len(some) * n // SHADES) - 1] for n in range(1, SHADES + 1) if some)
    return Counted(highest=tuple(sorted({*cuts})))


def under(target: Fraction) -> Rated:
    """Shades by how far a rate is under the target."""
    return Rated(lowest=tuple(target - less for less in UNDER_TARGET))
