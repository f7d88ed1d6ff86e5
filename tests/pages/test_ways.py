"""Ways of several steps, acted out on their pages: a dispute to its agreement, a deliberation to
its publication. The page says where one stands and offers the next step.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from tests.e2e.office import Office
from tests.e2e.scenes import disputes
from tests.e2e.scenes.base import at_grid
from tests.pages.browser import Visitor
from tests.pages.manners import NO_SCRIPT, Manner

ZONE = ZoneInfo("Asia/Shanghai")
BOTH = [Manner("desktop", "zh"), NO_SCRIPT]


def now(**later: int) -> str:
    """As a field for a moment takes it."""
    return (datetime.now(ZONE) + timedelta(**later)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]


async def take(visitor: Visitor, button: str) -> None:
    """Send the step, and look at what it leads to."""
    page = visitor.page
    key = await page.locator(".now [name=_key]").get_attribute("value")
    await page.get_by_role("button", name=button, exact=True).click()
    await expect(page.locator(f'[name=_key][value="{key}"]')).to_have_count(0)
    await expect(page.locator(".said")).to_have_text("已办理。")
    await visitor.look()


def field(page: Page, name: str, label: str | None = None) -> str:
    """How a choice of a form is found."""
    return f'.now [name="{name}"]' + (f'[value="{label}"]' if label else "")


async def moment(page: Page, name: str, at: str) -> None:
    """To the second: in a test the step before was taken within the same minute."""
    await page.locator(field(page, name)).evaluate("field => { field.step = 'any'; }")
    await page.locator(field(page, name)).fill(at)


async def choose(page: Page, name: str, value: str) -> None:
    """One of few, or one of a list."""
    select = page.locator(f'.now select[name="{name}"]')
    if await select.count():
        await select.select_option(value)
    else:
        await page.locator(field(page, name, value)).check()


@pytest.mark.rule("R7.1", "R7.2", "R7.3")
@pytest.mark.parametrize("manner", BOTH, ids=str)
async def test_a_dispute_comes_to_its_agreement(office: Office, visitor: Visitor) -> None:
    case = await disputes.quarrel(office)
    path = f"/desk/cases/{case.case_id}/mediation"
    await visitor.sign_in((await office.case(case.case_id))["handler"]["id"])
    page = await visitor.go(path)
    await take(visitor, "发起调解")
    for subject in ("reporter", "party-1"):
        await choose(page, "subject", subject)
        await choose(page, "how", "in_person")
        await choose(page, "given", "true")
        await take(visitor, "登记当事人是否同意")
    await choose(page, "posts", disputes.PANEL["posts"][0])
    await take(visitor, "组成调解小组")
    await visitor.sign_in(disputes.MEDIATOR)
    await visitor.go(path)
    await moment(page, "held_at", now())
    await page.locator(field(page, "place")).fill("居委会会议室")
    await choose(page, "mediators", "1")
    for subject in ("reporter", "party-1"):
        await choose(page, "subjects", subject)
    await page.locator(field(page, "summary")).fill("双方各让一步")
    await take(visitor, "记录调解会")
    await choose(page, "form", "written")
    await page.locator(field(page, "facts")).fill("楼道堆物，影响通行")
    await page.locator(field(page, "content")).fill("李清理楼道，王不再投诉")
    await page.get_by_role("button", name="添加一项").click()
    await choose(page, "duties.0.owes", "party-1")
    await page.locator(field(page, "duties.0.text")).fill("清理楼道")
    await moment(page, "duties.0.due_at", now(days=20))
    await take(visitor, "起草调解协议")
    await disputes.both(office, case.case_id, "confirm_agreement", draft=1, confirmed=True)
    await visitor.go(path)
    await expect(page.locator(".panel").first).to_contain_text("生效")
    await page.get_by_role("link", name="协议签署稿").click()
    await visitor.look()
    await expect(page.get_by_role("heading", name="调解协议书")).to_be_visible()
    await expect(page.locator(".paper")).to_contain_text("清理楼道")


@pytest.mark.rule("R8")
@pytest.mark.parametrize("manner", BOTH, ids=str)
async def test_a_deliberation_goes_its_steps(office: Office, visitor: Visitor) -> None:
    case = await at_grid(office)
    await visitor.sign_in((await office.case(case.case_id))["handler"]["id"])
    page = await visitor.go(f"/desk/cases/{case.case_id}/deliberation")
    await page.locator(field(page, "title")).fill("加装电梯")
    await page.locator(field(page, "text")).fill("三单元加装电梯的提议")
    await take(visitor, "提请居民议事")
    for step in ("两委商议", "党员大会审议", "居民（代表）会议决议"):
        await moment(page, "held_at", now())
        votes = {"eligible": 30, "present": 24, "in_favour": 20, "against": 3, "abstained": 1}
        for name, count in votes.items():
            await page.locator(field(page, name)).fill(str(count))
        await page.locator(field(page, "minutes")).fill("会议记录")
        if not visitor.manner.script:
            await page.get_by_role("button", name="看看是否达到人数").click()
        await expect(page.locator("#part-foreseen")).to_contain_text("至少 20 人到会")
        await expect(page.locator("#part-foreseen")).to_contain_text("通过")
        await take(visitor, step)
    await page.locator(field(page, "title")).fill("关于加装电梯的决议")
    await page.locator(field(page, "text")).fill("同意加装，费用按楼层分摊")
    await take(visitor, "决议公开")
    await expect(page.get_by_text("异议受理至")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="实施结果公开")).not_to_contain_text(
        "现在"
    )
