"""A supervisor sees where cases stand, overdue first, and opens every number into its cases."""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_first_contact
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT


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


async def test_who_watches_over_nobody_has_no_board(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.GRID_WORKER, "liuyinli-1")
    visitor.expect(403)
    await visitor.go("/board")


async def test_a_list_asked_for_what_there_is_not_says_so(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    visitor.expect(422, 403)
    await visitor.go("/board/cases?stage=nowhere")
    await visitor.go("/board?unit=nowhere")
