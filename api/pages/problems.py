"""Pages for what did not work: what, why, and what to do now. Never what went wrong inside."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.errors import DATABASE_AWAY, Problem
from api.pages.client import Said
from api.pages.page import HEADERS, LANGUAGE
from api.pages.templating import drawn
from api.words import Language

Handler = Callable[[Request, Exception], Awaitable[Response]]
NOT_PAGES = ("/api", "/healthz", "/readyz", "/openapi.json")
SIGN_IN = {"not_signed_in", "unknown_scheme"}


def install(app: FastAPI) -> None:
    """Answer pages with pages; the API keeps its problem documents."""
    app.add_exception_handler(Said, _said)
    for kind in (Problem, RequestValidationError, HTTPException, *DATABASE_AWAY, Exception):
        app.add_exception_handler(kind, _either(app.exception_handlers[kind]))  # type: ignore[arg-type] # ours


def _either(otherwise: Handler) -> Handler:
    async def handler(request: Request, error: Exception) -> Response:
        answer = await otherwise(request, error)
        if request.url.path.startswith(NOT_PAGES):
            return answer
        return _page(request, answer.status_code)

    return handler


async def _said(request: Request, error: Exception) -> Response:
    """The API's no to a page: who is not signed in is asked to."""
    if not isinstance(error, Said):
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    if error.status == HTTPStatus.UNAUTHORIZED and error.code in SIGN_IN:
        back = request.url.path if request.method == "GET" else "/desk"
        return Response(
            status_code=HTTPStatus.SEE_OTHER, headers={**HEADERS, "Location": f"/sign-in?to={back}"}
        )
    return _page(request, error.status, error)


def _page(request: Request, status: int, said: Said | None = None) -> Response:
    language: Language = "en" if request.cookies.get(LANGUAGE) == "en" else "zh"
    text = drawn(
        "problem.html",
        language,
        status=status,
        code=said.code if said else "",
        incident=said.body.get("incident", "") if said else "",
        back=request.headers.get("referer", "/"),
    )
    return Response(text, status, headers=HEADERS, media_type="text/html")
