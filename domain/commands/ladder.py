"""Commands of chapters R2.2 and R4: acceptance, work and the way up."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked
from domain.words import (
    EscalationReason,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Asked):
    """Take the case on (R4.1)."""

    kind: Literal["accept"] = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Asked):
    """Give the case to another post of the same unit, or to the least loaded one (R2.2).

    `instead_of` is an ended post whose cases the office hands over.
    """

    kind: Literal["assign"] = "assign"
    post_id: str | None = None
    text: str = ""
    instead_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProgress(Asked):
    """Write down what was done so far."""

    kind: Literal["record_progress"] = "record_progress"
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveOnSite(Asked):
    """Say that somebody is on site; owed in an emergency (R6.7)."""

    kind: Literal["arrive_on_site"] = "arrive_on_site"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Asked):
    """Send the case one rung up, or to `to_stage` where a rung may be skipped (R4.3)."""

    kind: Literal["escalate"] = "escalate"
    reason: EscalationReason
    text: str
    to_stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(Asked):
    """The resident asks to be thought of (R4.6)."""

    kind: Literal["remind"] = "remind"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddInformation(Asked):
    """The resident, or staff who hold the case, add what was missing."""

    kind: Literal["add_information"] = "add_information"
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal(Asked):
    """The handler in charge asks to see personal data, with a reason (R14.5)."""

    kind: Literal["reveal"] = "reveal"
    reason: str


LadderCommand = (
    Accept | Assign | RecordProgress | ArriveOnSite | Escalate | Remind | AddInformation | Reveal
)
