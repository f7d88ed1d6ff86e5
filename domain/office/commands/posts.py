"""Commands about posts, stand-ins and absences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.office.commands.base import OfficeAsked
from domain.office.facts import PostChange, PostFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPost(PostFacts, OfficeAsked):
    """Give a person a post; one that watches over others takes two administrators."""

    kind: Literal["open_post"] = "open_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPost(OfficeAsked):
    """Agree, as the second person, to a post that watches over others."""

    kind: Literal["confirm_post"] = "confirm_post"
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinePost(OfficeAsked):
    """Do not agree to it, or take one's own request back."""

    kind: Literal["decline_post"] = "decline_post"
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePost(PostChange, OfficeAsked):
    """Change a post's role, mediator's kind or last moment; None leaves as it is."""

    kind: Literal["change_post"] = "change_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPost(OfficeAsked):
    """End a post; its open cases go to the successor, or to the least loaded of the unit."""

    kind: Literal["end_post"] = "end_post"
    post_id: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStandIn(OfficeAsked):
    """Name who acts for a post while its holder is absent; None for nobody."""

    kind: Literal["name_stand_in"] = "name_stand_in"
    post_id: str
    person_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAbsence(OfficeAsked):
    """The holder is away from `effective_from` until then."""

    kind: Literal["record_absence"] = "record_absence"
    post_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAbsence(OfficeAsked):
    """The holder is back earlier: from `effective_from` on there is no absence."""

    kind: Literal["cancel_absence"] = "cancel_absence"
    post_id: str
