"""Events of chapter R6.6: what time alone makes true."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.values import (
    Happened,
    PutsQuestion,
)
from domain.words import (
    WarningLevel,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWarned(Happened):
    """A clock passed half, four fifths, or came within a working day of its due time."""

    kind: Literal["clock.warned"] = "clock.warned"
    clock_id: str
    level: WarningLevel
    due_at: datetime
    person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBroken(Happened):
    """A clock ran out: the red card. It stays with the stint that ran it, and with `person_id`.

    Who owed it when it was due, or stood in; empty where the unit alone or a partner did.
    """

    kind: Literal["clock.broken"] = "clock.broken"
    clock_id: str
    due_at: datetime
    person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPassedUp(PutsQuestion):
    """Nobody decided in time; the same question went to the next superior."""

    kind: Literal["decision.passed_up"] = "decision.passed_up"


TimeEvent = ClockWarned | ClockBroken | DecisionPassedUp
