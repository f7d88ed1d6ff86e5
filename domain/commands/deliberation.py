"""Commands of chapter R8: a public matter is deliberated, decided and published step by step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands.base import Asked
from domain.words.deliberation import DeliberationStep


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeDeliberation(Asked):
    """Put a proposal on its way; the handling clock stands still meanwhile (R6.4)."""

    kind: Literal["propose_deliberation"] = "propose_deliberation"
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMeeting(Asked):
    """Record a meeting that was held: who was there and how they voted.

    `minutes` is their text, `reference` says where they lie; one of the two is needed.
    """

    kind: Literal["record_meeting"] = "record_meeting"
    step: DeliberationStep
    held_at: datetime
    eligible: int
    present: int
    in_favour: int
    against: int
    abstained: int
    minutes: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDeliberation(Asked):
    """Publish the decision, or the result; title and text are meant for everybody."""

    kind: Literal["publish_deliberation"] = "publish_deliberation"
    step: DeliberationStep
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Object(Asked):
    """A resident objects to what is published."""

    kind: Literal["object"] = "object"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideObjection(Asked):
    """A supervisor decides; an upheld objection sends the deliberation back one step."""

    kind: Literal["decide_objection"] = "decide_objection"
    objection_id: str
    upheld: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDeliberation(Asked):
    """Give the proposal up."""

    kind: Literal["stop_deliberation"] = "stop_deliberation"
    text: str


DeliberationCommand = (
    ProposeDeliberation
    | RecordMeeting
    | PublishDeliberation
    | Object
    | DecideObjection
    | StopDeliberation
)
