"""Opening cases with a caller and many at once, as a browser without scripts does it: what is wrong
is said and nothing typed is lost; what is sent twice is done once.
"""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import httpx
import pytest

from api.auth import COOKIE
from tests.e2e.office import Office, a_number
from tests.e2e.scenes.base import CLERK, GRID, at_first_contact

OURS = {"Sec-Fetch-Site": "same-origin"}
KEY = re.compile(r'name="_key" value="([0-9a-f]{32})"')
Fields = dict[str, Any]


@pytest.fixture
async def desk(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    """The clerk's browser."""
    cookies = {COOKIE: await office.fresh_token(CLERK)}
    async with httpx.AsyncClient(
        base_url=office.http.base_url, timeout=60, cookies=cookies, headers=OURS
    ) as found:
        yield found


async def key(desk: httpx.AsyncClient) -> str:
    found = KEY.search((await desk.get("/desk/cases/new")).text)
    assert found
    return found[1]


async def a_call(desk: httpx.AsyncClient, **changes: str) -> Fields:
    """The form as a clerk fills it in."""
    return {
        "_key": await key(desk),
        "channel": "phone",
        "case_type": "request",
        "urgency": "normal",
        "title": "楼道灯不亮",
        "text": "三单元楼道灯坏了一周。",
        "item_id": "c01-01",
        "reporter.name": "王建国",
        "reporter.phone": a_number(),
        "place.unit_id": GRID,
        **changes,
    }


async def test_a_call_sent_twice_is_one_case(desk: httpx.AsyncClient) -> None:
    call = await a_call(desk)
    first, again = [await desk.post("/desk/cases/new", data=call) for _ in range(2)]
    assert (first.status_code, again.status_code) == (200, 200)
    assert numbers(first) == numbers(again)


def numbers(answer: httpx.Response) -> list[str]:
    """Number and code on the receipt."""
    return re.findall(r"<strong>([^<]*)</strong>", answer.text)[:2]


async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: httpx.AsyncClient) -> None:
    call = await a_call(desk, item_id="", _words="灯 <b>")
    answer = await desk.post("/desk/cases/new", data=call)
    assert answer.status_code == 422
    assert 'href="#f-item_id' in answer.text
    shown = unescape(answer.text)
    for field in ("title", "text", "reporter.name", "reporter.phone", "_words"):
        assert call[field] in shown, field
    assert "<b>" not in answer.text


async def test_a_dispute_needs_its_parties(desk: httpx.AsyncClient) -> None:
    answer = await desk.post("/desk/cases/new", data=await a_call(desk, case_type="dispute"))
    assert answer.status_code == 409
    assert "王建国" in answer.text


async def test_looking_opens_nothing_and_offers_what_fits(
    office: Office, desk: httpx.AsyncClient
) -> None:
    before = await at_first_contact(office)
    answer = await desk.post("/desk/cases/new", data=await a_call(desk, _look="1", _words="路灯"))
    assert answer.status_code == 200
    assert before.case_id in answer.text
    assert "路灯与楼道灯不亮" in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"place.longitude": "999", "place.latitude": "nan"},
        {"place.longitude": "1e400", "place.latitude": "1"},
        {"item_id": "../../x", "place.unit_id": "\u202e"},
        {"_words": "x" * 5000, "place.address": "长" * 5000},
        {"place._map.x": "-1", "place._map.y": "x"},
        {"parties.7.name": "x", "_drop": "parties.9"},
    ],
)
async def test_nothing_that_is_typed_breaks_the_looking(
    desk: httpx.AsyncClient, wrong: Fields
) -> None:
    answer = await desk.post("/desk/cases/new", data=await a_call(desk, _look="1", **wrong))
    assert answer.status_code == 200


async def test_cases_are_handed_over_together_once_and_each_is_told_of(
    office: Office, desk: httpx.AsyncClient
) -> None:
    one, two = [(await at_first_contact(office)).case_id for _ in range(2)]
    chosen = {"case": [one, two, "SW-0000-0000-0000"], "action": "hand_over"}
    asked = await desk.post("/desk/bulk", data=chosen)
    assert asked.status_code == 200
    assert "3 件中有 2 件" in asked.text
    assert (await office.case(one))["stage"] == "first_contact"
    confirmed = {**chosen, "_key": await key(desk), "confirmed": "1", "text": "请尽快"}
    first = await desk.post("/desk/bulk", data=confirmed)
    assert "3 件中办成 2 件" in first.text
    versions = [(await office.case(case_id))["version"] for case_id in (one, two)]
    again = await desk.post("/desk/bulk", data=confirmed)
    assert "3 件中办成 2 件" in again.text
    assert [(await office.case(case_id))["version"] for case_id in (one, two)] == versions
    assert (await office.case(one))["stage"] == "grid"


async def test_nothing_chosen_is_said(desk: httpx.AsyncClient) -> None:
    answer = await desk.post("/desk/bulk", data={"action": "accept", "confirmed": "1"})
    assert answer.status_code == 200
    assert "还没有选择案件" in answer.text
