"""What commands and looks at a case are answered with, for staff and for residents."""

from collections.abc import Container
from datetime import datetime, timedelta
from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from api import past, recording, resident_views, views
from api.auth import Principal, posts_of
from api.confidential import as_read_by
from api.context import Context, now
from api.dispatch import Dispatcher
from api.errors import Problem, refused
from api.merging_views import Own
from api.models import Answer, Pending, Receipt, ResidentAnswer
from api.words import Language
from domain.book import Book
from domain.commands import Command
from domain.values import REPORTER
from store import contacts, reading
from store.chain import instant
from store.database import raw
from store.keys import same
from store.reading import History, Line
from workflows.messages import Refusal, StepResult

REVEALED_FOR = timedelta(minutes=1)
"""How long the same key gives a lost answer to a reveal again; then it is a new look (R14.5)."""
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": Pending, "description": "Sent; whether it took effect is not known yet"}
}


def shown(model: BaseModel, status: int = 200, **headers: str) -> Response:
    """The model as it is: what we made ourselves is not validated once more."""
    body = model.model_dump_json()
    return Response(body, status, headers, media_type="application/json")


def shown_at(model: BaseModel, at: datetime) -> Response:
    """The model with the moment it was drawn at."""
    return shown(model, 200, **{past.HEADER: instant(at)})


async def send(
    here: Context, case_id: str, command: Command, version: int | None = None
) -> StepResult:
    """Send a command; its outcome, or `OutcomeUnknown`."""
    dispatcher = Dispatcher(here.temporal, here.settings.task_queue, ring=here.ring)
    return await dispatcher.send(case_id, command, version)


def pending(case_id: str, command_id: str, receipt: Receipt | None, url: str = "") -> Response:
    """202: where to ask what became of it, and for an opening the receipt already."""
    url = url or f"/api/v1/cases/{case_id}/commands/{command_id}"
    told = Pending(case_id=case_id, command_id=command_id, status_url=url, receipt=receipt)
    return JSONResponse(
        told.model_dump(mode="json"), 202, headers={"Location": url, "Retry-After": "2"}
    )


async def answer(
    here: Context,
    asking: Principal,
    case_id: str,
    result: StepResult,
    lang: Language,
    *,
    unmasked: bool = False,
    subject: str = REPORTER,
) -> Answer | ResidentAnswer:
    """The answer to a command that took effect; raises the refusal of one that did not."""
    if result.refusal is not None:
        raise await refusal_of(here, asking, case_id, result.refusal, lang, subject=subject)
    versions = range(result.first_version, result.last_version + 1)
    found = await history(here, case_id)
    return await drawn(here, asking, found, versions, lang, unmasked=unmasked, subject=subject)


async def refusal_of(
    here: Context,
    asking: Principal,
    case_id: str,
    refusal: Refusal,
    lang: Language,
    *,
    subject: str = REPORTER,
) -> Problem:
    """The refusal with the case as it is now, so that the loser of a race sees what happened."""
    async with raw(here.engine) as connection:
        found = await reading.history(connection, case_id, here.ring)
    if found is None:
        return refused(refusal)
    now_is = await drawn(here, asking, found, range(0), lang, subject=subject)
    return refused(refusal, version=found.case.version, case=now_is.case.model_dump(mode="json"))


async def drawn(
    here: Context,
    asking: Principal,
    found: History,
    versions: Container[int],
    lang: Language,
    *,
    unmasked: bool = False,
    subject: str = REPORTER,
) -> Answer | ResidentAnswer:
    """A case as the one who asks may see it, with the events of those versions."""
    book = await book_of(here, found)
    if asking.kind != "staff":
        mine = await own(here, found, asking.subject if asking.kind == "party" else subject)
        return ResidentAnswer(
            version=found.case.version,
            event_hash=next((x.hash.hex() for x in found.lines if x.version in versions), None),
            case=resident_views.resident_case(mine, book, lang, here.ring),
            timeline=resident_views.resident_timeline(mine, book, lang),
        )
    found = await read_by(here, asking, found)
    lines = [line for line in found.lines if line.version in versions]
    unmasked = unmasked and bool(lines) and _just_now(lines)
    view = views.case_view(found, book, found.at, unmasked=unmasked)
    if unmasked:
        look = lines[-1]
        await recording.shown(
            here, look.event.by, view.case_id, look.version, recording.fields_of(view)
        )
    return Answer(
        version=found.case.version,
        events=[views.event_view(line, book.organisation, lang) for line in lines],
        case=view,
    )


async def read_by(here: Context, asking: Principal, found: History) -> History:
    """The history as staff may read it by the posts they hold now, also of a past moment."""
    whole = found.whole or found
    book = await here.book_of(whole.books, whole.at)
    return as_read_by(found, asking.person_id, posts_of(asking, book))


async def own(here: Context, found: History, subject: str) -> Own:
    """A resident's own case and the one that leads it, from either of the two.

    `subject` is who they are in the case that was found.
    """
    merging = found.case.merging
    if subject in found.case.parties:
        return Own(mine=found, who=subject)
    if merging.lead_id:
        mine, lead = found, await history(here, merging.lead_id, found.at)
    elif subject != REPORTER:  # of a case carried on here, also before this one has heard of it
        mine, lead = await history(here, subject, found.at), found
    else:
        mine, lead = found, None
    there = lead or mine
    ids = {there.case.case_id, *(other.case_id for other in there.case.merging.joined)}
    async with raw(here.engine) as connection:
        others = sorted(ids - {mine.case.case_id})
        names = await contacts.names_of(connection, others, here.ring)
    return Own(mine=mine, lead=lead, neighbours=names)


def _just_now(lines: list[Line]) -> bool:
    return all(now() - line.recorded_at < REVEALED_FOR for line in lines)


async def history(here: Context, case_id: str, as_of: datetime | None = None) -> History:
    """The case's history, up to a moment if one is given; 404 without the case, or before it."""
    async with raw(here.engine) as connection:
        found = await reading.history(connection, case_id, here.ring)
    if found is None:
        raise Problem(404, "case_not_found", "no such case, or not yours to see")
    return found if as_of is None else past.cut(found, as_of)


async def book_of(here: Context, found: History) -> Book:
    """The book that a history is shown by: the one in force at its moment, as known then."""
    if found.whole is not None:
        return await here.book_then(found.at)
    return await here.book_of(found.books, found.at)


async def rater(here: Context, asking: Principal, case_id: str) -> str:
    """Whose rating link of the case is shown; nothing is said of a case to others."""
    if asking.kind != "rating":
        raise Problem(
            401, "rating_link_needed", "only the resident rates, with the link", rule="R9.2"
        )
    case = (await history(here, case_id)).case
    for subject in case.raters:
        if same(asking.secret, here.ring.rating_secret(case_id, case.round, subject)):
            return subject
    raise Problem(404, "case_not_found", "no such case, or not yours to see")
