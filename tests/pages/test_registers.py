"""The registers: an admission is asked for by one and approved by two others, an erasure is asked
for by one and agreed to by another; each sees what they may do and why not more (R3.2, R14.4).
"""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.e2e.admissions import COMMUNITY, FIRST, SECOND, STALLS, terms
from tests.e2e.erasures import ASKER
from tests.e2e.erasures import SECOND as AGREEING
from tests.e2e.office import Office
from tests.e2e.scenes.base import opened
from tests.pages.browser import Browser, Visitor
from tests.pages.desks import APPLICANT, admission_asked_for, erasure_asked_for
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner

pytestmark = pytest.mark.rule("R3.2", "R14.4")


async def take(visitor: Visitor, kind: str) -> None:
    """One step of what is offered, with its form as it comes."""
    page = visitor.page
    await page.locator(f"a[href$='/do/{kind}']").click()
    await page.locator("form[action*='/do/'] button").last.click()
    await page.wait_for_url("**said=done")
    await visitor.look()


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_an_admission_is_asked_for_and_approved_by_two(
    office: Office, browser: Browser, visitor: Visitor, manner: Manner
) -> None:
    await visitor.sign_in_as(*APPLICANT)
    page = await visitor.go("/desk")
    await page.locator("header a[href='/admin/admissions']").click()
    await page.locator("a[href='/admin/admissions/new']").click()
    await visitor.look()
    wanted = terms()
    await page.locator("[name=item_id]").select_option(STALLS)
    await page.locator(f"[name=units][value={COMMUNITY}]").check()
    for name in ("first_day", "last_day", "authority", "reason"):
        await page.locator(f"[name={name}]").fill(wanted[name])
    await page.locator("[name=yearly_fen]").fill("1000.50")
    await page.locator("form[action='/admin/admissions/new'] button").last.click()
    await page.wait_for_url("**said=done")
    await visitor.look()
    await expect(page.locator("main")).to_contain_text("1,000.50")
    await expect(page.locator("a[href$='/do/approve_admission']")).to_have_count(0)
    address = page.url.partition("?")[0]
    for person in (FIRST, SECOND):
        deciding = await browser.visitor(manner)
        await deciding.sign_in(person)
        await deciding.go(address.removeprefix(deciding.watch.home))
        await take(deciding, "approve_admission")
    await visitor.go(address.removeprefix(visitor.watch.home))
    await expect(page.locator(".lead .mark.good")).to_be_visible()
    await expect(page.locator("ol.timeline li")).to_have_count(3)


async def test_a_refusal_needs_its_reason_and_keeps_what_was_typed(
    office: Office, visitor: Visitor
) -> None:
    await admission_asked_for(office)
    await visitor.sign_in(FIRST)
    page = await visitor.go("/admin/admissions?state=awaiting_first")
    await page.locator("tbody a").first.click()
    await page.locator("a[href$='/do/refuse_admission']").click()
    visitor.expect(422)
    await page.locator("[name=text]").evaluate("field => field.removeAttribute('required')")
    await page.locator("form[action*='/do/'] button").last.click()
    await expect(page.locator(".fault")).to_be_visible()
    await page.locator("[name=text]").fill("人手足够")
    await page.locator("form[action*='/do/'] button").last.click()
    await page.wait_for_url("**said=done")
    await expect(page.locator("ol.timeline")).to_contain_text("人手足够")


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_an_erasure_is_asked_for_by_one_and_agreed_to_by_another(
    office: Office, browser: Browser, visitor: Visitor, manner: Manner
) -> None:
    case = await opened(office)
    answer = await office.command(case.case_id, case.receipt, "withdraw", text="不用了")
    assert answer.status_code == 200, answer.text
    await visitor.sign_in(ASKER)
    page = await visitor.go("/admin/erasures")
    await page.locator("a[href='/admin/erasures/new']").click()
    await visitor.look()
    if await page.locator("[name='targets.0.case_id']").count() == 0:
        await page.locator("[name=_add]").click()
    await page.locator("[name='targets.0.case_id']").fill(case.case_id)
    await page.locator("[name=ground][value=asked_for], [name=ground]").first.wait_for()
    ground = page.locator("select[name=ground]")
    if await ground.count():
        await ground.select_option("asked_for")
    else:
        await page.locator("[name=ground][value=asked_for]").check()
    await page.locator("[name=text]").fill("当事人书面申请")
    await page.locator("form[action='/admin/erasures/new'] button").last.click()
    await page.wait_for_url("**said=done")
    await visitor.look()
    await expect(page.locator("a[href$='/do/approve_erasure']")).to_have_count(0)
    await expect(page.locator("a[href$='/do/withdraw_erasure']")).to_have_count(1)
    agreeing = await browser.visitor(manner)
    await agreeing.sign_in(AGREEING)
    await agreeing.go(page.url.partition("?")[0].removeprefix(visitor.watch.home))
    await take(agreeing, "approve_erasure")


async def test_an_administrator_sees_both_registers_and_a_grid_worker_no_erasure(
    office: Office, browser: Browser, visitor: Visitor
) -> None:
    await admission_asked_for(office)
    await erasure_asked_for(office)
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go("/admin")
    for name in ("admissions", "erasures"):
        await page.locator(f"nav.tabs a[href='/admin/{name}']").click()
        await page.locator("tbody a").first.click()
        await expect(page.locator("ol.timeline li").first).to_be_visible()
        await visitor.look()
    other = await browser.visitor(visitor.manner)
    await other.sign_in_as(Role.GRID_WORKER, "liuyinli-1")
    other.expect(403)
    await other.go("/admin/erasures")
