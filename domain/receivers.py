"""Who a notice reaches at a moment: the people behind a unit. No channels, addresses or texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.organisation import HANDLERS, Organisation
from domain.words import Role

ANSWERING = frozenset({*HANDLERS.values(), Role.SUPERVISOR}) - {Role.FIRST_CONTACT_CLERK}
"""The posts that handle or supervise what reaches a unit."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """One who is told: a person, or whoever `kind` says, such as the resident of the case."""

    kind: str
    name: str


def receivers(
    kind: str, recipient: str, organisation: Organisation, at: datetime
) -> tuple[Receiver, ...]:
    """Who the recipient of a notice is at that moment; none where a unit has nobody on duty."""
    if kind != "unit":
        return (Receiver(kind, recipient),)
    return tuple(Receiver("person", person) for person in on_duty(recipient, organisation, at))


def on_duty(unit_id: str, organisation: Organisation, at: datetime) -> tuple[str, ...]:
    """The people at a unit's handling and supervising posts, stand-ins for the absent included.

    Where a unit has none, its clerks; where it has none either, the next superior that has some.
    """
    for unit in organisation.path(unit_id):
        for roles in (ANSWERING, frozenset({Role.FIRST_CONTACT_CLERK})):
            found = tuple(dict.fromkeys(_holders(unit, roles, organisation, at)))
            if found:
                return found
    return ()


def _holders(
    unit_id: str, roles: frozenset[Role], organisation: Organisation, at: datetime
) -> Iterator[str]:
    for post in organisation.posts_in(unit_id):
        holder = post.holder(at)
        if post.role in roles and holder is not None:
            yield holder
