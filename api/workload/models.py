"""What is shown of workload. Every number of cases has the address of its list beside it."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from api.models_named import Named


class StaffView(BaseModel):
    """Valid posts, at how many somebody acts, of them stand-ins; roles that nobody fills."""

    posts: int
    present: int
    standing_in: int
    vacant: int


class SpeedView(BaseModel):
    """Of those that were decided, how many were broken; `percent` is missing where none was."""

    broken: int
    decided: int
    percent: str | None


class UnitLoad(BaseModel):
    """A unit and everything below it; `own` counts what is with the unit itself.

    `questions` wait for its decision (not kept of the past), `follow_ups` are calls its officers
    owe. `arrivals` and `settlements` are those of the last four weeks, as are both speeds.
    `per_head` are its own open cases for each of `handlers`, who are there to work on them.
    """

    unit: Named
    kind: str
    setting: str
    closed: bool
    own: int
    in_charge: int
    waiting: int
    overdue: int
    follow_ups: int
    questions: int | None
    households: int | None
    per_thousand_households: str | None
    handlers: int
    per_head: str | None
    staff: StaffView
    arrivals: int
    settlements: int
    acceptance: SpeedView
    handling: SpeedView
    lists: Mapping[str, str]


class PostLoad(BaseModel):
    """A post of the unit that was asked for, and what is with it. `acting` is nobody while the
    holder is away and none stands in. `follow_ups` are a person's: the same at each of
    their posts here.
    """

    post_id: str
    role: str
    words: str
    holder: Named
    acting: Named | None
    in_charge: int
    waiting: int
    overdue: int
    follow_ups: int
    lists: Mapping[str, str]


class MissingView(BaseModel):
    """Where people are missing, and why. A role: `since` its last post ended. A load a head: with
    the `fence` it is above, and how many units of its kind were `compared`.
    """

    unit: Named
    why: str
    words: str
    role: str | None = None
    role_words: str = ""
    since: datetime | None = None
    per_head: str | None = None
    fence: str | None = None
    compared: int | None = None


class GroupView(BaseModel):
    """Units that were held against each other, urban and rural apart; the fence of their loads.

    There is none, and nobody is called overloaded, where fewer than `fewest` were compared.
    """

    kind: str
    setting: str
    compared: int
    fewest: int
    fence: str | None


class Workload(BaseModel):
    """A unit, those right below it, its own posts, and where people are missing at or below it.

    `elsewhere` are cases of the unit with posts that are not valid any more. `missing` names at
    most so many; `found` is how many there are.
    """

    at: datetime
    unit: UnitLoad
    below: list[UnitLoad]
    posts: list[PostLoad]
    elsewhere: int
    since: str
    until: str
    missing: list[MissingView]
    found: int
    groups: list[GroupView]
