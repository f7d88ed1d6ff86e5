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
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner

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
        "/board/scores/compared",
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


@pytest.mark.rule("R12.5")
@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_two_readings_of_a_period_are_held_side_by_side(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    visitor.expect(422)  # as long as nothing was counted since then
    before = datetime.now(SHANGHAI).isoformat(timespec="seconds").partition("+")[0]
    case = await at_first_contact(office)
    await office.in_charge(case.case_id, "resolve", text="已修好", evidence=["photo-1"])
    page = visitor.page
    changed = page.get_by_role("row").filter(has_text=case.case_id).filter(has_text="+1")
    for _ in range(20):  # what was just done is in the figures some seconds later
        await visitor.go("/board/scores/compared")
        await page.locator("#period").fill(NOW)
        await page.locator("#against_as_of").fill(before)
        await page.locator("main form button").click()
        await expect(page.locator("dl, [role=alert]").first).to_be_visible()
        if await changed.count():
            break
        await asyncio.sleep(0.5)
    await visitor.look()
    recorded = {"zh": "其间方才记录", "en": "recorded in between"}[manner.language]
    await expect(changed.first).to_contain_text(recorded)
    unit = (await office.case(case.case_id))["unit"]["name"]
    differ = page.get_by_role("table").first.get_by_role("row").filter(has_text=unit)
    await expect(differ.first).to_be_visible()


async def test_a_card_leads_to_two_readings_of_its_unit(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    page = await visitor.go(f"/board/scores?period={NOW}")
    unit = page.url.partition("/units/")[2].partition("?")[0]
    await page.locator("a[href*='/compared']").click()
    await page.locator("#policy").select_option(index=1)
    await page.locator("main form button").click()
    await expect(page.locator("dl")).to_be_visible()
    assert f"within={unit}" in page.url
    await visitor.look()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("against_policy=of-my-own", "没有这个规则版本"),
        ("as_of=2026-01-01T00:00", "尚未建立"),
        ("against_as_of=yesterday", "时间"),
        ("policy=x&period=soon", "期"),
        ("policy=x&within=nowhere", ""),
        ("policy=x&cursor=x", "翻页"),
        ("against_as_of=9999-12-31T23:59:59", ""),
    ],
)
async def test_what_cannot_be_compared_is_said_beside_the_form(
    visitor: Visitor, asked: str, said: str
) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    visitor.expect(422)
    page = await visitor.go(f"/board/scores/compared?{asked}")
    await expect(page.get_by_role("alert")).to_contain_text(said)
    await expect(page.locator("#period")).to_be_visible()
