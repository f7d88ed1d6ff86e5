"""Opening a case with a caller: the form, what it offers while it is typed, the receipt."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.forms import Sent
from api.pages.page import Page, Visit
from api.pages.phone import offering
from api.schemas.first_contact import CaseBody

router = APIRouter(include_in_schema=False)
LOOK = "_look"


@router.get("/desk/cases/new")
async def form(page: Visit) -> Response:
    """The empty form."""
    await page.me()
    typed = offering.forms(page).filled(CaseBody, {"channel": "phone"})
    return await _drawn(page, Sent(typed, {}, again=True))


@router.post("/desk/cases/new")
async def send(page: Visit) -> Response:
    """The form again with what fits to what is typed; or the case opened, and its receipt."""
    sent_form = await page.form()
    await page.me()
    forms = offering.forms(page, picture=await offering.picture(page))
    sent = await forms.receive(CaseBody, sent_form.multi_items())
    if sent.again or LOOK in sent.typed or offering.CHOSEN in sent.typed:
        return await _drawn(page, sent)
    try:
        reply = await page.send("/cases", sent.body, sent_form)
    except Said as no:
        if no.status == HTTPStatus.UNAUTHORIZED:
            raise
        return await _drawn(page, sent, no)
    return await _receipt(page, reply.body)


async def _receipt(page: Page, opened: Mapping[str, Any]) -> Response:
    """Number and code, once: sent again, the form has the same answer."""
    return await page.show(
        "phone/receipt.html",
        receipt=opened["receipt"],
        answer=opened.get("answer"),
        duplicates=opened.get("duplicates") or [],
        address=f"{page.here.settings.public_url.rstrip('/')}/mine",
    )


async def _drawn(page: Page, sent: Sent, no: Said | None = None) -> Response:
    offered = await offering.offered(page, sent.typed)
    drawn = offering.forms(page, offered).draw(CaseBody, offered.typed, no.body if no else None)
    return await page.show(
        "phone/new.html",
        no.status if no else HTTPStatus.OK,
        form=drawn,
        field={one.name: one for one in drawn.fields},
        offered=offered,
        chosen=offered.typed.text("item_id") or "",
        words=offered.typed.text(offering.WORDS) or "",
        found=offered.typed.text(offering.FOUND) or "",
    )


@router.post("/desk/cases/{case_id}/merge")
async def merge(page: Visit, case_id: CaseId) -> Response:
    """Carry the new case on in one that was there before."""
    sent = await page.form()
    body = {"kind": "merge", "lead_id": str(sent.get("lead_id", ""))}
    reply = await page.send(f"/cases/{case_id}/commands", body, sent)
    return page.go(f"/desk/cases/{case_id}", "sent" if reply.pending else "merged")
