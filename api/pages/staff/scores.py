"""One's own figures, the events each is made of, and the appeal against what is held against one:
also in a case that one may not open any more.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.forms import Forms
from api.pages.forms.kinds import CASE
from api.pages.page import Page, Visit

router = APIRouter(include_in_schema=False)
API = "/api/v1/scores/mine/events"
HERE = "/desk/scores/events"
PASSED_ON = ("period", "measure", "part", "proactive", "policy", "as_of")
ABOUT = frozenset({"against", "about"})
"""What the link to an appeal says already."""
Word = Annotated[str, Query(max_length=100)]
Long = Annotated[str, Query(max_length=300)]


@router.get("/desk/scores")
async def card(page: Visit, period: Word = "") -> Response:
    """All of one's figures in a period, this month's unless another is asked for."""
    asked = period.strip() or f"{_today(page):%Y-%m}"
    found, fault = None, ""
    try:
        found = await page.api.get("/scores/mine", period=asked)
    except Said as no:
        if no.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        fault = no.code
    return await page.show(
        "staff/scores.html",
        card=found,
        fault=fault,
        period=asked[:100],
        months=_months(_today(page)),
        here=lambda address: address.replace(API, HERE),
    )


@router.get("/desk/scores/events")
async def behind(page: Visit, cursor: Long = "") -> Response:
    """The events that one part of a figure is made of, with what may be appealed."""
    given = page.request.query_params
    asked = {name: given[name][:100] for name in PASSED_ON if name in given}
    found = await page.api.get("/scores/mine/events", **asked, cursor=cursor)
    return await page.show("staff/scored.html", found=found, asked=asked)


def _today(page: Page) -> date:
    return page.at.astimezone(ZoneInfo(page.zone)).date()


def _months(today: date) -> list[str]:
    """The running month and the one before it."""
    before = today.replace(day=1) - timedelta(days=1)
    return [f"{today:%Y-%m}", f"{before:%Y-%m}"]


# -- the appeal --------------------------------------------------------------------


@router.get("/desk/scores/appeal/{case_id}")
async def appeal(page: Visit, case_id: CaseId, against: Word = "", about: Word = "") -> Response:
    """The form: what is contested is said by the link, why by whoever appeals."""
    await page.me()
    form = _forms(page).draw(CASE["appeal"])
    return await _shown(page, case_id, form, {"against": against, "about": about})


@router.post("/desk/scores/appeal/{case_id}")
async def send(page: Visit, case_id: CaseId) -> Response:
    """Send it; it is decided by somebody who is not in the case's chain."""
    sent = await page.form()
    forms, body = _forms(page), CASE["appeal"]
    what = {name: str(sent.get(name, ""))[:100] for name in ABOUT}
    read = await forms.receive(body, sent.multi_items())
    try:
        reply = await page.send(f"/cases/{case_id}/commands", {**read.body, **what}, sent)
    except Said as no:
        if no.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise
        return await _shown(page, case_id, forms.draw(body, read.typed, no.body), what, no.status)
    return page.go("/desk/scores", "sent" if reply.pending else "appealed")


def _forms(page: Page) -> Forms:
    return Forms(language=page.lang, zone=page.zone, without=ABOUT)


async def _shown(
    page: Page,
    case_id: str,
    form: Any,  # noqa: ANN401 - Form
    what: Mapping[str, str],
    status: int = 200,
) -> Response:
    return await page.show("staff/appeal.html", status, case_id=case_id, form=form, what=what)
