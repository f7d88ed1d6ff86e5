"""Values events are made of: who, clocks as set, people, places, versions. No behaviour."""

from dataclasses import dataclass
from datetime import datetime

from domain.sealing import FreeText, PersonalText, SaidText
from domain.words import Basis, ClockKind, DeadlineClass, QuestionKind, Stage, WarningLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who did it: a person at a post of a unit; a resident and the system have no post."""

    person_id: str
    post_id: str | None = None
    unit_id: str | None = None


SYSTEM = By(person_id="system")
RESIDENT = By(person_id="resident")
REPORTER = "reporter"
"""The subject under which a case knows the resident who came with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The instant of one warning of a clock."""

    level: WarningLevel
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A clock as it was set: all that is needed to compute its due time again (R6.2).

    `allowance` and `consumed` are seconds of `basis`; counting goes on at `running_from`.
    `calendar` and `policy` are the versions it was set with; `unpublished` says that its due
    time rests on a year without a published arrangement. `continues` is an earlier clock of the
    same unit, from which `carried` of the consumed seconds come (R4.2).
    """

    clock_id: str
    kind: ClockKind
    unit_id: str
    basis: Basis
    allowance: int
    started_at: datetime
    running_from: datetime
    consumed: int = 0
    due_at: datetime
    marks: tuple[Mark, ...] = ()
    calendar: str
    policy: str
    unpublished: bool = False
    continues: str = ""
    carried: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """The resident who came. `lookup` is a keyed hash of the phone number, never the number."""

    subject: str = "reporter"
    name: PersonalText = ""
    phone: PersonalText = ""
    lookup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Another party of a dispute."""

    subject: str
    name: PersonalText = ""
    phone: PersonalText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where it is. `point` is ``"longitude,latitude"`` in microdegrees, sealed with the address."""

    subject: str = "reporter"
    address: PersonalText = ""
    point: PersonalText = ""
    grid_id: str | None = None
    community_id: str | None = None
    street_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A unit at a rung: first contact and the street may be one unit."""

    stage: Stage
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The units of a place, None where it is not known that finely."""

    grid_id: str | None
    community_id: str | None
    street_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a case is about, and what follows from it."""

    item_id: str
    class_id: str
    deadline: DeadlineClass
    department_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameMatter:
    """What makes two cases one matter (R10.4): items and categories of both, how far apart.

    `metres` is None where one of the two has no point; `days` are whole ones, from the end of the
    earlier to the report of the later.
    """

    item_id: str
    class_id: str
    earlier_item: str
    earlier_class: str
    metres: int | None
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The versions of the book a case was opened under."""

    policy: str
    catalogue: str
    organisation: str
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class External:
    """An imported case's own identity in the system it comes from."""

    system: str
    reference: str
    status: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a superior has to decide: put to a post of a unit, until its clock ends.

    `about` tells several of a kind apart; nobody of `barred` (person ids) decides it; one that
    `outlives` stays open when the case closes.
    """

    kind: QuestionKind
    about: str = ""
    unit_id: str
    post_id: str | None
    person_id: str | None
    clock_id: str
    barred: tuple[str, ...] = ()
    outlives: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Who was summoned to a case, and which summons it is: a unit or a partner, never both."""

    summons_id: str
    unit_id: str | None
    partner_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """The root of every event: when, and who."""

    at: datetime
    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsClocks(Happened):
    """An event that sets clocks, or sets them anew."""

    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Happened):
    """An event that may be explained in free text."""

    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Happened):
    """An event that may carry the words of a resident: the one its `subject` names."""

    text: SaidText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutsQuestion(SetsClocks):
    """An event that leaves something for a superior to decide."""

    question: Question
