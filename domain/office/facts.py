"""What is said of a unit, a person, a post, an item: by the command that asks for it and by the
event in which it stands. Stored: a field is only ever added, and with a default.

None of these has slots of its own, so that a command and an event can each stand on one.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.words import Belonging, DeadlineClass, Role, Stage, UnitKind


@dataclass(frozen=True, kw_only=True)
class UnitFacts:
    """A unit; a grid has a level and households."""

    __slots__ = ()
    unit_id: str
    unit_kind: UnitKind
    parent_id: str
    name: str
    setting: str
    level: int | None = None
    households: int | None = None


@dataclass(frozen=True, kw_only=True)
class UnitChange:
    """Another name, setting or superior of a unit; None leaves as it is."""

    __slots__ = ()
    unit_id: str
    name: str | None = None
    setting: str | None = None
    parent_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """A member of staff."""

    __slots__ = ()
    person_id: str
    name: str
    login: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """Another name, mail address or phone number of a member of staff; None leaves as it is."""

    __slots__ = ()
    person_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """A post and who holds it."""

    __slots__ = ()
    post_id: str
    person_id: str
    role: Role
    unit_id: str
    valid_until: datetime | None = None
    stand_in: str | None = None
    mediator_kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class PostChange:
    """Another role, mediator's kind or last moment of a post; None leaves as it is."""

    __slots__ = ()
    post_id: str
    role: Role | None = None
    mediator_kind: str | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """A kind of matter in the catalogue, stated whole (R3.1)."""

    __slots__ = ()
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
