"""Routes of visits (五访, R13): record one, correct it, look them up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import answers, identity, visit_views
from api.auth import Principal, Staff, sight
from api.cases import Word
from api.context import Context, Here, now
from api.days import midnight
from api.errors import Problem, refused, unknown
from api.identity import Key, VisitId
from api.nouns import Noun
from api.schemas.base import PlaceBody
from api.schemas.visit import AmendVisitBody, VisitBody
from api.visit_views import VisitAnswer, VisitHistory, VisitPending, Visits, VisitView
from api.words import Language
from domain.book import Book
from domain.commands import Place
from domain.visit.commands import AmendVisit, Finding, RecordVisit
from domain.visit.events import VisitEvent
from domain.visit.state import Visit
from store import reading, visits
from store.database import raw
from store.folds import VISIT as FOLD
from store.keys import hashed
from store.reading import Past
from store.visits import Wanted
from workflows.messages import VISIT, Refusal

router = APIRouter(prefix="/api/v1/visits", tags=["visits"])
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": VisitPending, "description": "Sent; its outcome is not known yet"}
}


# -- writing down ------------------------------------------------------------


@router.post("", status_code=201, response_model=VisitAnswer, responses=ACCEPTED)
async def record(
    body: VisitBody, key: Key, here: Here, person: Staff, lang: Language = "zh"
) -> Response:
    """Write down a visit of one's own; each of `cases` is opened as a case that names it."""
    visit_id = identity.visit_number(person, key, here.ring)
    command = RecordVisit(
        command_id=identity.command_id(person, visit_id, key),
        at=now(),
        actor=person.actor,
        occasion=body.occasion,
        visited_at=body.visited_at,
        place=_place(body.place),
        met=body.met,
        asked=body.asked,
        found=body.found,
        findings=_findings(body, visit_id, key, here),
    )
    return await NOUN.send(here, visit_id, command, None, lang, status=201)


def _findings(body: VisitBody, visit_id: str, key: str, here: Context) -> tuple[Finding, ...]:
    """The cases with their numbers, the same for a repeated request. Nobody gets a receipt:
    nobody asked.
    """
    found = list[Finding]()
    for number, each in enumerate(body.cases, start=1):
        case_id = identity.visit_case_number(visit_id, number, here.ring)
        found.append(
            Finding(
                case_id=case_id,
                item_id=each.item_id,
                title=each.title,
                text=each.text,
                urgency=each.urgency,
                place=None if each.place is None else _place(each.place),
                receipt_hash=hashed(here.ring.receipt_secret(case_id, key)),
            )
        )
    return tuple(found)


def _place(body: PlaceBody) -> Place:
    return Place(**body.model_dump())


@router.post("/{visit_id}/commands", response_model=VisitAnswer, responses=ACCEPTED)
async def send_command(
    visit_id: VisitId,
    body: AmendVisitBody,
    key: Key,
    here: Here,
    person: Staff,
    lang: Language = "zh",
) -> Response:
    """Correct a record: an event of its own, nothing of before is lost."""
    await _check(here, person, visit_id)
    command = AmendVisit(
        command_id=identity.command_id(person, visit_id, key),
        at=now(),
        actor=person.actor,
        text=body.text,
        occasion=body.occasion,
        visited_at=body.visited_at,
        place=None if body.place is None else _place(body.place),
        met=body.met,
        asked=body.asked,
        found=body.found,
    )
    return await NOUN.send(here, visit_id, command, body.version, lang)


@router.get("/{visit_id}/commands/{command_id}", response_model=VisitAnswer, responses=ACCEPTED)
async def command_status(
    visit_id: VisitId, command_id: UUID, here: Here, person: Staff, lang: Language = "zh"
) -> Response:
    """What became of a command whose outcome was not known when it was answered."""
    sight(person, await here.book())
    async with raw(here.engine) as connection:
        known = await reading.outcome(connection, visit_id, command_id)
    if known is None:
        return NOUN.unknown(visit_id, str(command_id))
    if known["refusal"] is not None:
        raise refused(Refusal(**known["refusal"]))
    await _check(here, person, visit_id)
    versions = range(known["first_version"], known["last_version"] + 1)
    return answers.shown(await NOUN.told(here, visit_id, versions, lang))


