"""Routes of the register of admissions: ask for one, decide on it, take it back, look it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import admission_views, answers, identity, views
from api.admission_views import (
    AdmissionAnswer,
    AdmissionHistory,
    AdmissionPending,
    AdmissionView,
    Register,
)
from api.auth import Principal, Staff
from api.cases import Word
from api.context import Context, Here, now
from api.days import midnight
from api.errors import Problem
from api.identity import AdmissionId, Key
from api.nouns import Noun
from api.schemas.admission import (
    AdmissionBody,
    AdmissionCommandBody,
    ApproveAdmissionBody,
    RefuseAdmissionBody,
    RevokeAdmissionBody,
)
from api.words import Language
from domain.admission.commands import (
    AdmissionCommand,
    ApplyForAdmission,
    ApproveAdmission,
    RefuseAdmission,
    RevokeAdmission,
)
from domain.admission.events import AdmissionEvent
from domain.admission.state import Admission
from domain.book import Book
from domain.words.admission import AdmissionState
from store import admissions, reading
from store.admissions import Wanted
from store.database import raw
from store.folds import ADMISSION as FOLD
from store.reading import Past
from workflows.messages import ADMISSION, Refusal

router = APIRouter(prefix="/api/v1/admissions", tags=["admissions"])
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": AdmissionPending, "description": "Sent; its outcome is not known yet"}
}


# -- asking ------------------------------------------------------------------


@router.post("", status_code=201, response_model=AdmissionAnswer, responses=ACCEPTED)
async def apply(
    body: AdmissionBody, key: Key, here: Here, person: Staff, lang: Language = "zh"
) -> Response:
    """A street or department asks that communities do some work of the catalogue."""
    admission_id = identity.admission_number(person, key, here.ring)
    book = await here.book()
    command = ApplyForAdmission(
        command_id=identity.command_id(person, admission_id, key),
        at=now(),
        actor=person.actor,
        item_id=body.item_id,
        units=body.units,
        valid_from=midnight(body.first_day, book),
        valid_until=midnight(body.last_day, book, days=1),
        authority=body.authority,
        yearly=body.yearly_fen,
        reason=body.reason,
    )
    return await NOUN.send(here, admission_id, command, None, lang, status=201)


@router.post("/{admission_id}/commands", response_model=AdmissionAnswer, responses=ACCEPTED)
async def send_command(
    admission_id: AdmissionId,
    body: AdmissionCommandBody,
    key: Key,
    here: Here,
    person: Staff,
    lang: Language = "zh",
) -> Response:
    """Approve, refuse or revoke."""
    book = await check(here, person)
    async with raw(here.engine) as connection:
        if not await reading.begun(connection, FOLD, admission_id):
            raise Problem(404, "admission_not_found", "no such admission")
    command = _command(body, admission_id, key, person, book)
    return await NOUN.send(here, admission_id, command, body.version, lang)


def _command(
    body: AdmissionCommandBody, admission_id: str, key: str, person: Principal, book: Book
) -> AdmissionCommand:
    command_id, at = identity.command_id(person, admission_id, key), now()
    match body:
        case ApproveAdmissionBody():
            return ApproveAdmission(
                command_id=command_id, at=at, actor=person.actor, text=body.text
            )
        case RefuseAdmissionBody():
            return RefuseAdmission(command_id=command_id, at=at, actor=person.actor, text=body.text)
        case RevokeAdmissionBody(from_day=day):
            start = None if day is None else midnight(day, book)
            return RevokeAdmission(
                command_id=command_id,
                at=at,
                actor=person.actor,
                text=body.text,
                effective_from=start,
            )


@router.get(
    "/{admission_id}/commands/{command_id}", response_model=AdmissionAnswer, responses=ACCEPTED
)
async def command_status(
    admission_id: AdmissionId, command_id: UUID, here: Here, person: Staff, lang: Language = "zh"
) -> Response:
    """What became of a command whose outcome was not known when it was answered."""
    await check(here, person)
    async with raw(here.engine) as connection:
        known = await reading.outcome(connection, admission_id, command_id)
    if known is None:
        return NOUN.unknown(admission_id, str(command_id))
    if known["refusal"] is not None:
        raise await NOUN.refused(here, admission_id, Refusal(**known["refusal"]), lang)
    versions = range(known["first_version"], known["last_version"] + 1)
    return answers.shown(await NOUN.told(here, admission_id, versions, lang))


# -- looking -----------------------------------------------------------------


@router.get("")
async def list_admissions(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    here: Here,
    person: Staff,
    item: Word | None = None,
    unit: Word | None = None,
    state: AdmissionState | None = None,
    applicant_unit: Word | None = None,
    in_force_on: date | None = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
) -> Register:
    """The register, newest first; `unit` finds what covers it, itself or through a superior."""
    book = await check(here, person)
    wanted = Wanted(
        item_id=_text(item),
        units=None if unit is None else book.organisation.path(_text(unit) or ""),
        state=state,
        applicant_unit=_text(applicant_unit),
        in_force_at=None if in_force_on is None else _noon(in_force_on, book),
    )
    async with raw(here.engine) as connection:
        rows, after = await admissions.page(connection, wanted, cursor=cursor, size=size)
        sums = await admissions.money(connection, [found["admission_id"] for found in rows])
    at = now()
    lines = [
        admission_views.row(found, sums.get(found["admission_id"], []), book, at, lang)
        for found in rows
    ]
    return Register(admissions=lines, next_cursor=after)


def _text(asked: str | None) -> str | None:
    """PostgreSQL's text holds no NUL, so nothing in the register does."""
    if asked is not None and "\0" in asked:
        raise Problem(422, "invalid_request", "holds a character that no text holds")
    return asked


