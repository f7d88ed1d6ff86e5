"""Papers: the file of a case and the agreement as one signs it. Masked, as all pages of staff are;
with names only in the answer to a look whose reason was recorded.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.page import Page, Visit

router = APIRouter(include_in_schema=False)
Json = Mapping[str, Any]
PAPERS = {"print": "phone/file.html", "agreement": "phone/agreement.html"}


@router.get("/desk/cases/{case_id}/print")
@router.get("/desk/cases/{case_id}/agreement")
async def paper(page: Visit, case_id: CaseId) -> Response:
    """The paper, masked."""
    return await _drawn(page, await page.api.get(f"/cases/{case_id}"))


@router.post("/desk/cases/{case_id}/print")
@router.post("/desk/cases/{case_id}/agreement")
async def with_names(page: Visit, case_id: CaseId) -> Response:
    """The paper with names; whoever looks says why, and both are recorded."""
    sent = await page.form()
    body = {"kind": "reveal", "reason": str(sent.get("reason", ""))}
    try:
        reply = await page.send(f"/cases/{case_id}/commands", body, sent)
    except Said as no:
        if no.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise
        case = await page.api.get(f"/cases/{case_id}")
        return await _drawn(page, case, no, reason=body["reason"][:4000])
    if reply.pending:
        return page.go(page.path, "sent")
    return await _drawn(page, reply.body["case"])


async def _drawn(page: Page, case: Json, no: Said | None = None, reason: str = "") -> Response:
    path = f"/cases/{case['case_id']}"
    timeline, clocks = await asyncio.gather(
        page.api.get(f"{path}/timeline"), page.api.get(f"{path}/clocks")
    )
    name = page.path.rpartition("/")[2]
    mediations = (case["dispute"] or {"mediations": []})["mediations"]
    agreed = [one for one in mediations if one["agreement"] is not None]
    if name == "agreement" and not agreed:
        raise Said(HTTPStatus.NOT_FOUND, {"code": "not_found"})
    return await page.show(
        PAPERS[name],
        no.status if no else HTTPStatus.OK,
        case=case,
        events=timeline["events"],
        clocks=clocks["clocks"],
        mediation=agreed[-1] if agreed else None,
        names=_names(case),
        reason=reason,
        fault=no is not None,
    )


def _names(case: Json) -> dict[str, str]:
    """What the parties of a dispute are called, by how it knows them."""
    others = {f"party-{n}": each["name"] for n, each in enumerate(case["parties"], start=1)}
    return {"reporter": case["reporter"]["name"], **others}
