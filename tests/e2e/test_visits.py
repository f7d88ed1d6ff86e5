"""R13 over HTTP: visits recorded, the cases they open, who sees them, what is corrected."""

import asyncio
import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import GRID
from tests.e2e.shapes import shape_of

pytestmark = pytest.mark.rule("R13")

URL = "/api/v1/visits"
CONTRACT = Path(__file__).with_name("contracts") / "visits" / "visits.json"
LAMP = {"item_id": "c01-01", "title": "楼道灯不亮", "text": "走访时发现三楼没有灯"}
WIRES = {"item_id": "c01-01", "title": "电线外露", "text": "一楼门口", "urgency": "normal"}


async def visitor(office: Office) -> str:
    """The grid worker of the place."""
    return await office.somebody(Role.GRID_WORKER, GRID)


def visit(**changed: Any) -> dict[str, Any]:
    at = datetime.now(UTC) - timedelta(hours=1)
    return {
        "occasion": "living_alone",
        "visited_at": at.isoformat(),
        "place": {"unit_id": GRID, "address": "柳荫里 3 号楼"},
        "met": 2,
        "asked": "缺什么，灯好不好",
        "found": "楼道灯不亮，电话 19900001234",
        **changed,
    }


async def record(office: Office, person_id: str, **changed: Any) -> httpx.Response:
    return await office.post(URL, visit(**changed), await office.as_person(person_id))


async def amend(office: Office, person_id: str, visit_id: str, **fields: Any) -> httpx.Response:
    body = {"kind": "amend_visit", "text": "写错了", **fields}
    headers = await office.as_person(person_id)
    return await office.post(f"{URL}/{visit_id}/commands", body, headers)


async def recorded(office: Office, **changed: Any) -> dict[str, Any]:
    answer = await record(office, await visitor(office), **changed)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["visit"]
    return found


async def until_opened(office: Office, visit_id: str) -> list[dict[str, Any]]:
    """Its cases, once each is there."""
    async with asyncio.timeout(60):
        while True:
            found = await office.get(f"{URL}/{visit_id}")
            if all(case["state"] == "opened" for case in found["visit"]["opens"]):
                opens: list[dict[str, Any]] = found["visit"]["opens"]
                return opens
            await asyncio.sleep(0.1)


async def test_a_visit_that_found_two_things_opens_two_cases(office: Office) -> None:
    gao = await visitor(office)
    answer = await record(office, gao, cases=[LAMP, WIRES])
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert answer.headers["location"] == f"{URL}/{told['visit']['visit_id']}"
    assert (told["visit"]["occasion_words"], told["visit"]["met"]) == ("访独居和空巢老人", 2)
    assert told["visit"]["visitor"]["id"] == gao
    opens = await until_opened(office, told["visit"]["visit_id"])
    assert [case["case_id"] for case in opens] == told["events"][0]["data"]["cases"]
    for case, said in zip(opens, (LAMP, WIRES), strict=True):
        shown = await office.case(case["case_id"])
        assert (shown["title"], shown["channel"]) == (said["title"], "grid_visit")
        assert shown["proactive"]["visit_id"] == told["visit"]["visit_id"]
        assert shown["officer"]["id"] == gao


async def test_a_second_click_gives_the_same_visit_and_the_same_cases(office: Office) -> None:
    headers = {
        **await office.as_person(await visitor(office)),
        "Idempotency-Key": str(uuid.uuid4()),
    }
    body = visit(cases=[LAMP])
    one, two = [await office.http.post(URL, json=body, headers=headers) for _ in range(2)]
    assert (one.status_code, two.status_code) == (201, 201)
    opens = await until_opened(office, one.json()["visit"]["visit_id"])
    again = await office.http.post(URL, json=body, headers=headers)
    assert again.json()["visit"]["opens"] == opens
    other = await office.http.post(URL, json={**body, "met": 7}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.rule("R14.1")
async def test_the_cases_come_whatever_dies_after_the_record(office: Office) -> None:
    mine = await recorded(office, cases=[LAMP, WIRES])
    office.worker.kill()
    office.worker.start()
    opens = await until_opened(office, mine["visit_id"])
    assert len(opens) == 2
    for case in opens:
        kinds = [event["kind"] for event in await office.events(case["case_id"])]
        assert kinds.count("case.registered") == 1


async def test_no_free_text_of_a_visit_is_shown_with_numbers_in_it(office: Office) -> None:
    mine = await recorded(office)
    found = await office.get(f"{URL}/{mine['visit_id']}")
    assert found["visit"]["found"] == "楼道灯不亮，电话 199****1234"
    assert "19900001234" not in json.dumps(found)
    assert "3 号楼" not in json.dumps(found, ensure_ascii=False)


async def test_a_resident_met_on_a_visit_rates_a_case_of_their_own(office: Office) -> None:
    mine = await recorded(office)
    brought = {"channel": "grid_visit", "visit_id": mine["visit_id"], "place": {"unit_id": GRID}}
    answer = await office.open_case(await visitor(office), **brought)
    assert answer.status_code == 201, answer.text
    case_id = answer.json()["receipt"]["case_id"]
    found = await office.get(f"{URL}/{mine['visit_id']}")
    assert [case["case_id"] for case in found["visit"]["opens"]] == [case_id]
    wrong = await office.open_case("yang-xiaolin", **brought)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "not_your_visit")


