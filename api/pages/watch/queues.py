"""What waits for a decision, oldest due first, by kind; each leads to the case it is about."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.pages.page import Visit
from api.words.questions import QUESTIONS

router = APIRouter(include_in_schema=False)


@router.get("/board/queues")
async def queues(
    page: Visit,
    kind: Annotated[str, Query(max_length=50)] = "",
    scope: Annotated[str, Query(max_length=10)] = "mine",
    cursor: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """Adjudications, reviews, appeals and all else that somebody over a case has to decide."""
    mine = "false" if scope == "all" else "true"
    found = await page.api.get("/questions", kind=kind, mine=mine, cursor=cursor)
    kinds = {code: words[page.lang == "en"] for code, words in QUESTIONS.items()}
    return await page.show("watch/queues.html", found=found, kinds=kinds, kind=kind, scope=scope)
