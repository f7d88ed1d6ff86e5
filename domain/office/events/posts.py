"""Events of posts, stand-ins and absences, and of what a second person is asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.office.events.base import ChangeRoot
from domain.office.facts import PostChange, PostFacts
from domain.values import Happened, Told
from domain.words import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOpened(PostFacts, ChangeRoot):
    """A person got a post."""

    kind: Literal["office.post_opened"] = "office.post_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChanged(PostChange, ChangeRoot):
    """A post got another role, mediator's kind or last moment."""

    kind: Literal["office.post_changed"] = "office.post_changed"


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
class PostRequested(Told):
    """A post that watches over others was asked for; a second person answers until `due_at`.

    `new` says whether the post is to be opened, or one that is there gets `stand_in`; None in
    requests from before that was written down, which were told apart by whether the post is there.
    """

    kind: Literal["office.post_requested"] = "office.post_requested"
    request: str
    post_id: str
    person_id: str
    role: Role
    unit_id: str
    starts_at: datetime | None = None
    valid_until: datetime | None = None
    stand_in: str | None = None
    new: bool | None = None
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
