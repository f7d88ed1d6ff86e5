"""Reports, topics, workload and exports: what supervisors read and take along."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.exports.formats import NAMES
from api.pages.drawing import figures, showing
from api.pages.page import Visit
from api.pages.watch.board import own_unit
from api.pages.watch.scores import last_month

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=100)]
Long = Annotated[str, Query(max_length=300)]


@router.get("/board/reports")
async def reports(page: Visit, unit: Word = "", period: Word = "", cursor: Long = "") -> Response:
    """The reports that wrote themselves, newest period first."""
    found = await page.api.get("/reports", unit=unit, period=period, cursor=cursor, lang=None)
    return await page.show("watch/reports.html", found=found, unit=unit, period=period)


@router.get("/board/topics")
async def topics(page: Visit, unit: Word = "", period: Word = "") -> Response:
    """What is reported again and again, most voices first."""
    chosen = unit or await own_unit(page)
    asked = {"unit": chosen, "period": period or last_month(page)}
    found = await page.api.get("/topics", **asked)
    return await page.show("watch/topics.html", found=found, asked=asked)


@router.get("/board/topics/{topic}")
async def topic(page: Visit, topic: str, unit: Word, period: Word) -> Response:
    """One of them: its trend, its cases, and who could settle it at the root."""
    found = await page.api.get(f"/topics/{topic}", unit=unit, period=period)
    return await page.show("watch/topic.html", found=found, unit=unit, period=period)


@router.get("/board/workload")
async def workload(page: Visit, unit: Word = "") -> Response:
    """Open cases against households and staff, and where people are missing."""
    chosen = unit or await own_unit(page)
    found = await page.api.get("/workload", unit=chosen)
    chart = showing.linked(page, figures.workload(found, page.lang), "workload", unit=chosen)
    return await page.show("watch/workload.html", found=found, chart=chart)


@router.get("/board/export")
async def export(page: Visit) -> Response:
    """A form whose answer is a file."""
    return await page.show("watch/export.html", forms=NAMES, unit=await own_unit(page))
