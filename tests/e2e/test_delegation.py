"""R3.2 told whole, over HTTP: refused, asked for, approved by two, used up, revoked, expired."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from activities.admission import AdmissionActivities
from domain.words import Role
from store import admissions
from store.database import raw
from tests.e2e.admissions import COMMUNITY, FIRST, SECOND, URL, admitted, apply, tell
from tests.e2e.office import Office
from tests.e2e.scenes.base import number, step
from tests.e2e.scenes.delegation import DOWN, at_street

pytestmark = pytest.mark.rule("R3.2")

ITEM = "c02-04"
"""Shops that trade outside their doors: the street's and the department's work."""


async def delegate(office: Office, case_id: str) -> Any:
    person = (await office.case(case_id))["handler"]["id"]
    return await office.ask(person, case_id, "delegate", **DOWN)


async def test_the_story_of_an_admission(office: Office) -> None:
    case = await at_street(office, ITEM)
    refused = await delegate(office, case.case_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_admitted")
    assert refused.json()["rule"] == "R3.2"
    assert refused.json()["details"]["item"] == ITEM
    assert refused.json()["details"]["admission"] == "none"

    asking = await office.somebody(Role.DEPARTMENT_HANDLER, "chengguan")
    asked = await apply(office, asking, item_id=ITEM, yearly_fen=50_000)
    admission_id = asked.json()["admission"]["admission_id"]
    own = await tell(office, asking, admission_id, "approve_admission")
    assert own.status_code == 403
    await tell(office, FIRST, admission_id, "approve_admission")
    assert (await delegate(office, case.case_id)).json()["code"] == "not_admitted"
    await tell(office, SECOND, admission_id, "approve_admission")

    down = await delegate(office, case.case_id)
    assert down.status_code == 200, down.text
    assert [event["kind"] for event in down.json()["events"]] == ["case.delegated", "case.arrived"]
    shown = down.json()["case"]
    assert (shown["unit"]["id"], shown["stage"]) == (COMMUNITY, "community")
    assert shown["delegation"]["delegations"][0]["admission_id"] == admission_id

    await office.in_charge(case.case_id, "accept")
    told = await office.in_charge(case.case_id, "record_expense", fen=49_999, purpose="租用车辆")
    assert told["case"]["delegation"]["used_fen"] == 49_999
    person = told["case"]["handler"]["id"]
    too_much = await office.ask(person, case.case_id, "record_expense", fen=2, purpose="餐费")
    assert (too_much.status_code, too_much.json()["code"]) == (409, "admission_money_used_up")
    assert too_much.json()["details"]["left"] == "1"
    view = (await office.get(f"{URL}/{admission_id}"))["admission"]
    assert [(m["granted_fen"], m["used_fen"], m["left_fen"]) for m in view["money"]] == [
        (50_000, 49_999, 1)
    ]
    assert [spent["case_id"] for spent in view["spent"]] == [case.case_id]

    await tell(office, FIRST, admission_id, "revoke_admission", text="违规摊派")
    over = await office.ask(person, case.case_id, "record_expense", fen=1, purpose="笔")
    assert (over.status_code, over.json()["code"]) == (409, "admission_over")
    other = await at_street(office, ITEM)
    again = await delegate(office, other.case_id)
    assert (again.status_code, again.json()["code"]) == (409, "not_admitted")
    assert again.json()["details"]["admission"] == admission_id


async def test_an_expired_one_refuses_by_itself(office: Office) -> None:
    """Nothing runs that would end it: it was written by hand, without a workflow."""
    item, activities = "c16-01", AdmissionActivities(office.engine, office.ring, ahead=None)
    admission_id = number().lower().replace("sw-", "admission-", 1)
    now = datetime.now(UTC)
    past = now - timedelta(days=20)
    fields = {
        "item_id": item,
        "units": [COMMUNITY],
        "valid_from": past.isoformat(),
        "valid_until": (now - timedelta(minutes=1)).isoformat(),
        "authority": "劝导",
        "yearly": 1,
        "reason": "试点",
    }
    who = {"kind": "staff", "person_id": "cui-jianmin"}
    await activities.execute(admission_id, step("apply_for_admission", past, actor=who, **fields))
    for minute, person in enumerate((FIRST, SECOND), start=1):
        actor = {"kind": "staff", "person_id": person}
        at = past + timedelta(minutes=minute)
        done = await activities.execute(admission_id, step("approve_admission", at, actor=actor))
        assert done.accepted, done.refusal
    assert (await office.get(f"{URL}/{admission_id}"))["admission"]["state"] == "approved"
    case = await at_street(office, item)
    refused = await delegate(office, case.case_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_admitted")
    assert refused.json()["details"]["admission"] == admission_id


async def test_an_admission_ends_with_its_workflow_s_clock(office: Office) -> None:
    """Its end comes from the workflow, which was started with its last command."""
    activities = AdmissionActivities(office.engine, office.ring, ahead=None)
    admission_id, now = number().lower().replace("sw-", "admission-", 1), datetime.now(UTC)
    ends = now + timedelta(seconds=8)
    who = {"kind": "staff", "person_id": "cui-jianmin"}
    fields = {
        "item_id": "c02-01",
        "units": [COMMUNITY],
        "valid_from": now.isoformat(),
        "valid_until": ends.isoformat(),
        "authority": "劝导",
        "yearly": 1,
        "reason": "一夜市",
    }
    await activities.execute(admission_id, step("apply_for_admission", now, actor=who, **fields))
    for person in (FIRST, SECOND):
        answer = await tell(office, person, admission_id, "approve_admission")
        assert answer.status_code == 200, answer.text
    async with asyncio.timeout(60):
        while True:
            found = await office.get(f"{URL}/{admission_id}")
            if found["admission"]["state"] == "expired":
                break
            await asyncio.sleep(0.1)
    assert found["events"][-1]["kind"] == "admission.ended"
    assert datetime.fromisoformat(found["events"][-1]["at"]) == ends


async def test_two_cases_that_spend_at_once_stay_within_the_money(office: Office) -> None:
    item = "c16-04"
    admission_id = await admitted(office, "cui-jianmin", item_id=item, yearly_fen=100)
    cases = [await at_street(office, item) for _ in range(4)]
    for case in cases:
        down = await delegate(office, case.case_id)
        assert down.json()["case"]["delegation"]["delegations"][0]["admission_id"] == admission_id
        await office.in_charge(case.case_id, "accept")
    people = [(await office.case(case.case_id))["handler"]["id"] for case in cases]
    answers = await asyncio.gather(
        *(
            office.ask(person, case.case_id, "record_expense", fen=40, purpose="车")
            for person, case in zip(people, cases, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409]
    async with raw(office.engine) as connection:
        (sums,) = (await admissions.money(connection, [admission_id]))[admission_id]
    assert (sums["granted"], sums["used"]) == (100, 80)
