"""What a member of staff could see of a case, when, and at which post (R14.3). Rules only.

The same rules open a case to whoever asks now; here they are asked of every moment of its life.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from domain.confidentiality import privy
from domain.organisation import Post
from domain.sight import BLIND
from domain.state import Case
from domain.words import Role


class Why(StrEnum):
    """What opened the case at a post."""

    OVERSIGHT = "oversight"
    UNIT = "unit"
    PANEL = "panel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A post that opened the case; `standing_in` for its holder, who was away."""

    post_id: str
    role: Role
    unit_id: str
    standing_in: bool
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From `since` until before `until` (None: still) the case was open to somebody.

    `privy`: whether they could read the words of a mediation meanwhile; None for a request.
    """

    since: datetime
    until: datetime | None
    grounds: tuple[Ground, ...]
    privy: bool | None


T = TypeVar("T")
Known = Sequence[tuple[datetime, tuple[Post, ...]]]
"""The posts somebody has to do with, as they were known from each moment on; in order."""
Life = Sequence[tuple[datetime, Case]]
"""The case as it was known from each moment on; in order, the first at its opening."""


def stretches(
    person_id: str, known: Known, life: Life, seen: Mapping[str, datetime], until: datetime
) -> list[Stretch]:
    """When the case was open to them up to `until`; `seen` says since when it is to each unit."""
    begun = life[0][0]
    turns = {begun, *(at for at, _ in (*known, *life)), *seen.values(), *_of_posts(known)}
    moments = sorted(at for at in turns if begun <= at <= until)
    found: list[Stretch] = []
    for at, following in pairwise([*moments, None]):
        if at is None:
            continue
        posts, case = _at(known, at) or (), _at(life, at)
        grounds = tuple(_grounds(person_id, posts, case, seen, at)) if case else ()
        if not grounds or case is None:
            continue
        acting = [post for post in posts if post.holder(at) == person_id]
        reads = None if case.dispute is None else privy(case, person_id, acting)
        _add(found, Stretch(since=at, until=following, grounds=grounds, privy=reads))
    return found


def _add(found: list[Stretch], new: Stretch) -> None:
    """Put it behind the others; as one with the last where nothing is different."""
    last = found[-1] if found else None
    if last and (last.until, last.grounds, last.privy) == (new.since, new.grounds, new.privy):
        new = replace(found.pop(), until=new.until)
    found.append(new)


def _at(told: Sequence[tuple[datetime, T]], at: datetime) -> T | None:
    """What was known at that moment; None before anything was."""
    place = bisect_right(told, at, key=lambda each: each[0])
    return told[place - 1][1] if place else None


def _of_posts(known: Known) -> Iterable[datetime]:
    """When posts begin and end, and absences."""
    for _, posts in known:
        for post in posts:
            yield post.valid_from
            if post.valid_until is not None:
                yield post.valid_until
            for absence in post.absences:
                yield from absence


def _grounds(
    person_id: str,
    posts: Iterable[Post],
    case: Case,
    seen: Mapping[str, datetime],
    at: datetime,
) -> Iterable[Ground]:
    for post in sorted(posts, key=lambda post: post.post_id):
        why = _why(post, case, seen, at) if post.holder(at) == person_id else None
        if why is not None:
            yield Ground(
                post_id=post.post_id,
                role=post.role,
                unit_id=post.unit_id,
                standing_in=post.person_id != person_id,
                why=why,
            )


def _why(post: Post, case: Case, seen: Mapping[str, datetime], at: datetime) -> Why | None:
    if post.role is Role.AUDITOR:
        return Why.OVERSIGHT
    if post.role is Role.MEDIATOR and case.dispute and post.post_id in case.dispute.mediators:
        return Why.PANEL
    since = None if post.role in BLIND else seen.get(post.unit_id)
    return Why.UNIT if since is not None and since <= at else None
