"""Events of chapters R2.2 and R4: acceptance, work and the way up."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText, SaidText
from domain.values import (
    Happened,
    Said,
    SetsClocks,
    Told,
)
from domain.words import (
    EscalationReason,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(SetsClocks):
    """A unit's turn (stint) began; any earlier one ended. `passed` had nobody to answer for it."""

    kind: Literal["case.arrived"] = "case.arrived"
    stage: Stage
    unit_id: str
    person_id: str
    post_id: str
    accepted: bool = False
    passed: tuple[str, ...] = ()
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(SetsClocks):
    """Somebody took the case on; the handling clock runs."""

    kind: Literal["case.accepted"] = "case.accepted"
    person_id: str
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Told):
    """The case went to another post of the same unit; no clock changed."""

    kind: Literal["case.assigned"] = "case.assigned"
    person_id: str
    post_id: str
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRecorded(Happened):
    """Work was written down."""

    kind: Literal["case.progress_recorded"] = "case.progress_recorded"
    text: FreeText
    evidence: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSite(Told):
    """Somebody reached the place."""

    kind: Literal["case.on_site"] = "case.on_site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Told):
    """The case left for a higher rung; `clock_id` is the broken clock when nobody asked for it."""

    kind: Literal["case.escalated"] = "case.escalated"
    reason: EscalationReason
    automatic: bool = False
    clock_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Said):
    """The resident asked to be thought of; no clock changed."""

    kind: Literal["case.reminded"] = "case.reminded"
    subject: str = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAdded(Happened):
    """Something missing was added, by a resident or as they told it; no clock changed."""

    kind: Literal["case.information_added"] = "case.information_added"
    text: SaidText
    subject: str = "reporter"
    evidence: tuple[SaidText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed(Happened):
    """Personal data was shown unmasked to `by`, for this reason."""

    kind: Literal["case.revealed"] = "case.revealed"
    reason: FreeText
    fields: tuple[str, ...] = ("reporter", "location", "parties")


LadderEvent = (
    Arrived
    | Accepted
    | Assigned
    | ProgressRecorded
    | OnSite
    | Escalated
    | Reminded
    | InformationAdded
    | Revealed
)
