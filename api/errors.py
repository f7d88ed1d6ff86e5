"""Errors as problem+json (RFC 9457). The only place with HTTP numbers for refusals and failures.

Problem
├── made of a Refusal      409, or 403 when it is about who asks; carries the rule's id
├── made of bad input      422 with the place of every fault
└── made of a failure      503 try again, or 500 with an incident id and no text
"""

import logging
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import asyncpg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from api import recording
from store.cursors import BadCursor
from workflows.messages import Refusal

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
TITLES = {
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Not possible now",
    422: "The request cannot be read",
    429: "Too many attempts",
    500: "Something went wrong here",
    503: "Not available right now",
}
DOCUMENT: Mapping[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "A problem document (RFC 9457). `code` is stable; `rule` is the rule's number.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "rule": {"type": "string"},
        "details": {"type": "object"},
        "incident": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("where", "code", "message")},
            },
        },
    },
}
_SAID = {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
ANSWERS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "Not done, and why", **_SAID},
    "5XX": {"description": "Not possible at the moment; nothing is lost", **_SAID},
}
"""What every address may answer besides its own, for the published description."""
DATABASE_AWAY = (
    OSError,
    PoolTimeout,
    OperationalError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
)
"""What reading the database raises while it cannot be reached; the rest is a defect."""
SPECIAL = {
    "no_such_case": 404,
    "no_such_admission": 404,
    "no_such_visit": 404,
    "no_such_erasure": 404,
    "idempotency_key_reused": 422,
    "clock_ahead": 503,
}


class Problem(Exception):
    """An answer that is not a success. `code` is stable; `extra` are further members."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        **extra: Any,  # noqa: ANN401 - JSON members
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The members of the problem document."""
        about = {"title": TITLES.get(self.status, "Error"), "status": self.status}
        detail = {"detail": self.detail} if self.detail else {}
        return {"type": "about:blank", **about, "code": self.code, **detail, **self.extra}


def refused(refusal: Refusal, **extra: Any) -> Problem:  # noqa: ANN401 - JSON members
    """The problem of a rule's no."""
    status = SPECIAL.get(refusal.code, 403 if refusal.forbidden else 409)
    detail = "; ".join(f"{name}: {value}" for name, value in refusal.details.items())
    return Problem(
        status, refusal.code, detail, rule=refusal.rule, details=refusal.details, **extra
    )


def unknown(where: str, code: str, told: str = "there is none of this name") -> Problem:
    """422: what stands at one place of the request names nothing."""
    return Problem(422, code, told, errors=[{"where": where, "code": "unknown", "message": told}])


def install(app: FastAPI) -> None:
    """Let every error leave as a problem document."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(BadCursor, _bad_cursor)
    for passing in DATABASE_AWAY:
        app.add_exception_handler(passing, _database_away)
    app.add_exception_handler(Exception, _failure)


def described(found: dict[str, Any]) -> dict[str, Any]:
    """The published description with the problem document that `ANSWERS` refer to."""
    found.setdefault("components", {}).setdefault("schemas", {})["Problem"] = dict(DOCUMENT)
    return found


def answer(problem: Problem) -> JSONResponse:
    """The problem as a response."""
    return JSONResponse(
        problem.body(), status_code=problem.status, headers=problem.headers, media_type=PROBLEM
    )


async def _problem(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Problem):
        return answer(Problem(500, "failure"))
    try:
        await recording.refused(request, error)
    except DATABASE_AWAY as away:
        return await _database_away(request, away)
    return answer(error)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    places = [
        {"where": "/".join(map(str, fault["loc"])), "code": fault["type"], "message": fault["msg"]}
        for fault in faults
    ]
    return answer(Problem(422, "invalid_request", "see errors for each place", errors=places))


async def _bad_cursor(_request: Request, _error: Exception) -> JSONResponse:
    where = [{"where": "query/cursor", "code": "bad_cursor", "message": "not of this list"}]
    return answer(Problem(422, "bad_cursor", "start again without it", errors=where))


async def _http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        return answer(Problem(500, "failure"))
    if isinstance(error.__cause__, Problem):  # met while the body was read
        return answer(error.__cause__)
    if error.status_code == HTTPStatus.BAD_REQUEST:  # what FastAPI says of bytes that are no JSON
        where = [{"where": "body", "code": "unreadable", "message": "cannot be read as JSON"}]
        return answer(Problem(422, "invalid_request", "see errors for each place", errors=where))
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    return answer(Problem(error.status_code, code, headers=error.headers))


async def _database_away(request: Request, error: Exception) -> JSONResponse:
    log.warning("the database does not answer: %s: %s", request.url.path, type(error).__name__)
    told = "nothing was lost; send the same request with the same Idempotency-Key again"
    return answer(Problem(503, "database_unavailable", told, headers={"Retry-After": "5"}))


async def _failure(request: Request, error: Exception) -> JSONResponse:
    incident = uuid.uuid4().hex
    log.error("incident %s: %s %s", incident, request.method, request.url.path, exc_info=error)
    return answer(
        Problem(500, "failure", "tell your administrator the incident", incident=incident)
    )
