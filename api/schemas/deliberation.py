"""Bodies of chapter R8: a deliberation's steps, its publication, objections to it."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from api.schemas.base import CommandBody, Id, Said, Short, Text, Title, Yes
from domain.words.deliberation import DeliberationStep

Count = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


class ProposeDeliberationBody(CommandBody):
    """Put a proposal on its way."""

    kind: Literal["propose_deliberation"]
    title: Title
    text: Said


class RecordMeetingBody(CommandBody):
    """Record a meeting that was held; `minutes` or a `reference` to them is needed."""

    kind: Literal["record_meeting"]
    step: DeliberationStep
    held_at: Annotated[AwareDatetime, AfterValidator(_utc)]
    eligible: Count
    present: Count
    in_favour: Count
    against: Count
    abstained: Count
    minutes: Text = ""
    reference: Short = ""


class PublishDeliberationBody(CommandBody):
    """Publish decision or result; everybody reads title and text: name nobody in them."""

    kind: Literal["publish_deliberation"]
    step: DeliberationStep
    title: Title
    text: Said


class ObjectBody(CommandBody):
    """Object to what is published."""

    kind: Literal["object"]
    text: Said


class DecideObjectionBody(CommandBody):
    """Uphold the objection, which sends the deliberation back one step, or dismiss it."""

    kind: Literal["decide_objection"]
    objection_id: Id
    upheld: Yes
    text: Said


class StopDeliberationBody(CommandBody):
    """Give the proposal up."""

    kind: Literal["stop_deliberation"]
    text: Said


DeliberationBody = (
    ProposeDeliberationBody
    | RecordMeetingBody
    | PublishDeliberationBody
    | ObjectBody
    | DecideObjectionBody
    | StopDeliberationBody
)
