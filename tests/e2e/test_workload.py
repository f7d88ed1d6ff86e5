"""Workload over HTTP (R12.5): each number opens into its list, of now and of a past moment."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, Headers, at_grid

pytestmark = pytest.mark.rule("R12.5")
URL = "/api/v1/workload"


async def supervisor(office: Office, unit_id: str = "liuyin") -> Headers:
    return await office.as_person(await office.somebody(Role.SUPERVISOR, unit_id))


async def asked(office: Office, unit: str = "liuyin", **more: Any) -> dict[str, Any]:
    headers = await supervisor(office)
    answer = await office.http.get(URL, params={"unit": unit, **more}, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def written(office: Office, unit: str, as_of: str, seconds: float = 60) -> dict[str, Any]:
    """The workload of that moment, once what happened up to it is taken in."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        params = {"unit": unit, "as_of": as_of}
        answer = await office.http.get(URL, params=params, headers=await supervisor(office))
        if answer.status_code == 200:
            return dict(answer.json())
        assert answer.json()["code"] == "not_written_yet", answer.text
        await asyncio.sleep(0.1)
    raise AssertionError("not written")


async def listed(office: Office, url: str) -> int:
    """How many cases the list at that address has."""
    headers, found, cursor = await supervisor(office), 0, None
    while True:
        more = f"{url}&cursor={cursor}" if cursor else url
        answer = await office.http.get(f"{more}&size=200", headers=headers)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += len(page["cases"])
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_each_number_of_cases_opens_into_its_list(office: Office) -> None:
    await at_grid(office, accept=False)
    await at_grid(office)
    found = await asked(office)
    whole = found["unit"]
    assert whole["waiting"] >= 1
    for name in ("in_charge", "waiting", "overdue"):
        assert await listed(office, whole["lists"][name]) == whole[name], name
    grids = (await asked(office, "liuyinli"))["below"]
    (grid,) = [each for each in grids if each["unit"]["id"] == "liuyinli-2"]
    assert grid["own"] == grid["in_charge"] >= 2
    assert await listed(office, grid["lists"]["in_charge"]) == grid["own"]
    posts = (await asked(office, "liuyinli-2"))["posts"]
    assert sum(post["in_charge"] for post in posts) >= 2
    for post in posts:
        assert await listed(office, post["lists"]["in_charge"]) == post["in_charge"]


async def test_the_parts_add_up_to_the_whole_and_households_are_known(office: Office) -> None:
    found = await asked(office)
    whole, below = found["unit"], found["below"]
    for name in ("in_charge", "waiting", "overdue"):
        inside = sum(each[name] for each in below)
        assert inside <= whole[name]
    assert whole["own"] + sum(each["in_charge"] for each in below) == whole["in_charge"]
    assert whole["households"] == sum(each["households"] for each in below)
    assert whole["staff"]["posts"] >= sum(each["staff"]["posts"] for each in below)
    own = sum(post["in_charge"] for post in found["posts"]) + found["elsewhere"]
    assert own == whole["own"]


async def test_what_came_in_four_weeks_opens_into_its_events(office: Office) -> None:
    whole = (await asked(office))["unit"]
    for name in ("arrivals", "settlements", "acceptance", "handling", "follow_ups"):
        answer = await office.http.get(whole["lists"][name], headers=await supervisor(office))
        assert answer.status_code == 200, (name, answer.text)
    answer = await office.http.get(whole["lists"]["questions"], headers=await supervisor(office))
    assert len(answer.json()["questions"]) == min(50, whole["questions"])


@pytest.mark.rule("R14.3")
async def test_of_a_past_moment_it_is_what_it_was(office: Office) -> None:
    before = await asked(office, "liuyinli-2")
    await at_grid(office)

    found = await written(office, "liuyinli-2", before["at"])
    for name in ("own", "in_charge", "waiting", "overdue"):
        assert found["unit"][name] == before["unit"][name]
    assert found["unit"]["questions"] is None
    assert await listed(office, found["unit"]["lists"]["in_charge"]) == found["unit"]["in_charge"]
    assert (await asked(office, "liuyinli-2"))["unit"]["own"] > before["unit"]["own"]


async def test_it_is_for_supervisors_over_the_unit_and_auditors(office: Office) -> None:
    for who, status in (
        (await office.as_person(CLERK), 403),
        (await supervisor(office, "shiqiao"), 403),
        (await office.as_person(await office.somebody(Role.AUDITOR)), 200),
        ({}, 401),
    ):
        answer = await office.http.get(URL, params={"unit": "liuyin"}, headers=who)
        assert answer.status_code == status


async def test_what_is_not_there_is_said_clearly(office: Office) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for params, code in (
        ({"unit": "nowhere"}, "unknown_unit"),
        ({"unit": "liuyin", "as_of": tomorrow}, "as_of_in_the_future"),
        ({"unit": "liuyin", "as_of": "2001-01-01T00:00:00Z"}, "before_the_office"),
    ):
        answer = await office.http.get(URL, params=params, headers=await supervisor(office))
        assert (answer.status_code, answer.json()["code"]) == (422, code)
