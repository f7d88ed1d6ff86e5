"""The page where anybody checks a receipt: a form and the answer. Nothing of what was said is
shown, and nothing that comes in is kept; so it may also come from another site.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from api.pages.page import Page, Visit
from api.words.receipts import KINDS
from api.words.table import say

router = APIRouter(include_in_schema=False)
TYPES = ("multipart/form-data", "application/x-www-form-urlencoded")


@router.get("/receipt")
async def empty(page: Visit) -> Response:
    """The form."""
    return await page.show("residents/check.html", found=None, events=())


@router.post("/receipt")
async def checked(page: Visit) -> Response:
    """The form again, and above it what came of the check."""
    sent = await _sent(page)
    reply = await page.api.ask("POST", "/receipts/check", content=sent)
    return await page.show(
        "residents/check.html", found=reply.body, events=_events(reply.body, page)
    )


async def _sent(page: Page) -> bytes:
    """The file of the form, or what was pasted into it; the body itself for any other sender."""
    if not page.request.headers.get("content-type", "").startswith(TYPES):
        return await page.request.body()
    async with page.request.form(max_files=5, max_fields=20) as form:
        file, text = form.get("file"), form.get("text", "")
        content = await file.read() if isinstance(file, UploadFile) else b""
        pasted = text if isinstance(text, str) else ""
        return content.removeprefix(b"\xef\xbb\xbf") if content.strip() else pasted.encode()


def _events(found: Mapping[str, Any], page: Page) -> list[dict[str, Any]]:
    """What the receipt holds, in words; as it stands there where it is none of ours."""
    return [_worded(event, page) for event in found["events"]]


def _worded(event: Mapping[str, Any], page: Page) -> dict[str, Any]:
    kind, recorded = event["kind"], event["recorded_at"]
    with suppress(ValueError):
        recorded = page.time(recorded)
    what = say(KINDS, kind, page.lang) if kind in KINDS else kind
    return {**event, "what": what, "recorded": recorded}
