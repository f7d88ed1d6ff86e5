"""Routes of a person's own inbox: what they were told, and what of it they have read."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api import views
from api.auth import Staff
from api.context import Here, now
from api.errors import Problem
from api.models_notifications import Inbox, InboxEntry, Unread
from api.schemas.notifications import ReadBody
from api.words import Language, unit_name
from domain import masking
from domain.book import Book
from domain.sight import units_in_sight
from letters.texts import words
from store import inbox
from store.database import raw

router = APIRouter(prefix="/api/v1/inbox", tags=["inbox"])
Number = Annotated[int, Query(ge=1, le=2**63 - 1)]


@router.get("")
async def list_entries(
    here: Here,
    person: Staff,
    cursor: Number | None = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
    *,
    unread: bool = False,
) -> Inbox:
    """What the signed-in person was told, newest first; with `unread` only what is unread."""
    book = await here.book()
    posts = book.organisation.posts_of(person.person_id, now())
    async with raw(here.engine) as connection:
        rows = await inbox.page(
            *(connection, person.person_id, units_in_sight(posts)),
            before=cursor,
            only_unread=unread,
            size=size + 1,
        )
        left = await inbox.unread(connection, person.person_id)
    entries = [_entry(row, book, lang) for row in rows[:size]]
    more = entries[-1].id if len(rows) > size else None
    return Inbox(unread=left, entries=entries, next_cursor=more)


@router.post("/{entry_id}/read")
async def read_one(
    entry_id: Annotated[int, Path(ge=1, le=2**63 - 1)], here: Here, person: Staff
) -> Unread:
    """Mark one entry as read; a second time changes nothing."""
    async with raw(here.engine) as connection:
        if not await inbox.read(connection, person.person_id, entry_id):
            raise Problem(404, "entry_not_found", "no such entry in your inbox")
        return Unread(unread=await inbox.unread(connection, person.person_id))


@router.post("/read")
async def read_all(body: ReadBody, here: Here, person: Staff) -> Unread:
    """Mark everything up to an entry as read: what came after it was not seen yet."""
    async with raw(here.engine) as connection:
        await inbox.read_upto(connection, person.person_id, body.upto)
        return Unread(unread=await inbox.unread(connection, person.person_id))


def _entry(row: Mapping[str, Any], book: Book, lang: Language) -> InboxEntry:
    unit = unit_name(row["unit_id"], book.organisation)
    return InboxEntry(
        id=row["entry_id"],
        topic=row["topic"],
        words=words(row["topic"], "staff", lang).format(unit=unit),
        case_id=row["case_id"],
        title=masking.text(row["title"] or ""),
        unit=views.unit(row["unit_id"], book.organisation),
        phase=row["phase"] or "",
        due_at=row["overdue_at"],
        created_at=row["created_at"],
        read_at=row["read_at"],
    )
