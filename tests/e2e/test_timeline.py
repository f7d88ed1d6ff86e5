"""Parts of a timeline: the last events first, what people did, and what time alone made true."""

from typing import Any

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import Opened, at_grid, auditor, forgotten, handler


async def part(office: Office, case_id: str, **asked: Any) -> list[dict[str, Any]]:
    answer = await office.http.get(
        f"/api/v1/cases/{case_id}/timeline", params=asked, headers=await auditor(office)
    )
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["events"]
    return found


@pytest.fixture
async def case(office: Office) -> Opened:
    return await at_grid(office)


async def test_a_part_is_the_last_of_it_in_order(office: Office, case: Opened) -> None:
    whole = await office.events(case.case_id)
    assert await part(office, case.case_id, size=2) == whole[-2:]
    assert await part(office, case.case_id, size=1000) == whole


async def test_parts_put_together_are_the_whole(office: Office, case: Opened) -> None:
    whole, found = await office.events(case.case_id), list[dict[str, Any]]()
    while True:
        before = found[0]["version"] if found else None
        asked = {"size": 2} if before is None else {"size": 2, "before": before}
        earlier = await part(office, case.case_id, **asked)
        if not earlier:
            break
        found = [*earlier, *found]
    assert found == whole


async def test_what_people_did_is_told_apart_from_what_time_did(office: Office) -> None:
    case_id = await forgotten(office, days=10)
    people = await part(office, case_id, by="people")
    system = await part(office, case_id, by="system")
    assert {event["by"]["id"] for event in people} == {"resident"}
    assert {event["by"]["id"] for event in system} == {"system"}
    assert len(people) + len(system) == len(await office.events(case_id))
    assert await part(office, case_id, by="system", size=3) == system[-3:]


@pytest.mark.parametrize("asked", [{"before": 0}, {"before": 2**31}, {"size": 0}, {"by": "me"}])
async def test_what_is_no_part_is_refused(
    office: Office, case: Opened, asked: dict[str, Any]
) -> None:
    answer = await office.http.get(
        f"/api/v1/cases/{case.case_id}/timeline",
        params=asked,
        headers=await handler(office, case.case_id),
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
