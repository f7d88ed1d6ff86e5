"""Scores: a unit's, somebody's or a partner's figures, and the events behind each part of each.
The addresses are those of the API, under /board.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response

from api.pages.client import part
from api.pages.drawing import figures, showing
from api.pages.page import Page, Visit
from api.pages.watch.board import own_unit

router = APIRouter(include_in_schema=False)
API = "/api/v1/scores"
HERE = "/board/scores"
NOT_PASSED_ON = frozenset({"lang", "cursor", "format"})
Whose = Literal["units", "people", "partners"]
Word = Annotated[str, Query(max_length=100)]
Long = Annotated[str, Query(max_length=300)]


@router.get("/board/scores")
async def scores(page: Visit, unit: Word = "", period: Word = "", scope: Word = "area") -> Response:
    """The figures of where one supervises, or of the unit that was chosen."""
    chosen = unit or await own_unit(page)
    return page.go(f"{HERE}/units/{part(chosen)}", period=period or last_month(page), scope=scope)


@router.get("/board/scores/ranking")
async def ranking(
    page: Visit,
    period: Word = "",
    kind: Word = "community",
    by: Word = "",
    within: Word = "",
    setting: Word = "",
) -> Response:
    """Units of one kind by the lower bound of what is good."""
    asked = {"period": period or last_month(page), "kind": kind, "by": by, "setting": setting}
    found = await page.api.get("/scores/ranking", **asked, within=within)
    chart = showing.linked(
        page, figures.ranking(found, page.lang), "ranking", **asked, within=within
    )
    return await page.show(
        "watch/ranking.html", found=found, asked=asked, here=here, within=within, chart=chart
    )


@router.get("/board/scores/{whose}/{name}")
async def card(
    page: Visit,
    whose: Whose,
    name: str,
    period: Word = "",
    scope: Word = "",
    policy: Word = "",
    as_of: Word = "",
) -> Response:
    """All figures of one, each with what it is made of."""
    asked = {"period": period or last_month(page), "policy": policy, "as_of": as_of}
    asked |= {"scope": scope} if whose == "units" else {}
    found = await page.api.get(f"/scores/{whose}/{part(name)}", **asked)
    chart = await showing.inside(page, figures.card(found, page.lang))
    return await page.show(
        "watch/card.html", card=found, asked=asked, here=here, name=name, chart=chart
    )


@router.get("/board/scores/{whose}/{name}/events")
async def behind(page: Visit, whose: Whose, name: str, cursor: Long = "") -> Response:
    """The events that one part of a figure is made of."""
    given = page.request.query_params.items()
    asked = {name: value for name, value in given if name not in NOT_PASSED_ON}
    path = f"/scores/{whose}/{part(name)}/events"
    found = await page.api.get(path, **asked, cursor=cursor)
    return await page.show("watch/behind.html", found=found, asked=asked, name=name, whose=whose)


def here(address: str) -> str:
    """The page of what stands at an address of the API's."""
    return address.replace(API, HERE)


def last_month(page: Page) -> str:
    """The month before this one in the town's calendar: 2026-10."""
    today = page.at.astimezone(ZoneInfo(page.zone)).date()
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def shown(of: Mapping[str, Any]) -> str:
    """Whose figures they are."""
    whose = of["unit"] or of["person"] or of["partner"]
    return str(whose["name"])
