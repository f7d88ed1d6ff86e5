"""What every command carries, and the values commands are made of."""

from dataclasses import dataclass
from datetime import datetime

from domain.words import (
    ActorKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks. `post_id` narrows a person's posts to one; without it any fitting post serves.

    `subject` says which resident shows a secret: the reporter, ``"party-1"``, or the id of a case
    that was merged into this one; of a partner `person_id` is the partner's id.
    """

    kind: ActorKind
    person_id: str = ""
    post_id: str | None = None
    subject: str = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The root of every command: who asks, when, and the id that makes a repeat harmless."""

    command_id: str
    at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A resident as they gave themselves; empty strings where they did not."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is. `point` is (longitude, latitude) in microdegrees; `unit_id` the unit known."""

    address: str = ""
    point: tuple[int, int] | None = None
    unit_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an imported case comes from, in that system's own words."""

    system: str
    reference: str
    status: str
    channel: str
    promised_at: datetime | None = None
