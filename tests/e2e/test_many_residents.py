"""R2.3 over HTTP: five neighbours and one broken lamp, from the first word to five ratings."""

import asyncio
from typing import Any

import pytest

from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import GRID, Opened, opened
from tests.e2e.waiting import covered, kept

pytestmark = pytest.mark.rule("R2.3")

NEIGHBOURS = ("王建国", "李秀英", "张伟", "刘洋", "陈静")
SUPERVISOR = "gao-jiancheng"
GOOD = {"contacted": True, "solved": True, "grade": 5}


async def neighbours(office: Office) -> list[Opened]:
    """Five residents of one building tell of one lamp, each from home."""
    found = []
    for number, name in enumerate(NEIGHBOURS):
        reporter = {"name": name, "phone": f"1990000{number:04}"}
        title = f"楼道灯坏了 {number}"
        case = await opened(office, reporter=reporter, title=title, place={"unit_id": GRID})
        await office.in_charge(case.case_id, "accept")
        found.append(case)
    return found


async def test_a_clerk_is_shown_the_neighbours_cases_while_typing_and_with_the_new_one(
    office: Office,
) -> None:
    """Likeliest first, without a name or a number, as far as the clerk may see them."""
    lead, *_ = await neighbours(office)
    asked = {"item_id": "c01-01", "unit_id": GRID, "text": "楼道里的灯不亮了"}
    clerk = await office.as_person("yang-xiaolin")
    answer = await office.http.get("/api/v1/duplicates", params=asked, headers=clerk)
    assert answer.status_code == 200, answer.text
    found = answer.json()["duplicates"]
    assert lead.case_id not in {one["case_id"] for one in found}  # not yet at the clerk's unit
    duty = (await office.case(lead.case_id))["handler"]["id"]
    seen = await office.http.get(
        "/api/v1/duplicates", params=asked, headers=await office.as_person(duty)
    )
    suggested = seen.json()["duplicates"]
    likeness = [one["likeness_percent"] for one in suggested]
    assert likeness == sorted(likeness, reverse=True)
    assert likeness[0] > 30
    assert "灯" in suggested[0]["title"]
    assert not [name for name in NEIGHBOURS if name in seen.text]
    assert "1990000" not in seen.text
    again = {"name": NEIGHBOURS[0], "phone": "19900000000"}
    opened_by = await office.open_case(
        duty, place={"unit_id": GRID}, reporter=again, title="楼道灯还是坏的"
    )
    alike = {one["case_id"]: one for one in opened_by.json()["duplicates"]}
    assert lead.case_id in alike or len(alike) == 10
    assert {one["same_reporter"] for one in alike.values()} <= {True, False}
    assert opened_by.json()["receipt"]["case_id"] not in alike


async def test_suggestions_are_for_staff_and_name_what_they_do_not_know(office: Office) -> None:
    nobody = await office.http.get("/api/v1/duplicates", params={"item_id": "c01-01"})
    assert nobody.status_code == 401
    clerk = await office.as_person("yang-xiaolin")
    for asked, code in (
        ({"item_id": "c99-99"}, "unknown_item"),
        ({"item_id": "c01-01", "unit_id": "atlantis"}, "unknown_unit"),
    ):
        answer = await office.http.get("/api/v1/duplicates", params=asked, headers=clerk)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    by_resident = await office.open_case()
    assert by_resident.json()["duplicates"] is None


async def merge(office: Office, case: Opened, lead: Opened) -> None:
    await office.in_charge(case.case_id, "merge", lead_id=lead.case_id, text="同一盏灯")


async def until(office: Office, case_id: str, joined: int) -> dict[str, Any]:
    """The lead as soon as so many have joined it."""
    async with asyncio.timeout(20):
        while True:
            case = await office.case(case_id)
            if len((case["merging"] or {"joined": []})["joined"]) == joined:
                return case
            await asyncio.sleep(0.1)


