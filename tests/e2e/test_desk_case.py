"""The page of one case and the forms of its commands: what may be done, what happened meanwhile;
nothing typed is ever lost.
"""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from activities.cases import CaseActivities
from api.pages.forms.kinds import CASE
from domain.words import Role
from tests.e2e.desk import OURS, Desk, hidden, main
from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    ABOVE_GRID,
    CLERK,
    GRID,
    at_first_contact,
    at_grid,
    forgotten,
    number,
    step,
)

SitDown = Callable[..., Awaitable[Desk]]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
async def desk(office: Office) -> AsyncIterator[SitDown]:
    """A way to sit down at somebody's desk."""
    async with AsyncExitStack() as closing:

        async def at(person_id: str, language: str = "zh") -> Desk:
            found = await Desk.of(office, person_id, language)
            await closing.enter_async_context(found.http)
            return found

        yield at


async def handler(office: Office, case_id: str) -> str:
    found: str = (await office.case(case_id))["handler"]["id"]
    return found


# -- how it stands -----------------------------------------------------------------


async def test_the_page_says_in_words_how_the_case_stands(office: Office, desk: SitDown) -> None:
    case = await at_grid(office, title="楼道灯不亮")
    at = await desk(await handler(office, case.case_id))
    told = main(await at.page(f"/desk/cases/{case.case_id}"))
    for said in ("楼道灯不亮", "网格 · 办理中", "首问人员 杨晓琳"):
        assert said in told
    for said in ("办理: 还剩", "对居民承诺的: 还剩"):
        assert said in told
    assert "现在可以办的 填写办理进展" in told
    assert "首问 · 柳荫街道 · 杨晓琳" in told, "whose turn it was"
    assert "柳荫里社区第二网格已签收" in told, "what happened"
    assert "{" not in told, "no raw data"


@pytest.mark.rule("R6.2")
async def test_each_running_clock_says_what_it_counted_and_why(
    office: Office, desk: SitDown
) -> None:
    case_id = await forgotten(office, days=3)
    at = await desk(await office.somebody(Role.AUDITOR))
    html = await at.page(f"/desk/cases/{case_id}")
    told = main(html)
    assert "工作时间" in told
    assert "下班时间" in told
    (whole, *_) = re.findall(rf'href="(/desk/cases/{case_id}/clocks/[^"]*)"', html)
    assert "下班时间" in main(await at.page(whole))
    await at.page(f"/desk/cases/{case_id}/clocks/none-1", 404)


