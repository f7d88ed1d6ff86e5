"""The worklist page: what must be done next, the clock that breaks first on top."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from api.pages.client import Said
from api.pages.page import Page, Visit
from api.pages.staff.steps import next_step
from domain.words import Phase, Role, Stage

router = APIRouter(include_in_schema=False)
Tab = Literal["mine", "units", "questions", "hands", "all"]
Text = Annotated[str, Query(max_length=100)]
SIZE = 50
BULK = ("accept", "hand_over")
CHOSEN_FROM = frozenset({"mine", "units", "hands"})
"""Where several cases may be chosen for one step, and which steps."""
LOOKERS = {Role.MEDIATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION}
OPENERS = frozenset(Role) - LOOKERS
"""Who receives residents; whether they may, the API says."""
ASKED: Mapping[str, Mapping[str, str]] = {
    "mine": {"waits_for": "me"},
    "units": {"waits_for": "my_units"},
    "hands": {"open": "true"},
    "all": {"open": "true"},
}
"""How each tab asks for cases; the questions have a list of their own."""


class Filters:
    """What the list is narrowed to, as the address has it."""

    def __init__(
        self,
        stage: Stage | Literal[""] = "",
        phase: Phase | Literal[""] = "",
        text: Text = "",
        category: Text = "",
        overdue: Literal["", "true"] = "",
        proactive: Literal["", "true", "false"] = "",
    ) -> None:
        self.given = {
            "stage": stage,
            "phase": phase,
            "text": text.strip(),
            "category": category.strip(),
            "overdue": overdue,
            "proactive": proactive,
        }

    @property
    def some(self) -> dict[str, str]:
        """Those that narrow it."""
        return {name: value for name, value in self.given.items() if value}


@router.get("/desk")
async def worklist(
    page: Visit,
    filters: Annotated[Filters, Depends()],
    tab: Tab = "mine",
    cursor: Annotated[str | None, Query(max_length=300)] = None,
) -> Response:
    """What waits for whoever asks, for their units, or all they may see."""
    if tab == "questions":
        found = await page.api.get("/questions", mine="true", cursor=cursor, size=SIZE)
        return await _shown(page, tab, filters, found, fault="")
    try:
        found, fault = await _asked(page, tab, filters, cursor), ""
    except Said as no:
        if no.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        found, fault = {"cases": [], "next_cursor": None}, no.code
    return await _shown(page, tab, filters, found, fault)


async def _asked(page: Page, tab: Tab, filters: Filters, cursor: str | None) -> Any:  # noqa: ANN401 - JSON
    asked: dict[str, str] = {**ASKED[tab], **filters.some}
    if tab == "hands":
        asked["handler"] = (await page.me())["person"]["id"]
    return await page.api.get("/cases", order="due", cursor=cursor, size=SIZE, **asked)


async def _shown(page: Page, tab: Tab, filters: Filters, found: Any, fault: str) -> Response:  # noqa: ANN401 - JSON
    after = found["next_cursor"]
    return await page.show(
        "staff/worklist.html",
        tab=tab,
        filters=filters,
        found=found,
        fault=fault,
        tabs={name: _address(name, filters) for name in get_args(Tab)},
        more=_address(tab, filters, cursor=after) if after else "",
        stages=list(Stage),
        phases=[phase for phase in Phase if phase is not Phase.CLOSED],
        step=next_step,
        OPENERS=OPENERS,
        bulk=BULK if tab in CHOSEN_FROM else (),
    )


def _address(tab: str, filters: Filters, **more: str) -> str:
    kept = {} if tab == "questions" else filters.some
    query = {**({} if tab == "mine" else {"tab": tab}), **kept, **more}
    return f"/desk?{urlencode(query)}" if query else "/desk"
