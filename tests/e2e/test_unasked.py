"""R13 over HTTP: what staff find before anybody asks, and a resident's agent."""

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import GRID, at_grid, opened
from tests.e2e.scenes.proactive import AGENT, CLERK, NAMED, found_and_settled

pytestmark = pytest.mark.rule("R13")


async def test_what_a_patrol_finds_is_verified_counted_apart_and_never_rated(
    office: Office,
) -> None:
    case = await found_and_settled(office)
    shown = await office.case(case.case_id)
    assert shown["proactive"] == {"informant": None, "visit_id": None}
    assert [question["kind"] for question in shown["questions"]] == ["verification"]
    resolver = shown["handler"]["id"]
    own = await office.ask(resolver, case.case_id, "verify", done=True, text="我看好了")
    assert (own.status_code, own.json()["code"]) == (403, "judge_in_own_cause")
    done = await office.ask(CLERK, case.case_id, "verify", done=True, text="现场已看")
    assert done.status_code == 200, done.text
    assert done.json()["case"]["closing"] == "verified"
    kinds = [event["kind"] for event in await office.events(case.case_id)]
    assert "case.rated" not in kinds
    clerk = await office.as_person(CLERK)
    listed = {
        flag: {
            row["case_id"]
            for row in (await office.get(f"/api/v1/cases?proactive={flag}&size=200", clerk))[
                "cases"
            ]
        }
        for flag in ("true", "false")
    }
    assert case.case_id in listed["true"]
    assert case.case_id not in listed["false"]


async def test_an_informant_s_tier_is_kept(office: Office) -> None:
    told = await office.open_case(
        CLERK, channel="phone", informant="building_head", reporter={}, place={"unit_id": GRID}
    )
    assert told.json()["answer"]["case"]["proactive"]["informant"] == "building_head"
    by_resident = await office.open_case(proactive=True)
    assert (by_resident.status_code, by_resident.json()["code"]) == (403, "proactive_needs_staff")


async def test_the_agent_acts_until_the_resident_takes_it_back(office: Office) -> None:
    case = await opened(office)
    await office.in_charge(case.case_id, "accept")
    await office.in_charge(case.case_id, "authorise_agent", **NAMED)
    step = await office.ask(AGENT, case.case_id, "record_agency_step", text="已递交材料")
    assert step.status_code == 200, step.text
    revoked = await office.command(case.case_id, case.receipt, "revoke_agent", how="by_receipt")
    assert revoked.status_code == 200, revoked.text
    told = [line["words"] for line in revoked.json()["timeline"]]
    assert told[-1] == "代办结束：居民撤销"
    assert (await office.case(case.case_id))["agency"] is None


async def test_an_agent_sees_the_case_they_act_in(office: Office) -> None:
    case = await at_grid(office)
    named = await office.ask(CLERK, case.case_id, "authorise_agent", **NAMED)
    assert named.json()["case"]["agency"]["steps"] == 0
    step = await office.ask(
        AGENT, case.case_id, "record_agency_step", text="已递交", delivered=True
    )
    assert step.status_code == 200, step.text
    assert [event["kind"] for event in step.json()["events"]] == [
        "agency.step_taken",
        "agency.ended",
    ]
