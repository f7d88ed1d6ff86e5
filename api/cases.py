"""Routes of cases: open one, list them, look at one. Staff and residents use the same."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AfterValidator

from api import answers, duplicate_views, identity, past, schemas, views, worklist_views
from api.auth import Asking, Principal, Staff, check_case, posts_of, sight
from api.context import Context, Here, now
from api.dispatch import OutcomeUnknown
from api.duplicate_models import DuplicateView
from api.errors import unknown
from api.identity import CaseId, Key
from api.models import (
    Answer,
    CaseView,
    Clocks,
    Opened,
    Receipt,
    ResidentAnswer,
    ResidentCase,
    ResidentTimeline,
    Timeline,
)
from api.models_worklist import Worklist
from api.past import AsOf
from api.schemas.base import Phone, clean
from api.schemas.first_contact import CaseBody
from api.words import Language
from domain.book import Book
from domain.commands import Command, Register
from domain.values import SYSTEM
from domain.words import CaseType, Phase, Stage
from store import owed, worklist
from store.books import NoBooks
from store.keys import hashed
from store.reading import History
from store.still import still
from store.worklist import Filters, Order

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
Word = Annotated[str, Query(max_length=100), AfterValidator(clean)]


@router.post("", status_code=201, response_model=Opened, responses=answers.ACCEPTED)
async def open_case(
    body: CaseBody,
    key: Key,
    here: Here,
    asking: Asking,
    request: Request,
    lang: Language = "zh",
) -> Response:
    """Open a case: staff at first contact, or a resident without an account."""
    case_id = identity.case_number(asking, key, await request.body(), here.ring)
    secret = here.ring.receipt_secret(case_id, key)
    receipt = Receipt(case_id=case_id, secret=secret)
    command = _register(body, asking, case_id, key, receipt, here)
    try:
        result = await answers.send(here, case_id, command)
    except OutcomeUnknown:
        return answers.pending(case_id, command.command_id, receipt)
    found = await answers.answer(here, asking, case_id, result, lang)
    alike = await _alike(here, asking, body, command, case_id)
    opened = Opened(receipt=receipt, event_hash=_hash_of(found), answer=found, duplicates=alike)
    return answers.shown(opened, 201, Location=f"/api/v1/cases/{case_id}")


def _hash_of(answer: Answer | ResidentAnswer) -> str:
    """Of the event that opened the case."""
    return (
        (answer.event_hash or "") if isinstance(answer, ResidentAnswer) else answer.events[0].hash
    )


async def _alike(
    here: Context, asking: Principal, body: CaseBody, command: Command, case_id: str
) -> list[DuplicateView] | None:
    """For staff: what may be the same matter (R2.3). A dispute is confidential and compared not."""
    item = (await here.book()).catalogue.items.get(body.item_id)
    if asking.kind != "staff" or item is None or not isinstance(command, Register):
        return None
    if body.case_type is CaseType.DISPUTE:
        return []
    return await duplicate_views.look_for(
        *(here, asking, item, command.place, f"{body.title} {body.text}"),
        lookup=command.reporter_lookup,
        but=case_id,
    )


def _register(
    body: CaseBody, asking: Principal, case_id: str, key: str, receipt: Receipt, here: Context
) -> Command:
    fields = body.model_dump()
    fields |= {
        "reporter_lookup": identity.phone_lookup(body.reporter.phone, here.ring),
        "receipt_hash": hashed(receipt.secret),
    }
    actor = asking.actor
    return schemas.command(
        "register", fields, identity.command_id(asking, case_id, key), now(), actor
    )


Awaited = Literal["me", "my_units"]
"""Whom a case waits for: the posts and the person who asks, or the units of those posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is asked for; `filters` without what depends on who asks and when. `own` leaves
    out what is below the unit and the place.
    """

    unit: str | None
    own: bool
    place: str | None
    waits_for: Awaited | None
    filters: Filters


async def wanted(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    here: Here,
    unit: Word | None = None,
    place: Word | None = None,
    stage: Stage | None = None,
    phase: Phase | None = None,
    handler: Word | None = None,
    post: Word | None = None,
    category: Word | None = None,
    text: Annotated[Word, Query(min_length=2)] | None = None,
    phone: Annotated[Phone, Query(min_length=5)] | None = None,
    order: Order = "newest",
    waits_for: Awaited | None = None,
    *,
    overdue: bool | None = None,
    yellow: bool | None = None,
    proactive: bool | None = None,
    own: bool = False,
    still_open: Annotated[bool | None, Query(alias="open")] = None,
) -> Wanted:
    """The filters as the address gives them."""
    filters = Filters(
        sight=(),
        stage=stage,
        phase=phase,
        person_id=handler,
        post_id=post,
        category=category,
        overdue=overdue,
        yellow=yellow,
        proactive=proactive,
        open=still_open,
        text=text,
        lookup=identity.phone_lookup(phone, here.ring) if phone else None,
        order=order,
    )
    return Wanted(unit=unit, own=own, place=place, waits_for=waits_for, filters=filters)


@router.get("", response_model=Worklist)
async def list_cases(
    here: Here,
    person: Staff,
    asked: Annotated[Wanted, Depends(wanted)],
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    as_of: AsOf = None,
) -> Response:
    """The cases the signed-in person may see, filtered, page by page; or as they stood then."""
    async with still(here.engine) as there:
        book = await here.shelf.book(there.raw, there.books, there.at)
        seen = sight(person, book)
        if as_of is not None and asked.waits_for is not None:
            raise unknown("query/waits_for", "not_of_the_past", "what was owed then is not kept")
        if as_of is not None:
            await past.need_reached(there, as_of)
            try:
                book = await here.archive.book(there.raw, as_of)
            except NoBooks:  # before the office was founded: there was no case, and no unit
                return answers.shown_at(Worklist(cases=[], next_cursor=None), as_of)
        filters = replace(
            asked.filters,
            sight=seen.units,
            mediating=seen.mediating,
            subtree=_units("unit", asked.unit, book, own=asked.own),
            places=_units("place", asked.place, book, own=asked.own),
            owers=_owers(person, book, asked.waits_for),
        )
        page = await worklist.page(there, filters, cursor=cursor, size=size, as_of=as_of)
    at = as_of or there.at
    rows = [worklist_views.row_view(row, book, at, filters.owers) for row in page.rows]
    return answers.shown_at(Worklist(cases=rows, next_cursor=page.cursor), at)


def _owers(person: Principal, book: Book, awaited: Awaited | None) -> list[str] | None:
    posts = posts_of(person, book)
    match awaited:
        case None:
            return None
        case "me":
            return [owed.of_person(person.person_id), *(owed.of_post(p.post_id) for p in posts)]
        case "my_units":
            return sorted({owed.of_unit(post.unit_id) for post in posts})


def _units(where: str, unit_id: str | None, book: Book, *, own: bool) -> tuple[str, ...] | None:
    """The unit that a filter names, and all below it unless its own alone are asked for; None for
    none.
    """
    if unit_id is None:
        return None
    if unit_id not in book.organisation.units:
        raise unknown(f"query/{where}", "unknown_unit")
    return (unit_id,) if own else book.organisation.subtree(unit_id)


@router.get("/{case_id}", response_model=CaseView | ResidentCase)
async def show_case(
    case_id: CaseId, here: Here, asking: Asking, lang: Language = "zh", as_of: AsOf = None
) -> Response:
    """One case; personal data masked."""
    asking = await check_case(here, asking, case_id)
    found = await answers.history(here, case_id, as_of)
    drawn = await answers.drawn(here, asking, found, range(0), lang)
    return answers.shown_at(drawn.case, found.at)


@router.get("/{case_id}/timeline", response_model=Timeline | ResidentTimeline)
async def show_timeline(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    case_id: CaseId,
    here: Here,
    asking: Asking,
    lang: Language = "zh",
    as_of: AsOf = None,
    by: Literal["people", "system"] | None = None,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    size: Annotated[int | None, Query(ge=1, le=1000)] = None,
) -> Response:
    """Every event of a case in order; for its resident in plain words, without staff names.

    For staff also only what `people` or the `system` did, and of it the last `size` before an
    event's version.
    """
    asking = await check_case(here, asking, case_id)
    found = await answers.history(here, case_id, as_of)
    drawn = await answers.drawn(here, asking, found, _part(found, by, before, size), lang)
    if isinstance(drawn, ResidentAnswer):
        told = ResidentTimeline(case_id=case_id, events=drawn.timeline)
        return answers.shown_at(told, found.at)
    return answers.shown_at(Timeline(case_id=case_id, events=drawn.events), found.at)


def _part(found: History, by: str | None, before: int | None, size: int | None) -> frozenset[int]:
    """The versions that are asked for."""
    wanted = [
        line.version
        for line in found.lines
        if by is None or (line.event.by.person_id == SYSTEM.person_id) is (by == "system")
        if before is None or line.version < before
    ]
    return frozenset(wanted[-size:] if size else wanted)


@router.get("/{case_id}/clocks", response_model=Clocks)
async def show_clocks(case_id: CaseId, here: Here, person: Staff, as_of: AsOf = None) -> Response:
    """Every clock of a case with the segments that count and those that do not, and why."""
    await check_case(here, person, case_id)
    found = await answers.history(here, case_id, as_of)
    book = await answers.book_of(here, found)
    shown = [views.clock_view(running, book, found.at) for running in found.case.clocks]
    told = Clocks(case_id=case_id, at=found.at, clocks=shown)
    return answers.shown_at(told, found.at)