async def test_what_is_not_possible_is_said_with_its_reason(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    html = await at.page(f"/desk/cases/{case.case_id}")
    can, _, cannot = html.partition('id="not-now"')
    assert f"/desk/cases/{case.case_id}/do/resolve" in can
    assert f"/desk/cases/{case.case_id}/do/delegate" not in html
    assert "下派" in cannot or "交办" in cannot
    assert "只有街道" in main(f"<main>{cannot}</main>")


async def test_who_may_do_nothing_is_told_so(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    at = await desk(await office.somebody(Role.AUDITOR))
    html = await at.page(f"/desk/cases/{case.case_id}")
    assert f"/desk/cases/{case.case_id}/do/accept" not in html
    assert "目前没有需要您办理的" in html


async def test_the_timeline_is_shown_in_parts_and_by_who_acted(
    office: Office, desk: SitDown
) -> None:
    case_id = await forgotten(office, days=20)
    at = await desk(await office.somebody(Role.AUDITOR))
    people = main(await at.page(f"/desk/cases/{case_id}?by=people"))
    assert "已登记" in people
    assert "超时（红牌）" not in people.partition("办理经过")[2]
    system = main(await at.page(f"/desk/cases/{case_id}?by=system"))
    assert "超时（红牌）" in system.partition("办理经过")[2]
    first = await at.page(f"/desk/cases/{case_id}?before=3")
    assert len(re.findall(r'<li id="event-', first)) == 2
    assert "回到最新" in first
    await at.page(f"/desk/cases/{case_id}?by=me", 422)


async def test_a_case_of_others_is_a_page_that_is_not_there(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    elsewhere = await desk("xu-zhenhua")
    for path in ("", "/do/accept", "/clocks/accept-1"):
        await elsewhere.page(f"/desk/cases/{case.case_id}{path}", 404)
    assert (await elsewhere.send(f"/desk/cases/{case.case_id}/do/accept", {})).status_code == 404
    revealed = await elsewhere.send(f"/desk/cases/{case.case_id}/reveal", {"reason": "好奇"})
    assert revealed.status_code == 404


# -- forms -------------------------------------------------------------------------


async def test_every_command_has_a_form_or_says_why_not(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id), "en")
    for kind in sorted(set(CASE) - {"reveal"}):
        answer = await at.http.get(f"/desk/cases/{case.case_id}/do/{kind}")
        assert answer.status_code in {200, 404}, kind
        if answer.status_code == 200:
            assert "This cannot be done now." in answer.text or "<form" in answer.text, kind
    await at.page(f"/desk/cases/{case.case_id}/do/tick", 404)
    await at.page(f"/desk/cases/{case.case_id}/do/nonsense", 404)


async def test_a_form_is_sent_and_leads_back_to_the_case(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    done = await at.do(case.case_id, "record_progress", text="已到现场查看")
    assert done.status_code == 303
    assert done.headers["location"] == f"/desk/cases/{case.case_id}?said=done"
    told = main(await at.page(done.headers["location"]))
    assert told.startswith("已办理。")
    assert "已到现场查看" in told


async def test_what_needs_no_words_is_one_click_on_the_page_itself(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office, accept=False)
    at = await desk(await handler(office, case.case_id))
    html = await at.page(f"/desk/cases/{case.case_id}")
    assert f'action="/desk/cases/{case.case_id}/do/accept"' in html
    done = await at.send(f"/desk/cases/{case.case_id}/do/accept", hidden(html))
    assert done.status_code == 303
    assert (await office.case(case.case_id))["phase"] == "in_progress"


async def test_a_second_click_has_one_effect(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    path = f"/desk/cases/{case.case_id}/do/record_progress"
    fields = {**await at.drawn(path), "text": "已到现场"}
    first, second = await asyncio.gather(at.send(path, fields), at.send(path, fields))
    assert {first.status_code, second.status_code} == {303}
    kinds = [event["kind"] for event in await office.events(case.case_id)]
    assert kinds.count("case.progress_recorded") == 1


async def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    answer = await at.do(case.case_id, "escalate", text="超出我们的能力", reason="")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "超出我们的能力" in answer.text
    assert 'aria-invalid="true"' in answer.text


async def test_what_a_rule_refuses_is_said_in_plain_words_with_what_was_typed(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    answer = await at.do(case.case_id, "escalate", reason="beyond_means", text="请街道帮忙")
    assert answer.status_code == 409
    told = main(answer.text)
    assert "请街道帮忙" in told
    assert "办理进展" in told, "a record of progress is needed first (R4.3)"
    assert "no_progress_recorded" not in told


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "<script>alert(1)</script>",
        "长" * 4001,
        "\x00",
        "\u202e反",
        "'; drop table x;",
    ],
)
async def test_hostile_words_do_nothing(office: Office, desk: SitDown, text: str) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    answer = await at.do(case.case_id, "record_progress", text=text, _version="2; drop", more="x")
    assert answer.status_code in {303, 422}
    html = await at.page(f"/desk/cases/{case.case_id}")
    assert "<script>alert" not in answer.text + html


@pytest.mark.parametrize("version", ["", "-1", "0", "9" * 40, "x"])
async def test_a_forged_version_changes_nothing_unseen(
    office: Office, desk: SitDown, version: str
) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    answer = await at.do(case.case_id, "record_progress", text="已到现场", _version=version)
    assert answer.status_code in {303, 409, 422}


async def test_another_sites_form_does_nothing(office: Office, desk: SitDown) -> None:
    case = await at_grid(office, accept=False)
    at = await desk(await handler(office, case.case_id))
    path = f"/desk/cases/{case.case_id}/do/accept"
    answer = await at.http.post(path, data=await at.drawn(path))
    assert answer.status_code == 403
    assert (await office.case(case.case_id))["phase"] == "awaiting_acceptance"


async def test_units_and_people_are_chosen_by_name(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    html = await at.page(f"/desk/cases/{case.case_id}/do/assign")
    names = re.findall(r"<span[^>]*>([^<]*网格员[^<]*)</span>", html)
    assert names, "those of the grid"
    assert all("柳荫里社区第二网格" in name for name in names)


# -- two at once -------------------------------------------------------------------


async def test_the_second_of_two_is_told_what_the_first_did_and_keeps_their_words(
    office: Office, desk: SitDown
) -> None:
    case = await at_first_contact(office)
    first, second = await desk(CLERK), await desk(CLERK)
    path = f"/desk/cases/{case.case_id}/do/record_progress"
    fields = {**await second.drawn(path), "text": "我也去看了"}
    await first.do(case.case_id, "record_progress", text="已联系物业")
    late = await second.send(path, fields)
    assert late.status_code == 409
    told = main(late.text)
    assert "这件事在此期间有了新的办理" in told
    assert "杨晓琳" in told
    assert "已联系物业" in told
    assert "我也去看了" in told
    again = await second.send(path, {**hidden(late.text), "text": "我也去看了"})
    assert again.status_code == 303
    texts = [event["data"].get("text") for event in await office.events(case.case_id)]
    assert texts[-2:] == ["已联系物业", "我也去看了"]


async def test_where_the_first_ended_it_the_second_is_told_why_it_cannot_be_done(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office, accept=False)
    person = await handler(office, case.case_id)
    first, second = await desk(person), await desk(person)
    path = f"/desk/cases/{case.case_id}/do/accept"
    fields = await second.drawn(path)
    await first.do(case.case_id, "accept")
    late = await second.send(path, fields)
    assert late.status_code == 409
    told = main(late.text)
    assert "现在不能这样办" in told
    assert "已签收" in told


async def test_a_warning_of_a_clock_stands_in_nobodys_way(office: Office, desk: SitDown) -> None:
    activities, case_id = CaseActivities(office.engine, office.ring), number()
    opened_at = datetime.now(UTC) - timedelta(minutes=16)
    register = {
        "case_type": "request",
        "channel": "web",
        "item_id": "c01-01",
        "title": "高空坠物",
        "text": "外墙松动",
        "urgency": "emergency",
        "place": {"unit_id": GRID},
        "reporter": {},
        "receipt_hash": "none",
        "actor": {"kind": "resident"},
    }
    await activities.execute(case_id, step("register", opened_at, **register))
    at = await desk(await handler(office, case_id))
    path = f"/desk/cases/{case_id}/do/accept"
    fields = await at.drawn(path)
    await activities.execute(case_id, step("tick", datetime.now(UTC), actor={"kind": "system"}))
    assert (await office.events(case_id))[-1]["kind"] == "clock.warned"
    assert (await at.send(path, fields)).status_code == 303
    assert (await office.case(case_id))["phase"] == "in_progress"


# -- personal data -----------------------------------------------------------------


@pytest.mark.rule("R14.5")
async def test_personal_data_is_shown_once_with_the_reason_on_record(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office, reporter={"name": "欧阳明月", "phone": "13912345678"})
    at = await desk(await handler(office, case.case_id))
    page = f"/desk/cases/{case.case_id}"
    html = await at.page(page)
    assert "欧阳明月" not in html
    shown = await at.send(f"{page}/reveal", {**hidden(html), "reason": "上门前联系居民"})
    assert shown.status_code == 200
    assert "欧阳明月" in shown.text
    assert "13912345678" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert "欧阳明月" not in await at.page(page)
    (look,) = [e for e in await office.events(case.case_id) if e["kind"] == "case.revealed"]
    assert (look["by"]["id"], look["data"]["reason"]) == (at.person_id, "上门前联系居民")


@pytest.mark.rule("R14.5")
@pytest.mark.parametrize("reason", ["", "   ", "\x00", "长" * 4001])
async def test_without_a_reason_nothing_is_shown(
    office: Office, desk: SitDown, reason: str
) -> None:
    case = await at_grid(office, reporter={"name": "欧阳明月", "phone": "13912345678"})
    at = await desk(await handler(office, case.case_id))
    page = f"/desk/cases/{case.case_id}"
    answer = await at.send(f"{page}/reveal", {**await at.drawn(page), "reason": reason})
    assert answer.status_code == 422
    assert "欧阳明月" not in answer.text
    assert "请用几个字说明" in answer.text


async def test_the_form_of_a_look_is_on_the_page_of_the_case(office: Office, desk: SitDown) -> None:
    case = await at_grid(office)
    at = await desk(ABOVE_GRID)
    answer = await at.http.get(f"/desk/cases/{case.case_id}/do/reveal")
    assert answer.headers["location"] == f"/desk/cases/{case.case_id}#reveal"


# -- photos and documents ------------------------------------------------------------


async def test_a_photo_goes_with_the_form_and_stands_on_the_page_behind_a_link(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    path = f"/desk/cases/{case.case_id}/do/resolve"
    fields = {**await at.drawn(path), "text": "已换灯泡"}
    photo = {"evidence.files": ("灯.png", PIXEL, "text/html")}
    done = await at.http.post(path, data=fields, files=photo, headers=OURS)
    assert done.status_code == 303, main(done.text)
    html = await at.page(f"/desk/cases/{case.case_id}")
    (link,) = set(re.findall(rf'href="(/api/v1/cases/{case.case_id}/files/[^"]*)"', html))
    assert "<img" not in html, "each look at it is recorded: none happens by itself"
    shown = await at.http.get(link)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")


async def test_a_file_that_is_not_taken_is_said_so_and_the_words_are_kept(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office)
    at = await desk(await handler(office, case.case_id))
    path = f"/desk/cases/{case.case_id}/do/resolve"
    fields = {**await at.drawn(path), "text": "已换灯泡"}
    virus = {"evidence.files": ("photo.png", b"MZ\x90\x00not a photo", "image/png")}
    answer = await at.http.post(path, data=fields, files=virus, headers=OURS)
    assert answer.status_code in {415, 422}
    assert 'role="alert"' in answer.text
    assert "已换灯泡" in answer.text
    assert (await office.case(case.case_id))["phase"] == "in_progress"
