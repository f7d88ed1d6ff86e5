"""Routes of people: sign in, sign out, who am I."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Response

from api import recording, words
from api.auth import COOKIE, Staff, need_post
from api.context import Context, Here, now
from api.errors import Problem
from api.models_named import Named
from api.models_people import Me, PostView
from api.schemas.people import SignInBody
from api.views import unit
from domain.access import UNKNOWN
from domain.access.events import SignedIn, SignedOut, SignInRefused
from domain.values import By
from domain.words.access import Holder
from store import accounts, inbox
from store.database import raw

router = APIRouter(prefix="/api/v1", tags=["people"])
DOOR = asyncio.Semaphore(4)
"""Sign-ins at once: each holds a connection while the password is checked."""
ATTEMPTS = 5
"""Wrong passwords for one login within five minutes, after which it waits."""


@router.post("/sessions", status_code=201)
async def sign_in(
    body: SignInBody,
    here: Here,
    response: Response,
    shouwen_session: Annotated[str | None, Cookie()] = None,
) -> Me:
    """Sign in; the session is kept on the server, its secret in a cookie no script can read. The
    session that the cookie held before ends.
    """
    try:
        person_id = await _recognised(here, body)
        await need_post(here, person_id)
    except Problem as no:
        await _record_refusal(here, body.login, no.code)
        raise
    hours = here.settings.session_hours
    async with raw(here.engine) as connection:
        token = await accounts.open_session(connection, person_id, "browser", "", hours)
    session = accounts.session_of(token)
    await here.access.record(SignedIn(at=now(), by=By(person_id=person_id), session=session))
    await _end(here, shouwen_session or "", Holder.BROWSER)
    secure = here.settings.public_url.startswith("https://")
    response.set_cookie(
        COOKIE, token, max_age=hours * 3600, httponly=True, samesite="strict", secure=secure
    )
    return await _me(here, person_id)


async def _recognised(here: Context, body: SignInBody) -> str:
    """Whose login and password these are; a problem for all others."""
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
    return person_id


async def _record_refusal(here: Context, login: str, code: str) -> None:
    """Of a known login, whose it is; of another a keyed hash: people type passwords there."""
    async with raw(here.engine) as connection:
        owner = await accounts.owner_of(connection, login)
    by = By(person_id=owner) if owner else UNKNOWN
    if not await recording.counted(here, by, None, code):
        return
    told = "" if owner else here.ring.lookup(f"login\0{accounts.as_counted(login)}")
    await here.access.record(SignInRefused(at=now(), by=by, code=code, login=told))


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
    for token in (shouwen_session or "", bearer if scheme.lower() == "bearer" else ""):
        await _end(here, token, *Holder)
    response.delete_cookie(COOKIE)


async def _end(here: Context, token: str, *held_by: Holder) -> None:
    """End what the token opens, if one of those holds it."""
    async with raw(here.engine) as connection:
        known = await accounts.bearer_of(connection, token) if token else None
    if known is None:
        return
    holder = Holder.MACHINE if known.machine else Holder.BROWSER
    if holder not in held_by:
        return
    by, session = By(person_id=known.person_id), accounts.session_of(token)
    await here.access.record(SignedOut(at=now(), by=by, session=session, holder=holder))
    async with raw(here.engine) as connection:
        await accounts.close_session(connection, token)


@router.get("/me")
async def me(person: Staff, here: Here) -> Me:
    """Who is signed in, and at which posts they may act now."""
    return await _me(here, person.person_id)


async def _me(here: Context, person_id: str) -> Me:
    organisation = (await here.book()).organisation
    async with raw(here.engine) as connection:
        unread = await inbox.unread(connection, person_id)
        newest = await inbox.newest(connection, [person_id])
    posts = [
        PostView(
            post_id=post.post_id,
            role=post.role,
            unit=unit(post.unit_id, organisation) or Named(id="", name=""),
        )
        for post in organisation.posts_of(person_id, now())
    ]
    name = words.person_name(person_id, organisation)
    person = Named(id=person_id, name=name)
    return Me(person=person, posts=posts, unread=unread, newest=newest[person_id])
