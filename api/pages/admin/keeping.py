"""Catalogue, policy versions compared, notices that failed, and health."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.health import ready
from api.pages.client import Said, part
from api.pages.page import Visit

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=100)]


@router.get("/admin/catalogue")
async def catalogue(page: Visit, text: Word = "") -> Response:
    """Whose work is what, and what is admitted."""
    found = await page.api.get("/catalogue", text=text, lang=None)
    return await page.show("admin/catalogue.html", found=found, text=text)


@router.get("/admin/policies")
async def policies(page: Visit, before: Word = "", after: Word = "") -> Response:
    """Two versions of the policy beside each other."""
    office = await page.api.get("/office")
    published = (await page.api.get("/policies"))["versions"]
    found: Any = None
    fault = ""
    if before and after:
        try:
            found = await page.api.get(f"/policies/{part(before)}/diff/{part(after)}")
        except Said as no:
            fault = no.code
    asked = {"before": before, "after": after}
    return await page.show(
        "admin/policies.html",
        office=office,
        published=published,
        found=found,
        fault=fault,
        asked=asked,
    )


@router.get("/admin/notices")
async def notices(page: Visit, cursor: Annotated[int | None, Query(ge=1)] = None) -> Response:
    """What could not be delivered."""
    found = await page.api.get("/notifications", cursor=cursor)
    return await page.show("admin/notices.html", found=found)


@router.post("/admin/notices/{message_id}")
async def send_again(page: Visit, message_id: Annotated[str, Path(max_length=50)]) -> Response:
    """Send one of them again."""
    sent = await page.form()
    try:
        await page.send(f"/notifications/{part(message_id)}/resend", None, sent)
    except Said as no:
        if no.code != "not_dead":
            raise
        return page.go("/admin/notices", "sent_before")
    return page.go("/admin/notices", "done")


@router.get("/admin/health")
async def health(page: Visit) -> Response:
    """What works and what does not, as an operator is told it."""
    await page.api.get("/office")
    answer = await ready(page.here)
    told = json.loads(bytes(answer.body))
    return await page.show("admin/health.html", told=told)
