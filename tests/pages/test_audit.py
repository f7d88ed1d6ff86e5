"""A supervisor audits a timeline: filters it, goes back in it, compares two moments, and sees how
each event stands in the record and who looked at personal data (R14).
"""

import pytest
from playwright.async_api import expect

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_first_contact
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner

pytestmark = pytest.mark.rule("R14.2", "R14.3", "R14.5")


@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_a_timeline_is_filtered_and_compared(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    case = await at_first_contact(office)
    await office.in_charge(case.case_id, "record_progress", text="已到现场查看")
    await office.in_charge(case.case_id, "reveal", reason="要打电话核实")
    await office.in_charge(case.case_id, "resolve", text="已修好", evidence=["photo-1"])
    await visitor.sign_in_as(Role.AUDITOR)
    page = await visitor.go(f"/board/cases/{case.case_id}")
    events = page.locator("ol.timeline li")
    everything = await events.count()
    await expect(page.get_by_role("complementary")).to_contain_text("要打电话核实")
    says = {"zh": ("种类", "筛选", "与第几条比较", "显示"), "en": None}[manner.language] or (
        *("Kind", "Filter", "compared with event", "Show"),
    )
    await page.get_by_label(says[0], exact=True).select_option("case.resolved")
    await page.get_by_role("button", name=says[1]).click()
    await expect(events).to_have_count(1)
    await visitor.look()
    await visitor.go(f"/board/cases/{case.case_id}")
    await page.get_by_label(says[2]).fill("1")
    await page.get_by_role("button", name=says[3], exact=True).first.click()
    await expect(page.get_by_role("table").first).to_contain_text(
        {"zh": "待评价", "en": "awaiting rating"}[manner.language]
    )
    await visitor.look()
    await visitor.go(f"/board/cases/{case.case_id}?version=1")
    await expect(events).to_have_count(2)  # what one command caused was recorded at one moment
    assert everything > 2


async def test_its_page_follows_the_case(office: Office, visitor: Visitor) -> None:
    case = await at_first_contact(office)
    await visitor.sign_in_as(Role.AUDITOR)
    page = await visitor.go(f"/board/cases/{case.case_id}")
    before = await page.locator("ol.timeline li").count()
    await office.in_charge(case.case_id, "record_progress", text="已到现场查看")
    await expect(page.locator("ol.timeline li")).to_have_count(before + 1, timeout=2_000)


@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
async def test_what_waits_for_a_decision_is_found_by_kind(office: Office, visitor: Visitor) -> None:
    case = await at_first_contact(office)
    said = "法院已受理，请到区法院立案庭。"
    await office.in_charge(case.case_id, "decline", ground="before_court", text=said)
    await visitor.sign_in_as(Role.AUDITOR)
    page = await visitor.go("/board/queues?scope=all&kind=decline_review")
    await expect(page.get_by_role("table")).to_contain_text(case.case_id)
    await visitor.go("/board/queues")


async def test_the_audit_is_not_for_everybody(office: Office, visitor: Visitor) -> None:
    case = await at_first_contact(office)
    await visitor.sign_in_as(Role.GRID_WORKER, "liuyinli-1")
    visitor.expect(403, 404)
    await visitor.go(f"/board/cases/{case.case_id}")
