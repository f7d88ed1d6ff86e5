"""Somebody calls: from their first words to the receipt that is read out or printed."""

import re
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.e2e.office import Office, a_number
from tests.e2e.scenes.base import CLERK, at_first_contact
from tests.pages.browser import Visitor
from tests.pages.manners import NO_SCRIPT, Manner

STORIES = [Manner("desktop", "zh"), Manner("phone", "en"), NO_SCRIPT]
SAID = {
    "zh": {
        "name": "姓名",
        "phone": "电话",
        "title": "一句话说明",
        "text": "具体情况",
        "words": "按词查找事项",
        "look": "查找",
        "suggest": "看看像哪类事项",
        "address": "地址",
        "find": "查找所在网格",
        "open": "登记",
        "opened": "已登记",
        "merge": "并入这一件",
        "fit": "项符合",
    },
    "en": {
        "name": "Name",
        "phone": "Phone number",
        "title": "In one line",
        "text": "What happened",
        "words": "Words of the matter",
        "look": "Look",
        "suggest": "Suggest what it is about",
        "address": "Address",
        "find": "Find the grid",
        "open": "Open the case",
        "opened": "The case is open",
        "merge": "Merge into this one",
        "fit": "fit these words",
    },
}


TOLD = "三单元楼道灯坏了一周，老人上下楼不方便。"


class Call:
    """The form as somebody fills it in who listens."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.manner = visitor.page, visitor.manner
        self.said = SAID[visitor.manner.language]

    async def type(self, field: str, text: str) -> None:
        label = re.compile(f"^{self.said[field]}")
        role: Literal["searchbox", "textbox"] = "searchbox" if field == "words" else "textbox"
        await self.page.get_by_role(role, name=label).first.fill(text)

    async def press(self, button: str) -> None:
        await self.page.get_by_role("button", name=self.said[button], exact=True).click()

    async def look(self, button: str) -> None:
        """With scripts it looks by itself."""
        if not self.manner.script:
            await self.press(button)


@pytest.mark.rule("R1.1", "R2.3")
@pytest.mark.parametrize("manner", STORIES, ids=str)
async def test_a_call_becomes_a_case_with_a_receipt(office: Office, visitor: Visitor) -> None:
    before = await at_first_contact(office)
    await visitor.sign_in(CLERK)
    page = await visitor.go("/desk/cases/new")
    call = Call(visitor)
    await call.type("name", "王建国")
    await call.type("phone", a_number())
    await call.type("title", "楼道灯不亮")
    await call.type("text", TOLD)
    await call.look("suggest")
    likely = page.locator("#part-suggested button").filter(has_text="楼道")
    await expect(likely.first).to_be_visible()
    await likely.first.click()
    await expect(page.locator("#part-suggested [aria-pressed=true]")).to_have_count(1)
    await expect(page.get_by_role("textbox", name=call.said["text"])).to_have_value(TOLD)
    await visitor.look()
    await call.type("words", "楼道 杂物")
    await call.look("look")
    await expect(page.locator("#part-items")).to_contain_text(call.said["fit"])
    await choose(page, "#part-items", "楼道堆物")
    await call.type("address", "柳荫里社区第二网格三单元")
    await call.look("find")
    await expect(page.locator("#part-place select")).to_have_value("liuyinli-2")
    await expect(page.locator("#part-alike")).to_contain_text(before.case_id)
    await visitor.look()
    await call.press("open")
    await expect(page.get_by_role("heading", level=1)).to_have_text(call.said["opened"])
    await visitor.look()
    number = await page.locator(".receipt dd").first.inner_text()
    code = (await page.locator(".receipt dd").nth(1).inner_text()).replace(" ", "")
    mine = await office.http.get(
        f"/api/v1/cases/{number}", headers={"Authorization": f"Receipt {code}"}
    )
    assert mine.status_code == 200
    await page.get_by_role("button", name=f"{call.said['merge']} {before.case_id}").click()
    await expect(page).to_have_url(re.compile("said=merged"))
    assert (await office.case(number))["merging"]["lead_id"] == before.case_id


async def choose(page: Page, part: str, label: str) -> None:
    """One of few, or one of a list."""
    select = page.locator(f"{part} select")
    if await select.count():
        option = select.locator("option").filter(has_text=label)
        await select.select_option(value=await option.first.get_attribute("value"))
    else:
        await (
            page.locator(part)
            .get_by_role("radio")
            .and_(page.locator(f"{part} label").filter(has_text=label).get_by_role("radio"))
            .check()
        )