# -- looking -----------------------------------------------------------------


@router.get("")
async def list_visits(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    here: Here,
    person: Staff,
    unit: Word | None = None,
    visitor: Word | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
) -> Visits:
    """Visits in the units the signed-in person sees, newest first; `last_day` is counted in."""
    book = await here.book()
    wanted = Wanted(
        sight=_sight(person, book),
        units=None if unit is None else _subtree(unit, book),
        person_id=visitor,
        since=None if first_day is None else midnight(first_day, book),
        until=None if last_day is None else midnight(last_day, book, days=1),
    )
    async with raw(here.engine) as connection:
        rows, after = await visits.page(connection, wanted, cursor=cursor, size=size)
    lines = [visit_views.row(found, book.organisation, lang) for found in rows]
    return Visits(visits=lines, next_cursor=after)


def _sight(person: Principal, book: Book) -> list[str] | None:
    """Every unit somebody sees into, as for cases; None for all."""
    units = sight(person, book).units
    if units is None:
        return None
    return sorted({below for unit in units for below in book.organisation.subtree(unit)})


def _subtree(unit_id: str, book: Book) -> tuple[str, ...]:
    if unit_id not in book.organisation.units:
        raise unknown("query/unit", "unknown_unit")
    return book.organisation.subtree(unit_id)


@router.get("/{visit_id}")
async def show_visit(
    visit_id: VisitId, here: Here, person: Staff, lang: Language = "zh"
) -> VisitHistory:
    """One visit with its whole record in plain words, and the cases that came of it."""
    await _check(here, person, visit_id)
    found = await _look(here, visit_id)
    told = await _answer(here, found, range(1, found.version + 1), lang)
    return VisitHistory(visit=told.visit, events=told.events)


@dataclass(frozen=True, slots=True)
class _Found:
    past: Past[Visit, VisitEvent]
    row: Mapping[str, Any]
    opened: list[str]

    @property
    def version(self) -> int:
        return self.past.state.version


async def _look(here: Context, visit_id: str) -> _Found:
    """The visit's past and the cases there are, or 404."""
    async with raw(here.engine) as connection:
        past = await reading.past(connection, FOLD, visit_id, here.ring)
        opened = await visits.cases_of(connection, visit_id)
    if past is None or past.state.recorded_at is None:
        raise _no_such_visit()
    return _Found(past, visits.row(past.state), opened)


async def _shown(here: Context, found: _Found, lang: Language) -> VisitView:
    organisation = (await here.book()).organisation
    return visit_views.view(found.past, found.row, found.opened, organisation, lang)


async def _answer(here: Context, found: _Found, versions: range, lang: Language) -> VisitAnswer:
    organisation = (await here.book()).organisation
    lines = [line for line in found.past.lines if line.version in versions]
    return VisitAnswer(
        version=found.version,
        events=[visit_views.event_view(line, organisation, lang) for line in lines],
        visit=await _shown(here, found, lang),
    )


async def _check(here: Context, person: Principal, visit_id: str) -> None:
    """Let pass who sees the place's unit, or visited; for everybody else there is no visit."""
    book = await here.book()
    seen = _sight(person, book)
    found = await _look(here, visit_id)
    visit = found.past.state
    own = visit.visitor.person_id == person.person_id
    if not own and seen is not None and visit.unit_id not in seen:
        raise _no_such_visit()


def _no_such_visit() -> Problem:
    return Problem(404, "visit_not_found", "no such visit, or not yours to see")


NOUN = Noun(
    workflow=VISIT,
    path=router.prefix,
    member="visit",
    pending=VisitPending,
    look=_look,
    shown=_shown,
    answer=_answer,
)
