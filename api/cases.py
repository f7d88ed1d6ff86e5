"""Routes of cases: open one, send it a command, look at it. Staff and residents use the same."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AfterValidator

from api import identity, resident_views, schemas, views
from api.auth import Asking, Principal, Staff, check_case, sight
from api.context import Context, Here, now
from api.dispatch import Dispatcher, OutcomeUnknown
from api.errors import Problem, refused
from api.identity import CaseId, Key
from api.models import (
    Answer,
    CaseView,
    Clocks,
    Opened,
    Pending,
    Receipt,
    ResidentAnswer,
    ResidentCase,
    ResidentTimeline,
    Timeline,
    Worklist,
)
from api.schemas import AnyCommandBody, CaseBody, Phone, RatingBody, clean
from api.words import Language
from domain.commands import Actor, Command
from domain.words import ActorKind, Phase, Stage
from store import reading, worklist
from store.database import raw
from store.keys import hashed, same
from store.reading import History, Line
from store.worklist import BadCursor, Filters, Order
from workflows.messages import Refusal, StepResult

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
Word = Annotated[str, Query(max_length=100), AfterValidator(clean)]
REVEALED_FOR = timedelta(minutes=1)
"""How long the same key gives a lost answer to a reveal again; then it is a new look (R14.5)."""
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": Pending, "description": "Sent; whether it took effect is not known yet"}
}


# -- opening -----------------------------------------------------------------


@router.post("", status_code=201, response_model=Opened, responses=ACCEPTED)
async def open_case(
    body: CaseBody,
    key: Key,
    here: Here,
    asking: Asking,
    request: Request,
    response: Response,
    lang: Language = "zh",
) -> Opened | Response:
    """Open a case: staff at first contact, or a resident without an account."""
    case_id = identity.case_number(asking, key, await request.body(), here.ring)
    secret = here.ring.receipt_secret(case_id, key)
    receipt = Receipt(case_id=case_id, secret=secret)
    command = _register(body, asking, case_id, key, receipt, here)
    try:
        result = await _send(here, case_id, command)
    except OutcomeUnknown:
        return _pending(case_id, command.command_id, receipt)
    response.headers["Location"] = f"/api/v1/cases/{case_id}"
    found = await _answer(here, asking, case_id, result, lang)
    return Opened(receipt=receipt, answer=found)


def _register(
    body: CaseBody, asking: Principal, case_id: str, key: str, receipt: Receipt, here: Context
) -> Command:
    fields = body.model_dump(exclude={"place"})
    place = body.place.model_dump(include={"address", "unit_id"})
    if body.place.longitude is not None and body.place.latitude is not None:
        place["point"] = (round(body.place.longitude * 1e6), round(body.place.latitude * 1e6))
    fields |= {
        "place": place,
        "reporter_lookup": identity.phone_lookup(body.reporter.phone, here.ring),
        "receipt_hash": hashed(receipt.secret),
    }
    actor = asking.actor
    return schemas.command(
        "register", fields, identity.command_id(asking, case_id, key), now(), actor
    )


# -- commands ----------------------------------------------------------------


@router.post("/{case_id}/commands", response_model=Answer | ResidentAnswer, responses=ACCEPTED)
async def send_command(
    case_id: CaseId,
    body: AnyCommandBody,
    key: Key,
    here: Here,
    asking: Asking,
    lang: Language = "zh",
) -> Answer | ResidentAnswer | Response:
    """Ask a case to do something; the answer carries the new version, the events and the case."""
    await check_case(here, asking, case_id)
    fields = body.model_dump(exclude={"kind", "version"})
    command = schemas.command(
        body.kind, fields, identity.command_id(asking, case_id, key), now(), asking.actor
    )
    try:
        result = await _send(here, case_id, command, body.version)
    except OutcomeUnknown:
        return _pending(case_id, command.command_id, None)
    return await _answer(here, asking, case_id, result, lang, unmasked=body.kind == "reveal")


@router.post("/{case_id}/rating", response_model=ResidentAnswer, responses=ACCEPTED)
async def rate(
    case_id: CaseId,
    body: RatingBody,
    key: Key,
    here: Here,
    asking: Asking,
    lang: Language = "zh",
) -> Answer | ResidentAnswer | Response:
    """The resident's rating, through the one-time link: `Authorization: Rating …`."""
    await _check_link(here, asking, case_id)
    actor = Actor(kind=ActorKind.RESIDENT)
    command_id = identity.command_id(asking, case_id, key)
    command = schemas.command("rate", body.model_dump(), command_id, now(), actor)
    try:
        result = await _send(here, case_id, command)
    except OutcomeUnknown:
        return _pending(case_id, command_id, None)
    return await _answer(here, asking, case_id, result, lang)


