"""A resident acted out: from what they say on the phone to how they rate it, with and without
scripts; a party that settles; a partner that comes.
"""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.office import Office
from tests.e2e.resident import TOLD
from tests.e2e.scenes.disputes import asked, drafted
from tests.e2e.scenes.whistle import PARTNER, whistled
from tests.pages.browser import Visitor
from tests.pages.manners import EVERYWHERE, NO_SCRIPT, Manner

BOTH = [NO_SCRIPT, Manner("desktop", "en")]
SAYS = {
    "zh": {
        "told": TOLD,
        "send": "提交",
        "more": "再问一句",
        "kept": "我已保存",
        "save": "保存为文本文件",
        "case": "等待签收",
        "add": "补充情况",
        "added": "已补充",
        "remind": "催办",
        "reminded": "已催办",
        "working": "正在办理",
        "done": "说已经办好",
        "rate": "现在评价",
        "yes": "有",
        "solved": "解决了",
        "grade": "满意",
        "thanks": "谢谢",
    },
    "en": {
        "told": "The light on the stairs is out.",
        "send": "Send",
        "more": "One more question",
        "kept": "I have kept it",
        "save": "Save as a text file",
        "case": "must accept it now",
        "add": "Add something",
        "added": "Added",
        "remind": "Remind them",
        "reminded": "Reminded:",
        "working": "working on it",
        "done": "says it is done",
        "rate": "Rate now",
        "yes": "Yes, somebody did",
        "solved": "Yes, solved",
        "grade": "Satisfied",
        "thanks": "Thank you",
    },
}
CODE = re.compile(r"(?:[a-z2-7]{4} ){5}[a-z2-7]{4}")


async def press(visitor: Visitor, name: str) -> None:
    """A button of the page, and a look at what it leads to."""
    await visitor.page.get_by_role("main").get_by_role("button", name=name).click()
    await visitor.page.wait_for_load_state()
    await expect(visitor.page.locator("[aria-busy=true]")).to_have_count(0)
    await visitor.look()


async def follow(visitor: Visitor, name: str) -> None:
    await visitor.page.get_by_role("main").get_by_role("link", name=name).first.click()
    await visitor.page.wait_for_load_state()
    await visitor.look()


async def told(page: Page, text: str) -> None:
    await expect(page.get_by_role("main")).to_contain_text(text)


@pytest.mark.rule("R1.2", "R4.6", "R9.2", "R14.2")
@pytest.mark.parametrize("manner", BOTH, ids=str)
async def test_from_the_first_word_to_the_rating(
    office: Office, visitor: Visitor, manner: Manner, tmp_path: Path
) -> None:
    says = SAYS[manner.language]
    page = await visitor.go("/report")
    await page.locator("#text").fill(says["told"])
    await page.locator("#unit").select_option("liuyinli-2")
    await page.locator("#address").fill("12-3-401")
    await press(visitor, says["send"])
    await told(page, says["more"])
    await page.get_by_role("radio").first.check()
    await press(visitor, says["send"])
    code = CODE.search(await page.get_by_role("main").inner_text())
    assert code
    async with page.expect_download() as download:
        await page.get_by_role("link", name=says["save"]).click()
    kept = Path(await (await download.value).path()).read_text("utf-8")
    assert code[0] in kept
    await press(visitor, says["kept"])
    await told(page, says["case"])
    case_id = page.url.split("?")[0].rsplit("/", 1)[-1]
    await follow(visitor, says["add"])
    await page.locator("#text").fill("401")
    await press(visitor, says["send"])
    await told(page, says["added"])
    await follow(visitor, says["remind"])
    await press(visitor, says["send"])
    await told(page, says["reminded"])
    await office.in_charge(case_id, "accept")
    if not manner.script:
        await visitor.go(f"/mine/{case_id}")
    await told(page, says["working"])
    await office.in_charge(case_id, "resolve", text="灯已换好", evidence=["photo-1"])
    if not manner.script:
        await visitor.go(f"/mine/{case_id}")
    await told(page, says["done"])
    await follow(visitor, says["rate"])
    groups = page.get_by_role("group")
    for number, answer in enumerate((says["yes"], says["solved"], says["grade"])):
        await groups.nth(number).get_by_role("radio", name=answer, exact=True).check()
    await press(visitor, says["send"])
    await told(page, says["thanks"])
    assert (await office.case(case_id))["closing"] == "rated"


@pytest.mark.rule("R7.1", "R7.4")
@pytest.mark.parametrize("manner", [NO_SCRIPT, Manner("phone", "en")], ids=str)
async def test_a_party_reads_the_agreement_and_confirms_it(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    go_on, door, yes, send, done = {
        "zh": ("下一步", "确认或不确认协议", "确认这份协议", "提交", "您已确认。"),
        "en": (
            "Go on",
            "Confirm the agreement",
            "Yes, I confirm",
            "Send",
            "You have confirmed it.",
        ),
    }[manner.language]
    case = await drafted(office)
    code = office.ring.party_secret(case.case_id, "party-1")
    page = await visitor.go(f"/party/{case.case_id}#{code}")
    if not manner.script:
        await page.get_by_role("textbox").fill(code)
        await press(visitor, go_on)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("纠纷")
    await visitor.look()
    await follow(visitor, door)
    await page.get_by_role("radio", name=yes).check()
    await press(visitor, send)
    await told(page, done)


@pytest.mark.rule("R7.1")
@pytest.mark.parametrize("manner", EVERYWHERE, ids=str)
async def test_another_partys_link_shows_that_partys_page(office: Office, visitor: Visitor) -> None:
    case = await asked(office)
    page = await visitor.go(f"/party/{case.case_id}")
    for subject in ("party-1", "reporter"):
        code = office.ring.party_secret(case.case_id, subject)
        await page.goto("/sign-in")
        await visitor.go(f"/party/{case.case_id}#{code}")
        await expect(page.locator("ol.timeline")).to_be_visible()
        held = {c["value"] for c in await visitor.context.cookies() if c["name"] == "shouwen_link"}
        assert held == {code}
        assert code not in page.url


@pytest.mark.rule("R5")
@pytest.mark.parametrize("manner", BOTH, ids=str)
async def test_a_partner_comes_and_says_what_it_did(
    office: Office, visitor: Visitor, manner: Manner
) -> None:
    go_on, here, record = {
        "zh": ("下一步", "我们已到", "记录"),
        "en": ("Go on", "We are here", "Put it on record"),
    }[manner.language]
    case = await whistled(office)
    code = office.ring.partner_secret(case.case_id, "summons-2", PARTNER)
    page = await visitor.go(f"/help/{case.case_id}#{code}")
    if not manner.script:
        await page.get_by_role("textbox").fill(code)
        await press(visitor, go_on)
    await press(visitor, here)
    await page.locator("#text").fill("12")
    await press(visitor, record)
    await expect(page.locator("ol.timeline li")).to_have_count(1)
