"""The access record: an auditor finds who looked and takes it along, everybody else finds their own
sign-ins and nobody else's (R14.5).
"""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_grid
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner

pytestmark = pytest.mark.rule("R14.5")


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_an_auditor_finds_who_looked_at_a_case(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    case = await at_grid(office)
    await office.in_charge(case.case_id, "reveal", reason="上门前联系")
    await visitor.sign_in_as(Role.AUDITOR)
    page = await visitor.go("/board")
    await page.locator("header a[href='/admin/admissions']").click()
    await page.locator("nav.tabs a[href='/admin/access']").click()
    await visitor.look()
    await page.locator("[name=case]").fill(case.case_id)
    await page.locator("[name=kind]").select_option("access.shown")
    await page.locator("form[action='/admin/access'] button").click()
    await expect(page.locator("tbody tr")).to_have_count(1)
    await expect(page.locator("tbody tr")).to_contain_text("上门前联系")
    await visitor.look()
    export = await page.locator("a[href*='format=csv']").get_attribute("href")
    answer = await page.request.get(export or "")
    assert answer.status == 200
    assert case.case_id in await answer.text()


async def test_an_administrator_finds_their_own_sign_ins_alone(visitor: Visitor) -> None:
    person = await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go("/admin")
    await page.locator("nav.tabs a[href='/admin/access']").click()
    await visitor.look()
    for row in await page.locator("tbody th small span").all():
        assert await row.text_content() == person
    await expect(page.locator("a[href*='/export']")).to_have_count(0)
    await visitor.go("/admin/access?kind=access.shown")
    await expect(page.locator(".fault")).to_be_visible()


async def test_a_day_that_is_none_is_said_to_be_so(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.AUDITOR)
    page = await visitor.go("/admin/access?first=2026-02-30")
    await expect(page.locator(".fault")).to_be_visible()
    await visitor.go("/admin/access?first=2026-02-01&last=2027-02-28")
    await expect(page.locator(".fault")).to_have_count(0)
