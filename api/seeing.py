"""The route that tells what somebody could see of a case, when and why (R14.3)."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, BaseModel

from api import answers, past, words
from api.auth import Staff, check_case
from api.context import Here
from api.errors import unknown
from api.identity import CaseId
from api.models_named import Named
from api.overseeing import need_overseer
from api.past import AsOf
from api.schemas.base import clean
from api.words import Language
from api.words.seeing import WHY
from domain import masking, seeing
from domain.book import Book
from domain.events import Event, Revealed
from domain.seeing import Ground, Stretch
from store import posts_known, spans
from store.database import raw
from store.reading import History, Line
from store.views import GIVES_SIGHT

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
ENTITLED = "for auditors and supervisors over the case, and for everybody about themselves"


class GroundView(BaseModel):
    """A post that opened the case; `brought_by` are the events that brought it to the unit."""

    post_id: str
    role: str
    unit: Named
    standing_in: bool
    why: str
    words: str
    since: datetime | None
    brought_by: list[int]


class StretchView(BaseModel):
    """A stretch of time in which the case was open to them; `until` None: it still is.

    `reads_words`: whether the words of a mediation were too; None for a request.
    """

    since: datetime
    until: datetime | None
    reads_words: bool | None
    grounds: list[GroundView]


class LookView(BaseModel):
    """Personal data was shown to them, for that reason."""

    version: int
    at: datetime
    recorded_at: datetime
    post_id: str | None
    reason: str
    fields: list[str]


class HistoryOfSight(BaseModel):
    """What one person could see of one case, from its opening up to `at`."""

    case_id: str
    person: Named
    at: datetime
    stretches: list[StretchView]
    looks: list[LookView]


@router.get("/{case_id}/history-of-sight", response_model=HistoryOfSight)
async def history_of_sight(
    case_id: CaseId,
    here: Here,
    asking: Staff,
    person: Annotated[str, Query(max_length=100), AfterValidator(clean)],
    lang: Language = "zh",
    as_of: AsOf = None,
) -> Response:
    """When the case was open to somebody, at which post and why; and when they looked deeper.

    For auditors, for supervisors over the case, and for everybody about themselves.
    """
    oneself = person == asking.person_id
    if not oneself:
        await need_overseer(here, asking, case_id, ENTITLED)
    whole = await answers.history(here, case_id)
    async with raw(here.engine) as connection:
        seen, reached = await spans.seen(connection, case_id, whole.case.version)
        known = await posts_known.posts_known(connection, person)
    if oneself and not seeing.stretches(person, known, whole.life(), seen, whole.at):
        await check_case(here, asking, case_id)  # for a stranger there is no such case
    if not reached:
        raise past.not_written_yet()
    found = whole if as_of is None else past.cut(whole, as_of)
    book = await answers.book_of(here, found)
    could = seeing.stretches(person, known, found.life(), seen, found.at)
    if not could and person not in book.organisation.people:
        raise unknown("query/person", "unknown_person")
    shown = await answers.read_by(here, asking, found)
    told = HistoryOfSight(
        case_id=case_id,
        person=Named(id=person, name=words.person_name(person, book.organisation)),
        at=found.at,
        stretches=[_stretch(each, found, seen, book, lang) for each in could],
        looks=[_look(line, line.event) for line in shown.lines if _looked(line.event, person)],
    )
    return answers.shown_at(told, found.at)


def _looked(event: Event, person: str) -> bool:
    return isinstance(event, Revealed) and event.by.person_id == person


def _look(line: Line, event: Event) -> LookView:
    return LookView(
        version=line.version,
        at=event.at,
        recorded_at=line.recorded_at,
        post_id=event.by.post_id,
        reason=masking.text(getattr(event, "reason", "")),
        fields=list(getattr(event, "fields", ())),
    )


def _stretch(
    stretch: Stretch, found: History, seen: dict[str, datetime], book: Book, lang: Language
) -> StretchView:
    return StretchView(
        since=stretch.since,
        until=stretch.until,
        reads_words=stretch.privy,
        grounds=[_ground(ground, found, seen, book, lang) for ground in stretch.grounds],
    )


def _ground(
    ground: Ground, found: History, seen: dict[str, datetime], book: Book, lang: Language
) -> GroundView:
    since = seen.get(ground.unit_id) if ground.why is seeing.Why.UNIT else None
    bringing = (
        line.version
        for line, at in zip(found.lines, found.known(), strict=True)
        if at == since and isinstance(line.event, GIVES_SIGHT)
    )
    return GroundView(
        post_id=ground.post_id,
        role=ground.role,
        unit=Named(id=ground.unit_id, name=words.unit_name(ground.unit_id, book.organisation)),
        standing_in=ground.standing_in,
        why=ground.why,
        words=words.say(WHY, ground.why, lang),
        since=since,
        brought_by=list(bringing),
    )