async def mine(office: Office, case: Opened, part: str = "") -> dict[str, Any]:
    return await office.get(f"/api/v1/cases/{case.case_id}{part}", case.receipt)


async def rate(office: Office, link: dict[str, str], **changes: Any) -> Any:
    headers = {"Authorization": f"Rating {link['secret']}"}
    return await office.post(link["href"], {**GOOD, **changes}, headers)


async def test_five_neighbours_one_lamp_one_resolution_and_five_ratings(office: Office) -> None:
    lead, *others = await neighbours(office)
    await office.in_charge(lead.case_id, "hand_over")
    promised = [(await mine(office, case))["due_at"] for case in others]
    for case in others:
        await merge(office, case, lead)
    found = await until(office, lead.case_id, joined=4)

    # It is a mass case now, and at the street without anybody's doing.
    merging = found["merging"]
    assert set(merging.pop("joined")) == {case.case_id for case in others}
    assert merging == {"lead_id": None, "residents": 5, "mass": True}
    assert (found["stage"], found["phase"]) == ("street", "awaiting_acceptance")
    kinds = [event["kind"] for event in await office.events(lead.case_id)]
    assert kinds[-2:] == ["case.became_mass", "case.arrived"]

    # Each resident's receipt shows the lead's progress, under their own number and promise.
    street = (await mine(office, lead))["unit"]
    for case, due_at, name in zip(others, promised, NEIGHBOURS[1:], strict=True):
        own = await mine(office, case)
        assert (own["case_id"], own["unit"], own["due_at"]) == (case.case_id, street, due_at)
        assert own["title"].startswith("楼道灯坏了")
        told = await mine(office, case, "/timeline")
        text = str(told) + str(own)
        assert not [n for n in NEIGHBOURS if n != name and n in text]
        assert lead.case_id not in text
    assert (await office.case(others[0].case_id))["closing"] == "merged"

    # One of them reminds; the lead hears of it, and the other neighbours do not.
    assert (await office.command(others[0].case_id, others[0].receipt, "remind")).status_code == 200
    await told_of(office, lead.case_id, "case.reminded")
    seen = [line["words"] for line in (await mine(office, others[1], "/timeline"))["events"]]
    assert "居民催办" not in seen

    # One resolution, five ratings, each through one's own link.
    await office.in_charge(lead.case_id, "accept")
    await office.in_charge(
        lead.case_id, "resolve", text="王建国、李秀英家楼道灯已换", evidence=["photo-1"]
    )
    for number, case in enumerate((*others, lead)):
        own = await mine(office, case)
        assert own["phase"] == "待评价"
        done = (await mine(office, case, "/timeline"))["events"][-1]["text"]
        assert ("李秀英" in done) == (case is others[0])
        assert (await office.case(lead.case_id))["phase"] == "awaiting_rating"
        answer = await rate(office, own["rating"])
        assert answer.status_code == 200, answer.text
        assert answer.json()["case"]["case_id"] == case.case_id
        again = await rate(office, own["rating"], grade=1)
        assert again.json()["code"] in {"already_rated", "not_awaiting_rating"}, number
    rated = [e for e in await office.events(lead.case_id) if e["kind"] == "case.rated"]
    subjects = [event["data"]["subject"] for event in rated]
    assert subjects == [*(case.case_id for case in others), "reporter"]
    assert (await office.case(lead.case_id))["closing"] == "rated"

    # And each has a receipt of their own request and rating, and of nobody else's.
    await covered(office, lead.case_id)
    receipt = await kept(office, others[0].case_id, others[0].receipt)
    proven = [each["event"] for each in receipt["events"]]
    assert [event["kind"] for event in proven] == ["case.registered", "case.rated"]
    assert proven[0]["case_id"] == proven[1]["data"]["subject"] == others[0].case_id
    for case in others:
        assert (await mine(office, case))["closed_at"] is not None


