"""Images: each asks the API as its visitor, as the page does that shows it, and draws the answer.

An SVG of ours holds no style and no script: its policy lets nothing in.
"""

import asyncio
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from starlette.exceptions import HTTPException

from api.pages.client import part
from api.pages.drawing import figures, maps, picking
from api.pages.drawing.figure import Figure, Size
from api.pages.drawing.frame import Frame, Point
from api.pages.drawing.press import NotDrawn
from api.pages.drawing.words import word
from api.pages.page import HEADERS, Page, Visit

router = APIRouter(prefix="/drawings", include_in_schema=False)
SVG = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "private, max-age=60",
}
OURS = frozenset({"lang", "size", "frame", "at"})
"""Parameters that are not the API's."""
BIGGEST = 2_000
"""Pixels of the side of a map to point at."""
Word = Annotated[str, Query(max_length=100)]
Ring = Annotated[str, Query(max_length=8_000)]
"""Corners, each as longitude and latitude, with spaces between them."""


@router.get("/board/units.svg")
async def board_units(page: Visit, size: Size = "wide") -> Response:
    """Open cases by unit: overdue, with a yellow card, all others."""
    return await _chart(page, figures.board_units(await _asked(page, "/board"), page.lang), size)


@router.get("/board/stages.svg")
async def board_stages(page: Visit, size: Size = "wide") -> Response:
    """The same by stage."""
    return await _chart(page, figures.board_stages(await _asked(page, "/board"), page.lang), size)


@router.get("/workload.svg")
async def workload(page: Visit, size: Size = "wide") -> Response:
    """Open cases a head."""
    return await _chart(page, figures.workload(await _asked(page, "/workload"), page.lang), size)


@router.get("/ranking.svg")
async def ranking(page: Visit, size: Size = "wide") -> Response:
    """Rates of units with their intervals."""
    found = await _asked(page, "/scores/ranking")
    return await _chart(page, figures.ranking(found, page.lang), size)


@router.get("/scores/units/{unit_id}.svg")
async def unit_card(page: Visit, unit_id: str, size: Size = "wide") -> Response:
    """All rates of a unit. Those of people are drawn in their pages: each look is recorded."""
    found = await _asked(page, f"/scores/units/{part(unit_id)}")
    return await _chart(page, figures.card(found, page.lang), size)


@router.get("/topics/{topic}.svg")
async def topic(page: Visit, topic: str, size: Size = "wide") -> Response:
    """The months of a topic."""
    found = await _asked(page, f"/topics/{part(topic)}")
    return await _chart(page, figures.months(found["topic"], page.lang), size)


@router.get("/map.svg")
async def figure_map(page: Visit) -> Response:
    """A unit's map, without links."""
    found = await _asked(page, "/map")
    title = word("map", page.lang, unit=found["unit"]["name"], by=found["words"])
    return _svg(await asyncio.to_thread(maps.drawn, found, title))


@router.get("/place.svg")
async def place(
    page: Visit, frame: Word, unit: Word = "", chosen: Word = "", at: Word = "", ring: Ring = ""
) -> Response:
    """Borders to point at, in the window that the form of the page holds too; with the corners of
    one that is being drawn.
    """
    window = Frame.read(frame)
    if window is None or max(window.width, window.height) > BIGGEST:
        raise HTTPException(422, "no such window")
    found = await page.api.get("/borders", unit=unit)
    title = word("pick", page.lang, unit=found["unit"]["name"])
    drawn = await asyncio.to_thread(
        partial(
            picking.drawn, found, window, title, chosen=chosen, at=_point(at), ring=_corners(ring)
        )
    )
    return _svg(drawn)


def _point(text: str) -> Point | None:
    """Longitude and latitude, as an address says them; None for none."""
    try:
        longitude, latitude = map(float, text.split(","))
    except ValueError:
        return None
    inside = abs(longitude) <= 180 and abs(latitude) <= 90  # noqa: PLR2004 - degrees; not for NaN
    return (longitude, latitude) if inside else None


def _corners(text: str) -> list[Point]:
    found = (_point(each) for each in text.split())
    return [each for each in found if each is not None]


async def _asked(page: Page, path: str) -> Any:  # noqa: ANN401 - JSON
    """The API's answer to what the image's address asks."""
    return await page.api.get(path, **_query(page))


def _query(page: Page) -> dict[str, list[str]]:
    """The API's parameters; such as were said twice it refuses itself."""
    asked = page.request.query_params
    return {name: asked.getlist(name) for name in asked if name not in OURS}


async def _chart(page: Page, figure: Figure, size: Size) -> Response:
    try:
        return _svg(await page.here.press.drawn(figure, size))
    except NotDrawn as error:
        raise HTTPException(503, "not drawn") from error


def _svg(drawn: str) -> Response:
    return Response(drawn, media_type="image/svg+xml", headers=SVG)
