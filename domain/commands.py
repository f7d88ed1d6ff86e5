"""Commands: what people, residents and clocks ask a case to do. Imperative, frozen, complete.

Each carries who asks, when, and the id that makes a repeat harmless. Whoever builds one (API,
timer, importer) makes the time and the id; nothing here does.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.policy import Span
from domain.words import (
    ActorKind,
    CaseType,
    Channel,
    EscalationReason,
    ReferredTo,
    Stage,
    SuspensionGround,
    Urgency,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks. `post_id` narrows a person's posts to one; without it any fitting post serves."""

    kind: ActorKind
    person_id: str = ""
    post_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Command:
    command_id: str
    at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A resident as they gave themselves; empty strings where they did not."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is. `point` is (longitude, latitude) in microdegrees; `unit_id` the unit known."""

    address: str = ""
    point: tuple[int, int] | None = None
    unit_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an imported case comes from, in that system's own words."""

    system: str
    reference: str
    status: str
    channel: str
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(_Command):
    """Open a case at first contact (R1.1, R1.2)."""

    kind: Literal["register"] = "register"
    case_type: CaseType
    channel: Channel
    item_id: str
    title: str
    text: str
    urgency: Urgency
    place: Place
    reporter: Contact
    reporter_lookup: str = ""
    parties: tuple[Contact, ...] = ()
    receipt_hash: str
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(_Command):
    """The first-contact officer hands the case to the rung the catalogue names (R1.3)."""

    kind: Literal["hand_over"] = "hand_over"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(_Command):
    """Take the case on (R4.1)."""

    kind: Literal["accept"] = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(_Command):
    """Give the case to another post of the same unit, or to the least loaded one (R2.2)."""

    kind: Literal["assign"] = "assign"
    post_id: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProgress(_Command):
    """Write down what was done so far."""

    kind: Literal["record_progress"] = "record_progress"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveOnSite(_Command):
    """Say that somebody is on site; owed in an emergency (R6.7)."""

    kind: Literal["arrive_on_site"] = "arrive_on_site"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(_Command):
    """Send the case one rung up, or to `to_stage` where a rung may be skipped (R4.3)."""

    kind: Literal["escalate"] = "escalate"
    reason: EscalationReason
    text: str
    to_stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(_Command):
    """Stop the handling clock on a listed ground (R6.4)."""

    kind: Literal["suspend"] = "suspend"
    ground: SuspensionGround
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(_Command):
    """Let the handling clock run again."""

    kind: Literal["resume"] = "resume"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExtension(_Command):
    """Ask the unit above for more time, once a stint (R6.5)."""

    kind: Literal["request_extension"] = "request_extension"
    extend_by: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExtension(_Command):
    """The unit above grants or refuses."""

    kind: Literal["decide_extension"] = "decide_extension"
    granted: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSupervision(_Command):
    """The unit in charge answers a supervision order (R4.4)."""

    kind: Literal["answer_supervision"] = "answer_supervision"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(_Command):
    """State what was done (R9.1). `evidence` holds references to photos or documents."""

    kind: Literal["resolve"] = "resolve"
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFollowUp(_Command):
    """The first-contact officer's call after resolution; never a rating (R1.4, R9.2)."""

    kind: Literal["record_follow_up"] = "record_follow_up"
    contacted: bool
    solved: bool | None = None
    grade: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(_Command):
    """The resident's three answers (R9.2). `grade` is 1 (very dissatisfied) to 5."""

    kind: Literal["rate"] = "rate"
    contacted: bool
    solved: bool
    grade: int
    tags: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(_Command):
    """The resident takes the case back."""

    kind: Literal["withdraw"] = "withdraw"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(_Command):
    """The resident asks to be thought of (R4.6)."""

    kind: Literal["remind"] = "remind"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddInformation(_Command):
    """The resident, or staff who hold the case, add what was missing."""

    kind: Literal["add_information"] = "add_information"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal(_Command):
    """The handler in charge asks to see personal data, with a reason (R14.5)."""

    kind: Literal["reveal"] = "reveal"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer(_Command):
    """Record that an imported case left for another door."""

    kind: Literal["refer"] = "refer"
    to: ReferredTo
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(_Command):
    """A clock is due. Sent by the case's own workflow; settles whatever is due by `at`."""

    kind: Literal["tick"] = "tick"


Command = (
    Register
    | HandOver
    | Accept
    | Assign
    | RecordProgress
    | ArriveOnSite
    | Escalate
    | Suspend
    | Resume
    | RequestExtension
    | DecideExtension
    | AnswerSupervision
    | Resolve
    | RecordFollowUp
    | Rate
    | Withdraw
    | Remind
    | AddInformation
    | Reveal
    | Refer
    | Tick
)