async def told_of(office: Office, case_id: str, kind: str) -> dict[str, Any]:
    """The first event of that kind, as soon as there is one."""
    async with asyncio.timeout(20):
        while True:
            events = await office.events(case_id)
            found = [event for event in events if event["kind"] == kind]
            if found:
                return found[0]
            await asyncio.sleep(0.1)


async def test_a_wrong_merge_is_undone_and_both_go_on(office: Office) -> None:
    lead, other, *_ = await neighbours(office)
    await merge(office, other, lead)
    await until(office, lead.case_id, joined=1)
    split = await office.ask(SUPERVISOR, other.case_id, "split", text="不是同一盏灯")
    assert split.status_code == 200, split.text
    found = await until(office, lead.case_id, joined=0)
    assert found["phase"] == "in_progress"
    case = await office.case(other.case_id)
    assert (case["phase"], case["closing"]) == ("in_progress", None)
    await office.in_charge(other.case_id, "resolve", text="另一盏灯已修", evidence=["photo"])
    own = await mine(office, other)
    assert (await rate(office, own["rating"])).status_code == 200


async def test_the_lead_goes_on_when_its_own_resident_withdraws(office: Office) -> None:
    lead, other, *_ = await neighbours(office)
    await merge(office, other, lead)
    await until(office, lead.case_id, joined=1)
    left = await office.command(lead.case_id, lead.receipt, "withdraw")
    assert left.status_code == 200, left.text
    assert left.json()["case"]["phase"] == "已结案"
    assert (await office.case(lead.case_id))["phase"] == "in_progress"
    await office.in_charge(lead.case_id, "resolve", text="已修", evidence=["photo"])
    assert (await mine(office, lead))["rating"] is None
    assert (await rate(office, (await mine(office, other))["rating"])).status_code == 200
    assert (await office.case(lead.case_id))["closing"] == "rated"


async def test_the_merged_resident_takes_it_back_and_the_lead_hears_of_it(office: Office) -> None:
    lead, other, *_ = await neighbours(office)
    await merge(office, other, lead)
    await until(office, lead.case_id, joined=1)
    left = await office.command(other.case_id, other.receipt, "withdraw")
    assert left.status_code == 200, left.text
    event = await told_of(office, lead.case_id, "resident.left")
    assert event["data"]["subject"] == other.case_id
    again = await office.command(other.case_id, other.receipt, "withdraw")
    assert (again.status_code, again.json()["code"]) == (409, "already_withdrawn")


async def test_what_residents_are_told_goes_to_each_under_their_own_number(office: Office) -> None:
    lead, other, *_ = await neighbours(office)
    await merge(office, other, lead)
    await until(office, lead.case_id, joined=1)
    await office.in_charge(lead.case_id, "resolve", text="已修", evidence=["photo"])
    query = """select receiver from deliveries where case_id = $1 and topic = 'case.resolved'
               and receiver_kind = 'resident' order by receiver"""
    async with asyncio.timeout(20):
        while True:
            async with raw(office.engine) as connection:
                rows = await connection.fetch(query, lead.case_id)
            if rows:
                break
            await asyncio.sleep(0.1)
    assert {row["receiver"] for row in rows} == {"reporter", other.case_id}


async def test_a_case_one_may_not_see_leads_nothing(office: Office) -> None:
    """A clerk of another street learns nothing of it."""
    lead, other, *_ = await neighbours(office)
    far = await office.open_case("lu-fangfang", place={"unit_id": "shiqiao"})
    case_id = far.json()["receipt"]["case_id"]
    answer = await office.ask("lu-fangfang", case_id, "merge", lead_id=lead.case_id)
    assert (answer.status_code, answer.json()["code"]) == (404, "case_not_found")
    nobody = await office.ask("yang-xiaolin", other.case_id, "merge", lead_id="SW-0000-0000-0000")
    assert nobody.status_code == 404


async def test_a_resident_merges_nothing(office: Office) -> None:
    lead, other, *_ = await neighbours(office)
    answer = await office.command(other.case_id, other.receipt, "merge", lead_id=lead.case_id)
    assert answer.status_code == 404