def _noon(day: date, book: Book) -> datetime:
    return midnight(day, book) + timedelta(hours=12)


@router.get("/{admission_id}")
async def show_admission(
    admission_id: AdmissionId, here: Here, person: Staff, lang: Language = "zh"
) -> AdmissionHistory:
    """One admission with its whole history in plain words."""
    await check(here, person)
    found = await look(here, admission_id)
    everything = range(1, found.version + 1)
    told = await _answer(here, found, everything, lang)
    return AdmissionHistory(admission=told.admission, events=told.events)


@dataclass(frozen=True, slots=True)
class _Found:
    past: Past[Admission, AdmissionEvent]
    row: Mapping[str, Any]
    sums: list[Mapping[str, Any]]
    spent: list[Mapping[str, Any]]

    @property
    def version(self) -> int:
        return self.past.state.version


async def look(here: Context, admission_id: str) -> _Found:
    """The admission's past and money, or 404."""
    async with raw(here.engine) as connection:
        past = await reading.past(connection, FOLD, admission_id, here.ring)
        if past is None or past.state.applied_at is None:
            raise Problem(404, "admission_not_found", "no such admission")
        sums = await admissions.money(connection, [admission_id])
        spent = await admissions.spent_by(connection, admission_id)
    return _Found(past, admissions.row(past.state), sums.get(admission_id, []), spent)


async def _shown(here: Context, found: _Found, lang: Language) -> AdmissionView:
    book = await here.book()
    return admission_views.view(found.past, found.row, found.sums, found.spent, book, now(), lang)


async def _answer(here: Context, found: _Found, versions: range, lang: Language) -> AdmissionAnswer:
    organisation = (await here.book()).organisation
    lines = [line for line in found.past.lines if line.version in versions]
    return AdmissionAnswer(
        version=found.version,
        events=[views.event_view(line, organisation, lang) for line in lines],
        admission=await _shown(here, found, lang),
    )


async def check(here: Context, person: Principal) -> Book:
    """The book, for staff with a post valid now: the register is open to all of them."""
    book = await here.book()
    if not book.organisation.posts_of(person.person_id, now()):
        raise Problem(403, "no_valid_post", "no post of yours is valid now", rule="§2")
    return book


NOUN = Noun(
    workflow=ADMISSION,
    path=router.prefix,
    member="admission",
    pending=AdmissionPending,
    look=look,
    shown=_shown,
    answer=_answer,
)
