"""The worklist page and the inbox: what must be done next, and what somebody was told."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from urllib.parse import quote
from uuid import uuid4

import pytest

from domain.words import Role
from tests.e2e.desk import OURS, Desk, hidden, main
from tests.e2e.office import Office
from tests.e2e.scenes.base import ABOVE_GRID, CLERK, at_first_contact, at_grid, forgotten, resolved
from tests.e2e.scenes.returns import back_twice
from tests.e2e.test_inbox import entries_of

SitDown = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def desk(office: Office) -> AsyncIterator[SitDown]:
    """A way to sit down at somebody's desk."""
    async with AsyncExitStack() as closing:

        async def at(person_id: str, language: str = "zh") -> Desk:
            found = await Desk.of(office, person_id, language)
            await closing.enter_async_context(found.http)
            return found

        yield at


def word() -> str:
    return f"标记{uuid4().hex[:10]}"


async def handler(office: Office, case_id: str) -> str:
    found: str = (await office.case(case_id))["handler"]["id"]
    return found


def rows(html: str) -> list[str]:
    """The lines of the list, as text."""
    return [main(f"<main>{row}</main>") for row in re.findall(r"<tr[ >].*?</tr>", html, re.DOTALL)]


async def test_who_must_accept_sees_the_case_the_clock_the_time_and_the_next_step(
    office: Office, desk: SitDown
) -> None:
    title = word()
    case = await at_grid(office, title=title, accept=False)
    at = await desk(await handler(office, case.case_id))
    html = await at.page(f"/desk?text={title}")
    (line,) = [row for row in rows(html) if title in row]
    assert "签收 还剩" in line
    assert "网格 · 待签收" in line
    assert case.case_id in line
    assert f'href="/desk/cases/{case.case_id}/do/accept"' in html
    english = await at.page(f"/desk?text={title}&lang=en")
    (line,) = [row for row in rows(english) if case.case_id in row]
    assert "Acceptance" in line
    assert " left " in line


async def test_what_is_done_waits_for_the_officers_call_and_for_nobody_else(
    office: Office, desk: SitDown
) -> None:
    title = word()
    case = await at_grid(office, title=title)
    worker = await desk(await handler(office, case.case_id))
    officer = await desk(CLERK)
    assert any(title in row for row in rows(await worker.page(f"/desk?text={title}")))
    await office.in_charge(case.case_id, "resolve", text="已清理", evidence=["photo-1"])
    assert not any(title in row for row in rows(await worker.page(f"/desk?text={title}")))
    (line,) = [row for row in rows(await officer.page(f"/desk?text={title}")) if title in row]
    assert "回访 还剩" in line
    assert "登记回访" in line


async def test_an_overdue_case_shows_its_cards_and_comes_before_others(
    office: Office, desk: SitDown
) -> None:
    late = await forgotten(office)
    at = await desk(await office.somebody(Role.AUDITOR))
    html = await at.page("/desk?tab=all&overdue=true")
    (line,) = [row for row in rows(html) if late in row]
    assert "已超期" in line
    assert "红牌" in line
    assert 'class="late"' in html


async def test_marks_say_what_is_urgent_a_dispute_or_found_by_ourselves(
    office: Office, desk: SitDown
) -> None:
    title = word()
    await at_first_contact(office, title=f"{title} 急", urgency="emergency")
    parties = [{"name": "李四", "phone": "13811112222"}]
    dispute = await at_first_contact(office, case_type="dispute", title=title, parties=parties)
    at = await desk(CLERK)
    html = await at.page(f"/desk?text={title}")
    assert any(title in row and "紧急" in row for row in rows(html))
    html = await at.page(f"/desk?text={dispute.case_id}")
    (line,) = [row for row in rows(html) if dispute.case_id in row]
    assert "纠纷" in line
    assert title not in line, "the words of a dispute are not for lists (R7.1)"


async def test_more_time_that_is_asked_for_waits_for_who_must_decide_it(
    office: Office, desk: SitDown
) -> None:
    case_id = (await at_grid(office)).case_id
    span = {"amount": 2, "unit": "working_hours"}
    await office.in_charge(case_id, "request_extension", extend_by=span, text="备料")
    above = await desk(ABOVE_GRID)
    html = await above.page(f"/desk?text={case_id}")
    assert f'href="/desk/cases/{case_id}/do/decide_extension"' in html
    assert "延期审批 还剩" in next(row for row in rows(html) if case_id in row)
    (line,) = [row for row in rows(await above.page("/desk?tab=questions")) if case_id in row]
    assert "延期审批" in line


async def test_questions_are_a_list_of_their_own(office: Office, desk: SitDown) -> None:
    case_id = (await back_twice(office)).case_id
    await office.in_charge(case_id, "return", reason="wrong_unit", text="仍非本单位职责")
    question = (await office.case(case_id))["questions"][0]
    at = await desk(question["person"]["id"])
    html = await at.page("/desk?tab=questions")
    (line,) = [row for row in rows(html) if case_id in row]
    assert "职责裁定" in line
    assert f'href="/desk/cases/{case_id}/do/adjudicate"' in html


