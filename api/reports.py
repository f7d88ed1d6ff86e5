"""Routes of reports (R12.6), for everybody, without signing in: what was published of units. There
are no people in reports.
"""

import asyncio
import base64
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api import answers, words
from api.context import Context, Here
from api.errors import Problem, unknown
from api.models_named import Named
from api.once import once
from api.schemas.base import clean
from domain.refusals import Unreadable
from domain.report.commands import KeptFile
from domain.report.events import ReportWritten
from domain.report.state import Report
from domain.scores import periods
from domain.streams import Noun, noun_of
from domain.words.report import MEDIA_TYPES, Form
from store import journal, reports
from store.database import raw
from store.folds import REPORT
from store.reports import Content

router = APIRouter(prefix="/api/v1/reports", tags=["reports"], dependencies=[once()])
Word = Annotated[str, Field(max_length=100), AfterValidator(clean)]
ReportId = Annotated[str, Path(max_length=200), AfterValidator(clean)]
FILES = asyncio.Semaphore(4)
"""Files that are read at once in one process: each is held in memory while it leaves."""
FOR_EVER = "public, max-age=31536000, immutable"
"""A file's address is its hash."""
A_WHILE = "public, max-age=60"


class Listing(BaseModel):
    """What is asked of the list: the reports of a unit or a period or all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: Word | None = None
    period: Word | None = None
    cursor: Annotated[str, Field(max_length=300)] | None = None
    size: Annotated[int, Field(ge=1, le=200)] = 50


class FileView(BaseModel):
    """A file: figures for machines (no language), or a document in one."""

    form: Form
    language: str
    media_type: str
    size: int
    sha256: str
    url: str


class ReportLine(BaseModel):
    """A report as the list shows it: its newest edition."""

    report_id: str
    unit: Named
    period: str
    edition: int
    as_of: datetime
    written_at: datetime
    files: list[FileView]


class ReportsView(BaseModel):
    """The newest periods first."""

    reports: list[ReportLine]
    next_cursor: str | None


class ChangedView(BaseModel):
    """A figure that differs from the edition before: so many of so many."""

    scope: str
    measure: str
    before: str
    after: str


class EditionView(BaseModel):
    """One edition: what it rests on, what it corrects, its files. `figures` is their SHA-256."""

    edition: int
    as_of: datetime
    position: int
    policy: str
    organisation: str
    written_at: datetime
    figures: str
    changed: list[ChangedView]
    files: list[FileView]


class ReportView(BaseModel):
    """A report with all its editions, the newest first."""

    report_id: str
    unit: Named
    period: str
    editions: list[EditionView]


@router.get("", response_model=ReportsView)
async def list_reports(here: Here, query: Annotated[Listing, Query()]) -> Response:
    """The reports that were published, of a unit or a period or all."""
    name = None if query.period is None else _period(query.period)
    async with raw(here.engine) as connection:
        rows, after = await reports.page(
            connection, query.unit, name, cursor=query.cursor, size=query.size
        )
    book = await here.book()
    lines = [
        ReportLine(
            report_id=row["report_id"],
            unit=Named(id=row["unit_id"], name=words.unit_name(row["unit_id"], book.organisation)),
            period=row["period"],
            edition=row["edition"],
            as_of=row["as_of"],
            written_at=row["written_at"],
            files=[_file(row["report_id"], KeptFile(**each)) for each in row["files"]],
        )
        for row in rows
    ]
    return _cached(ReportsView(reports=lines, next_cursor=after))


@router.get("/{report_id}", response_model=ReportView)
async def show_report(report_id: ReportId, here: Here) -> Response:
    """One report with every edition it ever had."""
    found = await _report(here, report_id)
    first, book = found.editions[0], await here.book()
    view = ReportView(
        report_id=report_id,
        unit=Named(id=first.unit_id, name=words.unit_name(first.unit_id, book.organisation)),
        period=first.period,
        editions=[_edition(report_id, each) for each in reversed(found.editions)],
    )
    return _cached(view)


@router.get("/{report_id}/files/{sha256}", response_class=Response)
async def show_file(
    report_id: ReportId,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    here: Here,
    if_none_match: Annotated[str | None, Header(max_length=1000)] = None,
) -> Response:
    """A file of a report, byte for byte as it was written."""
    found = await _report(here, report_id)
    named = {each.sha256: (e, each) for e in found.editions for each in e.files}
    if sha256 not in named:
        raise Problem(404, "no_such_file", "no edition of this report has it")
    edition, file = named[sha256]
    headers = _headers(found, edition, file)
    if if_none_match is not None and headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    async with FILES:
        content = await _content(here, sha256)
    return Response(content.content, 200, headers, media_type=content.media_type)


async def _report(here: Context, report_id: str) -> Report:
    if noun_of(report_id) is Noun.REPORT:
        async with raw(here.engine) as connection:
            found = (await journal.load(connection, REPORT, report_id)).state
        if found.editions:
            return found
    raise Problem(404, "no_such_report", "no such report was written")


async def _content(here: Context, sha256: str) -> Content:
    async with raw(here.engine) as connection:
        found = await reports.file(connection, sha256)
    if found is None:
        raise Problem(503, "file_missing", "the file is not here: restore it from a backup")
    return found


def _period(text: str) -> str:
    try:
        return periods.parse(text).name
    except Unreadable as error:
        raise unknown("query/period", "unknown_period", str(error)) from error


def _edition(report_id: str, edition: ReportWritten) -> EditionView:
    return EditionView(
        edition=edition.edition,
        as_of=edition.as_of,
        position=edition.position,
        policy=edition.policy,
        organisation=edition.organisation,
        written_at=edition.at,
        figures=edition.figures,
        changed=[
            ChangedView(scope=c.scope, measure=c.measure, before=c.before, after=c.after)
            for c in edition.changed
        ],
        files=[_file(report_id, each) for each in edition.files],
    )


def _file(report_id: str, file: KeptFile) -> FileView:
    return FileView(
        form=file.form,
        language=file.language,
        media_type=MEDIA_TYPES[Form(file.form)],
        size=file.size,
        sha256=file.sha256,
        url=f"{router.prefix}/{quote(report_id, safe='')}/files/{file.sha256}",
    )


def _headers(report: Report, edition: ReportWritten, file: KeptFile) -> dict[str, str]:
    ending = "json" if file.form is Form.FIGURES else file.form
    parts = [report.report_id, f"edition-{edition.edition}", file.language]
    name = f"{'-'.join(filter(None, parts))}.{ending}"
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    return {
        "ETag": f'"{file.sha256}"',
        "Repr-Digest": f"sha-256=:{digest}:",
        "Cache-Control": FOR_EVER,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }


def _cached(view: ReportsView | ReportView) -> Response:
    answer = answers.shown(view)
    answer.headers["Cache-Control"] = A_WHILE
    return answer
