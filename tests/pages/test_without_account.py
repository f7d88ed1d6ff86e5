"""The two pages for whoever has no account, acted out: rating by the link, checking a receipt."""

import json
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.office import Office
from tests.e2e.scenes.base import Opened, resolved
from tests.e2e.waiting import kept
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner


async def link_of(office: Office, case: Opened) -> str:
    """The address in the message that asks to rate."""
    rating = (await office.get(f"/api/v1/cases/{case.case_id}", case.receipt))["rating"]
    return f"/rate/{case.case_id}#{rating['secret']}"


@pytest.mark.rule("R9.1", "R9.2", "R14.2")
@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
async def test_a_resident_answers_three_questions_and_keeps_the_receipt(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    case = await resolved(office, by_resident=True)
    says = {
        "zh": ("有", "没有解决", "不满意", "提交评价", "谢谢，您的评价已收到。", "保存凭据"),
        "en": ("Yes", "No", "Dissatisfied", "Send", "Thank you, your rating has", "Keep the"),
    }[manner.language]
    page = await visitor.go(await link_of(office, case))
    groups = page.get_by_role("group")
    for number, answer in enumerate(says[:3]):
        await groups.nth(number).get_by_label(answer, exact=True).check()
    await page.get_by_role("button", name=says[3]).click()
    await expect(page.get_by_role("status")).to_contain_text(says[4])
    await visitor.look()
    (rated,) = [e for e in await office.events(case.case_id) if e["kind"] == "case.rated"]
    given = rated["data"]
    assert (given["contacted"], given["solved"], given["grade"]) == (True, False, 2)
    await kept(office, case.case_id, case.receipt)
    async with page.expect_download() as download:
        await page.get_by_role("button", name=says[5]).click()
    path = await (await download.value).path()
    found = json.loads(Path(path).read_text("utf-8"))
    assert found["case_id"] == case.case_id


@pytest.mark.rule("R9.1")
async def test_a_link_that_is_not_whole_is_said_to_be_so(office: Office, visitor: Visitor) -> None:
    case = await resolved(office)
    page = await visitor.go(f"/rate/{case.case_id}#short")
    await expect(page.get_by_role("status")).to_contain_text("链接不完整或已失效")
    await expect(page.get_by_role("button", name="提交评价")).to_be_hidden()


@pytest.mark.rule("R14.2")
@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_a_receipt_is_checked_as_file_or_pasted(
    office: Office, visitor: Visitor, manner: Manner, tmp_path: Path
) -> None:
    case = await resolved(office)
    text = json.dumps(await kept(office, case.case_id, case.receipt))
    file = tmp_path / "receipt.json"
    file.write_text(text, "utf-8")
    check, verdict, wrong = {
        "zh": ("核对", "在案，未被改动。", "文件已损坏"),
        "en": ("Check", "In the record, unchanged.", "damaged"),
    }[manner.language]
    page = await visitor.go("/receipt")
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_role("button", name=check).click()
    await expect(page.get_by_role("status")).to_contain_text(verdict)
    await visitor.look()
    await page.get_by_role("textbox").fill("<script>alert(1)</script>")
    await page.get_by_role("button", name=check).click()
    await expect(page.get_by_role("status")).to_contain_text(wrong)
    await visitor.look()
