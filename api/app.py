"""Puts the HTTP side together: routes, errors, limits, and the connections they share."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request

from api import (
    access_export,
    access_record,
    actions,
    admission_actions,
    admissions,
    audit,
    calendars,
    cases,
    catalogue,
    checkpoints,
    choices,
    commands,
    conformance,
    deliberations,
    differences,
    duplicates,
    erasure_actions,
    erasures,
    errors,
    files,
    health,
    inbox,
    keeping,
    live,
    meetings,
    notifications,
    office,
    office_finding,
    partners,
    people,
    places,
    questions,
    receipts,
    recording,
    reports,
    seeing,
    tokens,
    uploads,
    visits,
    wordings,
)
from api.board import routes as board
from api.context import Context
from api.errors import Problem
from api.exports import routes as exports
from api.maps import routes as maps
from api.pages import problems
from api.pages.residents import photos
from api.pages.routes import ROUTERS as PAGES
from api.scores import compared, ranked
from api.scores import routes as scores
from api.topics import routes as topics
from api.workload import routes as workload
from settings import Settings, load_settings
from store.database import engine_for
from store.files.vault import Vault
from store.keys import KeyRing
from store.recorder import Recorder
from workflows.connection import Server, connect

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
CONNECTIONS = 10
PARTS = (
    *(cases, actions, live, seeing, audit, commands, questions, deliberations, duplicates),
    *(meetings, wordings),
    *(partners, admission_actions, admissions, visits, erasure_actions, erasures, keeping),
    *(calendars, catalogue, people, tokens, checkpoints),
    *(inbox, notifications, office, office_finding, differences, health, places, receipts),
    *(access_record, access_export, exports, conformance, reports, topics, workload),
    *(scores, ranked, compared, board, maps, uploads, files, choices),
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; without settings they are read from the environment."""
    chosen = settings or load_settings()

    app = FastAPI(
        title="Shouwen 首问",
        version="0.1.0",
        lifespan=_life(chosen),
        docs_url=None,
        redoc_url=None,
    )
    errors.install(app)
    for part in PARTS:
        app.include_router(part.router, responses=errors.ANSWERS)
    for router in PAGES:
        app.include_router(router)
    problems.install(app)
    own = app.openapi
    app.openapi = lambda: errors.described(own())  # type: ignore[method-assign] # FastAPI's own way
    larger = {
        re.escape(uploads.ADDRESS): chosen.upload_bytes + uploads.AROUND,
        photos.FORMS: photos.MOST * chosen.upload_bytes + uploads.AROUND,
    }
    app.add_middleware(BodyLimit, limit=chosen.body_limit_bytes, larger=larger)
    return app


def _life(chosen: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """What a process holds while it answers: opened first, given back at the end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        ring = KeyRing.of(chosen)
        engine = engine_for(chosen.database_url or "", size=CONNECTIONS)
        temporal = await connect(Server.of(chosen), ring, lazy=True)
        here = Context(
            *(chosen, engine, ring, temporal),
            access=Recorder(chosen.database_url or "", ring),
            vault=Vault.of(chosen),
            cleaner=uploads.cleaner_of(chosen),
        )
        app.state.context = here
        tasks = [asyncio.create_task(job(here)) for job in (recording.keep, live.follow, _warm)]
        yield
        for task in tasks:
            task.cancel()
        await here.press.stop()
        await recording.close(here)
        await engine.dispose()

    return lifespan


async def _warm(here: Context) -> None:
    await here.press.warm()


class BodyLimit:
    """Refuses a body that is too large before anybody reads it whole. `larger` says for which
    addresses, by a pattern of the whole path, it may be larger.
    """

    def __init__(
        self, app: Callable[..., Awaitable[None]], limit: int, larger: Mapping[str, int]
    ) -> None:
        self._app = app
        self._limit = limit
        self._larger = {re.compile(pattern): most for pattern, most in larger.items()}

    def _most(self, path: str) -> int:
        """Bytes of a body at that address."""
        found = (most for pattern, most in self._larger.items() if pattern.fullmatch(path))
        return next(found, self._limit)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Count the body's bytes as they come."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen, limit = 0, self._most(scope["path"])

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _too_large(limit)
            return message

        length = dict(scope["headers"]).get(b"content-length", b"0")
        request = Request(scope, receive)
        if length.isdigit() and int(length) > limit:
            if int(length) <= problems.DRAINED:
                await problems.drain(request)
            await problems.answer(request, _too_large(limit))(scope, receive, send)
            return
        try:
            await self._app(scope, counted, send)
        except Problem as problem:
            await problems.answer(request, problem)(scope, receive, send)


def _too_large(limit: int) -> Problem:
    where = [{"where": "body", "code": "too_large", "message": f"at most {limit} bytes"}]
    return Problem(422, "body_too_large", f"at most {limit} bytes", errors=where)
