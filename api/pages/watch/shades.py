"""The map of a unit's grids or of the units below it: open cases, overdue ones, satisfaction."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.pages.drawing import maps
from api.pages.page import Visit
from api.pages.watch.board import own_unit
from api.pages.watch.scores import last_month
from api.words.table import Table, say

router = APIRouter(include_in_schema=False)
BY = ("open", "overdue", "satisfaction")
WORDS: Table = {
    "map": ("地图", "Map"),
    "area": ("区域", "Area"),
    "open": ("未结", "Open"),
    "overdue": ("超期", "Overdue"),
    "satisfaction": ("满意度（%）", "Satisfaction in %"),
}
Word = Annotated[str, Query(max_length=100)]


@router.get("/board/map")
async def shown(page: Visit, unit: Word = "", by: Word = "open", period: Word = "") -> Response:
    """Each area leads to its own map, a grid to its cases."""
    asked = {"unit": unit or await own_unit(page), "by": by}
    asked |= {"period": period or last_month(page)} if by == "satisfaction" else {}
    found = await page.api.get("/map", **asked)
    title = f"{say(WORDS, 'map', page.lang)}: {found['unit']['name']}"
    drawing = await asyncio.to_thread(maps.in_page, found, title, _leads(by))
    heads = (say(WORDS, "area", page.lang), say(WORDS, by, page.lang))
    table = maps.table(found, title, heads)
    return await page.show(
        "watch/map.html", found=found, asked=asked, drawing=drawing, table=table, ways=BY
    )


def _leads(by: str) -> Any:  # noqa: ANN401 - a function
    def link(feature: Mapping[str, Any]) -> str:
        of = feature["properties"]
        if of["map"]:
            return f"/board/map?unit={feature['id']}&by={by}"
        figures = of["figures"]
        address = str(figures.get("list") or figures["card"])
        return address.replace("/api/v1/cases", "/board/cases").replace("/api/v1", "/board")

    return link
