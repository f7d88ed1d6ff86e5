"""What waits for a decision, and supervision orders that wait for an answer: oldest due first, by
kind and unit; each leads to the case it is about.
"""

from itertools import takewhile
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from api import words
from api.models_named import Named
from api.pages.page import Page, Visit
from api.words.questions import QUESTIONS

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=100)]
ORDERS = "supervision"
"""What is not decided, but answered: a list of its own."""


@router.get("/board/queues")
async def queues(
    page: Visit,
    kind: Word = "",
    unit: Word = "",
    scope: Annotated[str, Query(max_length=10)] = "mine",
    cursor: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """Adjudications, reviews, appeals, more time, and all else that somebody over a case has to
    decide; or the orders that wait for an answer.
    """
    mine = "false" if scope == "all" else "true"
    asked = {"kind": kind, "unit": unit, "cursor": cursor}
    found = await page.api.get("/questions", mine=mine, **asked)
    after = found["next_cursor"]
    kept = {"kind": kind, "unit": unit, "scope": scope, "cursor": after or ""}
    return await page.show(
        "watch/queues.html",
        found=found,
        kinds={code: said[page.lang == "en"] for code, said in QUESTIONS.items() if code != ORDERS},
        units=await _units(page, unit),
        asked=kept,
        orders=kind == ORDERS,
        more=f"/board/queues?{urlencode(kept)}" if after else "",
    )


async def _units(page: Page, chosen: str) -> list[Named]:
    """Those one works at, those on the way from there to the chosen one, and those right below."""
    tree = (await page.here.book()).organisation
    own = [str(post["unit"]["id"]) for post in (await page.me())["posts"]]
    way = [*takewhile(lambda unit_id: unit_id not in own, tree.path(chosen))] if chosen else []
    below = (each for unit_id in ([chosen] if chosen else own) for each in tree.below(unit_id))
    shown = dict.fromkeys([*own, *reversed(way), *below])
    return [Named(id=unit_id, name=words.unit_name(unit_id, tree)) for unit_id in shown]
