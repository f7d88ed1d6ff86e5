"""Events: what happened, in the past tense. A `kind` and its `SCHEMA` number are kept for ever."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.sealing import FreeText
from domain.values import (
    By,
    External,
    Happened,
    Location,
    Party,
    Reporter,
    SetsClocks,
    Told,
    Versions,
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(SetsClocks):
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
class HandedOver(Told):
    """First contact gave the case to the rung the catalogue names."""

    kind: Literal["case.handed_over"] = "case.handed_over"


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
class ClockWarned(Happened):
    """A clock passed half, four fifths, or came within a working day of its due time."""

    kind: Literal["clock.warned"] = "clock.warned"
    clock_id: str
    level: WarningLevel
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBroken(Happened):
    """A clock ran out: the red card. It stays with the stint that ran it."""

    kind: Literal["clock.broken"] = "clock.broken"
    clock_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(SetsClocks):
    """The handling clock stopped on a listed ground; it starts again by itself at the maximum."""

    kind: Literal["case.suspended"] = "case.suspended"
    ground: SuspensionGround
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(SetsClocks):
    """The handling clock runs again."""

    kind: Literal["case.resumed"] = "case.resumed"
    automatic: bool = False
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequested(SetsClocks):
    """More time was asked for; `seconds` are of the handling clock's basis."""

    kind: Literal["extension.requested"] = "extension.requested"
    seconds: int
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionGranted(SetsClocks):
    """The unit above gave the time."""

    kind: Literal["extension.granted"] = "extension.granted"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Told):
    """The unit above refused, or did not decide in time."""

    kind: Literal["extension.refused"] = "extension.refused"
    automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionOrdered(SetsClocks):
    """A supervisor of a superior must see to it; `unit_id` and `person_id` are the supervisor's."""

    kind: Literal["supervision.ordered"] = "supervision.ordered"
    unit_id: str
    person_id: str | None
    clock_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionAnswered(SetsClocks):
    """The order was answered; it is looked at again when the review clock ends."""

    kind: Literal["supervision.answered"] = "supervision.answered"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(SetsClocks):
    """The unit in charge says it is done; the resident is asked."""

    kind: Literal["case.resolved"] = "case.resolved"
    text: FreeText
    evidence: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp(Told):
    """The officer called; spoken answers are a follow-up, never a rating."""

    kind: Literal["case.followed_up"] = "case.followed_up"
    contacted: bool
    solved: bool | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingAskedAgain(Happened):
    """No rating yet; the resident was asked once more."""

    kind: Literal["rating.asked_again"] = "rating.asked_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Told):
    """The resident's own three answers."""

    kind: Literal["case.rated"] = "case.rated"
    round: int
    contacted: bool
    solved: bool
    grade: int
    tags: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Told):
    """The case ended."""

    kind: Literal["case.closed"] = "case.closed"
    reason: ClosingReason
    referred_to: ReferredTo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Told):
    """The resident asked to be thought of; no clock changed."""

    kind: Literal["case.reminded"] = "case.reminded"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAdded(Happened):
    """Something missing was added; no clock changed."""

    kind: Literal["case.information_added"] = "case.information_added"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed(Happened):
    """Personal data was shown unmasked to `by`, for this reason."""

    kind: Literal["case.revealed"] = "case.revealed"
    reason: FreeText
    fields: tuple[str, ...] = ("reporter", "location", "parties")


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
