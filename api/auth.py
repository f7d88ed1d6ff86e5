"""Who is asking: staff by session or token, a resident by receipt or rating link, a party or a
partner by its link, or nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal, get_args

from fastapi import Cookie, Depends, Header, Request

from api.context import Context, Here, now
from api.errors import Problem
from domain.book import Book
from domain.commands import Actor
from domain.confidentiality import mediating
from domain.organisation import Post
from domain.sight import units_in_sight
from domain.structure import OVERSIGHT
from domain.words import ActorKind
from store import accounts, reading
from store.database import raw
from store.keys import hashed, same

COOKIE = "shouwen_session"
Link = Literal["receipt", "rating", "party", "partner"]
LINKS: Mapping[str, Link] = {link: link for link in get_args(Link)}
"""What somebody without an account shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who asks. `secret` is what a resident or a partner shows, not yet checked; `subject` is whose
    word it is, once that is known.
    """

    kind: Literal["staff", "receipt", "rating", "party", "partner", "nobody"]
    person_id: str = ""
    post_id: str | None = None
    secret: str = ""
    subject: str = "reporter"

    @property
    def actor(self) -> Actor:
        """The same as a command's actor."""
        if self.kind == "staff":
            return Actor(kind=ActorKind.STAFF, person_id=self.person_id, post_id=self.post_id)
        return Actor(kind=ActorKind.RESIDENT, subject=self.subject)

    def scope(self) -> str:
        """What an idempotency key is unique within."""
        return f"staff\0{self.person_id}" if self.kind == "staff" else "resident"


async def principal(
    request: Request,
    here: Here,
    authorization: Annotated[str | None, Header()] = None,
    shouwen_post: Annotated[str | None, Header(max_length=100)] = None,
    shouwen_session: Annotated[str | None, Cookie()] = None,
) -> Principal:
    """Read the request's credentials; a wrong staff token is refused, not taken for nobody."""
    scheme, _, value = (authorization or "").partition(" ")
    match scheme.lower():
        case "":
            pass
        case kind if kind in LINKS:
            return _noted(request, Principal(kind=LINKS[kind], secret=value))
        case "bearer":
            return await _staff(request, here, value, shouwen_post)
        case _:
            raise Problem(401, "unknown_scheme", "use Bearer, Receipt, Rating, Party or Partner")
    if shouwen_session:
        return await _staff(request, here, shouwen_session, shouwen_post)
    return Principal(kind="nobody")


async def again(request: Request, here: Context) -> Principal:
    """Who asks, from the same credentials: they may have ended meanwhile."""
    headers = request.headers
    shown = headers.get("authorization"), headers.get("shouwen-post"), request.cookies.get(COOKIE)
    return await principal(request, here, *shown)


def _noted(request: Request, found: Principal) -> Principal:
    """The same; should the request be refused, it is recorded who asked."""
    request.state.asking = found
    return found


async def _staff(request: Request, here: Here, token: str, post_id: str | None) -> Principal:
    async with raw(here.engine) as connection:
        bearer = await accounts.bearer_of(connection, token)
    if bearer is None:
        _noted(request, Principal(kind="staff"))
        raise Problem(
            401, "not_signed_in", "the session has ended", headers={"WWW-Authenticate": "Bearer"}
        )
    found = _noted(request, Principal(kind="staff", person_id=bearer.person_id, post_id=post_id))
    book = await need_post(here, bearer.person_id)
    if bearer.machine:
        refuse_oversight(bearer.person_id, book, post_id)
    return found


async def need_post(here: Context, person_id: str) -> Book:
    """Refuse whoever has no post any more, or not yet; the book is looked up anew before that."""
    book = await here.book()
    if not book.organisation.employs(person_id, now()):
        book = await here.newest_book()
    if not book.organisation.employs(person_id, now()):
        raise Problem(403, "no_valid_post", "you have no post that is valid now", rule="§2")
    return book


def refuse_oversight(person_id: str, book: Book, post_id: str | None = None) -> None:
    """No machine watches, orders or administers in somebody's name: neither with a token made for
    it, nor with one made before they got such a post, unless it names another post of theirs.
    """
    posts = book.organisation.posts_of(person_id, now())
    chosen = (post for post in posts if post_id in {None, post.post_id})
    if any(post.role in OVERSIGHT for post in chosen):
        raise Problem(403, "not_for_oversight", "not for supervisors, auditors, administrators")


Asking = Annotated[Principal, Depends(principal)]


async def staff(asking: Asking) -> Principal:
    """Staff, or 401."""
    if asking.kind != "staff":
        raise Problem(401, "not_signed_in", headers={"WWW-Authenticate": "Bearer"})
    return asking


Staff = Annotated[Principal, Depends(staff)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a member of staff may open: units' cases (None for all), and those of their panels."""

    units: list[str] | None
    mediating: list[str]


def posts_of(person: Principal, book: Book) -> tuple[Post, ...]:
    """The posts somebody acts at now, or the one they chose."""
    posts = book.organisation.posts_of(person.person_id, now())
    if person.post_id is None:
        return posts
    return tuple(post for post in posts if post.post_id == person.post_id)


def sight(person: Principal, book: Book) -> Sight:
    """The cases of their posts' units, all for an auditor, and of a mediator's panels.

    Refused when no post is valid now: nobody looks on without one.
    """
    posts = posts_of(person, book)
    found = Sight(units=units_in_sight(posts), mediating=mediating(posts))
    if found.units == [] and not found.mediating:
        raise Problem(403, "no_valid_post", "no post of yours, valid now, opens cases", rule="§2")
    return found


async def check_case(here: Here, asking: Principal, case_id: str) -> Principal:
    """Let pass who may see the case, as whom they show; for everybody else it does not exist."""
    if asking.kind == "party":
        return await _party(here, asking, case_id)
    async with raw(here.engine) as connection:
        if asking.kind == "staff":
            seen = sight(asking, await here.book())
            allowed = await reading.may_see(connection, case_id, seen.units, seen.mediating)
        elif asking.kind == "receipt":
            stored = await reading.receipt_hash(connection, case_id)
            allowed = bool(stored) and same(hashed(asking.secret), stored)
        else:
            raise Problem(
                401, "not_signed_in", "sign in, or show the receipt: Authorization: Receipt …"
            )
    if not allowed:
        raise _no_such_case()
    return asking


async def _party(here: Here, asking: Principal, case_id: str) -> Principal:
    """The party of the dispute whose link is shown (R7.1)."""
    async with raw(here.engine) as connection:
        found = await reading.history(connection, case_id, here.ring)
    if found is not None and found.case.dispute is not None:
        for subject in found.case.raters:
            if same(asking.secret, here.ring.party_secret(case_id, subject)):
                return replace(asking, subject=subject)
    raise _no_such_case()


def _no_such_case() -> Problem:
    return Problem(404, "case_not_found", "no such case, or not yours to see")
