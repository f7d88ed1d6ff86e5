"""The calendar as months at a glance: days off and days made up are told by a sign too (R6.1)."""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner

pytestmark = pytest.mark.rule("R6.1")
SIGNS = {"zh": ("休", "班"), "en": ("off", "work")}


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_an_administrator_reads_a_year_and_a_towns_own_hours(
    visitor: Visitor, manner: Manner
) -> None:
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go("/admin")
    await page.locator("nav.tabs a[href='/admin/calendar']").click()
    await page.locator("a[href^='/admin/calendar?year=2026']").first.click()
    await page.wait_for_url("**year=2026*")
    await visitor.look()
    await expect(page.locator("table.month")).to_have_count(12)
    off, work = SIGNS[manner.language]
    october = page.locator("table.month").nth(9)
    await expect(october.locator("td.holiday")).to_have_text([f"{n} {off}" for n in range(1, 8)])
    await expect(october.locator("td.make_up")).to_have_text([f"10 {work}"])
    await page.locator("a[href*='unit=shiqiao']").click()
    await page.wait_for_url("**unit=shiqiao*")
    await expect(page.locator("section[aria-labelledby=hours]")).to_contain_text("08:30–12:00")
    await visitor.look()


async def test_a_unit_that_is_none_is_said_to_be_so(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.SUPERVISOR)
    page = await visitor.go("/admin/calendar?unit=nowhere&year=2026")
    await expect(page.locator(".fault")).to_be_visible()
    await expect(page.locator("table.month")).to_have_count(12)
    await expect(page.locator("a[href='/admin/do/publish_year']")).to_have_count(0)
