"""A supervisor sees where cases stand, overdue first, and opens every number into its cases."""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_first_contact, at_grid
from tests.e2e.scenes.officers import SUPERVISOR
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_every_number_of_the_board_opens_into_its_cases(
    office: Office, visitor: Visitor
) -> None:
    case = await at_first_contact(office)
    await visitor.sign_in_as(Role.AUDITOR)
    page = await visitor.go("/board")
    unit = (await office.case(case.case_id))["unit"]["name"]
    while await page.get_by_role("rowheader").get_by_role("link", name=unit).count():
        await page.get_by_role("rowheader").get_by_role("link", name=unit).click()
        await visitor.look()
    row = page.get_by_role("row").filter(has_text=unit).first
    await row.get_by_role("cell").nth(2).get_by_role("link").click()
    await visitor.look()
    await expect(page.get_by_role("table")).to_contain_text(case.case_id)
    await page.get_by_role("link", name="楼道灯不亮").first.click()
    await visitor.look()


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_orders_that_wait_for_an_answer_are_a_queue_of_their_own(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    case = await at_grid(office)
    await office.ask(SUPERVISOR, case.case_id, "supervise", text="请尽快到场并报告")
    owes = await office.case(case.case_id)
    await visitor.sign_in(SUPERVISOR)
    page = await visitor.go("/board/queues")
    await page.locator("main nav a[href*=supervision]").click()
    await visitor.look()
    row = page.get_by_role("row").filter(has_text=case.case_id)
    await expect(row).to_contain_text(owes["handler"]["name"])
    await page.locator("#unit").select_option(index=2)
    await page.locator("form[action='/board/queues'] button").click()
    await visitor.look()
    await expect(page.locator("#unit option:checked")).not_to_have_attribute("value", "")
    await visitor.go("/board/queues?kind=supervision&scope=all&unit=liuyinli")
    link = page.get_by_role("row").filter(has_text=case.case_id).get_by_role("link").first
    await expect(link).to_have_attribute("href", f"/desk/cases/{case.case_id}")


async def test_who_watches_over_nobody_has_no_board(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.GRID_WORKER, "liuyinli-1")
    visitor.expect(403)
    await visitor.go("/board")


async def test_a_list_asked_for_what_there_is_not_says_so(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    visitor.expect(422, 403)
    await visitor.go("/board/cases?stage=nowhere")
    await visitor.go("/board?unit=nowhere")
