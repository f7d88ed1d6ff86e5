"""What the office answers with."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from api.models_named import Named


class OfficeEventView(BaseModel):
    """One event of the office: who, what, when, from when, and its link in the chain."""

    version: int
    kind: str
    words: str
    at: datetime
    recorded_at: datetime
    effective_from: datetime | None
    by: Named
    post_id: str | None
    command_id: str
    data: dict[str, Any]
    hash: str


class HandOverView(BaseModel):
    """How far the hand-over of a post's cases got: to whom, gone by themselves, left."""

    post_id: str
    under_way: bool
    handed: dict[str, int]
    gone: int
    left: int


class OfficeAnswer(BaseModel):
    """The outcome of a command: the office's new version and the events it caused."""

    version: int
    events: list[OfficeEventView]


class UnitView(BaseModel):
    """A unit; `border` is a list of longitude and latitude in degrees."""

    unit_id: str
    kind: str
    name: str
    setting: str
    parent_id: str | None
    level: int | None
    households: int | None
    closed: bool
    border: list[tuple[float, float]]


class OfficePost(BaseModel):
    """A post with its holder."""

    post_id: str
    role: str
    unit_id: str
    person: Named
    valid_from: datetime
    valid_until: datetime | None
    stand_in: Named | None
    absences: list[tuple[datetime, datetime]]
    mediator_kind: str | None
    acting: Named | None


class RequestView(BaseModel):
    """A post of oversight that waits for a second person."""

    request: str
    asked_by: Named
    person: Named
    role: str
    unit: Named
    due_at: datetime


class PlannedView(BaseModel):
    """What takes effect later; a policy has no number."""

    change: int | None
    words: str
    effective_from: datetime


class OfficeView(BaseModel):
    """A unit with what hangs on it, the versions in force, and what is to come."""

    version: int
    in_force: dict[str, str]
    planned: list[PlannedView]
    requests: list[RequestView]
    hand_overs: list[HandOverView]
    unit: UnitView
    units: list[UnitView]
    posts: list[OfficePost]
    duty: dict[str, str]


class OfficeHistory(BaseModel):
    """Events of the office, newest first; `before` asks for the next page."""

    events: list[OfficeEventView]
    before: int | None
