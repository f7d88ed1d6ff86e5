"""Commands about who works here, and who receives what comes in."""

from dataclasses import dataclass
from typing import Literal

from domain.office.commands.base import OfficeAsked
from domain.office.facts import PersonChange, PersonFacts
from domain.words import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(PersonFacts, OfficeAsked):
    """Enter a member of staff."""

    kind: Literal["add_person"] = "add_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePerson(PersonChange, OfficeAsked):
    """Give a member of staff another name, mail address or phone number; None leaves as it is."""

    kind: Literal["change_person"] = "change_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Which post takes over from which; None for the least loaded of the unit."""

    post_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(OfficeAsked):
    """A person leaves: every post of theirs ends, every open case is handed over."""

    kind: Literal["leave"] = "leave"
    person_id: str
    successors: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignDuty(OfficeAsked):
    """Set the post that receives what comes in through a channel; None for nobody."""

    kind: Literal["assign_duty"] = "assign_duty"
    channel: Channel
    post_id: str | None
