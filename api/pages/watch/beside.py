"""Two readings of a period side by side: what its figures were at another moment, or what they are
under another version of the policy; which units and cases that changes, and why.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from api.pages.client import Said
from api.pages.forms import moments
from api.pages.page import Page, Visit
from api.pages.watch.scores import last_month
from api.words import say
from api.words.fields.faults import FAULTS
from api.words.refusals import REFUSALS, refusal
from api.words.scores import MEASURES
from domain.scores.figures import Scope

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Query(max_length=100)]
READINGS = ("against_as_of", "against_policy", "as_of", "policy")
"""What makes the two differ: without any of it there is nothing to hold side by side."""
MOMENTS = ("against_as_of", "as_of")


class Asked(BaseModel):
    """What is typed: moments as a browser's control holds them, in the town's zone."""

    period: Word = ""
    against_as_of: Word = ""
    against_policy: Word = ""
    as_of: Word = ""
    policy: Word = ""
    scope: Scope = "own"
    within: Word = ""


@router.get("/board/scores/compared")
async def compared(
    page: Visit,
    asked: Annotated[Asked, Depends()],
    cursor: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """The form, and below it what differs; what cannot be compared is said beside the form."""
    typed = asked.model_dump()
    typed["period"] = asked.period or last_month(page)
    found, fault = None, ""
    if any(typed[name] for name in READINGS):
        found, fault = await _found(page, typed, cursor)
    published = (await page.api.get("/policies"))["versions"]
    status = 422 if fault else 200
    return await page.show(
        "watch/compared.html",
        status,
        asked=typed,
        found=found,
        fault=fault,
        published=published,
        measures={each: say(MEASURES, each, page.lang) for each in MEASURES},
        zone=moments.zone_name(page.zone, page.lang),
    )


async def _found(page: Page, typed: Mapping[str, str], cursor: str) -> tuple[Any, str]:
    asked = {**typed, **{name: moments.sent(typed[name], page.zone) for name in MOMENTS}}
    try:
        return await page.api.get("/scores/compare", **asked, cursor=cursor), ""
    except Said as no:
        if no.status not in {409, 422}:
            raise
        return None, _told(no, page)


def _told(no: Said, page: Page) -> str:
    """What stands at one place in that place's own words, else what the whole is refused with."""
    codes = [str(each.get("code", "")) for each in no.body.get("errors", ())]
    if "bad_moment" in codes:
        return say(FAULTS, "moment", page.lang)
    code = next((each for each in codes if each in REFUSALS), no.code)
    told = refusal(code, no.body.get("details") or {}, page.lang)
    return f"{told.what} {told.why} {told.now}"
