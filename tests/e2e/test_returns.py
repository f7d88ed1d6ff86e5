"""A case that nobody wants: sent back, decided, transferred, shelved, and settled in the end."""

from datetime import datetime
from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, at_first_contact, at_grid, opened
from tests.e2e.scenes.officers import SUPERVISOR
from tests.e2e.scenes.returns import OTHER, WRONG, at_department
from tests.e2e.scenes.shelving import HOUR, OVER, WHY, shelved

NOISE = "c04-03"
"""Noise of a building site: the environment department of the city."""
CITY_ROADS = "hao-zhiqiang"
"""Of the department that is asked to take it over."""


async def done(office: Office, person_id: str, case_id: str, kind: str, **fields: Any) -> Any:
    answer = await office.ask(person_id, case_id, kind, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()["case"]


async def sent_back(office: Office, case_id: str) -> None:
    """First contact sent it out again, and the grid back."""
    await office.in_charge(case_id, "return", **WRONG)
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "hand_over")


async def decided(office: Office, case_id: str, unit_id: str) -> dict[str, Any]:
    """The superior who was asked says whose it is."""
    (question,) = (await office.case(case_id))["questions"]
    told = {"unit_id": unit_id, "text": "按职责分工裁定"}
    case: dict[str, Any] = await done(
        office, question["person"]["id"], case_id, "adjudicate", **told
    )
    return case


def promise(clocks: dict[str, Any]) -> list[tuple[str, str]]:
    """The resident's clocks as they were set."""
    found = (c for c in clocks["clocks"] if c["kind"] == "resident")
    return [(c["started_at"], c["due_at"]) for c in found]


async def test_a_case_handed_to_the_wrong_grid_finds_its_way_and_no_clock_is_set_back(
    office: Office,
) -> None:
    case = await opened(office)
    case_id, resident = case.case_id, case.receipt
    await office.in_charge(case_id, "accept")
    promised = promise(await office.get(f"/api/v1/cases/{case_id}/clocks"))
    await office.in_charge(case_id, "hand_over")

    await sent_back(office, case_id)
    await sent_back(office, case_id)
    third = await office.in_charge(case_id, "return", **WRONG)
    assert third["case"]["unit"]["id"] == "liuyinli-2"
    assert third["case"]["returns"]["returned"] == 2
    assert third["case"]["returns"]["contested_with"]["id"] == "qinghe"
    back = await decided(office, case_id, "qinghe")
    assert (back["stage"], back["returns"]["bound"][0]["id"]) == ("first_contact", "qinghe")

    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "reclassify", item_id=NOISE, text="系工地噪声")
    handed = await office.in_charge(case_id, "hand_over")
    assert handed["case"]["unit"]["id"] == "shengtai"
    await office.in_charge(case_id, "accept")
    offer = await office.in_charge(case_id, "transfer", **OTHER)
    assert offer["case"]["returns"]["offered_to"]["id"] == "chengguan"
    assert offer["case"]["unit"]["id"] == "shengtai"
    taken = await done(office, CITY_ROADS, case_id, "accept_transfer", text="同意接办")
    assert (taken["unit"]["id"], taken["handler"]["id"]) == ("chengguan", CITY_ROADS)

    await shelf(office, case_id, resident)
    done_at_last = await office.in_charge(case_id, "resolve", text="已协调停工", evidence=["p-1"])
    assert done_at_last["case"]["phase"] == "awaiting_rating"
    await rated(office, case_id, resident)

    told = await office.case(case_id)
    assert (told["phase"], told["closing"]) == ("closed", "rated")
    assert [s["left_why"] for s in told["stints"]] == WHY_LEFT
    assert [e["kind"] for e in await office.events(case_id)] == STORY
    after = promise(await office.get(f"/api/v1/cases/{case_id}/clocks"))
    assert after == promised


async def shelf(office: Office, case_id: str, resident: Headers) -> None:
    """Its extension refused, it is shelved, looked at, and taken off."""
    await office.in_charge(case_id, "request_extension", extend_by=HOUR, text="协调")
    await done(office, ABOVE_ROADS, case_id, "decide_extension", granted=False, text="抓紧")
    await office.in_charge(case_id, "shelve", **WHY)
    (question,) = (await office.case(case_id))["questions"]
    put = await done(
        office, question["person"]["id"], case_id, "decide_shelving", approved=True, text="同意"
    )
    assert (put["phase"], put["shelf"]["reason"], put["closed_at"]) == (
        "shelved",
        WHY["text"],
        None,
    )
    mine = await office.get(f"/api/v1/cases/{case_id}?lang=en", resident)
    assert (mine["phase"], mine["on_hold_because"]) == ("shelved", WHY["text"])
    assert mine["due_at"] is not None
    reminded = await office.command(case_id, resident, "remind", text="请尽快")
    assert reminded.status_code == 200, reminded.text
    kept = await office.in_charge(case_id, "review_shelf", stays=True, text="已列入计划")
    assert kept["case"]["shelf"]["reviews"] == 1
    off = await office.in_charge(case_id, "review_shelf", stays=False, text="计划已批")
    assert (off["case"]["phase"], off["case"]["shelf"]) == ("in_progress", None)