async def test_the_list_is_narrowed_by_its_address_alone(office: Office, desk: SitDown) -> None:
    title = word()
    first = (await at_first_contact(office, title=title)).case_id
    grid = (await at_grid(office, title=title)).case_id
    at = await desk(CLERK)
    every = f"/desk?tab=all&text={title}"
    for asked, expected in (
        ("", {first, grid}),
        ("&stage=grid", {grid}),
        ("&phase=in_progress", {first, grid}),
        ("&phase=suspended", set()),
        ("&category=c01", {first, grid}),
        ("&overdue=true", set()),
    ):
        html = await at.page(every + asked)
        assert {each for each in (first, grid) if each in html} == expected, asked
    assert "没有符合条件的案件" in await at.page(f"{every}&phase=suspended")


async def test_filters_stay_when_another_tab_is_opened(office: Office, desk: SitDown) -> None:
    at = await desk(CLERK)
    html = await at.page("/desk?stage=grid&overdue=true")
    assert 'href="/desk?tab=all&amp;stage=grid&amp;overdue=true"' in html


async def test_more_of_a_long_list_stands_behind_a_link(office: Office, desk: SitDown) -> None:
    title = word()
    cases = {(await at_first_contact(office, title=title)).case_id for _ in range(51)}
    at = await desk(CLERK)
    html = await at.page(f"/desk?tab=all&text={title}")
    found = {each for each in cases if each in html}
    assert len(found) == 50
    (more,) = re.findall(r'href="(/desk\?[^"]*cursor=[^"]*)"', html)
    rest = await at.page(more.replace("&amp;", "&"))
    assert {each for each in cases if each in rest} == cases - found


@pytest.mark.parametrize(
    ("asked", "status"),
    [("text=a", 200), ("text=%00%00", 200), ("cursor=nonsense", 200), ("stage=attic", 422),
     ("category=" + "x" * 101, 422), ("tab=theirs", 422), ("overdue=perhaps", 422)],
)  # fmt: skip
async def test_what_cannot_be_looked_for_is_said_kindly(
    desk: SitDown, asked: str, status: int
) -> None:
    at = await desk(CLERK)
    told = main(await at.page(f"/desk?{asked}", status))
    assert "无法" in told or "无法读取" in told or "看不懂" in told or "请" in told


async def test_a_title_is_text_and_nothing_else(office: Office, desk: SitDown) -> None:
    found_by = word()[-8:]
    title = f'<img src=x onerror=alert(1)>"{found_by}'
    await at_first_contact(office, title=title)
    html = await (await desk(CLERK)).page(f"/desk?text={quote(found_by)}")
    assert "<img" not in html
    assert "&lt;img src=x" in html


async def test_nobody_sees_what_is_not_theirs(office: Office, desk: SitDown) -> None:
    title = word()
    await at_grid(office, title=title)
    elsewhere = await desk("xu-zhenhua")
    for tab in ("mine", "units", "questions", "hands", "all"):
        assert title not in await elsewhere.page(f"/desk?tab={tab}")


async def test_the_keys_are_written_down(desk: SitDown) -> None:
    assert "下一行" in main(await (await desk(CLERK)).page("/desk/keys"))


# -- the inbox -------------------------------------------------------------------


async def test_the_inbox_tells_what_happened_and_leads_to_the_case(
    office: Office, desk: SitDown
) -> None:
    case = await at_grid(office, accept=False)
    at = await desk(await handler(office, case.case_id))
    headers = await office.as_person(at.person_id)
    (entry, *_) = await entries_of(office, headers, case.case_id)
    html = await at.page("/desk/inbox")
    assert entry["words"] in main(html)
    assert f'href="/desk/cases/{case.case_id}"' in html
    assert re.search(r"消息（\d+）", html), "the header says how many are unread"
    done = await at.send(f"/desk/inbox/{entry['id']}/read", {"unread": "true"})
    assert (done.status_code, done.headers["location"]) == (303, "/desk/inbox?unread=true")
    assert case.case_id not in await at.page("/desk/inbox?unread=true")


async def test_all_that_was_shown_is_read_at_once(office: Office, desk: SitDown) -> None:
    case = await resolved(office)
    at = await desk(CLERK)
    await entries_of(office, await office.as_person(CLERK), case.case_id)
    fields = hidden(await at.page("/desk/inbox"))
    done = await at.send("/desk/inbox/read", fields)
    assert done.headers["location"] == "/desk/inbox?said=all_read"
    unread = await office.http.get(
        "/api/v1/inbox?unread=true", headers=await office.as_person(CLERK)
    )
    assert not [e for e in unread.json()["entries"] if e["id"] <= int(fields["upto"])]


@pytest.mark.parametrize("upto", ["", "x", "-1", "9" * 30, "١"])
async def test_what_is_no_entry_is_not_read(desk: SitDown, upto: str) -> None:
    at = await desk(CLERK)
    answer = await at.send("/desk/inbox/read", {"upto": upto})
    assert answer.status_code in {303, 422}
    assert (await at.send("/desk/inbox/1/read", {})).status_code == 404


async def test_another_sites_form_reads_nothing(desk: SitDown) -> None:
    at = await desk(CLERK)
    answer = await at.http.post("/desk/inbox/read", data={"upto": "1"})
    assert answer.status_code == 403
    assert OURS["Sec-Fetch-Site"] == "same-origin"
