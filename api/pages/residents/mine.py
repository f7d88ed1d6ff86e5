"""The page that asks for a case's number and code, and opens the case for this browser."""

from fastapi import APIRouter, Response

from api.pages.page import LINK, Visit
from api.pages.residents import typed
from api.pages.residents.doors import MINE, STAYS

router = APIRouter(include_in_schema=False)


@router.get("/mine")
async def form(page: Visit) -> Response:
    """The form."""
    return await page.show("residents/mine.html", number="", fault="")


@router.post("/mine")
async def find(page: Visit) -> Response:
    """On to the case; where number and code are none, the form again with the number kept."""
    sent = await page.form()
    said = str(sent.get("number", ""))[:100]
    case_id = typed.number(said)
    page.link = typed.code(str(sent.get("code", "")))
    if not case_id or await MINE.see(page, case_id) is None:
        return await page.show("residents/mine.html", 404, number=said, fault="wrong_code")
    page.keep(LINK, page.link, MINE.address(case_id), days=STAYS if sent.get("stay") else None)
    return page.go(MINE.address(case_id))
