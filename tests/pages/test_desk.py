"""A day at a desk: what waits is found, opened and done with keys or fingers, with scripts and
without; and two at one case do not step on each other's toes.
"""

import asyncio
import re

import pytest
from playwright.async_api import FilePayload, Route, expect

from api.auth import COOKIE
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, at_first_contact, at_grid
from tests.e2e.test_desk_case import PIXEL
from tests.pages.browser import Browser, Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner

PHOTO = FilePayload(name="灯.png", mimeType="image/png", buffer=PIXEL)
SAYS = {
    "zh": {
        "accept": "签收",
        "progress": "填写办理进展",
        "resolve": "办结",
        "done": "已办理。",
        "what": "进展情况",
        "settled": "办理结果",
        "nobody": "目前没有需要您办理的",
        "meanwhile": "这件事在此期间有了新的办理",
        "ended": "请在新标签页登录",
    },
    "en": {
        "accept": "Accept",
        "progress": "Record progress",
        "resolve": "Resolve",
        "done": "Done.",
        "what": "Progress",
        "settled": "What was done",
        "nobody": "Nothing waits to be done by you here.",
        "meanwhile": "Meanwhile, in this case",
        "ended": "sign in in a new tab",
    },
}


async def handler(office: Office, case_id: str) -> str:
    found: str = (await office.case(case_id))["handler"]["id"]
    return found


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_what_waits_is_found_accepted_worked_on_and_resolved(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    says = SAYS[manner.language]
    case = await at_grid(office, accept=False, title="楼道灯不亮")
    await visitor.sign_in(await handler(office, case.case_id))
    page = await visitor.go("/desk")
    await page.locator(f"#case-{case.case_id}").click()
    await visitor.look()
    await page.get_by_role("button", name=says["accept"], exact=True).click()
    await expect(page.get_by_role("main")).to_contain_text(says["done"])
    await visitor.look()
    for action, said in (("progress", "已到现场"), ("resolve", "灯泡已换")):
        await page.get_by_role("link", name=says[action], exact=True).click()
        await page.get_by_role("main").get_by_role("textbox").first.fill(said)
        await visitor.look()
        if action == "resolve":
            await page.locator("input[type=file]").set_input_files([PHOTO])
        button = page.get_by_role("main").get_by_role("button", name=says[action], exact=True)
        await button.last.click()
        await expect(page.locator("#timeline ~ ol")).to_contain_text(said)
        await visitor.look()
    assert (await office.case(case.case_id))["phase"] == "awaiting_rating"


async def test_the_whole_way_is_gone_by_keys_alone(office: Office, visitor: Visitor) -> None:
    case = await at_grid(office, accept=False)
    await visitor.sign_in(await handler(office, case.case_id))
    page = await visitor.go(f"/desk?text={case.case_id}")
    await page.keyboard.press("j")
    await expect(page.locator(f"#case-{case.case_id}")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/desk/cases/{case.case_id}*")
    await page.keyboard.press("a")
    await expect(page.get_by_role("main")).to_contain_text("已办理。")
    await page.keyboard.press("a")
    await page.wait_for_url("**/do/record_progress*")
    box = page.get_by_role("main").get_by_role("textbox").first
    await box.focus()
    await page.keyboard.type("walk in and wait")
    await expect(box).to_have_value("walk in and wait")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#timeline ~ ol")).to_contain_text("walk in and wait")
    await page.keyboard.press("w")
    await page.wait_for_url("**/desk")


async def test_what_became_of_my_step_stays_when_news_of_it_comes_first(
    office: Office, visitor: Visitor
) -> None:
    case = await at_grid(office, accept=False)
    await visitor.sign_in(await handler(office, case.case_id))
    address = f"/desk/cases/{case.case_id}"

    async def late(route: Route) -> None:
        """The news of the step asks for the page before the answer to the step is there."""
        answer = await route.fetch(max_redirects=0)
        posted = route.request.method == "POST"
        await asyncio.sleep(1 if posted else 3)
        await route.fulfill(response=answer)

    page = await visitor.go(address)
    await page.route(re.compile(rf"{address}(/do/accept)?$"), late)
    await page.get_by_role("button", name=SAYS["zh"]["accept"], exact=True).click()
    done = page.get_by_role("main").get_by_text(SAYS["zh"]["done"])
    await expect(done).to_be_visible()
    await asyncio.sleep(4)
    await expect(done).to_be_visible()


async def test_what_arrives_for_me_comes_to_my_list_by_itself(
    office: Office, visitor: Visitor
) -> None:
    case = await at_grid(office)
    await visitor.sign_in(CLERK)
    page = await visitor.go(f"/desk?text={case.case_id}")
    row = page.locator(f"#case-{case.case_id}")
    await expect(row).to_be_hidden()
    await office.in_charge(case.case_id, "resolve", text="已清理", evidence=["photo-1"])
    await expect(row).to_be_visible(timeout=10_000)
    await visitor.look()


async def test_who_types_is_told_of_the_others_step_and_loses_no_word(
    office: Office, browser: Browser, visitor: Visitor
) -> None:
    case = await at_first_contact(office)
    other = await browser.visitor(Manner("phone", "en"))
    for each in (visitor, other):
        await each.sign_in(CLERK)
        await each.go(f"/desk/cases/{case.case_id}/do/record_progress")
    mine = other.page.get_by_role("main").get_by_role("textbox").first
    await mine.fill("I went there as well")
    page = visitor.page
    await page.get_by_role("main").get_by_role("textbox").first.fill("已联系物业")
    await page.get_by_role("main").get_by_role("button", name="填写办理进展").last.click()
    await expect(page.get_by_role("main")).to_contain_text("已办理。")
    told = other.page.locator("#news")
    await expect(told).to_contain_text("Somebody has taken a step in this case.", timeout=2_000)
    await expect(mine).to_have_value("I went there as well")
    other.expect(409)
    send = other.page.get_by_role("main").get_by_role("button", name="Record progress").last
    await send.click()
    await expect(other.page.get_by_role("main")).to_contain_text(SAYS["en"]["meanwhile"])
    await expect(other.page.get_by_role("main")).to_contain_text("已联系物业")
    await other.look()
    await expect(mine).to_have_value("I went there as well")
    await send.click()
    await expect(other.page.get_by_role("main")).to_contain_text(SAYS["en"]["done"])
    await other.look()


@pytest.mark.parametrize("manner", [Manner("phone", "zh"), Manner("desktop", "en")], ids=str)
async def test_every_page_of_the_desk_can_be_used_by_everybody(
    office: Office, visitor: Visitor
) -> None:
    case = await at_grid(office)
    await visitor.sign_in(await handler(office, case.case_id))
    for path in ("", "?tab=questions", "?tab=all&text=xx", "/inbox", "/keys", "/scores"):
        await visitor.go(f"/desk{path}")
    for path in ("", "/do/escalate", "/do/reclassify", "/do/assign", "/do/delegate"):
        await visitor.go(f"/desk/cases/{case.case_id}{path}")


@pytest.mark.rule("R14.5")
async def test_personal_data_is_shown_once_and_not_on_the_way_back(
    office: Office, visitor: Visitor
) -> None:
    case = await at_grid(office, reporter={"name": "欧阳明月", "phone": "13912345678"})
    await visitor.sign_in(await handler(office, case.case_id))
    page = await visitor.go(f"/desk/cases/{case.case_id}")
    await page.locator("#reveal summary").click()
    await page.locator("#reveal-reason").fill("上门前联系")
    await page.locator("#reveal button").click()
    await expect(page.get_by_role("main")).to_contain_text("欧阳明月")
    await visitor.look()
    await page.get_by_role("main").get_by_role("link", name="返回案件").click()
    await expect(page.get_by_role("main")).not_to_contain_text("欧阳明月")


@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
async def test_a_form_stays_as_it_was_filled_in_when_the_session_has_ended(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    says = SAYS[manner.language]
    case = await at_grid(office)
    person = await handler(office, case.case_id)
    await visitor.sign_in(person)
    visitor.expect(401)
    page = await visitor.go(f"/desk/cases/{case.case_id}/do/record_progress")
    text = page.get_by_role("main").get_by_role("textbox").first
    await text.fill("已到现场，正在换灯。")
    await visitor.context.clear_cookies(name=COOKIE)
    send = page.get_by_role("main").get_by_role("button", name=says["progress"], exact=True)
    await send.click()
    await expect(page.locator("#news")).to_contain_text(says["ended"])
    await expect(text).to_have_value("已到现场，正在换灯。")
    await visitor.sign_in(person)
    await send.click()
    await expect(page.get_by_role("main")).to_contain_text(says["done"])
