"""The route of the queue: what superiors have to decide, oldest due first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel

from api import words
from api.auth import Staff, sight
from api.context import Here, now
from api.errors import unknown
from api.models_named import Named
from api.schemas.base import clean
from api.words import Language
from api.words.questions import QUESTIONS
from domain import masking
from domain.book import Book
from domain.words import ClockKind, QuestionKind, Role
from store import open_questions
from store.database import raw
from store.open_questions import Asking

router = APIRouter(prefix="/api/v1/questions", tags=["questions"])
Kind = QuestionKind | Literal[ClockKind.EXTENSION, ClockKind.SUPERVISION]
Word = Annotated[str, Query(max_length=100), AfterValidator(clean)]


class OpenQuestion(BaseModel):
    """One question: what of which case, put to whom, since when and until when."""

    case_id: str
    title: str
    kind: str
    words: str
    about: str
    unit: Named
    person: Named | None
    put_at: datetime
    due_at: datetime
    overdue: bool
    urgency: str
    stage: str
    phase: str
    case_unit: Named


class Queue(BaseModel):
    """A page of the queue; `next_cursor` asks for the next one."""

    questions: list[OpenQuestion]
    next_cursor: str | None


@router.get("")
async def list_questions(  # noqa: PLR0913 - each filter is a parameter
    here: Here,
    person: Staff,
    kind: Kind | None = None,
    unit: Word | None = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
    *,
    mine: bool = False,
) -> Queue:
    """What waits for a decision in the cases one may see, oldest due first; of a `unit`, what it or
    one below it has to decide. More time that is asked for is one of them; with the kind
    `supervision` it is the orders that wait for an answer, and whose it is to give.

    With `mine` only what is put to the signed-in person or the units they supervise, and what
    they may decide.
    """
    book, at = await here.book(), now()
    asking = Asking(
        sight=sight(person, book).units,
        person_id=person.person_id if mine else None,
        units=_supervised(person.person_id, person.post_id, book, at),
        kind=kind,
        put_to=None if unit is None else _below(unit, book),
    )
    async with raw(here.engine) as connection:
        rows, after = await open_questions.page(connection, asking, cursor=cursor, size=size)
    return Queue(questions=[_shown(row, book, at, lang) for row in rows], next_cursor=after)


def _below(unit_id: str, book: Book) -> tuple[str, ...]:
    if unit_id not in book.organisation.units:
        raise unknown("query/unit", "unknown_unit")
    return book.organisation.subtree(unit_id)


def _supervised(person_id: str, post_id: str | None, book: Book, at: datetime) -> list[str]:
    """The units at which the person supervises now; with `post_id` at that post alone."""
    posts = book.organisation.posts_of(person_id, at)
    found = (post for post in posts if post_id in {None, post.post_id})
    return sorted({post.unit_id for post in found if post.role is Role.SUPERVISOR})


def _shown(row: Mapping[str, Any], book: Book, at: datetime, lang: Language) -> OpenQuestion:
    organisation, person = book.organisation, row["person_id"]
    name = words.person_name(person or "", organisation)
    return OpenQuestion(
        case_id=row["case_id"],
        title=masking.text(row["title"]),
        kind=row["kind"],
        words=words.say(QUESTIONS, row["kind"], lang),
        about=row["about"],
        unit=_unit(row["unit_id"], book),
        person=Named(id=person, name=name) if person else None,
        put_at=row["put_at"],
        due_at=row["due_at"],
        overdue=row["due_at"] <= at,
        urgency=row["urgency"],
        stage=row["stage"],
        phase=row["phase"],
        case_unit=_unit(row["case_unit"], book),
    )


def _unit(unit_id: str, book: Book) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, book.organisation))
