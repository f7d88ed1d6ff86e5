"""R3.2 over HTTP: the register of admissions, and the catalogue it belongs to."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from domain.words import Role
from tests.e2e.admissions import COMMUNITY, FIRST, SECOND, STALLS, URL, admitted, apply, tell, terms
from tests.e2e.office import Office
from tests.e2e.scenes.base import opened
from tests.e2e.shapes import shape_of

pytestmark = pytest.mark.rule("R3.2")

CONTRACT = Path(__file__).with_name("contracts") / "admissions" / "register.json"


async def handler(office: Office) -> str:
    """Somebody who handles cases at the department of stalls."""
    return await office.somebody(Role.DEPARTMENT_HANDLER, "chengguan")


async def test_a_department_asks_and_two_others_decide(office: Office) -> None:
    asking = await handler(office)
    answer = await apply(office, asking)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    admission = told["admission"]
    url = f"{URL}/{admission['admission_id']}"
    assert answer.headers["location"] == url
    assert (admission["state"], admission["in_force"]) == ("awaiting_first", False)
    assert admission["question"]["person"]["id"] == FIRST
    assert [event["kind"] for event in told["events"]] == ["admission.applied"]
    assert told["events"][0]["words"] == "安澜区城市管理局申请准入"

    own = await tell(office, asking, admission["admission_id"], "approve_admission")
    assert (own.status_code, own.json()["code"]) == (403, "own_application")
    assert own.json()["admission"]["state"] == "awaiting_first"

    first = await tell(office, FIRST, admission["admission_id"], "approve_admission", text="同意")
    assert first.json()["admission"]["state"] == "awaiting_second"
    again = await tell(office, FIRST, admission["admission_id"], "approve_admission")
    assert (again.status_code, again.json()["code"]) == (403, "approved_before")
    second = (await tell(office, SECOND, admission["admission_id"], "approve_admission")).json()
    assert (second["admission"]["state"], second["admission"]["in_force"]) == ("approved", True)
    assert [each["id"] for each in second["admission"]["approvals"]] == [FIRST, SECOND]

    found = await office.get(f"{url}?lang=en")
    assert [event["words"] for event in found["events"]] == [
        "安澜区城市管理局 asked for an admission",
        "First approval given; a second is needed",
        "Second approval given; the admission is granted",
    ]
    assert {**found["admission"], "state_words": ""} == {**second["admission"], "state_words": ""}
    assert found["events"][-1]["hash"] != found["events"][-1]["prev_hash"]


async def test_the_register_is_searched_and_paged(office: Office) -> None:
    asking = await handler(office)
    mine = await admitted(office, asking, units=[COMMUNITY])
    waiting = (await apply(office, asking)).json()["admission"]["admission_id"]

    async def ids(query: str) -> list[str]:
        found = await office.get(f"{URL}?size=200&{query}")
        return [each["admission_id"] for each in found["admissions"]]

    assert {mine, waiting} <= set(await ids(f"item={STALLS}&unit={COMMUNITY}"))
    assert waiting not in await ids("state=approved")
    assert mine in await ids(f"state=approved&unit={COMMUNITY}-1&applicant_unit=chengguan")
    assert mine not in await ids("unit=shuyuan")
    assert mine in await ids(f"in_force_on={terms()['last_day']}")
    assert mine not in await ids("in_force_on=2020-01-01")
    first = await office.get(f"{URL}?size=1")
    following = await office.get(f"{URL}?size=1&cursor={first['next_cursor']}")
    assert first["admissions"] != following["admissions"]
    auditor = await office.as_person(await office.somebody(Role.AUDITOR))
    wrong = await office.http.get(f"{URL}?cursor=nobody", headers=auditor)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_cursor")


async def possible(office: Office, person_id: str, admission_id: str) -> dict[str, str]:
    """What may be done with it: empty, or the reason why not."""
    answer = await office.http.get(
        f"{URL}/{admission_id}/actions", headers=await office.as_person(person_id)
    )
    assert answer.status_code == 200, answer.text
    told = answer.json()["actions"]
    assert all(each["possible"] or (each["why"] and each["advice"]) for each in told)
    return {each["kind"]: each["code"] or "" for each in told}


async def test_it_is_said_what_may_be_done_with_an_admission_and_why_the_rest_may_not(
    office: Office,
) -> None:
    asking = await handler(office)
    admission_id = (await apply(office, asking)).json()["admission"]["admission_id"]
    approve, refuse, revoke = "approve_admission", "refuse_admission", "revoke_admission"
    assert await possible(office, FIRST, admission_id) == {
        approve: "",
        refuse: "",
        revoke: "not_approved",
    }
    own = await possible(office, asking, admission_id)
    assert own[approve] == "own_application"
    await tell(office, FIRST, admission_id, approve)
    assert (await possible(office, FIRST, admission_id))[approve] == "approved_before"
    await tell(office, SECOND, admission_id, approve)
    decided = await possible(office, SECOND, admission_id)
    assert decided[revoke] == ""
    assert decided[approve]


async def test_who_may_ask_is_offered_what_can_be_asked_for(office: Office) -> None:
    url = f"{URL}/choices"
    answer = await office.http.get(url, headers=await office.as_person(await handler(office)))
    offered = answer.json()
    assert offered["may_ask"]
    assert STALLS in [each["id"] for each in offered["items"]]
    assert COMMUNITY in [each["id"] for each in offered["units"]]
    assert offered["units"][0]["id"] == "anlan", "superiors stand first"
    nobody = await office.as_person(await office.somebody(Role.GRID_WORKER))
    assert (await office.http.get(url, headers=nobody)).json() == {
        "may_ask": False,
        "items": [],
        "units": [],
        "more": False,
    }


async def test_the_catalogue_says_whose_work_is_what_and_what_is_admitted(office: Office) -> None:
    mine = await admitted(office, await handler(office))
    whole = (await office.http.get("/api/v1/catalogue")).json()
    assert (len(whole["classes"]), len(whole["items"])) == (35, 162)
    assert sum(each["items"] for each in whole["classes"]) == 162
    (stalls,) = (
        await office.http.get("/api/v1/catalogue?text=流动摊点&belonging=not_community")
    ).json()["items"]
    assert (stalls["item_id"], stalls["first_rung"], stalls["department"]["id"]) == (
        STALLS,
        "street",
        "chengguan",
    )
    assert mine in [each["admission_id"] for each in stalls["admissions"]]
    await tell(office, FIRST, mine, "revoke_admission", text="违规摊派")
    stalls = (await office.http.get("/api/v1/catalogue?text=c02-01")).json()["items"][0]
    assert mine not in [each["admission_id"] for each in stalls["admissions"]]
    some = (await office.http.get("/api/v1/catalogue?department=shengtai")).json()["items"]
    assert {each["department"]["id"] for each in some} == {"shengtai"}


async def test_a_revocation_may_begin_on_a_later_day(office: Office) -> None:
    mine = await admitted(office, await handler(office))
    day = terms()["last_day"]
    told = (
        await tell(office, SECOND, mine, "revoke_admission", text="到此为止", from_day=day)
    ).json()
    assert told["admission"]["in_force"]
    assert told["admission"]["state"] == "approved"
    refused = await tell(office, SECOND, mine, "revoke_admission", text="再撤")
    assert (refused.status_code, refused.json()["code"]) == (409, "already_revoked")


@pytest.mark.rule("R14.1")
async def test_a_repeat_has_no_second_effect_and_another_body_is_refused(office: Office) -> None:
    person = await handler(office)
    headers, key = await office.as_person(person), uuid.uuid4().hex
    one = await office.post(URL, terms(), headers, key)
    two = await office.post(URL, terms(), headers, key)
    assert one.json()["admission"]["admission_id"] == two.json()["admission"]["admission_id"]
    assert one.json()["version"] == two.json()["version"] == 1
    other = await office.post(URL, terms(yearly_fen=1), headers, key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    admission_id = one.json()["admission"]["admission_id"]
    stale = await tell(office, FIRST, admission_id, "approve_admission", version=7)
    assert (stale.status_code, stale.json()["code"]) == (409, "version_conflict")
    command_id = one.json()["events"][0]["command_id"]
    status = await office.get(f"{URL}/{admission_id}/commands/{command_id}")
    assert (status["version"], status["events"]) == (1, one.json()["events"])
    unknown = await office.http.get(
        f"{URL}/{admission_id}/commands/{uuid.uuid4()}", headers=headers
    )
    assert unknown.status_code == 202


async def test_who_may_not_and_what_cannot_be_read(office: Office) -> None:
    community = await office.somebody(Role.COMMUNITY_WORKER, COMMUNITY)
    refused = await apply(office, community)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_entitled")
    nobody = await office.http.get(URL)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")
    faults: tuple[dict[str, Any], ...] = (
        {"yearly_fen": 1.5},
        {"yearly_fen": -1},
        {"units": []},
        {"colour": "red"},
    )
    for changed in faults:
        wrong = await apply(office, await handler(office), **changed)
        assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid_request")
    auditor = await office.as_person(await office.somebody(Role.AUDITOR))
    missing = await office.http.get(f"{URL}/admission-nobody", headers=auditor)
    assert (missing.status_code, missing.json()["code"]) == (404, "admission_not_found")
    lost = await tell(office, FIRST, "admission-nobody", "approve_admission")
    assert (lost.status_code, lost.json()["code"]) == (404, "admission_not_found")
    end = await apply(office, await handler(office), last_day="9999-12-31")
    assert (end.status_code, end.json()["code"]) == (422, "no_such_day")


async def test_the_shape_of_the_answers_is_a_contract(
    office: Office, request: pytest.FixtureRequest
) -> None:
    mine = await admitted(office, await handler(office))
    found: dict[str, Any] = {
        "application": terms().keys(),
        "admission": shape_of(await office.get(f"{URL}/{mine}")),
        "register": shape_of(await office.get(f"{URL}?size=1")),
        "catalogue": shape_of((await office.http.get("/api/v1/catalogue?text=c02-01")).json()),
    }
    found["application"] = sorted(found["application"])
    if request.config.getoption("--rewrite-contracts", default=False):
        CONTRACT.parent.mkdir(exist_ok=True)
        text = json.dumps(found, ensure_ascii=False, indent=2)
        CONTRACT.write_text(text + "\n", encoding="utf-8")
    assert json.loads(CONTRACT.read_text(encoding="utf-8")) == found


@pytest.mark.rule("R14.1")
async def test_the_route_of_admissions_reaches_nothing_but_admissions(office: Office) -> None:
    """A closed case has no workflow: one of another noun under its id would keep it for ever."""
    case = await opened(office)
    await office.command(case.case_id, case.receipt, "withdraw", text="不用了")
    for stream in (case.case_id, "office", "admission-0000-0000-0000"):
        sent = await tell(office, FIRST, stream, "approve_admission")
        assert (sent.status_code, sent.json()["code"]) == (404, "admission_not_found")
    again = await office.command(case.case_id, case.receipt, "remind")
    assert (again.status_code, again.json()["code"]) == (409, "case_closed")


@pytest.mark.rule("R14.1")
async def test_the_routes_of_cases_reach_nothing_but_cases(office: Office) -> None:
    mine = (await apply(office, await handler(office))).json()["admission"]["admission_id"]
    auditor = await office.as_person(await office.somebody(Role.AUDITOR))
    for stream in (mine, "office"):
        rated = {"contacted": True, "solved": True, "grade": 5}
        link = {"Authorization": "Rating none"}
        for sent in (
            await office.command(stream, auditor, "remind"),
            await office.post(f"/api/v1/cases/{stream}/rating", rated, link),
            await office.http.get(f"/api/v1/cases/{stream}", headers=auditor),
        ):
            assert (sent.status_code, sent.json()["code"]) == (404, "case_not_found")


@pytest.mark.rule("§2")
async def test_who_has_no_post_does_not_reach_an_admission(office: Office) -> None:
    mine = (await apply(office, await handler(office))).json()["admission"]["admission_id"]
    sent = await tell(office, "nobody-any-more", mine, "approve_admission")
    assert (sent.status_code, sent.json()["code"]) == (403, "no_valid_post")
