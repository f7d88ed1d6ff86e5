"""Events of chapter R7.1–3, R7.5: consent, panel, sessions, danger. Texts are confidential."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from domain.sealing import FreeText, SaidText
from domain.values import Happened, Said, SetsClocks, Told
from domain.words import ReferredTo, Stage
from domain.words.disputes import (
    FailureReason,
    Given,
    LeavingReason,
    Matter,
    ReopeningReason,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationOpened(SetsClocks):
    """Every party was asked whether it consents."""

    kind: Literal["mediation.opened"] = "mediation.opened"
    number: int
    stage: Stage
    unit_id: str
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Said):
    """A party consented."""

    kind: Literal["consent.given"] = "consent.given"
    subject: str
    matter: Matter
    how: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused(Said):
    """A party refused."""

    kind: Literal["consent.refused"] = "consent.refused"
    subject: str
    matter: Matter
    how: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Said):
    """A party no longer consents."""

    kind: Literal["consent.withdrawn"] = "consent.withdrawn"
    subject: str
    how: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationDeclared(Happened):
    """Somebody has a stake; `subject` is the party who said so, empty where staff did.

    `relation` is a word of `Relation`, sealed: whose relative somebody is concerns nobody else.
    That somebody is `complained` about has to be known without a key.
    """

    SCHEMA: ClassVar[int] = 2

    kind: Literal["relation.declared"] = "relation.declared"
    subject: str
    person_id: str
    relation: SaidText
    complained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A mediator as they took a place on a panel."""

    seat: int
    post_id: str
    person_id: str
    mediator_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFormed(SetsClocks):
    """The panel, whole; the mediation's limit runs from the first time it was formed."""

    kind: Literal["panel.formed"] = "panel.formed"
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MediatorLeft(Happened):
    """A mediator left the panel; `subject` is the party who rejected them."""

    kind: Literal["mediator.left"] = "mediator.left"
    seat: int
    person_id: str
    reason: LeavingReason
    subject: str = ""
    how: Given | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecorded(Happened):
    """A session took place."""

    kind: Literal["mediation.session_recorded"] = "mediation.session_recorded"
    held_at: datetime
    place: FreeText
    mediators: tuple[int, ...]
    subjects: tuple[str, ...]
    summary: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerAsked(Told):
    """The parties were asked for more time; `seconds` are of the limit's basis."""

    kind: Literal["mediation.longer_asked"] = "mediation.longer_asked"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationExtended(SetsClocks):
    """All parties agreed to the time asked for."""

    kind: Literal["mediation.extended"] = "mediation.extended"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationLimitReached(Happened):
    """The time for talking is over; what was drafted may still be confirmed."""

    kind: Literal["mediation.limit_reached"] = "mediation.limit_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationFailed(Told):
    """No agreement at this rung; the next rung's panel tries, or the dispute is referred."""

    kind: Literal["mediation.failed"] = "mediation.failed"
    reason: FailureReason


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeReferred(Told):
    """The dispute went to another door, under this reference there."""

    kind: Literal["dispute.referred"] = "dispute.referred"
    to: ReferredTo
    reference: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeReopened(SetsClocks):
    """What was over goes on in a new round, with clocks of its own."""

    kind: Literal["dispute.reopened"] = "dispute.reopened"
    round: int
    reason: ReopeningReason
    duty_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerReported(SetsClocks):
    """Signs of violence or self-harm: the case is an emergency from here on."""

    kind: Literal["danger.reported"] = "danger.reported"
    subject: str
    text: SaidText


DisputeEvent = (
    MediationOpened
    | ConsentGiven
    | ConsentRefused
    | ConsentWithdrawn
    | RelationDeclared
    | PanelFormed
    | MediatorLeft
    | SessionRecorded
    | LongerAsked
    | MediationExtended
    | MediationLimitReached
    | MediationFailed
    | DisputeReferred
    | DisputeReopened
    | DangerReported
)