ABOVE_ROADS = "feng-weiguo"
"""Supervisor of the district over the department that took the case over."""


async def rated(office: Office, case_id: str, resident: Headers) -> None:
    link = (await office.get(f"/api/v1/cases/{case_id}", resident))["rating"]
    body = {"contacted": True, "solved": True, "grade": 4}
    headers = {"Authorization": f"Rating {link['secret']}"}
    answer = await office.post(link["href"], body, headers)
    assert answer.status_code == 200, answer.text


TO_THE_GRID = ["case.handed_over", "case.arrived"]
BACK = ["case.returned", "case.arrived", "case.accepted", *TO_THE_GRID]
STORY = [
    *("case.registered", "case.arrived", "case.accepted", *TO_THE_GRID),
    *BACK,
    *BACK,
    *("adjudication.requested", "adjudication.decided", "case.arrived", "case.accepted"),
    *("case.reclassified", "case.handed_over", "case.arrived", "case.accepted"),
    *("transfer.offered", "transfer.accepted", "case.arrived"),
    *("extension.requested", "extension.refused", "shelving.requested", "case.shelved"),
    *("case.reminded", "shelf.reviewed", "shelf.reviewed"),
    *("case.resolved", "case.rated", "case.closed"),
]
WHY_LEFT = [
    *("handed_over", "returned", "handed_over", "returned", "handed_over"),
    *("adjudicated", "handed_over", "transferred", None),
]


async def test_what_a_unit_used_of_its_time_is_shown_where_it_counts_on(office: Office) -> None:
    case_id = (await at_grid(office)).case_id
    await sent_back(office, case_id)
    await office.in_charge(case_id, "accept")
    clocks = (await office.get(f"/api/v1/cases/{case_id}/clocks"))["clocks"]
    handling = [c for c in clocks if c["kind"] == "handle" and c["unit"]["id"] == "liuyinli-2"]
    first, again = handling
    assert (again["continues"], again["carried_seconds"]) == (
        first["clock_id"],
        first["counted_seconds"],
    )
    assert again["allowance_seconds"] == first["allowance_seconds"]


async def test_a_department_that_is_asked_sees_the_case_and_no_other_does(office: Office) -> None:
    case_id = (await at_department(office)).case_id
    asked = await office.as_person(CITY_ROADS)
    path = f"/api/v1/cases/{case_id}"
    assert (await office.http.get(path, headers=asked)).status_code == 404
    await office.in_charge(case_id, "transfer", **OTHER)
    assert (await office.http.get(path, headers=asked)).status_code == 200
    other = await office.as_person("luo-haitao")
    assert (await office.http.get(path, headers=other)).status_code == 404


async def test_a_corrected_place_shows_everywhere_and_stays_covered(office: Office) -> None:
    case_id = (await at_first_contact(office)).case_id
    place = {"address": "柳荫里30号", "longitude": 117.1, "latitude": 36.6, "unit_id": "liuyinli-3"}
    told = await office.in_charge(case_id, "reclassify", place=place, text="门牌记错")
    shown = told["case"]["place"]
    assert shown["grid"]["id"] == "liuyinli-3"
    assert (shown["address"], shown["longitude"]) == ("柳荫里*号", None)
    assert "30号" not in str(told["events"])
    revealed = await office.in_charge(case_id, "reveal", reason="需要上门")
    assert revealed["case"]["place"]["address"] == "柳荫里30号"
    assert revealed["case"]["place"]["longitude"] == 117.1


async def test_a_supervisor_s_order_is_in_the_timeline_and_answered(office: Office) -> None:
    case_id = (await at_grid(office)).case_id
    before = datetime.fromisoformat((await office.case(case_id))["changed_at"])
    await done(office, SUPERVISOR, case_id, "supervise", text="请今日到场")
    await office.in_charge(case_id, "answer_supervision", text="已到场")
    kinds = [e["kind"] for e in await office.events(case_id)]
    assert kinds[-2:] == ["supervision.ordered", "supervision.answered"]
    assert datetime.fromisoformat((await office.case(case_id))["changed_at"]) > before


async def test_the_worklist_finds_what_is_shelved(office: Office) -> None:
    case_id = await shelved(office)
    found = await office.get("/api/v1/cases?phase=shelved", await office.as_person(OVER))
    assert case_id in {row["case_id"] for row in found["cases"]}
