"""The state of chapter R5: units and partners summoned to a case. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.values import By, Helper


@dataclass(frozen=True, kw_only=True)
class Summons:
    """One helper called once: `by` called it; it owes nothing more after `released_at`."""

    helper: Helper
    clock_id: str
    by: By
    address_shared: bool
    summoned_at: datetime
    reported_at: datetime | None = None
    helped: int = 0
    released_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether the helper is still called."""
        return self.released_at is None
