"""Events of who works here, and who receives what comes in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.office.events.base import ChangeRoot
from domain.office.facts import PersonChange, PersonFacts
from domain.values import Told
from domain.words import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(PersonFacts, ChangeRoot):
    """Somebody joined the staff."""

    kind: Literal["office.person_added"] = "office.person_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(PersonChange, ChangeRoot):
    """A member of staff got another name, mail address or phone number."""

    kind: Literal["office.person_changed"] = "office.person_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Told):
    """A member of staff left; these posts of theirs end."""

    kind: Literal["office.person_left"] = "office.person_left"
    person_id: str
    effective_from: datetime
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAssigned(ChangeRoot):
    """A channel got another duty post, or none."""

    kind: Literal["office.duty_assigned"] = "office.duty_assigned"
    channel: Channel
    post_id: str | None = None