async def _check_link(here: Context, asking: Principal, case_id: str) -> None:
    """Let pass who shows the case's rating link; nothing is said of a case to others."""
    if asking.kind != "rating":
        raise Problem(
            401, "rating_link_needed", "only the resident rates, with the link", rule="R9.2"
        )
    found = await _history(here, case_id)
    if not same(asking.secret, here.ring.rating_secret(case_id, found.case.round)):
        raise Problem(404, "case_not_found", "no such case, or not yours to see")


@router.get(
    "/{case_id}/commands/{command_id}",
    response_model=Answer | ResidentAnswer,
    responses=ACCEPTED,
)
async def command_status(
    case_id: CaseId,
    command_id: UUID,
    here: Here,
    asking: Asking,
    lang: Language = "zh",
) -> Answer | ResidentAnswer | Response:
    """What became of a command whose outcome was not known when it was answered."""
    async with raw(here.engine) as connection:
        known = await reading.outcome(connection, case_id, command_id)
    if known is None:
        return _pending(case_id, str(command_id), None)
    if asking.kind == "rating":
        await _check_link(here, asking, case_id)
    else:
        await check_case(here, asking, case_id)
    if known["refusal"] is not None:
        raise await _refused(here, asking, case_id, Refusal(**known["refusal"]), lang)
    versions = range(known["first_version"], known["last_version"] + 1)
    return await _drawn(here, asking, await _history(here, case_id), versions, lang)


async def _send(
    here: Context, case_id: str, command: Command, version: int | None = None
) -> StepResult:
    dispatcher = Dispatcher(here.temporal, here.settings.task_queue, ring=here.ring)
    return await dispatcher.send(case_id, command, version)


def _pending(case_id: str, command_id: str, receipt: Receipt | None) -> Response:
    url = f"/api/v1/cases/{case_id}/commands/{command_id}"
    told = Pending(case_id=case_id, command_id=command_id, status_url=url, receipt=receipt)
    return JSONResponse(
        told.model_dump(mode="json"), 202, headers={"Location": url, "Retry-After": "2"}
    )


async def _answer(
    here: Context,
    asking: Principal,
    case_id: str,
    result: StepResult,
    lang: Language,
    *,
    unmasked: bool = False,
) -> Answer | ResidentAnswer:
    if result.refusal is not None:
        raise await _refused(here, asking, case_id, result.refusal, lang)
    versions = range(result.first_version, result.last_version + 1)
    found = await _history(here, case_id)
    return await _drawn(here, asking, found, versions, lang, unmasked=unmasked)


async def _refused(
    here: Context, asking: Principal, case_id: str, refusal: Refusal, lang: Language
) -> Problem:
    """The refusal with the case as it is now, so that the loser of a race sees what happened."""
    async with raw(here.engine) as connection:
        found = await reading.history(connection, case_id, here.ring)
    if found is None:
        return refused(refusal)
    drawn = await _drawn(here, asking, found, range(0), lang)
    return refused(refusal, version=found.case.version, case=drawn.case.model_dump(mode="json"))


