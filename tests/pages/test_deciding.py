"""A supervisor acted out: what waits is found on the board, decided with a reason, and stands in
the record under their name.
"""

import pytest
from playwright.async_api import expect

from tests.e2e.office import Office
from tests.e2e.scenes.base import at_first_contact
from tests.e2e.scenes.declining import COURT
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT

GO_ON = "法院尚未立案，请继续办理。"


@pytest.mark.rule("R1.3")
@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_a_supervisor_finds_decides_and_reads_it_in_the_record(
    office: Office, visitor: Visitor
) -> None:
    case = await at_first_contact(office)
    await office.in_charge(case.case_id, "decline", **COURT)
    asked = (await office.case(case.case_id))["questions"][0]
    await visitor.sign_in(asked["person"]["id"])
    page = await visitor.go("/board")
    await page.locator("main nav a[href='/board/queues']").first.click()
    await visitor.look()
    row = page.get_by_role("row").filter(has_text=case.case_id)
    await row.get_by_role("link").first.click()
    await visitor.look()
    await page.locator("a[href$='/do/review_decline']").first.click()
    await visitor.look()
    form = page.locator("main form").filter(has=page.locator("[name^=upheld]"))
    await form.locator("input[name=upheld][value=false]").check()
    await form.get_by_role("textbox").first.fill(GO_ON)
    await form.get_by_role("button").last.click()
    await expect(page.locator("#timeline ~ ol")).to_contain_text(GO_ON)
    await visitor.look()
    await visitor.go("/board/queues")
    await expect(page.get_by_role("row").filter(has_text=case.case_id)).to_have_count(0)
    await visitor.go(f"/board/cases/{case.case_id}")
    last = page.locator("ol.timeline > li").last
    await expect(last).to_contain_text(asked["person"]["name"])
    assert not (await office.case(case.case_id))["questions"]
