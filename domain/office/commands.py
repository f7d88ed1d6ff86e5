"""Commands to the office: who is where, whose work is what, by which numbers and days. Imperative.

Each may name the instant from which it holds (`effective_from`, default now) and say why (`text`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.commands import Actor, Tick
from domain.organisation import Ring
from domain.words import Belonging, Channel, DeadlineClass, Role, Stage, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Command:
    command_id: str
    at: datetime
    actor: Actor
    effective_from: datetime | None = None
    text: str = ""


# -- units and grids ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(_Command):
    """Put a unit under another; a grid comes with its border, level and households."""

    kind: Literal["add_unit"] = "add_unit"
    unit_id: str
    unit_kind: UnitKind
    parent_id: str
    name: str
    setting: str
    level: int | None = None
    households: int | None = None
    border: Ring = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUnit(_Command):
    """Give a unit another name, setting or superior; None leaves as it is."""

    kind: Literal["change_unit"] = "change_unit"
    unit_id: str
    name: str | None = None
    setting: str | None = None
    parent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnit(_Command):
    """Close a unit; the successor takes its posts, its units and its open cases."""

    kind: Literal["close_unit"] = "close_unit"
    unit_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawGrid(_Command):
    """Set a grid's border and its number of households."""

    kind: Literal["draw_grid"] = "draw_grid"
    unit_id: str
    border: Ring
    households: int


# -- people and posts --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(_Command):
    """Enter a member of staff."""

    kind: Literal["add_person"] = "add_person"
    person_id: str
    name: str
    login: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePerson(_Command):
    """Give a member of staff another name, mail address or phone number; None leaves as it is."""

    kind: Literal["change_person"] = "change_person"
    person_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPost(_Command):
    """Give a person a post; one that watches over others takes two administrators."""

    kind: Literal["open_post"] = "open_post"
    post_id: str
    person_id: str
    role: Role
    unit_id: str
    valid_until: datetime | None = None
    stand_in: str | None = None
    mediator_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPost(_Command):
    """Agree, as the second person, to a post that watches over others."""

    kind: Literal["confirm_post"] = "confirm_post"
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinePost(_Command):
    """Do not agree to it, or take one's own request back."""

    kind: Literal["decline_post"] = "decline_post"
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePost(_Command):
    """Change a post's role, mediator's kind or last moment; None leaves as it is."""

    kind: Literal["change_post"] = "change_post"
    post_id: str
    role: Role | None = None
    mediator_kind: str | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPost(_Command):
    """End a post; its open cases go to the successor, or to the least loaded of the unit."""

    kind: Literal["end_post"] = "end_post"
    post_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStandIn(_Command):
    """Name who acts for a post while its holder is absent; None for nobody."""

    kind: Literal["name_stand_in"] = "name_stand_in"
    post_id: str
    person_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAbsence(_Command):
    """The holder is away from `effective_from` until then."""

    kind: Literal["record_absence"] = "record_absence"
    post_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAbsence(_Command):
    """The holder is back earlier: from `effective_from` on there is no absence."""

    kind: Literal["cancel_absence"] = "cancel_absence"
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Which post takes over from which; None for the least loaded of the unit."""

    post_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(_Command):
    """A person leaves: every post of theirs ends, every open case is handed over."""

    kind: Literal["leave"] = "leave"
    person_id: str
    successors: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignDuty(_Command):
    """Set the post that receives what comes in through a channel; None for nobody."""

    kind: Literal["assign_duty"] = "assign_duty"
    channel: Channel
    post_id: str | None


# -- catalogue, calendar, policy ---------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item(_Command):
    item_id: str
    class_id: str
    class_name: str
    name: str
    belonging: Belonging
    owner_level: Stage
    department_id: str
    first_rung: Stage
    deadline: DeadlineClass
    evidence: bool = False
    skips_rungs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem(_Item):
    """Enter a kind of matter into the catalogue (R3.1)."""

    kind: Literal["add_item"] = "add_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem(_Item):
    """State a kind of matter anew; open cases keep the deadline they were opened with."""

    kind: Literal["change_item"] = "change_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireItem(_Command):
    """Take no new case of that matter."""

    kind: Literal["retire_item"] = "retire_item"
    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """A statutory holiday from its first to its last day."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishYear(_Command):
    """Publish a year's arrangement of holidays and make-up days, or a revised one (R6.1)."""

    kind: Literal["publish_year"] = "publish_year"
    year: int
    source: str
    holidays: tuple[Holidays, ...]
    make_up_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPolicy(_Command):
    """Publish a version of the policy: the whole document, as in policy.toml."""

    kind: Literal["publish_policy"] = "publish_policy"
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelChange(_Command):
    """Take back a change that is not in force yet; `change` is its number in the history."""

    kind: Literal["cancel_change"] = "cancel_change"
    change: int


# -- the office's own --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBooks(_Command):
    """Put files in force. `book_id` is the newest entry before them; `changes` were made by
    commands since the last files and would be no longer: `drop` says that this is meant.
    """

    kind: Literal["load_books"] = "load_books"
    versions: tuple[str, ...]
    book_id: int
    changes: int
    drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHandOver(_Command):
    """Say how far the hand-over of a post's cases got. Sent by the office's own workflow."""

    kind: Literal["record_hand_over"] = "record_hand_over"
    post_id: str
    to: tuple[str, ...]
    numbers: tuple[int, ...]
    left: int


OfficeCommand = (
    AddUnit
    | ChangeUnit
    | CloseUnit
    | DrawGrid
    | AddPerson
    | ChangePerson
    | OpenPost
    | ConfirmPost
    | DeclinePost
    | ChangePost
    | EndPost
    | NameStandIn
    | RecordAbsence
    | CancelAbsence
    | Leave
    | AssignDuty
    | AddItem
    | ChangeItem
    | RetireItem
    | PublishYear
    | PublishPolicy
    | CancelChange
    | LoadBooks
    | RecordHandOver
    | Tick
)
