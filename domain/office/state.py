"""What the office still has to do: posts asked for, cases to hand over, when to look again.

Who is where stands in the book, not here: the state is folded from few events, however long the
office has worked.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.office.events import (
    CalendarLookedAt,
    ChangeCancelled,
    HandedOver,
    HandOverBegun,
    HandOverCalledOff,
    HandOverPlanned,
    PostConfirmed,
    PostDeclined,
    PostRequested,
)

OFFICE = "office"
"""The id of its stream: there is one."""

REMEMBERED = (
    PostRequested,
    PostConfirmed,
    PostDeclined,
    HandOverPlanned,
    HandOverBegun,
    HandOverCalledOff,
    HandedOver,
    ChangeCancelled,
    CalendarLookedAt,
)
"""The events the state is folded from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """An ended post whose open cases go to others; `begun` while that is under way.

    `attempt` counts how often it began.
    """

    post_id: str
    successor: str | None
    at: datetime
    begun: bool = False
    attempt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What is open. `look_at` is when to look at the calendar next."""

    stream: str = OFFICE
    requests: tuple[PostRequested, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    look_at: datetime | None = None

    def next_due(self) -> datetime | None:
        """The next instant at which time itself has something to do here."""
        found = [r.due_at for r in self.requests]
        found += [h.at for h in self.hand_overs if not h.begun]
        return min([*found, self.look_at] if self.look_at else found, default=None)

    def errands(self) -> tuple[str, ...]:
        """Posts whose cases are being handed over."""
        return tuple(h.post_id for h in self.hand_overs if h.begun)
