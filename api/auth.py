"""Who is asking: staff by session or token, a resident by receipt or rating link, a partner by its
link, or nobody.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Cookie, Depends, Header

from api.context import Here, now
from api.errors import Problem
from domain.book import Book
from domain.commands import Actor
from domain.sight import units_in_sight
from domain.words import ActorKind
from store import accounts, reading
from store.database import raw
from store.keys import hashed, same

COOKIE = "shouwen_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who asks. `secret` is what a resident or a partner shows, not yet checked."""

    kind: Literal["staff", "receipt", "rating", "partner", "nobody"]
    person_id: str = ""
    post_id: str | None = None
    secret: str = ""

    @property
    def actor(self) -> Actor:
        """The same as a command's actor."""
        if self.kind == "staff":
            return Actor(kind=ActorKind.STAFF, person_id=self.person_id, post_id=self.post_id)
        return Actor(kind=ActorKind.RESIDENT)

    def scope(self) -> str:
        """What an idempotency key is unique within."""
        return f"staff\0{self.person_id}" if self.kind == "staff" else "resident"


async def principal(
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
        case "receipt":
            return Principal(kind="receipt", secret=value)
        case "rating":
            return Principal(kind="rating", secret=value)
        case "partner":
            return Principal(kind="partner", secret=value)
        case "bearer":
            return await _staff(here, value, shouwen_post)
        case _:
            raise Problem(401, "unknown_scheme", "use Bearer, Receipt, Rating or Partner")
    if shouwen_session:
        return await _staff(here, shouwen_session, shouwen_post)
    return Principal(kind="nobody")


async def _staff(here: Here, token: str, post_id: str | None) -> Principal:
    async with raw(here.engine) as connection:
        person_id = await accounts.person_of(connection, token)
    if person_id is None:
        raise Problem(
            401, "not_signed_in", "the session has ended", headers={"WWW-Authenticate": "Bearer"}
        )
    return Principal(kind="staff", person_id=person_id, post_id=post_id)


Asking = Annotated[Principal, Depends(principal)]


async def staff(asking: Asking) -> Principal:
    """Staff, or 401."""
    if asking.kind != "staff":
        raise Problem(401, "not_signed_in", headers={"WWW-Authenticate": "Bearer"})
    return asking


Staff = Annotated[Principal, Depends(staff)]


def sight(person: Principal, book: Book) -> list[str] | None:
    """The units whose cases a person sees: their posts' units; None for an auditor, who sees all.

    Refused when no post is valid now: nobody looks on without one.
    """
    posts = book.organisation.posts_of(person.person_id, now())
    if person.post_id is not None:
        posts = tuple(post for post in posts if post.post_id == person.post_id)
    units = units_in_sight(posts)
    if units == []:
        raise Problem(403, "no_valid_post", "no post of yours, valid now, opens cases", rule="§2")
    return units


async def check_case(here: Here, asking: Principal, case_id: str) -> None:
    """Let pass who may see the case; for everybody else it does not exist."""
    async with raw(here.engine) as connection:
        if asking.kind == "staff":
            units = sight(asking, await here.book())
            allowed = await reading.may_see(connection, case_id, units)
        elif asking.kind == "receipt":
            stored = await reading.receipt_hash(connection, case_id)
            allowed = bool(stored) and same(hashed(asking.secret), stored)
        else:
            raise Problem(
                401, "not_signed_in", "sign in, or show the receipt: Authorization: Receipt …"
            )
    if not allowed:
        raise Problem(404, "case_not_found", "no such case, or not yours to see")
