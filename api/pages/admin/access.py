"""The access record: who looked at personal data, who came in and who was refused; all of it for
auditors, one's own comings and goings for everybody else, as the API says it.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response

from api.access_record import KINDS, OWN
from api.pages.client import Said
from api.pages.page import Page, Visit
from domain.words import Role

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=100)]
Long = Annotated[str, Query(max_length=300)]
REFUSED = frozenset({403, 422})
FORMS = ("csv", "jsonl")


@router.get("/admin/access")
async def access(
    page: Visit,
    person: Word = "",
    case: Word = "",
    kind: Word = "",
    first: Word = "",
    last: Word = "",
    cursor: Long = "",
) -> Response:
    """The record, newest first, as far as it was asked for."""
    me = await page.me()
    auditor = any(post["role"] == Role.AUDITOR for post in me["posts"])
    asked = {"person": person, "case": case, "kind": kind, "first": first, "last": last}
    own = me["person"]["id"]
    fault, filters = "", dict[str, str]()
    try:
        filters = _filters(page, asked, "" if auditor else own)
        found = await page.api.get("/access-record", **filters, cursor=cursor)
    except (Said, ValueError) as no:
        if isinstance(no, Said) and no.status not in REFUSED:
            raise
        fault = "unreadable"
        found = {"entries": [], "next_cursor": None}
    return await page.show(
        "admin/access.html",
        found=found,
        asked=asked,
        auditor=auditor,
        kinds=KINDS if auditor else OWN,
        exports=_exports(page, filters) if auditor and not fault else {},
        fault=fault,
    )


def _filters(page: Page, asked: Mapping[str, str], own: str) -> dict[str, str]:
    """What the API is asked: days of the office as the moments they begin and end with."""
    known = {
        "person": own or asked["person"],
        "case": asked["case"],
        "kind": asked["kind"],
        "from": _midnight(asked["first"], page.zone),
        "until": _midnight(asked["last"], page.zone, days=1),
    }
    return {name: value for name, value in known.items() if value}


def _midnight(day: str, zone: str, days: int = 0) -> str:
    """The moment a day begins with, or the one so many days later; ValueError for what is none."""
    if not day:
        return ""
    try:
        local = date.fromisoformat(day) + timedelta(days=days)
    except OverflowError as error:
        raise ValueError(day) from error
    return datetime.combine(local, time(), ZoneInfo(zone)).isoformat()


def _exports(page: Page, filters: Mapping[str, Any]) -> dict[str, str]:
    """The same as a file: every form with its address."""
    address = "/api/v1/access-record/export"
    return {
        form: f"{address}?{urlencode({**filters, 'format': form, 'lang': page.lang})}"
        for form in FORMS
    }
