"""The pages every desk stands on: the start, signing in and out, what does not work."""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, at_first_contact
from tests.pages.browser import Browser, Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_somebody_without_an_account_finds_the_doors(visitor: Visitor) -> None:
    page = await visitor.go("/")
    await page.get_by_role("main").get_by_role("link").first.focus()
    await visitor.go("/sign-in")


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_staff_sign_in_by_typing_see_their_work_and_sign_out(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    says = {
        "zh": ("账号", "密码", "登录", "退出"),
        "en": ("Login", "Password", "Sign in", "Sign out"),
    }[manner.language]
    password = (office.settings.data / "secrets" / "sample-password").read_text().strip()
    login = (await office.book()).organisation.people[CLERK].login
    case = await at_first_contact(office)
    visitor.expect(401)
    page = await visitor.go("/desk")
    await page.get_by_label(says[0]).fill(login)
    for tried in ("wrong", password):
        await page.get_by_label(says[1]).fill(tried)
        await page.get_by_role("main").get_by_role("button", name=says[2]).click()
        await visitor.look()
    await expect(page.get_by_role("table")).to_contain_text(case.case_id)
    await visitor.go(f"/desk/cases/{case.case_id}")
    await page.get_by_role("button", name=says[3]).click()
    await visitor.look()


@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
async def test_what_is_not_there_is_said_in_their_language(visitor: Visitor) -> None:
    visitor.expect(404)
    await visitor.go("/nowhere")
    await visitor.sign_in_as(Role.AUDITOR)
    await visitor.go("/desk/cases/SW-0000-0000-0000")


async def test_two_who_look_at_one_case_see_each_others_step_within_two_seconds(
    office: Office, browser: Browser, visitor: Visitor
) -> None:
    case = await at_first_contact(office)
    other = await browser.visitor(Manner("phone", "en"))
    for each in (visitor, other):
        await each.sign_in(CLERK)
        await each.go(f"/desk/cases/{case.case_id}")
    await office.in_charge(case.case_id, "record_progress", text="已到现场查看")
    for each in (visitor, other):
        timeline = each.page.locator("ol.timeline li")
        await expect(timeline).to_have_count(2, timeout=2_000)
