"""What every command keeps to: the answer is what one sees afterwards, and its shape is a contract.

Contract files are written again with `pytest tests/e2e --rewrite-contracts`; read the difference
before you commit it.
"""

from typing import Any

import pytest

from tests.e2e.actions import action
from tests.e2e.contract import CONTRACTS, keep_contract, send
from tests.e2e.office import Office
from tests.e2e.scenes import Ask, Headers, Scene, opened, scene

UNLOCKED = {"masked", "reporter", "place", "parties"}
"""Members that differ between the answer to a reveal and a look afterwards."""
OF_NOW = {"overdue"}
"""Members that change with time alone."""


async def staff_view(office: Office, ask: Ask) -> tuple[list[Any], dict[str, Any]]:
    """The case as the asker sees it; a resident's as the auditor does."""
    staff = ask.headers if ask.headers["Authorization"].startswith("Bearer") else None
    timeline = await office.get(f"/api/v1/cases/{ask.case_id}/timeline", staff)
    return timeline["events"], await office.get(f"/api/v1/cases/{ask.case_id}", staff)


async def resident_view(office: Office, case_id: str, headers: Headers) -> tuple[list[Any], Any]:
    timeline = await office.get(f"/api/v1/cases/{case_id}/timeline", headers)
    return timeline["events"], await office.get(f"/api/v1/cases/{case_id}", headers)


async def was_offered(office: Office, ask: Ask) -> None:
    """What is done was called possible just before, to the one who does it."""
    said = await action(office, ask)
    assert said["possible"], said


def without(view: dict[str, Any], members: set[str]) -> dict[str, Any]:
    return {name: value for name, value in view.items() if name not in members}


# -- view before + events = view fetched again ---------------------------------

OF_RESIDENTS = {"remind", "rate", "ask_reconsideration", "reject_mediator", "keep"}
STAFF = sorted(set(scene.makers) - OF_RESIDENTS - {n for n in scene.makers if "." in n})
PARTNER = sorted(n for n in scene.makers if n.startswith("partner."))
RESIDENT = sorted(set(scene.makers) - set(STAFF) - set(PARTNER))


@pytest.mark.parametrize("name", STAFF)
async def test_what_a_command_answers_is_what_staff_see_when_they_look_again(
    office: Office, name: str, request: pytest.FixtureRequest
) -> None:
    made = await scene.makers[name](office)
    timeline, _ = await staff_view(office, made.done)
    await was_offered(office, made.done)
    answer = await send(office, made.done)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    after, case = await staff_view(office, made.done)
    assert told["events"] == after[len(timeline) :]
    if case["dispute"] is None:  # who hands a dispute on no longer reads what was said
        assert timeline == after[: len(timeline)]
    ignored = OF_NOW | (UNLOCKED if name == "reveal" else set())
    assert without(told["case"], ignored) == without(case, ignored)
    assert told["version"] == after[-1]["version"] == case["version"]
    await keep_contract(office, name, made, told, request)


@pytest.mark.parametrize("name", RESIDENT)
async def test_what_a_command_answers_is_what_its_resident_sees_when_they_look_again(
    office: Office, name: str, request: pytest.FixtureRequest
) -> None:
    made = await scene.makers[name](office)
    before, _ = await staff_view(office, made.done)
    await was_offered(office, made.done)
    answer = await send(office, made.done)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    after, case = await staff_view(office, made.done)
    assert after[: len(before)] == before
    assert len({event["command_id"] for event in after[len(before) :]}) == 1
    assert told["version"] == after[-1]["version"] == case["version"]
    if name != "rate":
        timeline, mine = await resident_view(office, made.done.case_id, made.done.headers)
        assert (told["timeline"], told["case"]) == (timeline, mine)
    await keep_contract(office, name, made, told, request)


@pytest.mark.parametrize("name", PARTNER)
async def test_what_a_command_answers_is_what_its_partner_sees_when_it_looks_again(
    office: Office, name: str, request: pytest.FixtureRequest
) -> None:
    made = await scene.makers[name](office)
    await was_offered(office, made.done)
    answer = await send(office, made.done)
    assert answer.status_code == 200, answer.text
    assert answer.json() == await office.get(made.done.url, made.done.headers)
    await keep_contract(office, name, made, answer.json(), request)


async def test_opening_a_case_answers_with_everything_that_is_in_its_timeline(
    office: Office, request: pytest.FixtureRequest
) -> None:
    clerk = await office.as_person("yang-xiaolin")
    body = {
        "channel": "counter",
        "item_id": "c01-01",
        "title": "楼道堆物",
        "text": "三单元门口堆满旧家具",
        "place": {"unit_id": "liuyinli-2", "address": "柳荫里12号3单元"},
        "reporter": {"name": "王建国", "phone": "19900001234"},
    }
    ask = Ask(case_id="", headers=clerk, body=body, path="/api/v1/cases")
    answer = await send(office, ask)
    assert answer.status_code == 201, answer.text
    case_id = answer.json()["receipt"]["case_id"]
    assert answer.headers["location"] == f"/api/v1/cases/{case_id}"
    told = answer.json()["answer"]
    assert told["events"] == await office.events(case_id)
    assert without(told["case"], OF_NOW) == without(await office.case(case_id), OF_NOW)
    assert told["version"] == told["events"][-1]["version"]
    refused = Ask(case_id="", headers=clerk, body={**body, "item_id": "c99-99"}, path=ask.path)
    made = Scene(done=ask, refused=refused, code="unknown_item")
    await keep_contract(office, "register", made, answer.json(), request)


async def test_a_resident_who_opens_a_case_gets_the_timeline_they_see_afterwards(
    office: Office,
) -> None:
    answer = await office.open_case()
    receipt, told = answer.json()["receipt"], answer.json()["answer"]
    headers = {"Authorization": f"Receipt {receipt['secret']}"}
    timeline, mine = await resident_view(office, receipt["case_id"], headers)
    assert (told["timeline"], told["case"]) == (timeline, mine)


# -- contracts -----------------------------------------------------------------


async def test_every_command_of_the_published_schema_has_a_contract(office: Office) -> None:
    schemas = (await office.http.get("/openapi.json")).json()
    paths = schemas["paths"]["/api/v1/cases/{case_id}/commands"]["post"]
    union = paths["requestBody"]["content"]["application/json"]["schema"]
    kinds = set(union["discriminator"]["mapping"])
    files = {path.stem for path in CONTRACTS.glob("*.json")}
    assert kinds | {"register", "rate"} == {name for name in files if "." not in name}
    assert files == {*scene.makers, "register"}


async def test_no_contract_of_a_resident_names_staff_or_units_by_id(office: Office) -> None:
    organisation = (await office.book()).organisation
    for name in RESIDENT + PARTNER:
        text = (CONTRACTS / f"{name}.json").read_text(encoding="utf-8")
        assert not [unit for unit in organisation.units if f'"{unit}"' in text]
        assert '"handler"' not in text
        assert '"post_id"' not in text


async def test_an_answer_is_in_english_where_english_is_asked_for(office: Office) -> None:
    case = await opened(office)
    headers = case.receipt
    told = await office.get(f"/api/v1/cases/{case.case_id}/timeline?lang=en", headers)
    assert told["events"][0]["words"] == "Registered"
    plain = await office.get(f"/api/v1/cases/{case.case_id}/timeline", headers)
    assert plain["events"][0]["words"] == "已登记"