async def _drawn(
    here: Context,
    asking: Principal,
    found: History,
    versions: range,
    lang: Language,
    *,
    unmasked: bool = False,
) -> Answer | ResidentAnswer:
    book = await here.book()
    if asking.kind != "staff":
        return ResidentAnswer(
            version=found.case.version,
            case=resident_views.resident_case(found, book, lang, here.ring),
            timeline=resident_views.resident_timeline(found, book, lang),
        )
    lines = [line for line in found.lines if line.version in versions]
    return Answer(
        version=found.case.version,
        events=[views.event_view(line, book.organisation, lang) for line in lines],
        case=views.case_view(found, book, now(), unmasked=unmasked and _just_now(lines)),
    )


def _just_now(lines: list[Line]) -> bool:
    return all(now() - line.recorded_at < REVEALED_FOR for line in lines)


async def _history(here: Context, case_id: str) -> History:
    async with raw(here.engine) as connection:
        found = await reading.history(connection, case_id, here.ring)
    if found is None:
        raise Problem(404, "case_not_found", "no such case, or not yours to see")
    return found


# -- looking -----------------------------------------------------------------


@router.get("")
async def list_cases(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    here: Here,
    person: Staff,
    unit: Word | None = None,
    stage: Stage | None = None,
    phase: Phase | None = None,
    handler: Word | None = None,
    category: Word | None = None,
    text: Annotated[Word, Query(min_length=2)] | None = None,
    phone: Annotated[Phone, Query(min_length=5)] | None = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    order: Order = "newest",
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    *,
    overdue: bool | None = None,
) -> Worklist:
    """The cases the signed-in person may see, filtered, page by page."""
    book = await here.book()
    filters = Filters(
        sight=sight(person, book),
        stage=stage,
        phase=phase,
        person_id=handler,
        category=category,
        overdue=overdue,
        text=text,
        lookup=identity.phone_lookup(phone, here.ring) if phone else None,
        order=order,
    )
    if unit is not None:
        if unit not in book.organisation.units:
            raise Problem(422, "unknown_unit", errors=[{"where": "query/unit", "code": "unknown"}])
        filters = replace(filters, subtree=book.organisation.subtree(unit))
    at = now()
    try:
        page = await worklist.page(here.engine, filters, at, cursor=cursor, size=size)
    except BadCursor as error:
        where = [{"where": "query/cursor", "code": "bad_cursor", "message": "not of this list"}]
        raise Problem(422, "bad_cursor", "start again without it", errors=where) from error
    rows = [views.row_view(row, book, at) for row in page.rows]
    return Worklist(cases=rows, next_cursor=page.cursor)


@router.get("/{case_id}", response_model=CaseView | ResidentCase)
async def show_case(
    case_id: CaseId, here: Here, asking: Asking, lang: Language = "zh"
) -> CaseView | ResidentCase:
    """One case; personal data masked."""
    await check_case(here, asking, case_id)
    drawn = await _drawn(here, asking, await _history(here, case_id), range(0), lang)
    return drawn.case


@router.get("/{case_id}/timeline", response_model=Timeline | ResidentTimeline)
async def show_timeline(
    case_id: CaseId, here: Here, asking: Asking, lang: Language = "zh"
) -> Timeline | ResidentTimeline:
    """Every event of a case in order; for its resident in plain words, without staff names."""
    await check_case(here, asking, case_id)
    found = await _history(here, case_id)
    everything = range(1, found.case.version + 1)
    drawn = await _drawn(here, asking, found, everything, lang)
    if isinstance(drawn, ResidentAnswer):
        return ResidentTimeline(case_id=case_id, events=drawn.timeline)
    return Timeline(case_id=case_id, events=drawn.events)


@router.get("/{case_id}/clocks")
async def show_clocks(case_id: CaseId, here: Here, person: Staff) -> Clocks:
    """Every clock of a case with the segments that count and those that do not, and why."""
    await check_case(here, person, case_id)
    found = await _history(here, case_id)
    book, at = await here.book(), now()
    shown = [views.clock_view(running, book, at) for running in found.case.clocks]
    return Clocks(case_id=case_id, at=at, clocks=shown)
