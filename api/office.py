"""Routes of the office: its commands, what is in force and planned, what happened."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import answers, identity, office_views, schemas
from api.auth import Principal, Staff
from api.context import Context, Here, now
from api.dispatch import Dispatcher, OutcomeUnknown
from api.errors import Problem, refused
from api.identity import Key
from api.models_office import (
    HandOverView,
    OfficeAnswer,
    OfficeHistory,
    OfficeView,
    PlannedView,
)
from api.schemas.office import AnyOfficeBody, Name
from api.words import Language
from domain.book import Book
from domain.words import Role
from store import books, hand_overs, journal, reading
from store.database import raw
from store.folds import OFFICE as FOLD
from workflows.messages import OFFICE, Refusal

router = APIRouter(prefix="/api/v1/office", tags=["office"])
READERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
URL = "/api/v1/office/commands/{}"


@router.post("/commands", response_model=OfficeAnswer, responses=answers.ACCEPTED)
async def send_command(
    body: AnyOfficeBody, key: Key, here: Here, asking: Staff, lang: Language = "zh"
) -> Response:
    """Administer: the answer carries the office's new version and the events."""
    fields = body.model_dump(exclude={"kind", "version"})
    command_id = identity.command_id(asking, OFFICE, key)
    command = schemas.office_command(body.kind, fields, command_id, now(), asking.actor)
    dispatcher = Dispatcher(here.temporal, here.settings.task_queue, OFFICE, ring=here.ring)
    try:
        result = await dispatcher.send(OFFICE, command, body.version)
    except OutcomeUnknown:
        return answers.pending(OFFICE, command_id, None, URL.format(command_id))
    if result.refusal is not None:
        raise refused(result.refusal, version=result.position.version)
    return await _answer(here, result.first_version, result.last_version, lang)


@router.get("/commands/{command_id}", response_model=OfficeAnswer, responses=answers.ACCEPTED)
async def command_status(
    command_id: UUID, here: Here, asking: Staff, lang: Language = "zh"
) -> Response:
    """What became of a command whose outcome was not known when it was answered."""
    await reader(here, asking)
    async with raw(here.engine) as connection:
        known = await reading.outcome(connection, OFFICE, command_id)
    if known is None:
        return answers.pending(OFFICE, str(command_id), None, URL.format(command_id))
    if known["refusal"] is not None:
        raise refused(Refusal(**known["refusal"]))
    return await _answer(here, known["first_version"], known["last_version"], lang)


@router.get("")
async def office(
    here: Here, asking: Staff, unit: Name | None = None, lang: Language = "zh"
) -> OfficeView:
    """A unit (by default one's own) with what hangs on it, and what is in force and planned."""
    async with raw(here.engine) as connection:
        loaded = await journal.load(connection, FOLD, OFFICE)
        volume = await here.shelf.volume(connection, loaded.books, loaded.now)
        own = await reader(here, asking)
        posts = [plan.post_id for plan in loaded.state.hand_overs]
        progress = await hand_overs.progress(connection, posts)
        policies = await books.policies_to_come(connection, loaded.now)
    organisation = volume.book.organisation
    found = organisation.units.get(unit or own)
    if found is None:
        raise Problem(404, "unknown_unit", "no such unit in force")
    inside = [u for u in organisation.units.values() if u.parent_id == found.unit_id]
    planned = [office_views.planned_view(p, organisation, lang) for p in volume.plans()]
    return OfficeView(
        version=loaded.version,
        in_force=_in_force(volume.book),
        planned=[*planned, *(_policy(version, at) for version, at in policies)],
        requests=[office_views.request_view(r, organisation) for r in loaded.state.requests],
        hand_overs=office_views.hand_over_views(loaded.state, progress),
        unit=office_views.unit_view(found, organisation),
        units=[office_views.unit_view(each, organisation) for each in inside],
        posts=[
            office_views.post_view(post, organisation, loaded.now)
            for post in organisation.posts_in(found.unit_id)
        ],
        duty={str(channel): post for channel, post in organisation.duty.items()},
    )


@router.get("/history")
async def history(
    here: Here,
    asking: Staff,
    before: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
) -> OfficeHistory:
    """What was changed, by whom, from when on, newest first."""
    await reader(here, asking)
    async with raw(here.engine) as connection:
        lines = await reading.newest(connection, FOLD, OFFICE, here.ring, before, limit)
    organisation = (await here.book()).organisation
    events = [office_views.event_view(line, organisation, lang) for line in lines]
    more = len(lines) == limit and lines[-1].version > 1
    return OfficeHistory(events=events, before=lines[-1].version if more else None)


@router.get("/hand-overs/{post_id}")
async def hand_over(post_id: Name, here: Here, asking: Staff) -> HandOverView:
    """How far the hand-over of a post's cases got."""
    await reader(here, asking)
    async with raw(here.engine) as connection:
        loaded = await journal.load(connection, FOLD, OFFICE)
        found = await hand_overs.progress(connection, [post_id])
    views = office_views.hand_over_views(loaded.state, found)
    if not views:
        raise Problem(404, "no_hand_over", "no case of such a post was handed over")
    return views[0]


async def reader(here: Context, asking: Principal) -> str:
    """A unit of the reader's, or 403: administrators and auditors look on."""
    organisation = (await here.book()).organisation
    posts = organisation.posts_of(asking.person_id, now())
    own = next((post.unit_id for post in posts if post.role in READERS), None)
    if own is None:
        raise Problem(403, "not_entitled", "needs an administrator's or auditor's post", rule="§2")
    return own


async def _answer(here: Context, first: int, last: int, lang: Language) -> Response:
    organisation = (await here.newest_book()).organisation
    async with raw(here.engine) as connection:
        most = max(last - first + 1, 0)
        lines = await reading.newest(connection, FOLD, OFFICE, here.ring, last + 1, most)
    events = [office_views.event_view(line, organisation, lang) for line in reversed(lines)]
    return answers.shown(OfficeAnswer(version=last, events=events))


def _in_force(book: Book) -> dict[str, str]:
    return {
        "organisation": book.organisation.version,
        "catalogue": book.catalogue.version,
        "calendar": book.calendar.version,
        "policy": book.policy,
    }


def _policy(version: str, at: Any) -> PlannedView:  # noqa: ANN401 - a row
    return PlannedView(change=None, words=version, effective_from=at)
