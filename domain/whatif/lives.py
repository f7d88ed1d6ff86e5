"""A case as far as it can be replayed: whose turn it was, the clocks that ran, the answers given.
Values only; how they come out of events is `reading`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.words import Basis, ClockKind, DeadlineClass, Stage, Urgency


class End(StrEnum):
    """How a turn ended. Only the first two say how long the work itself took."""

    SETTLED = "settled"
    PASSED = "passed"
    OVERDUE = "overdue"
    MOVED = "moved"
    ENDED = "ended"
    OPEN = "open"


DONE = frozenset({End.SETTLED, End.PASSED})
"""The unit had done what it did; in all other ways the work was taken from it or goes on."""
REPLAYED = (
    ClockKind.ACCEPT,
    ClockKind.HANDLE,
    ClockKind.RESIDENT,
    ClockKind.ON_SITE,
    ClockKind.FOLLOW_UP,
)
"""Clocks that are set anew by another policy; all others stay as they were, and are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A clock as it was first set, and what became of it. `turn` is 0 for those of the case.

    `allowance` and `carried` are seconds of `basis`, as first set; the span of it counts from
    `measured_from`. `extended` are (when, how many seconds); `pauses` end with None while it
    stands.
    """

    clock_id: str
    kind: ClockKind
    turn: int
    round: int
    stage: Stage
    unit_id: str
    urgency: Urgency
    deadline: DeadlineClass
    rectifying: bool
    policy: str
    calendar: str
    basis: Basis
    allowance: int
    carried: int
    measured_from: datetime
    started: datetime
    extended: tuple[tuple[datetime, int], ...] = ()
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    due: datetime
    stopped: datetime | None
    broken: bool
    yellow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One unit's turn. `cut_by` is the clock that took the case away, with how long after it."""

    number: int
    round: int
    stage: Stage
    unit_id: str
    entered: datetime
    accepted: datetime | None
    left: datetime | None
    end: End
    cut_by: str = ""
    wall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A valid rating: whether the grade was 3 to 5."""

    round: int
    satisfied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A case from its first moment to `seen_until`. `units` are those of its place and matter.

    `resolved` has one moment for each round in which it was resolved; `begun` one for each round.
    """

    case_id: str
    item_id: str
    policy: str
    urgency: Urgency
    deadline: DeadlineClass
    opened: datetime
    seen_until: datetime
    closed: datetime | None
    units: Mapping[Stage, str]
    turns: tuple[Turn, ...]
    asks: tuple[Ask, ...]
    begun: Mapping[int, datetime]
    resolved: Mapping[int, datetime]
    answers: tuple[Answer, ...] = ()
    imported: bool = False
    proactive: bool = False
