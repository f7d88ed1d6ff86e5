"""The page of a partner that was called to help (R5): what is asked, and its answer."""

from collections.abc import Mapping
from typing import Any, Literal

from fastapi import APIRouter, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.page import Page, Visit
from api.pages.residents import faults, typed
from api.pages.residents.doors import HELP, UNKNOWN, closed

router = APIRouter(include_in_schema=False)
Kind = Literal["report_in", "record_help"]


@router.get("/help/{case_id}")
async def asked(page: Visit, case_id: CaseId) -> Response:
    """What the partner is asked; the API records the look (R14.5)."""
    return await _shown(page, case_id)


@router.get("/help/{case_id}/say/{kind}")
async def back(page: Visit, case_id: CaseId, kind: Kind) -> Response:  # noqa: ARG001 - in the address
    """The page on which both are said."""
    return page.go(HELP.address(case_id))


@router.post("/help/{case_id}/say/{kind}")
async def answered(page: Visit, case_id: CaseId, kind: Kind) -> Response:
    """Reported in, or written down what was done."""
    sent = await page.form()
    text = str(sent.get("text", "")).replace("\r\n", "\n").strip()
    told = {"kind": kind, "text": text}
    if kind == "record_help" and not text:
        return await _shown(page, case_id, status=422, said=told, wrong=("text",))
    if not typed.code(page.link):
        return await closed(page, HELP, case_id)
    try:
        reply = await HELP.send(page, f"/cases/{case_id}/help", told, sent)
    except Said as no:
        if no.status in UNKNOWN:
            return await closed(page, HELP, case_id)
        wrong, fault = tuple(faults.fields(no)), await faults.words(no, page)
        return await _shown(page, case_id, status=no.status, said=told, wrong=wrong, fault=fault)
    return page.go(HELP.address(case_id), "sent" if reply.pending else "helped")


async def _shown(
    page: Page,
    case_id: str,
    *,
    status: int = 200,
    said: Mapping[str, Any] | None = None,
    wrong: tuple[str, ...] = (),
    fault: str = "",
) -> Response:
    found = await HELP.see(page, case_id)
    if found is None:
        return await closed(page, HELP, case_id)
    told = {"said": said or {"kind": "", "text": ""}, "wrong": wrong, "fault": fault}
    return await page.show("residents/help.html", status, found=found, door=HELP, **told)
