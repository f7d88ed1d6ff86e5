"""The inbox page: what somebody was told, and what of it they have read."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.pages.page import Visit

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Query(ge=1, le=2**63 - 1)]
LONGEST = 18
"""Digits of an entry's number."""
SIZE = 50


@router.get("/desk/inbox")
async def inbox(page: Visit, cursor: Number | None = None, *, unread: bool = False) -> Response:
    """Newest first; only what is unread if asked for."""
    only = "true" if unread else None
    found = await page.api.get("/inbox", cursor=cursor, size=SIZE, unread=only)
    return await page.show("staff/inbox.html", found=found, unread=unread)


@router.post("/desk/inbox/read")
async def read_all(page: Visit) -> Response:
    """What was shown, and everything older."""
    sent = await page.form()
    upto = str(sent.get("upto", ""))
    if upto.isascii() and upto.isdigit() and len(upto) <= LONGEST:
        await page.api.post("/inbox/read", {"upto": int(upto)})
    return page.go("/desk/inbox", "all_read")


@router.post("/desk/inbox/{entry_id}/read")
async def read_one(page: Visit, entry_id: Annotated[int, Path(ge=1, le=2**63 - 1)]) -> Response:
    """One entry, and on to its case if asked."""
    sent = await page.form()
    await page.api.post(f"/inbox/{entry_id}/read")
    return page.go("/desk/inbox", **({"unread": "true"} if sent.get("unread") else {}))
