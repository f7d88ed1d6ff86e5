"""The board: open cases by unit and stage, those with the most overdue first; each number leads to
the list of its cases.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from starlette.exceptions import HTTPException

from api.pages.drawing import figures, showing
from api.pages.page import Page, Visit
from domain.words import Role

router = APIRouter(include_in_schema=False)
WATCHING = (Role.SUPERVISOR, Role.AUDITOR)
NOT_ASKED_ON = frozenset({"lang", "cursor", "size", "said"})
LIST = "/api/v1/cases"
Word = Annotated[str, Query(max_length=100)]


@router.get("/board")
async def board(page: Visit, unit: Word = "") -> Response:
    """A unit's board; without one that of where one supervises."""
    chosen = unit or await own_unit(page)
    found = await page.api.get("/board", unit=chosen)
    chart = showing.linked(page, figures.board_units(found, page.lang), "board/units", unit=chosen)
    return await page.show("watch/board.html", board=found, listed=listed, chart=chart)


@router.get("/board/cases")
async def cases(page: Visit, cursor: Annotated[str, Query(max_length=300)] = "") -> Response:
    """The cases behind one of its numbers."""
    asked = {n: v for n, v in page.request.query_params.items() if n not in NOT_ASKED_ON}
    found = await page.api.get("/cases", **{"order": "due", **asked}, cursor=cursor)
    return await page.show("watch/cases.html", found=found, asked=asked)


async def own_unit(page: Page) -> str:
    """The unit at which the visitor supervises or audits; 403 for all others."""
    posts = (await page.me())["posts"]
    units = [post["unit"]["id"] for role in WATCHING for post in posts if post["role"] == role]
    if not units:
        raise HTTPException(403)
    return str(units[0])


def listed(of: Mapping[str, Any], name: str) -> str:
    """The page of the cases that one number of the board counts."""
    return str(of["lists"][name]).replace(LIST, "/board/cases")
