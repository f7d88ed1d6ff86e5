"""What may be sent: pydantic models that refuse unknown fields. They build commands."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from domain.commands import Actor, Command
from domain.words import (
    CaseType,
    Channel,
    EscalationReason,
    Stage,
    SuspensionGround,
    Urgency,
)

_CONTROL = {chr(code) for code in (*range(32), *range(127, 160))} - {"\n", "\t"}
_DIRECTIONS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""They turn the order of what follows: a name or a number could be made to read as another."""


def clean(text: str) -> str:
    """The text without blanks around it; refused with control characters or halves of others."""
    if not _CONTROL.isdisjoint(text) or not _DIRECTIONS.isdisjoint(text):
        raise ValueError("holds control characters")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):  # noqa: PLR2004 - surrogates
        raise ValueError("holds half a character")
    return text.strip()


def _said(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


Text = Annotated[str, Field(max_length=4000), AfterValidator(clean)]
Said = Annotated[Text, AfterValidator(_said)]
Title = Annotated[str, Field(max_length=120), AfterValidator(clean), AfterValidator(_said)]
Short = Annotated[str, Field(max_length=200), AfterValidator(clean)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,99}$")]
Phone = Annotated[str, Field(pattern=r"^$|^\+?[0-9][0-9 -]{4,19}$")]
Grade = Annotated[int, Field(ge=1, le=5, strict=True)]
Yes = Annotated[bool, Field(strict=True)]
Tags = Annotated[tuple[Short, ...], Field(max_length=10)]
Evidence = Annotated[tuple[Annotated[Short, AfterValidator(_said)], ...], Field(max_length=20)]


class Body(BaseModel):
    """The base of everything that is sent."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ContactBody(Body):
    """A resident as they gave themselves."""

    name: Short = ""
    phone: Phone = ""


class PlaceBody(Body):
    """Where it is: an address, a point (WGS 84 degrees), the unit known; any of them may miss."""

    address: Short = ""
    longitude: Annotated[float, Field(ge=-180, le=180, strict=True)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, strict=True)] | None = None
    unit_id: Id | None = None


class CaseBody(Body):
    """A new request or dispute."""

    case_type: CaseType = CaseType.REQUEST
    channel: Channel
    item_id: Id
    title: Title
    text: Said
    urgency: Urgency = Urgency.NORMAL
    place: PlaceBody = PlaceBody()
    reporter: ContactBody = ContactBody()
    parties: Annotated[tuple[ContactBody, ...], Field(max_length=20)] = ()


class CommandBody(Body):
    """What all commands share. `version` makes one conditional: it is refused if the case moved."""

    version: Annotated[int, Field(ge=1, strict=True)] | None = None


class HandOverBody(CommandBody):
    """Hand the case to the rung the catalogue names."""

    kind: Literal["hand_over"]
    text: Text = ""


class AcceptBody(CommandBody):
    """Take the case on."""

    kind: Literal["accept"]


class AssignBody(CommandBody):
    """Give it to a post of the same unit; without one, to the least loaded."""

    kind: Literal["assign"]
    post_id: Id | None = None
    text: Text = ""


class RecordProgressBody(CommandBody):
    """Write down what was done."""

    kind: Literal["record_progress"]
    text: Said


class ArriveOnSiteBody(CommandBody):
    """Say that somebody is on site."""

    kind: Literal["arrive_on_site"]
    text: Text = ""


class EscalateBody(CommandBody):
    """Send it one rung up."""

    kind: Literal["escalate"]
    reason: EscalationReason
    text: Said
    to_stage: Stage | None = None


class SuspendBody(CommandBody):
    """Stop the handling clock on a listed ground."""

    kind: Literal["suspend"]
    ground: SuspensionGround
    text: Said


class ResumeBody(CommandBody):
    """Let the handling clock run again."""

    kind: Literal["resume"]
    text: Text = ""


class SpanBody(Body):
    """A length of time."""

    amount: Annotated[int, Field(ge=1, le=10_000, strict=True)]
    unit: Literal["seconds", "minutes", "hours", "days", "working_hours", "working_days"]


class RequestExtensionBody(CommandBody):
    """Ask the unit above for more time."""

    kind: Literal["request_extension"]
    extend_by: SpanBody
    text: Said


class DecideExtensionBody(CommandBody):
    """Grant or refuse more time."""

    kind: Literal["decide_extension"]
    granted: Yes
    text: Said


class AnswerSupervisionBody(CommandBody):
    """Answer a supervision order."""

    kind: Literal["answer_supervision"]
    text: Said


class ResolveBody(CommandBody):
    """State what was done; evidence where the catalogue asks for it."""

    kind: Literal["resolve"]
    text: Said
    evidence: Evidence = ()


class RecordFollowUpBody(CommandBody):
    """Record the call after resolution."""

    kind: Literal["record_follow_up"]
    contacted: Yes
    solved: Yes | None = None
    grade: Grade | None = None
    text: Text = ""


class WithdrawBody(CommandBody):
    """Take the case back."""

    kind: Literal["withdraw"]
    text: Text = ""


class RemindBody(CommandBody):
    """Ask to be thought of."""

    kind: Literal["remind"]
    text: Text = ""


class AddInformationBody(CommandBody):
    """Add what was missing."""

    kind: Literal["add_information"]
    text: Said


class RevealBody(CommandBody):
    """See personal data; the reason is recorded."""

    kind: Literal["reveal"]
    reason: Said


AnyCommandBody = Annotated[
    HandOverBody
    | AcceptBody
    | AssignBody
    | RecordProgressBody
    | ArriveOnSiteBody
    | EscalateBody
    | SuspendBody
    | ResumeBody
    | RequestExtensionBody
    | DecideExtensionBody
    | AnswerSupervisionBody
    | ResolveBody
    | RecordFollowUpBody
    | WithdrawBody
    | RemindBody
    | AddInformationBody
    | RevealBody,
    Field(discriminator="kind"),
]


class RatingBody(Body):
    """The resident's three answers."""

    contacted: Yes
    solved: Yes
    grade: Grade
    tags: Tags = ()
    text: Text = ""


class SignInBody(Body):
    """Login and password."""

    login: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=1, max_length=1000)]


class TokenBody(Body):
    """A bearer token for a machine that acts as a person."""

    person_id: Id
    label: Annotated[Title, Field(max_length=80)]
    days: Annotated[int, Field(ge=1, le=366, strict=True)] = 90


@cache
def _commands() -> Mapping[str, TypeAdapter[Command]]:
    return {c.__dataclass_fields__["kind"].default: TypeAdapter(c) for c in get_args(Command)}


def command(
    kind: str, fields: Mapping[str, Any], command_id: str, at: datetime, actor: Actor
) -> Command:
    """The domain's command from what was sent."""
    common = {"command_id": command_id, "at": at, "actor": actor}
    return _commands()[kind].validate_python({**fields, **common})
