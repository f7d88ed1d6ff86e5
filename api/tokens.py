"""Routes of machines' tokens: make one, list those in force, take one away. Administrators only."""

from typing import Annotated

from fastapi import APIRouter, Path

from api import words
from api.auth import Principal, Staff, posts_of, refuse_oversight
from api.context import Here, now
from api.errors import Problem, unknown
from api.models_named import Named
from api.models_people import Token, TokenView
from api.schemas.people import TokenBody
from domain import masking
from domain.access.events import TokenMade, TokenRevoked
from domain.book import Book
from domain.organisation import Post
from domain.values import By
from domain.words import Role
from store import accounts
from store.database import raw

router = APIRouter(prefix="/api/v1/tokens", tags=["people"])
Session = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


@router.post("", status_code=201)
async def make_token(body: TokenBody, here: Here, person: Staff) -> Token:
    """A bearer token for a machine that acts as a person."""
    book = await here.book()
    post = _administering(person, book)
    if body.person_id not in book.organisation.people:
        raise unknown("body/person_id", "unknown_person")
    refuse_oversight(body.person_id, book)
    label = f"{body.label} (made by {person.person_id})"
    try:
        async with raw(here.engine) as connection:
            token = await accounts.open_session(
                connection, body.person_id, "machine", label, body.days * 24
            )
    except accounts.NoAccountError as error:
        told = "set a password for this person first: shouwen org password LOGIN"
        raise unknown("body/person_id", "no_account", told) from error
    session = accounts.session_of(token)
    made = TokenMade(
        at=now(),
        by=_by(person, post),
        person_id=body.person_id,
        session=session,
        label=body.label,
        days=body.days,
    )
    await here.access.record(made)
    return Token(token=token, expires_in_days=body.days, session=session)


@router.get("")
async def list_tokens(here: Here, person: Staff) -> list[TokenView]:
    """The tokens in force, oldest first; their secrets are stored nowhere."""
    book = await here.book()
    _administering(person, book)
    async with raw(here.engine) as connection:
        found = await accounts.tokens(connection)
    return [
        TokenView(
            session=row["session"],
            person=_named(row["person_id"], book),
            label=masking.text(row["label"]),
            made_at=row["created_at"],
            expires_at=row["expires_at"],
        )
        for row in found
    ]


@router.delete("/{session}", status_code=204)
async def revoke_token(session: Session, here: Here, person: Staff) -> None:
    """Let a token end now."""
    post = _administering(person, await here.book())
    async with raw(here.engine) as connection:
        found = await accounts.tokens(connection)
    owner = next((row["person_id"] for row in found if row["session"] == session), None)
    if owner is None:
        raise Problem(404, "no_such_token", "none of this name is in force")
    by = _by(person, post)
    await here.access.record(TokenRevoked(at=now(), by=by, person_id=owner, session=session))
    async with raw(here.engine) as connection:
        await accounts.end_token(connection, session)


def _administering(person: Principal, book: Book) -> Post:
    """The post they administer at, or 403."""
    for post in posts_of(person, book):
        if post.role is Role.ADMINISTRATOR:
            return post
    raise Problem(403, "not_entitled", "needs an administrator's post", rule="§2")


def _by(person: Principal, post: Post) -> By:
    return By(person_id=person.person_id, post_id=post.post_id, unit_id=post.unit_id)


def _named(person_id: str, book: Book) -> Named:
    return Named(id=person_id, name=words.person_name(person_id, book.organisation))
