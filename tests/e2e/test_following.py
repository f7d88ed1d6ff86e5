"""A case as its resident follows it on the pages: how it stands, and what they may say to it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.e2e import erasures
from tests.e2e.office import Office
from tests.e2e.resident import OURS, Resident, somebody
from tests.e2e.scenes.base import (
    Opened,
    at_first_contact,
    at_grid,
    opened,
    resolved,
)
from tests.e2e.scenes.redress import excluded
from tests.e2e.waiting import covered

WRONG = "a" * 24
SENTENCE = "三单元的灯又亮了，二单元的还没有。"


@pytest.fixture
async def resident(office: Office) -> AsyncIterator[Resident]:
    async with somebody(office) as found:
        yield found


async def seen(resident: Resident, case: Opened) -> str:
    """What the resident reads of their case."""
    await resident.open(case)
    assert resident.path == f"/mine/{case.case_id}", resident.text
    return resident.text


async def said(resident: Resident, case: Opened, kind: str, **fields: str) -> str:
    """What they read after saying something."""
    await seen(resident, case)
    await resident.go(f"/mine/{case.case_id}/say/{kind}")
    await resident.send(f"/say/{kind}", **fields)
    return resident.text


async def until_joined(office: Office, lead_id: str) -> None:
    """The lead has heard of whom it carries on."""
    async with asyncio.timeout(60):
        while True:
            if (await office.case(lead_id))["merging"]:
                return
            await asyncio.sleep(0.1)


# -- number and code ------------------------------------------------------------


async def test_number_and_code_are_read_as_people_type_them(
    office: Office, resident: Resident
) -> None:
    case = await opened(office)
    code = " ".join(case.secret.upper()[at : at + 4] for at in range(0, 24, 4))
    await resident.go("/mine")
    await resident.send("/mine", number=case.case_id.lower().replace("-", " "), code=code)
    assert resident.path == f"/mine/{case.case_id}"


@pytest.mark.parametrize("field", ["number", "code"])
@pytest.mark.parametrize("wrong", ["", "SW-0000-0000-0000", WRONG, "王", "\x00", "9" * 9000])
async def test_a_wrong_number_or_code_is_said_and_the_number_kept(
    office: Office, resident: Resident, field: str, wrong: str
) -> None:
    case = await opened(office)
    given = {"number": case.case_id, "code": case.secret, field: wrong}
    await resident.go("/mine")
    answer = await resident.send("/mine", **given)
    assert answer.status_code == 404
    assert "编号或凭证码不对。请对照回执，再试一次。" in resident.text
    assert case.secret not in answer.text
    assert "set-cookie" not in answer.headers
    if field == "code":
        assert resident.form("/mine").named("number")[0].value == case.case_id


async def test_a_case_of_others_and_one_that_is_not_look_the_same(
    office: Office, resident: Resident
) -> None:
    case = await opened(office, title="楼道灯不亮的楼道")
    there, nowhere = [
        (await resident.go(f"/mine/{number}")).text.replace(number, "")
        for number in (case.case_id, "SW-0000-0000-0000")
    ]
    assert there == nowhere
    assert "楼道灯" not in there


async def test_the_code_is_kept_for_that_case_alone_and_forgotten_when_asked(
    office: Office, resident: Resident
) -> None:
    case, other = await opened(office), await opened(office)
    await seen(resident, case)
    await resident.go(f"/mine/{other.case_id}")
    assert resident.title == "查询我的事项"
    await resident.go(f"/mine/{case.case_id}")
    await resident.send("/leave")
    assert "本机已不再保存这件事的凭证。" in resident.text
    await resident.go(f"/mine/{case.case_id}")
    assert "请输入回执上的凭证码" in resident.text


async def test_on_a_device_of_ones_own_it_is_kept_for_a_month(
    office: Office, resident: Resident
) -> None:
    case = await opened(office)
    await resident.go("/mine")
    answer = await resident.send("/mine", number=case.case_id, code=case.secret, stay="yes")
    (held,) = answer.history[0].headers.get_list("set-cookie")
    assert "Max-Age=2592000" in held


async def test_a_cookie_that_is_none_opens_nothing(office: Office, resident: Resident) -> None:
    case = await opened(office)
    for wrong in ("王", "a b", WRONG, "x\u00ff", "'; drop table cases"):
        cookie = f"shouwen_link={wrong}".encode("utf-8", "replace")
        answer = await resident.http.get(f"/mine/{case.case_id}", headers=[(b"cookie", cookie)])
        assert answer.status_code == 200
        assert "请输入回执上的凭证码" in answer.text


# -- how it stands ---------------------------------------------------------------


@pytest.mark.rule("R1.4", "R6.3")
async def test_it_says_where_it_is_who_answers_and_until_when(
    office: Office, resident: Resident
) -> None:
    case = await at_grid(office)
    told = await seen(resident, case)
    for words in (
        "柳荫里社区第二网格正在办理。",
        "责任单位 柳荫里社区第二网格",
        "承诺办结 20",
        "还剩",
    ):
        assert words in told
    for step in ("已登记", "转到柳荫里社区第二网格"):
        assert step in told
    handler = (await office.case(case.case_id))["handler"]["name"]
    assert handler not in resident.page.text
    assert "data-live=" in resident.page.text


@pytest.mark.rule("R6.4")
async def test_it_says_why_the_clock_stands_still(office: Office, resident: Resident) -> None:
    case = await at_grid(office)
    ground = {"ground": "weather_or_disaster", "text": "暴雨"}
    await office.in_charge(case.case_id, "suspend", **ground)
    told = await seen(resident, case)
    assert "目前办理计时暂停。" in told
    assert "原因：" in told
    assert "对您的承诺时间不受影响，照常计算。" in told


@pytest.mark.rule("R2.3")
async def test_one_that_was_merged_stays_the_residents_own(
    office: Office, resident: Resident
) -> None:
    lead, mine = await at_grid(office), await at_grid(office)
    await office.in_charge(mine.case_id, "merge", lead_id=lead.case_id)
    await until_joined(office, lead.case_id)
    told = await seen(resident, mine)
    assert "也有别人反映同一件事，已一并办理。" in told
    assert "共有2位居民反映这件事。" in told
    assert lead.case_id not in resident.page.text
    assert "催办" in told


@pytest.mark.rule("R1.3")
async def test_one_that_was_declined_names_the_right_door(
    office: Office, resident: Resident
) -> None:
    case = await at_first_contact(office)
    why = {"ground": "petition", "text": "请到区信访局接待室反映"}
    await office.in_charge(case.case_id, "decline", **why)
    told = await seen(resident, case)
    assert "不予受理：信访事项" in told
    assert "请到区信访局接待室反映" in told


@pytest.mark.rule("R14.4")
async def test_of_one_that_was_forgotten_nothing_is_left_to_read(
    office: Office, resident: Resident
) -> None:
    case = await resolved(office, by_resident=True, title="楼道灯不亮的楼道")
    await office.command(case.case_id, case.receipt, "withdraw")
    await erasures.erased(office, case.case_id)
    told = await seen(resident, case)
    assert "您提供的资料已依规删除。" in told
    assert resident.title == "您的事项"
    assert "楼道灯不亮的楼道" not in resident.page.text


# -- what they say ---------------------------------------------------------------


@pytest.mark.rule("R4.6")
async def test_they_add_remind_and_are_told_when_they_may_again(
    office: Office, resident: Resident
) -> None:
    case = await at_grid(office)
    assert "已补充，办理单位会看到。" in await said(
        resident, case, "add_information", text=SENTENCE
    )
    assert "已催办" in await said(resident, case, "remind")
    assert "您已催办，" in resident.text
    assert not resident.leads("/say/remind")
    again = await said(resident, case, "remind", text="还没来人")
    assert "刚刚催办过" in again
    assert resident.page.status_code == 409
    assert resident.form("/say/remind").named("text")[0].value == "还没来人"
    kinds = [event["kind"] for event in await office.events(case.case_id)]
    assert kinds.count("case.reminded") == 1
    assert kinds.count("case.information_added") == 1


@pytest.mark.rule("R9.2")
async def test_a_request_is_taken_back_after_being_asked_whether_that_is_meant(
    office: Office, resident: Resident
) -> None:
    case = await opened(office)
    await seen(resident, case)
    assert resident.leads("/say/withdraw")
    await resident.go(f"/mine/{case.case_id}/say/withdraw")
    assert "确定要撤回吗？" in resident.text
    await resident.send("/say/withdraw", text="已经修好了")
    assert "已收到您的撤回。" in resident.text
    assert "已撤回，不再办理。" in resident.text
    assert not resident.leads("/say/remind")


@pytest.mark.rule("R9.2")
async def test_a_withdrawal_nobody_meant_is_denied(office: Office, resident: Resident) -> None:
    case = await at_first_contact(office)
    await office.in_charge(case.case_id, "withdraw", text="居民来电撤回")
    assert "工作人员记录了您撤回诉求，上级正在核实。" in await seen(resident, case)
    assert "已登记：您没有撤回，继续办理。" in await said(resident, case, "keep")
    assert "工作人员记录了您撤回诉求" not in resident.text


@pytest.mark.rule("R13")
async def test_they_let_somebody_act_for_them_and_take_it_back(
    office: Office, resident: Resident
) -> None:
    case = await at_first_contact(office)
    told = await said(resident, case, "authorise_agent", text="请代办居住证明")
    assert "已委托代办。" in told
    assert "已撤回委托。" in await said(resident, case, "revoke_agent")


@pytest.mark.rule("R10.3")
async def test_they_ask_to_look_at_their_rating_again(office: Office, resident: Resident) -> None:
    case = await excluded(office)
    assert "您的评价仍然公开可见，但不计入考核" in await seen(resident, case)
    told = await said(resident, case, "ask_reconsideration", text="我说的是实话")
    assert "已申请复议，由上一级重新审看。" in told
    assert not resident.leads("/say/ask_reconsideration")


@pytest.mark.rule("R9.2")
async def test_they_rate_in_three_questions_and_keep_the_proof(
    office: Office, resident: Resident
) -> None:
    case = await resolved(office, by_resident=True)
    assert "说已经办好。办没办好，由您说了算。" in await seen(resident, case)
    await resident.go(f"/mine/{case.case_id}/rating")
    await resident.send("/rating", contacted="yes", solved="no", grade="2", text="还是不亮")
    assert "谢谢，您的评价已收到。" in resident.text
    (rated,) = [e["data"] for e in await office.events(case.case_id) if e["kind"] == "case.rated"]
    assert (rated["contacted"], rated["solved"], rated["grade"]) == (True, False, 2)
    await covered(office, case.case_id)
    proof = await resident.http.get(f"/mine/{case.case_id}/proof")
    assert proof.headers["content-disposition"].endswith(f'"shouwen-{case.case_id}.json"')
    kinds = [each["event"]["kind"] for each in proof.json()["events"]]
    assert kinds == ["case.registered", "case.rated"]


@pytest.mark.rule("R9.2")
async def test_the_receipt_a_clerk_has_seen_rates_nothing(
    office: Office, resident: Resident
) -> None:
    case = await resolved(office)
    assert "请用发到您手机上的链接评价" in await seen(resident, case)
    await resident.go(f"/mine/{case.case_id}/rating")
    assert "请用发到您手机上的链接评价" in resident.text
    data = {"contacted": "yes", "solved": "yes", "grade": "5"}
    url = f"/mine/{case.case_id}/rating"
    await resident.http.post(url, data=data, headers=OURS)
    assert not [e for e in await office.events(case.case_id) if e["kind"] == "case.rated"]


# -- wrong, missing, huge, hostile, twice, from elsewhere ------------------------


@pytest.mark.parametrize("text", ["", "灯" * 4001, "灯\x07"])
async def test_what_cannot_be_said_is_kept_in_the_form(
    office: Office, resident: Resident, text: str
) -> None:
    case = await at_grid(office)
    told = await said(resident, case, "add_information", text=text)
    assert resident.page.status_code == 422
    assert "请在这里写几句，不超过4000字" in told
    assert resident.form("/say/add_information").named("text")[0].value.strip("\x07") == text.strip(
        "\x07"
    )


async def test_what_they_say_is_shown_as_text(office: Office, resident: Resident) -> None:
    evil = '"><script>alert(1)</script>'
    case = await opened(office, title=evil)
    await said(resident, case, "add_information", text=evil + "灯" * 4001)
    assert "<script>alert" not in resident.page.text
    await resident.go(f"/mine/{case.case_id}")
    assert "<script>alert" not in resident.page.text


async def test_a_second_click_says_it_once(office: Office, resident: Resident) -> None:
    case = await at_grid(office)
    await seen(resident, case)
    await resident.go(f"/mine/{case.case_id}/say/add_information")
    form = resident.form("/say/add_information")
    for _ in range(2):
        answer = await resident.post(form, text=SENTENCE)
        assert answer.url.path == f"/mine/{case.case_id}"
    kinds = [event["kind"] for event in await office.events(case.case_id)]
    assert kinds.count("case.information_added") == 1


@pytest.mark.parametrize("path", ["say/withdraw", "say/remind", "rating", "leave", "receipt", ""])
async def test_another_sites_form_does_nothing(
    office: Office, resident: Resident, path: str
) -> None:
    case = await opened(office)
    await seen(resident, case)
    before = (await office.case(case.case_id))["version"]
    url = f"/mine/{case.case_id}/{path}".rstrip("/")
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await resident.http.post(url, data={"text": "x"}, headers=headers)
        assert answer.status_code == 403
    assert (await office.case(case.case_id))["version"] == before


async def test_without_the_code_nothing_is_said(office: Office, resident: Resident) -> None:
    case = await opened(office)
    before = (await office.case(case.case_id))["version"]
    for path in ("say/withdraw", "say/add_information", "rating"):
        url = f"/mine/{case.case_id}/{path}"
        assert "请输入回执上的凭证码" in (await resident.http.get(url)).text
        answer = await resident.http.post(url, data={"text": "x"}, headers=OURS)
        assert "请输入回执上的凭证码" in answer.text
    assert (await resident.http.get(f"/mine/{case.case_id}/live")).status_code == 404
    assert (await office.case(case.case_id))["version"] == before


async def test_there_is_no_page_for_what_nobody_may_say(office: Office, resident: Resident) -> None:
    case = await opened(office)
    await seen(resident, case)
    for kind in ("resolve", "accept", "..%2fleave"):
        assert (await resident.go(f"/mine/{case.case_id}/say/{kind}")).status_code in {404, 422}


async def test_the_pages_are_whole_in_english(office: Office, resident: Resident) -> None:
    case = await at_grid(office)
    await resident.go("/mine?lang=en")
    await resident.open(case)
    assert "Step by step" in resident.text
    for kind in ("add_information", "remind", "withdraw", "keep", "authorise_agent"):
        await resident.go(f"/mine/{case.case_id}/say/{kind}")
        assert "Back without doing it" in resident.text
