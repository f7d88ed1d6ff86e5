"""What supervisors read: scores and the events behind them, ranking, topics, workload, reports, and
the form that gives a file.
"""

import asyncio
from datetime import datetime

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.domain.town import SHANGHAI
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_first_contact
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT

NOW = f"{datetime.now(SHANGHAI):%Y-%m}"


@pytest.mark.rule("R12.5")
@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_a_figure_opens_into_its_events(office: Office, visitor: Visitor) -> None:
    case = await at_first_contact(office)
    await office.in_charge(case.case_id, "resolve", text="已修好", evidence=["photo-1"])
    unit = (await office.case(case.case_id))["unit"]["id"]
    await visitor.sign_in_as(Role.AUDITOR)
    held = visitor.page.get_by_role("table").get_by_text(case.case_id).first
    for _ in range(20):  # what was just done is in the figures some seconds later
        page = await visitor.go(f"/board/scores/units/{unit}?period={NOW}")
        figure = page.get_by_role("table").locator("a[href*='measure=promise']").first
        if await figure.count():
            await figure.click()
            await visitor.look()
        if await held.count():
            break
        await asyncio.sleep(0.5)
    await expect(held).to_be_visible()


@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
@pytest.mark.parametrize(
    "path",
    [
        "/board/map",
        f"/board/map?by=satisfaction&period={NOW}",
        "/board/scores",
        f"/board/scores/ranking?kind=community&period={NOW}",
        f"/board/scores/ranking?kind=grid&period={NOW}",
        f"/board/topics?period={NOW}",
        "/board/workload",
        "/board/reports",
        "/board/export",
    ],
)
async def test_a_supervisor_reads_it(visitor: Visitor, path: str) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    await visitor.go(path)


@pytest.mark.parametrize(
    "path",
    ["/board/scores?period=soon", "/board/topics?period=0000-99", "/board/scores/units/nowhere"],
)
async def test_what_cannot_be_read_is_said(visitor: Visitor, path: str) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    visitor.expect(403, 404, 422)
    await visitor.go(path)
