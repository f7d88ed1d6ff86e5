"""Two pages for whoever has no account, acted out: rating by the link, checking a receipt."""

import json
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.office import Office
from tests.e2e.scenes.base import Opened, resolved
from tests.e2e.waiting import covered, kept
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner


async def code_of(office: Office, case: Opened) -> str:
    """What stands behind the # of the link in the message that asks to rate."""
    return office.ring.rating_secret(case.case_id, (await office.case(case.case_id))["round"])


@pytest.mark.rule("R9.1", "R9.2", "R14.2")
@pytest.mark.parametrize("manner", [*EVERYWHERE, NO_SCRIPT], ids=str)
async def test_a_resident_answers_three_questions_and_keeps_the_proof(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    case = await resolved(office)
    says = {
        "zh": ("下一步", "有", "没有解决", "不满意", "提交评价", "谢谢", "保存凭据"),
        "en": (
            "Go on",
            "Yes, some",
            "No, not",
            "Dissatisfied",
            "Send the",
            "Thank you",
            "Save the",
        ),
    }[manner.language]
    code = await code_of(office, case)
    page = await visitor.go(f"/rate/{case.case_id}#{code}")
    if not manner.script:
        await page.get_by_role("textbox").fill(code)
        await page.get_by_role("button", name=says[0]).click()
    groups = page.get_by_role("group")
    for number, answer in enumerate(says[1:4]):
        await groups.nth(number).get_by_role("radio", name=re.compile(f"^{answer}")).check()
    assert code not in page.url
    await visitor.look()
    await page.get_by_role("button", name=says[4]).click()
    await expect(page.locator("main [role=status]")).to_contain_text(says[5])
    await visitor.look()
    (rated,) = [e for e in await office.events(case.case_id) if e["kind"] == "case.rated"]
    given = rated["data"]
    assert (given["contacted"], given["solved"], given["grade"]) == (True, False, 2)
    await covered(office, case.case_id)
    async with page.expect_download() as download:
        await page.get_by_role("link", name=says[6]).click()
    path = await (await download.value).path()
    found = json.loads(Path(path).read_text("utf-8"))
    assert found["case_id"] == case.case_id


@pytest.mark.rule("R9.1")
@pytest.mark.parametrize("code", ["short", "a" * 24])
async def test_a_link_that_is_not_whole_is_said_to_be_so(
    office: Office, visitor: Visitor, code: str
) -> None:
    visitor.expect(404)
    case = await resolved(office)
    page = await visitor.go(f"/rate/{case.case_id}#{code}")
    if code == "short":
        await page.get_by_role("textbox").fill(code)
        await page.get_by_role("button", name="下一步").click()
    await expect(page.get_by_role("alert")).to_contain_text("凭证码不对或已失效")
    assert "#" not in page.url or code == "short"
    await visitor.look()


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
    await page.get_by_role("button", name=check, exact=True).click()
    await expect(page.locator("main [role=status]")).to_contain_text(verdict)
    await visitor.look()
    await page.get_by_role("textbox").fill("<script>alert(1)</script>")
    await page.get_by_role("button", name=check, exact=True).click()
    await expect(page.locator("main [role=status]")).to_contain_text(wrong)
    await visitor.look()