async def test_a_wrong_record_is_corrected_and_what_was_said_stays(office: Office) -> None:
    mine = await recorded(office)
    done = await amend(office, await visitor(office), mine["visit_id"], met=3, found="灯已修好")
    assert done.status_code == 200, done.text
    assert (done.json()["visit"]["met"], done.json()["visit"]["amended"]) == (3, 1)
    found = await office.get(f"{URL}/{mine['visit_id']}?lang=en")
    assert [event["kind"] for event in found["events"]] == ["visit.recorded", "visit.amended"]
    assert (found["events"][0]["data"]["met"], found["visit"]["found"]) == (2, "灯已修好")
    other = await amend(office, "yang-xiaolin", mine["visit_id"], met=4)
    assert other.status_code in {403, 404}
    nothing = await amend(office, await visitor(office), mine["visit_id"])
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_amend")
    stale = await amend(office, await visitor(office), mine["visit_id"], met=5, version=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "version_conflict")


async def test_visits_are_listed_to_who_sees_the_place(office: Office) -> None:
    gao = await visitor(office)
    first, second = await recorded(office), await recorded(office, occasion="in_need")
    mine = await office.as_person(gao)
    found = await office.get(f"{URL}?visitor={gao}&size=1", mine)
    following = await office.get(f"{URL}?visitor={gao}&size=1&cursor={found['next_cursor']}", mine)
    assert found["visits"] != following["visits"]
    listed = await office.get(f"{URL}?unit={GRID}&size=200")
    ids = {each["visit_id"] for each in listed["visits"]}
    assert {first["visit_id"], second["visit_id"]} <= ids
    yesterday = (datetime.now(UTC) - timedelta(days=3)).date()
    assert (await office.get(f"{URL}?last_day={yesterday}&unit={GRID}"))["visits"] == []
    elsewhere = await office.as_person(await office.somebody(Role.DEPARTMENT_HANDLER))
    assert (await office.get(f"{URL}?unit={GRID}", elsewhere))["visits"] == []
    hidden = await office.http.get(f"{URL}/{first['visit_id']}", headers=elsewhere)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "visit_not_found")
    for query, code in (("cursor=x", "bad_cursor"), ("unit=moon", "unknown_unit")):
        wrong = await office.http.get(f"{URL}?{query}", headers=mine)
        assert (wrong.status_code, wrong.json()["code"]) == (422, code)


async def test_who_may_not_and_what_cannot_be(office: Office) -> None:
    gao = await visitor(office)
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    long_ago = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    handler = await office.somebody(Role.DEPARTMENT_HANDLER)
    for who, changed, code in (
        (handler, {}, (403, "not_entitled")),
        (gao, {"visited_at": future}, (409, "not_visited_yet")),
        (gao, {"visited_at": long_ago}, (409, "recorded_too_late")),
        (gao, {"place": {}}, (409, "place_unknown")),
        (gao, {"cases": [{**LAMP, "item_id": "moon"}]}, (409, "unknown_item")),
        (gao, {"occasion": "party"}, (422, "invalid_request")),
        (gao, {"visited_at": "0001-01-01T00:00:00+14:00"}, (422, "invalid_request")),
        (gao, {"met": -1}, (422, "invalid_request")),
        (gao, {"names": ["王建国"]}, (422, "invalid_request")),
    ):
        answer = await record(office, who, **changed)
        assert (answer.status_code, answer.json()["code"]) == code
    assert (await office.http.post(URL, json=visit())).status_code in {401, 422}


@pytest.mark.rule("R14.1")
async def test_the_route_of_visits_reaches_nothing_but_visits(office: Office) -> None:
    mine = await recorded(office, cases=[LAMP])
    (case,) = await until_opened(office, mine["visit_id"])
    gao = await visitor(office)
    for stream in (case["case_id"], "office", "visit-0000-0000-0000", "visit-x"):
        sent = await amend(office, gao, stream, met=1)
        assert (sent.status_code, sent.json()["code"]) == (404, "visit_not_found")
    status = await office.get(
        f"{URL}/{mine['visit_id']}/commands/{await first_command(office, mine['visit_id'])}"
    )
    assert status["version"] == 1


async def first_command(office: Office, visit_id: str) -> str:
    found = await office.get(f"{URL}/{visit_id}")
    return str(found["events"][0]["command_id"])


async def test_the_shape_of_the_answers_is_a_contract(
    office: Office, request: pytest.FixtureRequest
) -> None:
    mine = await recorded(office, cases=[LAMP])
    await until_opened(office, mine["visit_id"])
    done = await amend(office, await visitor(office), mine["visit_id"], met=3)
    found: dict[str, Any] = {
        "body": sorted(visit(cases=[]).keys()),
        "visit": shape_of(await office.get(f"{URL}/{mine['visit_id']}")),
        "amended": shape_of(done.json()),
        "list": shape_of(await office.get(f"{URL}?size=1")),
    }
    if request.config.getoption("--rewrite-contracts", default=False):
        CONTRACT.parent.mkdir(exist_ok=True)
        text = json.dumps(found, ensure_ascii=False, indent=2)
        CONTRACT.write_text(text + "\n", encoding="utf-8")
    assert json.loads(CONTRACT.read_text(encoding="utf-8")) == found
