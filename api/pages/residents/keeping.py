"""What a resident keeps: the receipt with its code, as a page and as text, and the proof that what
they said is in the record.
"""

from fastapi import APIRouter, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.page import HEADERS, Page, Visit
from api.pages.residents import typed
from api.pages.residents.doors import MINE, UNKNOWN, Door, closed
from api.pages.templating import drawn

router = APIRouter(include_in_schema=False)
NEW = "shouwen_new"
"""Says that the code may still be shown; it is asked for on the receipt's addresses alone."""


def address(case_id: str) -> str:
    """Where the receipt of a new case is."""
    return f"{MINE.address(case_id)}/receipt"


@router.get("/mine/{case_id}/receipt")
async def receipt(page: Visit, case_id: CaseId) -> Response:
    """Number and code, until their resident has said that they are kept."""
    if not _new(page):
        return page.go(MINE.address(case_id))
    case = await MINE.see(page, case_id)  # None also while it is still being recorded
    code = typed.in_fours(page.link)
    return await page.show("residents/receipt.html", number=case_id, code=code, case=case)


@router.get("/mine/{case_id}/receipt/text")
async def as_text(page: Visit, case_id: CaseId) -> Response:
    """The same as a file of plain text."""
    if not _new(page):
        return page.go(MINE.address(case_id))
    case, url = await MINE.see(page, case_id), page.here.settings.public_url
    code = typed.in_fours(page.link)
    text = drawn(
        *("residents/as_text.html", page.lang),
        page=page,
        number=case_id,
        code=code,
        case=case,
        url=url,
    )
    named = f'attachment; filename="shouwen-{case_id}.txt"'
    headers = {**HEADERS, "Content-Disposition": named}
    return Response(text, media_type="text/plain", headers=headers)


@router.post("/mine/{case_id}/receipt")
async def kept(page: Visit, case_id: CaseId) -> Response:
    """It is kept: the code is not shown again."""
    await page.form()
    page.forget(NEW, address(case_id))
    return page.go(MINE.address(case_id))


def _new(page: Page) -> bool:
    return NEW in page.request.cookies and bool(typed.code(page.link))


def proof(door: Door) -> APIRouter:
    """The address of the proof behind one door."""
    made = APIRouter(include_in_schema=False)

    async def file(page: Visit, case_id: CaseId) -> Response:
        if not typed.code(page.link):
            return await closed(page, door, case_id)
        try:
            found = await page.as_resident(door.scheme).ask("GET", f"/cases/{case_id}/receipt")
        except Said as no:
            if no.status not in UNKNOWN:
                raise
            return await closed(page, door, case_id)
        if found.body["pending"]:
            return page.go(door.address(case_id), "unsigned")
        headers = {**HEADERS, "Content-Disposition": found.headers["content-disposition"]}
        return Response(found.content, media_type="application/json", headers=headers)

    made.add_api_route(f"/{door.name}/{{case_id}}/proof", file)
    return made
