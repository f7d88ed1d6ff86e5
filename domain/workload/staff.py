"""Who is there at a moment: posts, who acts at them, and roles nobody fills. No I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.organisation import HANDLERS, KINDS, Organisation, Post, Unit
from domain.words import LADDER, Role, Stage, UnitKind

LATELY = timedelta(days=365)
"""So long a role is missed that a unit once had."""
HANDLER: Mapping[UnitKind, Role] = {
    kind: HANDLERS[stage] for stage in LADDER if stage is not Stage.FIRST_CONTACT
    for kind in KINDS[stage]
}  # fmt: skip
"""Who works on the cases of a unit of that kind."""
IN_CASES = frozenset({*HANDLERS.values(), Role.SUPERVISOR})
"""Roles without which cases wait; mediators and those who administer or audit are others."""


class Lack(StrEnum):
    """Why nobody is there."""

    VACANT = "vacant"
    NOBODY_ACTS = "nobody_acts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A role of a unit that nobody fills; `since` is when its last post ended, if one did."""

    unit_id: str
    role: Role
    lack: Lack
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """How many posts of some units are valid, at how many somebody acts, of them a stand-in."""

    posts: int = 0
    present: int = 0
    standing_in: int = 0
    vacant: int = 0

    def __add__(self, other: "Staff") -> "Staff":
        return Staff(
            posts=self.posts + other.posts,
            present=self.present + other.present,
            standing_in=self.standing_in + other.standing_in,
            vacant=self.vacant + other.vacant,
        )


def valid_posts(unit_id: str, organisation: Organisation, at: datetime) -> list[Post]:
    """The posts of the unit that exist then, in the order of their ids."""
    found = (post for post in _posts(unit_id, organisation) if post.valid(at))
    return sorted(found, key=lambda post: post.post_id)


def staff(unit_id: str, organisation: Organisation, at: datetime) -> Staff:
    """Who is there of the unit itself."""
    posts = valid_posts(unit_id, organisation, at)
    acting = [(post, post.holder(at)) for post in posts]
    return Staff(
        posts=len(posts),
        present=sum(holder is not None for _, holder in acting),
        standing_in=sum(holder not in {None, post.person_id} for post, holder in acting),
        vacant=len(gaps(unit_id, organisation, at)),
    )


def handlers(unit: Unit, organisation: Organisation, at: datetime) -> frozenset[str]:
    """The people who work on the unit's cases then, stand-ins included."""
    role = HANDLER.get(unit.kind)
    posts = (post for post in _posts(unit.unit_id, organisation) if post.role is role)
    return frozenset(filter(None, (post.holder(at) for post in posts)))


def gaps(unit_id: str, organisation: Organisation, at: datetime) -> list[Gap]:
    """The roles nobody fills there: who works on its cases, and what it had in the last year."""
    unit = organisation.units[unit_id]
    if unit.closed:
        return []
    posts = list(_posts(unit_id, organisation))
    begun = [post for post in posts if post.valid_from <= at]
    had = {p.role for p in begun if p.valid_until is None or at - p.valid_until < LATELY}
    expected = had & IN_CASES | ({HANDLER[unit.kind]} if unit.kind in HANDLER else set())
    found: list[Gap] = []
    for role in sorted(expected):
        lack = _lack([post for post in posts if post.role is role], at)
        if lack is not None:
            ends = (p.valid_until for p in begun if p.role is role and p.valid_until is not None)
            since = max(ends, default=None) if lack is Lack.VACANT else None
            found.append(Gap(unit_id=unit_id, role=role, lack=lack, since=since))
    return found


def _lack(posts: Iterable[Post], at: datetime) -> Lack | None:
    valid = [post for post in posts if post.valid(at)]
    if not valid:
        return Lack.VACANT
    return None if any(post.holder(at) for post in valid) else Lack.NOBODY_ACTS


def _posts(unit_id: str, organisation: Organisation) -> Iterable[Post]:
    """Its own: what a closed unit left is with who took over."""
    return () if organisation.units[unit_id].closed else organisation.posts_in(unit_id)


def households(unit_id: str, organisation: Organisation) -> int | None:
    """Those of the unit, or of the units right below it together; None where none are known."""
    own = organisation.units[unit_id].households
    if own is not None:
        return own
    units = (unit for unit in organisation.below(unit_id) if not organisation.units[unit].closed)
    below = (households(unit, organisation) for unit in units)
    known = [number for number in below if number is not None]
    return sum(known) if known else None
