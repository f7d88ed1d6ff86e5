"""Events of chapter R8. `number` counts the deliberations of a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.sealing import FreeText, SaidText
from domain.values import Happened, PutsQuestion, SetsClocks, Told
from domain.words.deliberation import DeliberationEnd, DeliberationStep, MeetingOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliberationProposed(Happened):
    """A proposal is on its way."""

    kind: Literal["deliberation.proposed"] = "deliberation.proposed"
    number: int
    title: FreeText
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecorded(Happened):
    """A meeting, when it was held, the votes, and what they came to under the policy."""

    kind: Literal["deliberation.meeting_recorded"] = "deliberation.meeting_recorded"
    number: int
    step: DeliberationStep
    held_at: datetime
    eligible: int
    present: int
    in_favour: int
    against: int
    abstained: int
    outcome: MeetingOutcome
    minutes: FreeText
    reference: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliberationPublished(SetsClocks):
    """Decision or result stands in public, in words meant for it; objections have their time."""

    kind: Literal["deliberation.published"] = "deliberation.published"
    number: int
    step: DeliberationStep
    title: FreeText
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationEnded(Happened):
    """The period is over; `undecided` objections still hold the next step up."""

    kind: Literal["deliberation.publication_ended"] = "deliberation.publication_ended"
    number: int
    step: DeliberationStep
    clock_id: str
    undecided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRaised(PutsQuestion):
    """Somebody objects; `subject` says which resident, empty where staff were told."""

    kind: Literal["deliberation.objection_raised"] = "deliberation.objection_raised"
    number: int
    objection_id: str
    publication: str
    subject: str
    text: SaidText


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDecided(Told):
    """The objection is decided; `back_to` is the step that has to be taken again."""

    kind: Literal["deliberation.objection_decided"] = "deliberation.objection_decided"
    number: int
    objection_id: str
    upheld: bool
    back_to: DeliberationStep | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliberationEnded(Told):
    """Carried out and published, rejected by a meeting, or given up."""

    kind: Literal["deliberation.ended"] = "deliberation.ended"
    number: int
    how: DeliberationEnd


DeliberationEvent = (
    DeliberationProposed
    | MeetingRecorded
    | DeliberationPublished
    | PublicationEnded
    | ObjectionRaised
    | ObjectionDecided
    | DeliberationEnded
)
