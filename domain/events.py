"""Events: what happened, in the past tense. Their `kind` and `SCHEMA` are stored and never reused.

`at` is when it happened (UTC) and `by` who did it, at which post of which unit at that moment;
the journal keeps both in columns of their own.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from domain.sealing import FreeText
from domain.values import By, Clock, External, Location, Party, Reporter, Versions
from domain.words import (
    CaseType,
    Channel,
    ClosingReason,
    DeadlineClass,
    EscalationReason,
    ReferredTo,
    Stage,
    SuspensionGround,
    Urgency,
    WarningLevel,
)

SCHEMA = 1
"""The schema number new events are written with, unless the class says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    at: datetime
    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class _WithClocks(_Event):
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(_WithClocks):
    """A case was opened; the resident's clock runs from here."""

    kind: Literal["case.registered"] = "case.registered"
    case_id: str
    case_type: CaseType
    channel: Channel
    item_id: str
    class_id: str
    title: FreeText
    text: FreeText
    urgency: Urgency
    deadline: DeadlineClass
    department_id: str
    location: Location
    reporter: Reporter
    parties: tuple[Party, ...] = ()
    officer: By
    receipt_hash: str
    versions: Versions
    external: External | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(_WithClocks):
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
class HandedOver(_Event):
    """First contact gave the case to the rung the catalogue names."""

    kind: Literal["case.handed_over"] = "case.handed_over"
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(_WithClocks):
    """Somebody took the case on; the handling clock runs."""

    kind: Literal["case.accepted"] = "case.accepted"
    person_id: str
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(_Event):
    """The case went to another post of the same unit; no clock changed."""

    kind: Literal["case.assigned"] = "case.assigned"
    person_id: str
    post_id: str
    by_hand: bool
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRecorded(_Event):
    """Work was written down."""

    kind: Literal["case.progress_recorded"] = "case.progress_recorded"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSite(_Event):
    """Somebody reached the place."""

    kind: Literal["case.on_site"] = "case.on_site"
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(_Event):
    """The case left for a higher rung; `clock_id` is the broken clock when nobody asked for it."""

    kind: Literal["case.escalated"] = "case.escalated"
    reason: EscalationReason
    automatic: bool = False
    clock_id: str | None = None
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWarned(_Event):
    """A clock passed half, four fifths, or came within a working day of its due time."""

    kind: Literal["clock.warned"] = "clock.warned"
    clock_id: str
    level: WarningLevel
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBroken(_Event):
    """A clock ran out: the red card. It stays with the stint that ran it."""

    kind: Literal["clock.broken"] = "clock.broken"
    clock_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(_WithClocks):
    """The handling clock stopped on a listed ground; it starts again by itself at the maximum."""

    kind: Literal["case.suspended"] = "case.suspended"
    ground: SuspensionGround
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(_WithClocks):
    """The handling clock runs again."""

    kind: Literal["case.resumed"] = "case.resumed"
    automatic: bool = False
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequested(_WithClocks):
    """More time was asked for; `seconds` are of the handling clock's basis."""

    kind: Literal["extension.requested"] = "extension.requested"
    seconds: int
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionGranted(_WithClocks):
    """The unit above gave the time."""

    kind: Literal["extension.granted"] = "extension.granted"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(_Event):
    """The unit above refused, or did not decide in time."""

    kind: Literal["extension.refused"] = "extension.refused"
    automatic: bool = False
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionOrdered(_WithClocks):
    """A supervisor of a superior must see to it; `unit_id` and `person_id` are the supervisor's."""

    kind: Literal["supervision.ordered"] = "supervision.ordered"
    unit_id: str
    person_id: str | None
    clock_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionAnswered(_WithClocks):
    """The order was answered; it is looked at again when the review clock ends."""

    kind: Literal["supervision.answered"] = "supervision.answered"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(_WithClocks):
    """The unit in charge says it is done; the resident is asked."""

    kind: Literal["case.resolved"] = "case.resolved"
    text: FreeText
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp(_Event):
    """The officer called; spoken answers are a follow-up, never a rating."""

    kind: Literal["case.followed_up"] = "case.followed_up"
    contacted: bool
    solved: bool | None = None
    grade: int | None = None
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingAskedAgain(_Event):
    """No rating yet; the resident was asked once more."""

    kind: Literal["rating.asked_again"] = "rating.asked_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(_Event):
    """The resident's own three answers."""

    kind: Literal["case.rated"] = "case.rated"
    round: int
    contacted: bool
    solved: bool
    grade: int
    tags: tuple[str, ...] = ()
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(_Event):
    """The case ended."""

    kind: Literal["case.closed"] = "case.closed"
    reason: ClosingReason
    referred_to: ReferredTo | None = None
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(_Event):
    """The resident asked to be thought of; no clock changed."""

    kind: Literal["case.reminded"] = "case.reminded"
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAdded(_Event):
    """Something missing was added; no clock changed."""

    kind: Literal["case.information_added"] = "case.information_added"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed(_Event):
    """Personal data was shown unmasked to `by`, for this reason."""

    kind: Literal["case.revealed"] = "case.revealed"
    reason: FreeText
    fields: tuple[str, ...] = field(default=("reporter", "location", "parties"))


Event = (
    Registered
    | Arrived
    | HandedOver
    | Accepted
    | Assigned
    | ProgressRecorded
    | OnSite
    | Escalated
    | ClockWarned
    | ClockBroken
    | Suspended
    | Resumed
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionRefused
    | SupervisionOrdered
    | SupervisionAnswered
    | Resolved
    | FollowedUp
    | RatingAskedAgain
    | Rated
    | Closed
    | Reminded
    | InformationAdded
    | Revealed
)
