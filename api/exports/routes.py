"""Routes of exports: one case's timeline, and the whole journal, as somebody may see them."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api import answers
from api.auth import Asking, Principal, Staff, check_case, posts_of, sight
from api.cases import Word
from api.context import Context, Here
from api.errors import Problem, unknown
from api.exports import tables
from api.exports.drawing import About, Reader
from api.exports.filters import STREAM, Filters
from api.exports.formats import FORMATS, FormatName
from api.exports.journal import Asked, opened
from api.exports.lines import own_timeline
from api.exports.recorded import ENTITLED, record, record_own
from api.exports.stream import Streamed
from api.identity import CaseId
from api.models import ResidentAnswer
from api.moments import Moment
from api.words import Language
from domain.book import Book
from store import exporting

router = APIRouter(prefix="/api/v1", tags=["exports"])
GATE = asyncio.Semaphore(2)
"""Exports of the journal at once in one process: each holds a connection while it lasts."""
TIMELINES = asyncio.Semaphore(4)
"""The same of single cases, which are short: nobody's long export keeps them waiting."""
TAKING: set[str] = set()
"""Who takes the journal now: nobody needs more than one place."""
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, piece by piece; its last line says that it is whole",
        "content": {
            found.media.partition(";")[0]: {"schema": {"type": "string"}}
            for found in FORMATS.values()
        },
    }
}
Asked_for = Annotated[FormatName, Query(alias="format")]


@router.get("/cases/{case_id}/timeline/export", response_class=Response, responses=FILE)
async def export_timeline(
    case_id: CaseId, here: Here, asking: Asking, form: Asked_for = "jsonl", lang: Language = "zh"
) -> Response:
    """One case's timeline as a file; for its resident in plain words, as JSON Lines or CSV."""
    asking = await check_case(here, asking, case_id)
    if asking.kind != "staff":
        return await _own(here, asking, case_id, form, lang)
    return await _file(here, asking, form, Filters(case=case_id), None, lang)


@router.get("/export", response_class=Response, responses=FILE)
async def export_journal(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    here: Here,
    person: Staff,
    form: Asked_for = "jsonl",
    since: Annotated[Moment, Query(alias="from")] = None,
    until: Moment = None,
    unit: Word | None = None,
    kind: Annotated[list[Word], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    case: Annotated[str | None, Query(pattern=STREAM)] = None,
    lang: Language = "zh",
) -> Response:
    """The journal as a file, for supervisors within their sight and auditors: what was recorded
    from a moment on and before another, of a unit's cases and visits, of some kinds, of one case.
    """
    book = await here.book()
    need_oversight(person, book)
    filters = Filters(since=since, until=until, unit=unit, kinds=tuple(kind), case=case)
    return await _file(here, person, form, filters, sight_of(person, book), lang)


def need_oversight(person: Principal, book: Book) -> None:
    """Let pass auditors and supervisors: it is their work to look at more than one case."""
    if not any(post.role in ENTITLED for post in posts_of(person, book)):
        raise Problem(403, "not_entitled", "needs a supervisor's or auditor's post", rule="§2")


def sight_of(person: Principal, book: Book) -> exporting.Sight | None:
    """What the person sees of the journal, as on every list; None for all of it."""
    seen = sight(person, book)
    if seen.units is None:
        return None
    below = {each for unit in seen.units for each in book.organisation.subtree(unit)}
    return exporting.Sight(units=seen.units, mediating=seen.mediating, below=sorted(below))


async def _file(
    here: Context,
    person: Principal,
    form: FormatName,
    filters: Filters,
    seen: exporting.Sight | None,
    lang: Language,
) -> Response:
    """The file begun: whoever takes it is written down, and only then the first byte leaves."""
    book = await here.book()
    reader = Reader(person_id=person.person_id, posts=posts_of(person, book), language=lang)
    wanted = filters.wanted(book, seen)
    asked = Asked(format=form, wanted=wanted, filters=filters.said(wanted), reader=reader)
    async with AsyncExitStack() as stack:
        await enter(stack, person.person_id if filters.case is None else None)
        told = partial(record, here, person, reader.posts)
        found = await opened(here.engine, here.ring, book.organisation, asked, told)
        await stack.enter_async_context(found.sources)
        return Streamed(
            found.pieces, FORMATS[form].media, stack.pop_all(), **_headers(form, found.about)
        )
    raise AssertionError  # the stack lets nothing pass silently


async def enter(stack: AsyncExitStack, whose: str | None) -> None:
    """Take a place: for one case, or, with who reads for what, for the journal: one for each."""
    gate = TIMELINES if whose is None else GATE
    if gate.locked() or whose in TAKING:
        told = "others take exports" if whose not in TAKING else "you take an export already"
        raise Problem(503, "exports_busy", f"{told}; try again", headers={"Retry-After": "30"})
    await stack.enter_async_context(gate)
    if whose is not None:
        TAKING.add(whose)
        stack.callback(TAKING.discard, whose)


def _headers(form: FormatName, about: About) -> dict[str, str]:
    name = f"shouwen-{about.at:%Y%m%dT%H%M%SZ}.{FORMATS[form].suffix}"
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "Shouwen-Until-Seq": str(about.until_seq),
        "Shouwen-Events": str(about.events),
    }


# -- residents ---------------------------------------------------------------


async def _own(
    here: Context, asking: Principal, case_id: str, form: FormatName, lang: Language
) -> Response:
    """What the resident's own page shows, and no more."""
    if form not in OWN:
        told = "your own timeline comes as jsonl or csv"
        raise unknown("query/format", "not_for_residents", told)
    found = await answers.history(here, case_id)
    drawn = await answers.drawn(here, asking, found, range(0), lang)
    if not isinstance(drawn, ResidentAnswer):
        raise TypeError(asking.kind)
    await record_own(here, case_id, form, len(drawn.timeline))
    media, body = FORMATS[form].media, OWN[form](drawn.timeline)
    headers = {"Content-Disposition": f'attachment; filename="{case_id}.{FORMATS[form].suffix}"'}
    return Response(body, media_type=media, headers=headers)


OWN = {"jsonl": own_timeline, "csv": tables.own_timeline}
"""The forms a resident's own timeline comes in."""
