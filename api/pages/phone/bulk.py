"""The same step for many cases: what will happen is shown first; then each case is sent a command
of its own, and of each is told what became of it.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from api.pages.client import Said, part
from api.pages.page import Page, Visit
from api.words import refusal
from api.words.refusals import Told

router = APIRouter(include_in_schema=False)
Json = Mapping[str, Any]
Outcome = Literal["done", "sent", "refused"]
KINDS = ("accept", "hand_over")
"""Steps that need nothing said for one case that would not fit another."""
MOST = 100
AT_ONCE = 4
"""Cases asked for at the same time: others wait for the same office."""
KEY = re.compile(r"[0-9a-f]{32}")
NUMBER = re.compile(r"[0-9A-Za-z-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case: what is known of it, and whether and why not."""

    case_id: str
    case: Json | None = None
    no: Told | None = None
    outcome: Outcome | None = None


@router.get("/desk/bulk")
async def nothing(page: Visit) -> Response:
    """Where cases are chosen."""
    await page.me()
    return await _shown(page, "accept", [], "")


@router.post("/desk/bulk")
async def bulk(page: Visit) -> Response:
    """What will happen; once confirmed, what did."""
    sent = await page.form()
    await page.me()
    kind = next((k for k in KINDS if sent.get("action") == k), KINDS[0])
    chosen = _chosen(sent)
    text = str(sent.get("text", ""))[:4000]
    if "confirmed" not in sent or not chosen:
        return await _shown(page, kind, await _each(_looked, page, chosen, kind), text)
    key = str(sent.get("_key", ""))
    key = key if KEY.fullmatch(key) else page.key
    body = {"kind": kind} | ({"text": text} if kind == "hand_over" else {})
    rows = await _each(_done, page, chosen, body, key)
    return await page.show("phone/bulk_done.html", kind=kind, rows=rows)


async def _shown(page: Page, kind: str, rows: Sequence[Row], text: str) -> Response:
    return await page.show("phone/bulk.html", kind=kind, kinds=KINDS, rows=rows, text=text)


def _chosen(sent: FormData) -> list[str]:
    """Each number once."""
    numbers = [str(each) for each in sent.getlist("case")]
    return [*dict.fromkeys(n for n in numbers if NUMBER.fullmatch(n))][:MOST]


async def _each(one: Any, page: Page, chosen: Sequence[str], *told: Any) -> list[Row]:  # noqa: ANN401 - a function and what it takes
    """Of all cases, a few at a time, in their order."""
    few = asyncio.Semaphore(AT_ONCE)

    async def row(case_id: str) -> Row:
        async with few:
            found: Row = await one(page, case_id, *told)
            return found

    return [*await asyncio.gather(*map(row, chosen))]


async def _looked(page: Page, case_id: str, kind: str) -> Row:
    """Whether it may be done now."""
    path = f"/cases/{part(case_id)}"
    try:
        case = await page.api.get(path)
        said = (await page.api.get(f"{path}/actions"))["actions"]
    except Said as no:
        return Row(case_id=case_id, no=await _told(page, no))
    found = next((each for each in said if each["kind"] == kind), None)
    if found is None or found["possible"]:
        return Row(case_id=case_id, case=case)
    why = Told(what=found["what"] or "", why=found["why"] or "", now=found["advice"] or "")
    return Row(case_id=case_id, case=case, no=why)


async def _done(page: Page, case_id: str, body: Json, key: str) -> Row:
    """One command under a key of its own: sent twice, it has one effect."""
    path = f"/cases/{part(case_id)}"
    try:
        reply = await page.api.post(f"{path}/commands", body, key=f"{key}-{case_id}")
    except Said as no:
        return Row(case_id=case_id, outcome="refused", no=await _told(page, no))
    if reply.pending:
        return Row(case_id=case_id, outcome="sent")
    return Row(case_id=case_id, outcome="done", case=reply.body["case"])


async def _told(page: Page, no: Said) -> Told:
    """The reason in plain words; who is not signed in any more is asked to."""
    if no.status == HTTPStatus.UNAUTHORIZED:
        raise no
    organisation = (await page.here.book()).organisation
    return refusal(no.code, no.body.get("details") or {}, page.lang, organisation)
