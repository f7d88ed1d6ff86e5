"""The access record as a file (R14.5), page by page, newest first; its last line says it is all."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from api import recording
from api.access_record import AccessLine, Asked, asked, line, need_auditor
from api.auth import Staff
from api.context import Context, Here, now
from api.exports import tables
from api.exports.tables import Cell
from api.words import Language
from domain.values import By
from store import access_pages
from store.access_pages import Wanted
from store.database import raw

router = APIRouter(prefix="/api/v1/access-record", tags=["record"])
PAGE = 200
COLUMNS = (
    *("recorded_at", "at", "kind", "words", "by_id", "by_name", "post_id", "unit_id"),
    *("person_id", "about", "reason", "data", "stream", "version", "hash"),
)
Form = Literal["jsonl", "csv"]


@router.get("/export", response_class=StreamingResponse)
async def export_record(
    here: Here,
    person: Staff,
    wanted: Annotated[Asked, Depends(asked)],
    form: Annotated[Form, Query(alias="format")] = "jsonl",
    lang: Language = "zh",
) -> StreamingResponse:
    """The record as JSON Lines or CSV, up to now, for auditors; that they took it stands in it."""
    book = await here.book()
    post, said = need_auditor(person, book), wanted.recorded(book)
    until = min(filter(None, (wanted.wanted.until, now())))
    by = By(person_id=person.person_id, post_id=post.post_id, unit_id=post.unit_id)
    await recording.exported(here, by, what="access-record", form=form, filters=said)
    pieces = _pieces(here, replace(wanted.wanted, until=until), lang, FORMS[form])
    media = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl"
    name = f"shouwen-access-{until:%Y%m%dT%H%M%SZ}.{form}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(pieces, media_type=media, headers=headers)


Page = Callable[[list[AccessLine]], str]
End = Callable[[int], str]


async def _pieces(
    here: Context, wanted: Wanted, lang: Language, form: tuple[str, Page, End]
) -> AsyncGenerator[bytes]:
    head, page, end = form
    book, count, cursor = await here.book(), 0, None
    yield head.encode()
    while True:
        async with raw(here.engine) as connection:
            found, cursor = await access_pages.page(
                connection, wanted, here.ring, cursor=cursor, size=PAGE
            )
        count += len(found)
        yield page([line(each, book, lang) for each in found]).encode()
        if cursor is None:
            break
    yield end(count).encode()


def _lines(found: list[AccessLine]) -> str:
    return "".join(f"{each.model_dump_json()}\n" for each in found)


def _last_line(count: int) -> str:
    end = {"type": "end", "complete": True, "entries": count}
    return orjson.dumps(end, option=orjson.OPT_APPEND_NEWLINE).decode()


def _rows(found: list[AccessLine]) -> str:
    return tables.rows(map(_row, found))


def _row(each: AccessLine) -> list[Cell]:
    return [
        *(tables.instant(each.recorded_at), tables.instant(each.at), each.kind, each.words),
        *(each.by.id, each.by.name, each.post_id, each.unit.id if each.unit else None),
        *(each.person.id if each.person else None, each.about, each.reason),
        *(orjson.dumps(each.data).decode(), each.stream, each.version, each.hash),
    ]


def _last_row(count: int) -> str:
    last: dict[str, Cell] = {"kind": tables.COMPLETE, "words": f"{count} entries"}
    return tables.rows([[last.get(name) for name in COLUMNS]])


FORMS: dict[Form, tuple[str, Page, End]] = {
    "jsonl": ("", _lines, _last_line),
    "csv": (tables.MARK + tables.rows([COLUMNS]), _rows, _last_row),
}
"""What a file begins with, a page of it, and its end."""
