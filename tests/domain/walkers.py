"""Books that change while a random case lives, and whoever acts in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from domain.book import Book
from domain.commands import (
    Actor,
)
from domain.organisation import Post
from domain.state import Case
from domain.words import (
    ActorKind,
)
from tests.domain import town

Draw = Callable[[st.SearchStrategy[Any]], Any]


def one(*choices: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(choices)


# -- books -------------------------------------------------------------------

FLOODED = replace(
    town.YEAR_2026,
    holidays=(*town.YEAR_2026.holidays, *town.days("Flood", "2026-06-01", "2026-08-01")),
)


def _some_leave(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    """Every other post ends in July."""
    end = town.local("07-01 00:00")
    return tuple(
        replace(p, valid_until=end) if n % 2 and p.valid_until is None else p
        for n, p in enumerate(posts)
    )


LIN = tuple(
    replace(p, person_id="lin") if p.post_id == "clerk-bridge" else p
    for p in town.without("community-orchard", "street-bridge", "supervisor-east")
)
"""Some posts are empty, and at the counter of Bridge somebody new has Mei's."""
FLOOD = town.calendar("flooded", town.YEAR_2025, FLOODED)
CALENDARS = {each.version: each for each in (town.TOWN.calendar, FLOOD)}
DISSOLVED = {"orchard-1", "stone-1", "water"}
BOOKS: tuple[Book, ...] = (
    town.TOWN,
    town.town(posts=_some_leave(town.POSTS), load={"grid-1": 4, "works-1": 9}),
    town.town(days_of=FLOOD),
    town.town(policy=town.NO_CLOCKS, items=town.ITEMS[::2]),
    town.town(
        units=[u for u in town.UNITS if u.unit_id not in DISSOLVED],
        posts=[p for p in town.POSTS if p.unit_id not in DISSOLVED],
    ),
    town.town(posts=LIN),
)

# -- who ---------------------------------------------------------------------

PEOPLE = (*sorted({p.person_id for p in town.POSTS}), "gan", "nobody")
AT_POST = "whoever holds the post in charge"
AGENT = "whom the resident lets act"
OFFICER = "whoever holds the officer's post"
ABOVE = "a supervisor of a superior"
HELPER = "somebody of the helper called last"
RECEIVER = "whoever was asked to take the case over"
DECIDER = "whoever the oldest open question was put to"
MEDIATOR = "whoever mediates"
PARTY = "the other party"
ROLES = (AT_POST, AT_POST, AT_POST, OFFICER, ABOVE, DECIDER, HELPER)


def somebody(draw: Draw, case: Case, book: Book, at: datetime) -> Actor:
    """Mostly somebody who may, so that the walk gets somewhere; often somebody who may not."""
    role = draw(one(*ROLES, ActorKind.RESIDENT, ActorKind.SYSTEM, ActorKind.IMPORTER, None))
    if isinstance(role, ActorKind):
        return Actor(kind=role, person_id=draw(one(*PEOPLE)))
    if case.stints and role is not None:
        found = who(role, case, book, at)
        return found if found.person_id else replace(found, person_id=draw(one(*PEOPLE)))
    return Actor(kind=ActorKind.STAFF, person_id=draw(one(*PEOPLE)))


def who(role: str, case: Case, book: Book, at: datetime) -> Actor:
    """Who has that part in the case; staff without a name where nobody has."""
    if role is HELPER and case.summons and case.summons[-1].helper.partner_id:
        return Actor(kind=ActorKind.PARTNER, person_id=case.summons[-1].helper.partner_id)
    return Actor(kind=ActorKind.STAFF, person_id=holder(role, case, book, at) or "")


def holder(  # noqa: PLR0911 - one line for each role
    role: str, case: Case, book: Book, at: datetime
) -> str | None:
    posts = book.organisation.posts
    if role is MEDIATOR:
        dispute = case.dispute
        mediating = dispute.mediators if dispute else ()
        holders = (posts[p].holder(at) for p in mediating if p in posts)
        return next(filter(None, holders), None)
    if role is DECIDER:
        return next((q.person_id for q in case.questions), None)
    if role is HELPER:
        unit = case.summons[-1].helper.unit_id if case.summons else None
        there = (p.holder(at) for p in book.organisation.posts_in(unit or ""))
        return next(filter(None, there), None)
    if role is RECEIVER:
        return case.returns.offer.person_id if case.returns.offer else None
    if role is ABOVE:
        over = book.organisation.path(case.stint.unit_id)[1:]
        found = [p for p in posts.values() if p.unit_id in over and p.role.value == "supervisor"]
        return found[0].holder(at) if found else None
    if role is AGENT:
        return case.agency.person_id if case.agency else None
    post_id = case.stint.post_id if role is AT_POST else case.officer.post_id
    post = posts.get(post_id or "")
    return post.holder(at) if post else None
