"""The worklist: the right cases, in a stable order, page by page, and no others."""

import base64
import json
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    ABOVE_GRID,
    CLERK,
    Headers,
    at_first_contact,
    at_grid,
    auditor,
    forgotten,
    handler,
    opened,
)

LIST = "/api/v1/cases"


async def listed(office: Office, headers: Headers | None = None, **query: Any) -> list[str]:
    """Case ids of all pages."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        asked = {**query, **({"cursor": cursor} if cursor else {})}
        answer = await office.http.get(LIST, params=asked, headers=headers or await auditor(office))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [row["case_id"] for row in page["cases"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def mark() -> str:
    """A word no other case has."""
    return f"标记{uuid4().hex[:10]}"


async def test_pages_together_hold_every_case_once_newest_first(office: Office) -> None:
    word = mark()
    cases = [await opened(office, title=f"{word} {n}") for n in range(5)]
    newest_first = [case.case_id for case in reversed(cases)]
    assert await listed(office, text=word, size=2) == newest_first
    assert await listed(office, text=word, size=5) == newest_first
    assert sorted(await listed(office, text=word, size=2, order="due")) == sorted(newest_first)


async def test_a_case_opened_between_two_pages_does_not_shift_them(office: Office) -> None:
    word = mark()
    cases = [await opened(office, title=word) for _ in range(3)]
    headers = await auditor(office)
    query: dict[str, Any] = {"text": word, "size": 2}
    first = (await office.http.get(LIST, params=query, headers=headers)).json()
    await opened(office, title=word)
    query["cursor"] = first["next_cursor"]
    second = (await office.http.get(LIST, params=query, headers=headers)).json()
    seen = [row["case_id"] for row in (*first["cases"], *second["cases"])]
    assert seen == [case.case_id for case in reversed(cases)]


async def test_each_filter_finds_what_it_names(office: Office) -> None:
    word = mark()
    counter = (await at_first_contact(office, title=word)).case_id
    grid = (await at_grid(office, title=word)).case_id
    assert await listed(office, text=word, stage="grid") == [grid]
    assert await listed(office, text=word, stage="first_contact") == [counter]
    assert await listed(office, text=word, phase="closed") == []
    assert await listed(office, text=word, unit="liuyinli") == [grid]
    assert await listed(office, text=word, unit="liuyin") == [grid, counter]
    assert await listed(office, text=word, unit="shiqiao") == []
    assert await listed(office, text=word, handler="yang-xiaolin") == [counter]
    assert await listed(office, text=word, category="c01-01") == [grid, counter]
    assert await listed(office, text=word, category="c01") == [grid, counter]
    assert await listed(office, text=word, category="c02") == []
    assert await listed(office, text=word, overdue=False) == [grid, counter]
    assert await listed(office, text=word, overdue=True) == []
    assert await listed(office, text=counter) == [counter]


async def test_an_overdue_case_is_found_as_such(office: Office) -> None:
    late = await forgotten(office)
    assert late in await listed(office, overdue=True)
    assert late not in await listed(office, overdue=False)
    first = (await listed(office, order="due"))[0]
    assert (await office.case(first))["overdue"]


async def test_cases_of_one_phone_number_are_found_however_it_is_written(office: Office) -> None:
    phone = f"199{uuid4().int % 10**8:08d}"
    case = (await opened(office, reporter={"name": "李", "phone": phone})).case_id
    for written in (phone, f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}", f"86{phone}"):
        assert await listed(office, phone=written) == [case]
    assert await listed(office, phone=phone[:-1]) == []


async def test_wildcards_of_the_database_are_letters_like_others(office: Office) -> None:
    word = mark()
    percent = (await opened(office, title=f"{word}%_完成")).case_id
    backslash = (await opened(office, title=f"{word}\\'; drop table cases; --")).case_id
    assert await listed(office, text=f"{word}%_") == [percent]
    assert await listed(office, text=f"{word}\\'; drop") == [backslash]
    assert await listed(office, text=f"{word}__") == []
    assert await listed(office, text=f"{word[:6]}%{word[7:]}") == []
    assert len(await listed(office, text=word)) == 2


async def test_staff_see_their_own_subtree_whatever_they_ask_for(office: Office) -> None:
    word = mark()
    here = (await at_grid(office, title=word)).case_id
    elsewhere = await office.as_person("xu-zhenhua")
    assert await listed(office, elsewhere, text=word) == []
    assert await listed(office, elsewhere, text=word, unit="liuyin") == []
    assert await listed(office, elsewhere, text=word, unit="qinghe") == []
    assert await listed(office, elsewhere, text=word, handler="jiang-xuemei") == []
    assert await listed(office, await office.as_person("guo-hongwei"), text=word) == [here]


def forged(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


NEVER = "9999-01-01T00:00:00+00:00"
FORGED = {
    "nothing": "",
    "not base64": "!!!!",
    "not ASCII": "灯",
    "not JSON": base64.urlsafe_b64encode(b"{{{").decode(),
    "null": forged(None),
    "a number": forged(5),
    "an object": forged({"order": "newest"}),
    "too few parts": forged(["newest"]),
    "another order": forged(["due", NEVER, "SW"]),
    "a time that is none": forged(["newest", "yesterday", "SW"]),
    "a number for a time": forged(["newest", 5, "SW"]),
    "a time without a zone": forged(["newest", "2026-01-01T00:00:00", "SW"]),
    "a time before time": forged(["newest", "0001-01-01T00:00:00+14:00", "SW"]),
    "a time after time": forged(["newest", "9999-12-31T23:59:59-14:00", "SW"]),
    "a list for a case": forged(["newest", NEVER, ["SW"]]),
    "NUL in a case": forged(["newest", NEVER, "SW\0"]),
    "half a character in a case": forged(["newest", NEVER, "\ud800"]),
}


@pytest.mark.parametrize("cursor", FORGED.values(), ids=FORGED)
async def test_a_cursor_that_is_not_of_this_list_is_refused(office: Office, cursor: str) -> None:
    answer = await office.http.get(LIST, params={"cursor": cursor}, headers=await auditor(office))
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor"), answer.text
    assert answer.json()["errors"][0]["where"] == "query/cursor"


async def test_a_forged_cursor_shows_nobody_elses_cases(office: Office) -> None:
    word = mark()
    await at_grid(office, title=word)
    elsewhere = await office.as_person("xu-zhenhua")
    cursor = forged(["newest", NEVER, "SW"])
    answer = await office.http.get(LIST, params={"cursor": cursor, "text": word}, headers=elsewhere)
    assert answer.json()["cases"] == []


async def rows_of(office: Office, headers: Headers, **query: Any) -> list[dict[str, Any]]:
    answer = await office.http.get(LIST, params={"order": "due", **query}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["cases"]
    return found


async def test_each_line_says_which_clock_breaks_first_and_of_whom(office: Office) -> None:
    word = mark()
    await at_grid(office, title=word, accept=False)
    (row,) = await rows_of(office, await auditor(office), text=word)
    assert row["duty"]["kind"] == "accept"
    assert row["duty"]["due_at"] == row["overdue_at"]
    assert (row["duty"]["unit"], row["duty"]["person"]) == (row["unit"], row["handler"])
    assert (row["duty"]["yellow"], row["duty"]["red"]) == (False, False)


async def test_what_waits_for_me_is_what_i_must_do_next(office: Office) -> None:
    word = mark()
    case = (await at_grid(office, title=word)).case_id
    worker = await handler(office, case)
    officer = await office.as_person(CLERK)
    mine = {"text": word, "waits_for": "me"}
    assert [row["duty"]["kind"] for row in await rows_of(office, worker, **mine)] == ["handle"]
    assert await rows_of(office, officer, **mine) == []
    await office.in_charge(case, "resolve", text="已清理", evidence=["photo-1"])
    assert await rows_of(office, worker, **mine) == []
    assert [row["duty"]["kind"] for row in await rows_of(office, officer, **mine)] == ["follow_up"]


async def test_what_waits_for_my_unit_is_not_what_waits_for_units_below(office: Office) -> None:
    word = mark()
    await at_grid(office, title=word)
    community = await office.as_person(ABOVE_GRID)
    asked = {"text": word, "waits_for": "my_units"}
    assert len(await rows_of(office, community, text=word)) == 1
    assert await rows_of(office, community, **asked) == []
    assert len(await rows_of(office, await office.as_person("guo-hongwei"), **asked)) == 0


async def test_what_was_owed_in_the_past_is_not_kept_and_said_so(office: Office) -> None:
    asked = {"waits_for": "me", "as_of": "2026-01-01T00:00:00Z"}
    answer = await office.http.get(LIST, params=asked, headers=await auditor(office))
    assert (answer.status_code, answer.json()["code"]) == (422, "not_of_the_past")
    assert answer.json()["errors"][0]["where"] == "query/waits_for"
