"""Routes of people: sign in, sign out, who am I, tokens for machines."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Response

from api import words
from api.auth import COOKIE, Principal, Staff, need_post, refuse_oversight
from api.context import Here, now
from api.errors import Problem, unknown
from api.models_named import Named
from api.models_people import Me, PostView, Token
from api.schemas.people import SignInBody, TokenBody
from api.views import unit
from domain.book import Book
from domain.words import Role
from store import accounts
from store.database import raw

router = APIRouter(prefix="/api/v1", tags=["people"])
DOOR = asyncio.Semaphore(4)
"""Sign-ins at once: each holds a connection while the password is checked."""
ATTEMPTS = 5
"""Wrong passwords for one login within five minutes, after which it waits."""


@router.post("/sessions", status_code=201)
async def sign_in(body: SignInBody, here: Here, response: Response) -> Me:
    """Sign in; the session is kept on the server, its secret in a cookie no script can read."""
    async with DOOR, raw(here.engine) as connection:
        if await accounts.failures_recently(connection, body.login) >= ATTEMPTS:
            raise _too_many()  # not counted: waiting must end
        # Counted as a failure before it is tried: guesses made at once do not slip through.
        await accounts.note_failure(connection, body.login)
        if await accounts.failures_recently(connection, body.login) > ATTEMPTS:
            raise _too_many()
        person_id = await accounts.check_password(connection, body.login, body.password)
        if person_id is None:
            raise Problem(401, "wrong_login_or_password")
        await need_post(here, person_id)
        hours = here.settings.session_hours
        token = await accounts.open_session(connection, person_id, "browser", "", hours)
    secure = here.settings.public_url.startswith("https://")
    response.set_cookie(
        COOKIE, token, max_age=hours * 3600, httponly=True, samesite="strict", secure=secure
    )
    return _me(person_id, await here.book())


def _too_many() -> Problem:
    return Problem(429, "too_many_attempts", "wait", headers={"Retry-After": "300"})


@router.delete("/sessions/current", status_code=204)
async def sign_out(
    here: Here,
    response: Response,
    shouwen_session: Annotated[str | None, Cookie()] = None,
    authorization: Annotated[str, Header()] = "",
) -> None:
    """End the session, and the bearer token it is asked with."""
    scheme, _, bearer = authorization.partition(" ")
    tokens = (shouwen_session, bearer if scheme.lower() == "bearer" else "")
    async with raw(here.engine) as connection:
        for token in filter(None, tokens):
            await accounts.close_session(connection, token)
    response.delete_cookie(COOKIE)


@router.get("/me")
async def me(person: Staff, here: Here) -> Me:
    """Who is signed in, and at which posts they may act now."""
    return _me(person.person_id, await here.book())


@router.post("/tokens", status_code=201)
async def make_token(body: TokenBody, here: Here, person: Staff) -> Token:
    """A bearer token for a machine that acts as a person; administrators only."""
    book = await here.book()
    _need_administrator(person, book)
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
    return Token(token=token, expires_in_days=body.days)


def _need_administrator(person: Principal, book: Book) -> None:
    posts = book.organisation.posts_of(person.person_id, now())
    if not any(post.role is Role.ADMINISTRATOR for post in posts):
        raise Problem(403, "not_entitled", "needs an administrator's post", rule="§2")


def _me(person_id: str, book: Book) -> Me:
    organisation = book.organisation
    posts = [
        PostView(
            post_id=post.post_id,
            role=post.role,
            unit=unit(post.unit_id, organisation) or Named(id="", name=""),
        )
        for post in organisation.posts_of(person_id, now())
    ]
    name = words.person_name(person_id, organisation)
    return Me(person=Named(id=person_id, name=name), posts=posts)
