"""Routes of erasures (R14.4): ask for one, agree or refuse, look them up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import answers, erasure_views, identity
from api.auth import Principal, Staff, posts_of
from api.cases import Word
from api.context import Context, Here, now
from api.erasure_views import (
    ErasureAnswer,
    ErasureHistory,
    ErasurePending,
    Erasures,
    ErasureView,
)
from api.errors import Problem
from api.identity import ErasureId, Key
from api.nouns import Noun
from api.schemas.erasure import (
    ApproveErasureBody,
    ErasureBody,
    ErasureCommandBody,
    RefuseErasureBody,
    WithdrawErasureBody,
)
from api.words import Language
from domain.book import Book
from domain.erasure.approval import DECIDERS
from domain.erasure.commands import (
    ApproveErasure,
    ErasureCommand,
    RefuseErasure,
    RequestErasure,
    Target,
    WithdrawErasure,
)
from domain.erasure.events import ErasureEvent
from domain.erasure.state import Erasure
from domain.words import Role
from domain.words.erasure import ErasureState
from store import erasures, reading
from store.database import raw
from store.folds import ERASURE as FOLD
from store.reading import Past
from workflows.messages import ERASURE, Refusal

router = APIRouter(prefix="/api/v1/erasures", tags=["erasures"])
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": ErasurePending, "description": "Sent; its outcome is not known yet"}
}


# -- asking and deciding -----------------------------------------------------


@router.post("", status_code=201, response_model=ErasureAnswer, responses=ACCEPTED)
async def ask(
    body: ErasureBody, key: Key, here: Here, person: Staff, lang: Language = "zh"
) -> Response:
    """Ask that people be forgotten, by data protection; somebody else has to agree."""
    await _sight(here, person)
    erasure_id = identity.erasure_number(person, key, here.ring)
    command = RequestErasure(
        command_id=identity.command_id(person, erasure_id, key),
        at=now(),
        actor=person.actor,
        targets=tuple(Target(case_id=t.case_id, subject=t.subject) for t in body.targets),
        ground=body.ground,
        text=body.text,
    )
    return await NOUN.send(here, erasure_id, command, None, lang, status=201)


@router.post("/{erasure_id}/commands", response_model=ErasureAnswer, responses=ACCEPTED)
async def send_command(
    erasure_id: ErasureId,
    body: ErasureCommandBody,
    key: Key,
    here: Here,
    person: Staff,
    lang: Language = "zh",
) -> Response:
    """Approve, refuse or withdraw."""
    await check(here, person, erasure_id)
    command = _command(body, identity.command_id(person, erasure_id, key), person)
    return await NOUN.send(here, erasure_id, command, body.version, lang)


def _command(body: ErasureCommandBody, command_id: str, person: Principal) -> ErasureCommand:
    told: dict[str, Any] = {"command_id": command_id, "at": now(), "actor": person.actor}
    match body:
        case ApproveErasureBody():
            return ApproveErasure(**told, text=body.text)
        case RefuseErasureBody():
            return RefuseErasure(**told, text=body.text)
        case WithdrawErasureBody():
            return WithdrawErasure(**told, text=body.text)


@router.get("/{erasure_id}/commands/{command_id}", response_model=ErasureAnswer, responses=ACCEPTED)
async def command_status(
    erasure_id: ErasureId, command_id: UUID, here: Here, person: Staff, lang: Language = "zh"
) -> Response:
    """What became of a command whose outcome was not known when it was answered."""
    await _sight(here, person)
    async with raw(here.engine) as connection:
        known = await reading.outcome(connection, erasure_id, command_id)
    if known is None:
        return NOUN.unknown(erasure_id, str(command_id))
    if known["refusal"] is not None:
        raise await NOUN.refused(here, erasure_id, Refusal(**known["refusal"]), lang)
    await check(here, person, erasure_id)
    versions = range(known["first_version"], known["last_version"] + 1)
    return answers.shown(await NOUN.told(here, erasure_id, versions, lang))


# -- looking -----------------------------------------------------------------


@router.get("")
async def list_erasures(
    here: Here,
    person: Staff,
    state: ErasureState | None = None,
    case: Word | None = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
) -> Erasures:
    """The register, newest first: of the units below one's posts, all for an auditor."""
    units = await _sight(here, person)
    async with raw(here.engine) as connection:
        rows, after = await erasures.page(
            connection, units, state=state, case_id=case, cursor=cursor, size=size
        )
    organisation = (await here.book()).organisation
    lines = [erasure_views.row(found, organisation, lang) for found in rows]
    return Erasures(erasures=lines, next_cursor=after)


@router.get("/{erasure_id}")
async def show_erasure(
    erasure_id: ErasureId, here: Here, person: Staff, lang: Language = "zh"
) -> ErasureHistory:
    """One erasure with its whole record in plain words, and what it did not reach."""
    found = await check(here, person, erasure_id)
    told = await _answer(here, found, range(1, found.version + 1), lang)
    return ErasureHistory(erasure=told.erasure, events=told.events)


async def _sight(here: Context, person: Principal) -> list[str] | None:
    """The units whose erasures somebody sees; refused to whoever has no part in them."""
    book = await here.book()
    posts = [post for post in posts_of(person, book) if post.role in DECIDERS]
    if not posts:
        told = "for data protection, administrators and auditors"
        raise Problem(403, "not_entitled", told, rule="R14.4")
    if any(post.role is Role.AUDITOR for post in posts):
        return None
    return _below({post.unit_id for post in posts}, book)


def _below(units: set[str], book: Book) -> list[str]:
    return sorted({below for unit in units for below in book.organisation.subtree(unit)})


async def check(here: Context, person: Principal, erasure_id: str) -> "_Found":
    """The erasure, for who sees its unit; for everybody else there is none."""
    units = await _sight(here, person)
    found = await _look(here, erasure_id)
    if units is not None and found.past.state.unit_id not in units:
        raise _no_such_erasure()
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    past: Past[Erasure, ErasureEvent]
    row: Mapping[str, Any]

    @property
    def version(self) -> int:
        return self.past.state.version


async def _look(here: Context, erasure_id: str) -> _Found:
    """The erasure's past, or 404."""
    async with raw(here.engine) as connection:
        past = await reading.past(connection, FOLD, erasure_id, here.ring)
    if past is None or past.state.asked_at is None:
        raise _no_such_erasure()
    return _Found(past, erasures.row(past.state))


async def _shown(here: Context, found: _Found, lang: Language) -> ErasureView:
    organisation = (await here.book()).organisation
    return erasure_views.view(found.past, found.row, organisation, lang)


async def _answer(here: Context, found: _Found, versions: range, lang: Language) -> ErasureAnswer:
    organisation = (await here.book()).organisation
    return ErasureAnswer(
        version=found.version,
        events=erasure_views.events(found.past, versions, organisation, lang),
        erasure=await _shown(here, found, lang),
    )


def _no_such_erasure() -> Problem:
    return Problem(404, "erasure_not_found", "no such erasure, or not yours to see")


NOUN = Noun(
    workflow=ERASURE,
    path=router.prefix,
    member="erasure",
    pending=ErasurePending,
    look=_look,
    shown=_shown,
    answer=_answer,
)
