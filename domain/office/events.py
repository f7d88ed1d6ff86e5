"""What happened in the office, in the past tense. `kind` and `SCHEMA` are kept for ever.

What changes organisation, catalogue or calendar is a `Change`: the book is folded from them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.values import Happened, Told
from domain.words import Belonging, Channel, DeadlineClass, Role, Stage, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRoot(Told):
    """What holds from `effective_from` on."""

    effective_from: datetime


# -- the organisation --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded(ChangeRoot):
    """A unit was put into the tree."""

    kind: Literal["office.unit_added"] = "office.unit_added"
    unit_id: str
    unit_kind: UnitKind
    parent_id: str
    name: str
    setting: str
    level: int | None = None
    households: int | None = None
    border: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanged(ChangeRoot):
    """A unit got another name, setting or superior."""

    kind: Literal["office.unit_changed"] = "office.unit_changed"
    unit_id: str
    name: str | None = None
    setting: str | None = None
    parent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosed(ChangeRoot):
    """A unit was closed; `successor` answers wherever it is still named."""

    kind: Literal["office.unit_closed"] = "office.unit_closed"
    unit_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridDrawn(ChangeRoot):
    """A grid got a border (``"longitude,latitude …"`` in microdegrees) and its households."""

    kind: Literal["office.grid_drawn"] = "office.grid_drawn"
    unit_id: str
    border: str
    households: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(ChangeRoot):
    """Somebody joined the staff."""

    kind: Literal["office.person_added"] = "office.person_added"
    person_id: str
    name: str
    login: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(ChangeRoot):
    """A member of staff got another name, mail address or phone number."""

    kind: Literal["office.person_changed"] = "office.person_changed"
    person_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOpened(ChangeRoot):
    """A person got a post."""

    kind: Literal["office.post_opened"] = "office.post_opened"
    post_id: str
    person_id: str
    role: Role
    unit_id: str
    valid_until: datetime | None = None
    stand_in: str | None = None
    mediator_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChanged(ChangeRoot):
    """A post got another role, mediator's kind or last moment."""

    kind: Literal["office.post_changed"] = "office.post_changed"
    post_id: str
    role: Role | None = None
    mediator_kind: str | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEnded(ChangeRoot):
    """A post ended; its open cases go to `successor`, or to the least loaded of the unit."""

    kind: Literal["office.post_ended"] = "office.post_ended"
    post_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInNamed(ChangeRoot):
    """Somebody, or nobody, acts for the post while its holder is away."""

    kind: Literal["office.stand_in_named"] = "office.stand_in_named"
    post_id: str
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRecorded(ChangeRoot):
    """The holder is away from `effective_from` until then."""

    kind: Literal["office.absence_recorded"] = "office.absence_recorded"
    post_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCancelled(ChangeRoot):
    """From `effective_from` on the holder is not away."""

    kind: Literal["office.absence_cancelled"] = "office.absence_cancelled"
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAssigned(ChangeRoot):
    """A channel got another duty post, or none."""

    kind: Literal["office.duty_assigned"] = "office.duty_assigned"
    channel: Channel
    post_id: str | None = None


# -- catalogue, calendar, policy ---------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item(ChangeRoot):
    item_id: str
    class_id: str
    class_name: str
    name: str
    belonging: Belonging
    owner_level: Stage
    department_id: str
    first_rung: Stage
    deadline: DeadlineClass
    evidence: bool
    skips_rungs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(_Item):
    """A kind of matter came into the catalogue."""

    kind: Literal["office.item_added"] = "office.item_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChanged(_Item):
    """A kind of matter was stated anew."""

    kind: Literal["office.item_changed"] = "office.item_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRetired(ChangeRoot):
    """No new case of that matter is taken."""

    kind: Literal["office.item_retired"] = "office.item_retired"
    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day (``"2027-01-01"``) of a statutory holiday."""

    day: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPublished(ChangeRoot):
    """A year's arrangement was published, or published anew."""

    kind: Literal["office.year_published"] = "office.year_published"
    year: int
    source: str
    holidays: tuple[DayOff, ...]
    make_up_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPublished(ChangeRoot):
    """A version of the policy was published; `document` is the whole of it, as in policy.toml."""

    kind: Literal["office.policy_published"] = "office.policy_published"
    version: str
    document: str


Change = (
    UnitAdded
    | UnitChanged
    | UnitClosed
    | GridDrawn
    | PersonAdded
    | PersonChanged
    | PostOpened
    | PostChanged
    | PostEnded
    | StandInNamed
    | AbsenceRecorded
    | AbsenceCancelled
    | DutyAssigned
    | ItemAdded
    | ItemChanged
    | ItemRetired
    | YearPublished
)
OF_CATALOGUE: tuple[type, ...] = (ItemAdded, ItemChanged, ItemRetired)


# -- questions, hand-overs, the office's own clocks --------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCancelled(Told):
    """A change that was not in force yet was taken back; with the end of a post its hand-over."""

    kind: Literal["office.change_cancelled"] = "office.change_cancelled"
    change: int
    post_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRequested(Told):
    """A post that watches over others was asked for; a second person answers until `due_at`."""

    kind: Literal["office.post_requested"] = "office.post_requested"
    request: str
    post_id: str
    person_id: str
    role: Role
    unit_id: str
    starts_at: datetime | None = None
    valid_until: datetime | None = None
    stand_in: str | None = None
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PostConfirmed(Happened):
    """The second person agreed; the post's own event follows."""

    kind: Literal["office.post_confirmed"] = "office.post_confirmed"
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDeclined(Told):
    """The second person did not agree, or nobody answered in time."""

    kind: Literal["office.post_declined"] = "office.post_declined"
    request: str
    automatic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Told):
    """A member of staff left; these posts of theirs end."""

    kind: Literal["office.person_left"] = "office.person_left"
    person_id: str
    effective_from: datetime
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPlanned(Happened):
    """The open cases of a post go to the successor, or to the least loaded, from then on."""

    kind: Literal["office.hand_over_planned"] = "office.hand_over_planned"
    post_id: str
    successor: str | None = None
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverBegun(Happened):
    """The open cases of an ended post are being handed over: this many, and this many duties."""

    kind: Literal["office.hand_over_begun"] = "office.hand_over_begun"
    post_id: str
    in_charge: int
    officer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many cases a post took over."""

    post_id: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Happened):
    """So many went to these posts; what is `left` is tried again at `again_at`."""

    kind: Literal["office.handed_over"] = "office.handed_over"
    post_id: str
    shares: tuple[Share, ...]
    left: int
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLookedAt(Happened):
    """Whether the arrangement of the coming year is published; the next look is at `look_at`."""

    kind: Literal["office.calendar_looked_at"] = "office.calendar_looked_at"
    year: int
    published: bool
    look_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksLoaded(Told):
    """Files were put in force: these versions; `dropped` changes made before are no longer."""

    kind: Literal["office.books_loaded"] = "office.books_loaded"
    versions: tuple[str, ...]
    book_id: int
    dropped: int


OfficeEvent = (
    Change
    | PolicyPublished
    | ChangeCancelled
    | PostRequested
    | PostConfirmed
    | PostDeclined
    | PersonLeft
    | HandOverPlanned
    | HandOverBegun
    | HandedOver
    | CalendarLookedAt
    | BooksLoaded
)
