"""What decisions on cases look up of admissions (R3.2): approved ones, and what of their money is
used. How one comes to be approved is `domain/admission`'s.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """An approved admission. It covers its units and all below them from `valid_from` up to
    `ends_at`; `yearly` is the money granted and `used` what of it is used by year, in whole fen.
    """

    admission_id: str
    item_id: str
    units: tuple[str, ...]
    valid_from: datetime
    ends_at: datetime
    yearly: int
    used: Mapping[int, int] = field(default_factory=dict)

    def covers(self, item_id: str, path: Iterable[str]) -> bool:
        """Whether it is about the item and one of those units, at some time."""
        return self.item_id == item_id and not set(self.units).isdisjoint(path)

    def in_force(self, at: datetime) -> bool:
        """Whether it is in force at that moment."""
        return self.valid_from <= at < self.ends_at

    def left(self, year: int) -> int:
        """The money left in a year, in fen."""
        return self.yearly - self.used.get(year, 0)
