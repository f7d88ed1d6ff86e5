"""An administrator keeps the office: sees units, posts and stand-ins, changes something by a form,
and finds it in what was changed; compares policies; sees what failed and whether all is well.
"""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.e2e.office import Office
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_a_person_is_added_by_a_form_and_found_in_what_was_changed(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go("/admin")
    await page.locator("a[href^='/admin/do/add_person']").click()
    await visitor.look()
    for name, value in (("person_id", f"zhao-{manner}"), ("login", f"zhao-{manner}")):
        await page.locator(f"[name={name}]").fill(value)
    await page.locator("[name=name]").fill("赵敏")
    await page.get_by_role("main").get_by_role("button").last.click()
    await expect(page.locator("ol.timeline li").first).to_contain_text("赵敏")
    await visitor.look()


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_what_no_list_holds_is_found_by_its_name_and_filled_in(
    visitor: Visitor, manner: Manner
) -> None:
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go("/admin?unit=chengguan")
    await page.locator("a[href^='/admin/do/end_post']").first.click()
    await page.locator("[name=text]").fill("调离")
    await page.locator("[name=successor]").fill("田小雨")
    await page.locator("button[name=_find][value=successor]").click()
    hit = page.locator("button[name=_pick]")
    await expect(hit).to_have_count(1)
    await visitor.look()
    await hit.click()
    await expect(page.locator("[name=successor]")).to_have_value("chengguan-dh-2")
    await expect(page.locator("[name=text]")).to_have_value("调离")


async def test_a_form_that_was_wrong_keeps_what_was_typed(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    visitor.expect(422, 409)
    page = await visitor.go("/admin/do/add_person")
    await page.locator("[name=name]").fill("赵敏")
    await page.locator("[name=person_id]").fill("NOT AN ID")
    await page.get_by_role("main").get_by_role("button").last.click()
    await visitor.look()
    await expect(page.locator("[name=name]")).to_have_value("赵敏")


@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
@pytest.mark.parametrize(
    "path",
    [
        "/admin?unit=liuyinli",
        "/admin/history",
        "/admin/catalogue",
        "/admin/policies",
        "/admin/notices",
        "/admin/health",
    ],
)
async def test_an_administrator_reads_it(visitor: Visitor, path: str) -> None:
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    await visitor.go(path)


async def test_administration_is_not_for_everybody(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.GRID_WORKER, "liuyinli-1")
    visitor.expect(403)
    for path in ("/admin", "/admin/health", "/admin/do/add_person", "/admin/policies"):
        await visitor.go(path)
