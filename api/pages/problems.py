"""Pages for what did not work: what, why, and what to do now. Never what went wrong inside."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api import errors
from api.errors import DATABASE_AWAY, Problem
from api.pages.client import Said
from api.pages.page import FIELDS, HEADERS, POST, language_of, refuse_other_sites, typed_in
from api.pages.templating import drawn

Handler = Callable[[Request, Exception], Awaitable[Response]]
NOT_PAGES = ("/api", "/healthz", "/readyz", "/openapi.json")
SIGN_IN = {"not_signed_in", "unknown_scheme"}
NO_POST = "no_valid_post"
PASSING = frozenset({401, 429, 500, 503})
"""After these the same form may be sent again."""
SECRET = frozenset({"password", "code"})
"""Fields that no page ever shows again."""
LONGEST = 300
"""Characters of an address that the sign-in leads back to."""
DRAINED = 1 << 24
"""Bytes of what is not taken that are still let in: a browser that is cut off shows no answer."""


def install(app: FastAPI) -> None:
    """Answer pages with pages; the API keeps its problem documents."""
    app.add_exception_handler(Said, _said)
    for kind in (Problem, RequestValidationError, HTTPException, *DATABASE_AWAY, Exception):
        app.add_exception_handler(kind, _either(app.exception_handlers[kind]))  # type: ignore[arg-type] # ours


def answer(request: Request, problem: Problem) -> Response:
    """The answer to what was not even let in."""
    if request.url.path.startswith(NOT_PAGES):
        return errors.answer(problem)
    return _page(request, problem.status, problem.body())


async def drain(request: Request) -> None:
    """Let the rest of a body in and away, as far as it is worth it."""
    left = DRAINED
    try:
        async for piece in request.stream():
            left -= len(piece)
            if left < 0:
                return
    except ClientDisconnect:
        return


def _either(otherwise: Handler) -> Handler:
    async def handler(request: Request, error: Exception) -> Response:
        said = await otherwise(request, error)
        if request.url.path.startswith(NOT_PAGES):
            return said
        typed = await _typed(request, said.status_code)
        return _page(request, said.status_code, json.loads(bytes(said.body)), typed)

    return handler


async def _said(request: Request, error: Exception) -> Response:
    """The API's no to a page: who is not signed in is asked to."""
    if not isinstance(error, Said):
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    if error.code == NO_POST and POST in request.cookies:
        return _at_all_posts(request)
    if error.status == HTTPStatus.UNAUTHORIZED and error.code in SIGN_IN:
        typed = await _typed(request, error.status)
        if not typed:
            return _elsewhere(f"/sign-in?to={_back(request)}")
        return _page(request, error.status, error.body, typed)
    return _page(request, error.status, error.body, await _typed(request, error.status))


def _at_all_posts(request: Request) -> Response:
    """The post that was chosen is over, or somebody else's: without it once more."""
    found = _elsewhere(_address(request) if request.method == "GET" else "/desk?said=post_all")
    found.delete_cookie(POST)
    return found


def _elsewhere(address: str) -> Response:
    headers = {**HEADERS, "Location": address}
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=headers)


def _address(request: Request) -> str:
    """The address as it was asked: what a path holds is never written out into a header."""
    path, query = _path(request), quote(request.url.query, safe="=&%+/?:@,;")
    return f"{path}?{query}" if query else path


def _path(request: Request) -> str:
    path = quote(request.url.path, safe="/")
    return "/" if path.startswith("//") else path


def _back(request: Request) -> str:
    if request.method != "GET":
        return "/desk"
    fits = (each for each in (_address(request), _path(request)) if len(each) <= LONGEST)
    return quote(next(fits, "/desk"), safe="/")


async def _typed(request: Request, status: int) -> Sequence[tuple[str, str]]:
    """What a form of ours held that may be sent again, so that nobody has to type it again."""
    if request.method != "POST" or status not in PASSING:
        return ()
    found: Sequence[tuple[str, str]] | None = getattr(request.state, "typed", None)
    if found is None:
        try:
            refuse_other_sites(request)
            async with request.form(max_files=20, max_fields=FIELDS) as sent:
                found = typed_in(sent)
        except (HTTPException, Problem, ClientDisconnect, RuntimeError):
            return ()
    return [(name, value) for name, value in found if name not in SECRET]


def _page(
    request: Request,
    status: int,
    said: Mapping[str, Any] | None = None,
    typed: Sequence[tuple[str, str]] = (),
) -> Response:
    language = language_of(request)
    told = said or {}
    text = drawn(
        "problem.html",
        language,
        status=status,
        code=told.get("code", ""),
        incident=told.get("incident", ""),
        back=request.headers.get("referer", "/"),
        typed=typed,
        action=_address(request),
        files=request.headers.get("content-type", "").startswith("multipart/"),
    )
    return Response(text, status, headers=HEADERS, media_type="text/html")
