"""R7: two stories of a quarrel: to an agreement that is not performed, and to the court's door."""

import time
from datetime import timedelta

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import opened
from tests.e2e.scenes.disputes import (
    ITEM,
    LAWYER,
    MEDIATOR,
    SPOKEN,
    TOLD,
    asked,
    both,
    consented,
    drafted,
    failed_at_the_street,
    formed,
    must,
    party,
    settled,
)
from tests.e2e.scenes.officers import SUPERVISOR

pytestmark = pytest.mark.rule("R7.1", "R7.4", "R7.6")

RATED = {"contacted": True, "solved": True, "grade": 4}
UNDONE = {"duty_id": "duty-1.1.1", "performed": False, "text": "杂物仍在"}


async def has_happened(office: Office, case_id: str, kind: str, seconds: float = 30) -> None:
    """Ask until it has."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if kind in {event["kind"] for event in await office.events(case_id)}:
            return
    raise AssertionError(f"{kind} never happened")


async def test_an_agreement_is_rated_by_each_party_falls_due_and_not_performed_opens_the_case_again(
    office: Office,
) -> None:
    soon = timedelta(seconds=8)
    case_id = (await settled(office, due=soon)).case_id
    case = await office.case(case_id)
    assert case["phase"] == "awaiting_rating"
    assert case["dispute"]["mediations"][0]["agreement"]["court_until"]
    for subject in ("party-1", "reporter"):
        secret = office.ring.rating_secret(case_id, 1, subject)
        link = {"Authorization": f"Rating {secret}"}
        rated = await office.post(f"/api/v1/cases/{case_id}/rating", RATED, link)
        assert rated.status_code == 200, rated.text
    assert (await office.case(case_id))["closing"] == "rated"

    await has_happened(office, case_id, "duty.fell_due")
    mediator = await office.as_person(MEDIATOR)
    told = await must(office, case_id, mediator, "check_duty", **UNDONE)
    assert [event["kind"] for event in told["events"]] == [
        "duty.checked",
        "dispute.reopened",
        "case.arrived",
    ]
    again = await office.case(case_id)
    assert (again["phase"], again["round"], again["closing"]) == ("awaiting_acceptance", 2, None)
    assert again["dispute"]["mediations"][0]["agreement"]["duties"][0]["performed"] is False
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "open_mediation")
    mine = await office.get(f"/api/v1/cases/{case_id}", party(office, case_id))
    assert (mine["dispute"]["step"], mine["dispute"]["consent_given"]) == ("asked", None)


async def test_what_no_panel_settles_is_referred_and_both_learn_the_reference(
    office: Office,
) -> None:
    case_id = (await failed_at_the_street(office)).case_id
    case = await office.case(case_id)
    assert case["dispute"]["exhausted"]
    assert [m["failed_because"] for m in case["dispute"]["mediations"]] == ["given_up"] * 2
    court = {"to": "court", "reference": "（2026）民初12号"}
    await office.in_charge(case_id, "refer_dispute", **court)
    assert (await office.case(case_id))["closing"] == "referred"
    for subject in ("reporter", "party-1"):
        mine = await office.get(f"/api/v1/cases/{case_id}", party(office, case_id, subject))
        assert mine["dispute"]["reference"] == "（2026）民初12号"


async def test_a_mediation_ends_aloud_when_the_case_leaves_the_unit_that_mediates(
    office: Office,
) -> None:
    case_id = (await consented(office)).case_id
    back = {"reason": "wrong_unit", "text": "不归我们"}
    told = await office.in_charge(case_id, "return", **back)
    kinds = [event["kind"] for event in told["events"]]
    assert kinds == ["mediation.failed", "case.returned", "case.arrived"]
    seen = await office.case(case_id)
    assert [m["failed_because"] for m in seen["dispute"]["mediations"]] == ["moved"]
    for subject in ("reporter", "party-1"):
        link, path = party(office, case_id, subject), f"/api/v1/cases/{case_id}"
        assert (await office.get(path, link))["dispute"]["step"] == "failed"
        told = await office.get(f"{path}/timeline", link)
        assert "调解未成：事项已转出" in [line["words"] for line in told["events"]]


@pytest.mark.rule("R6.4")
async def test_the_clock_does_not_run_on_by_hand_while_the_parties_are_asked(
    office: Office,
) -> None:
    found = await asked(office)
    handler = (await office.case(found.case_id))["handler"]["id"]
    answer = await office.ask(handler, found.case_id, "resume")
    assert (answer.status_code, answer.json()["code"]) == (409, "mediation_under_way")


@pytest.mark.rule("R4.6")
async def test_an_agreement_settles_the_case_and_the_order_is_answered_after_its_closing(
    office: Office,
) -> None:
    case_id = (await drafted(office)).case_id
    supervisor = await office.as_person(SUPERVISOR)
    await must(office, case_id, supervisor, "supervise", text="请报告进展")
    await both(office, case_id, "confirm_agreement", draft=1, confirmed=True)
    assert (await office.case(case_id))["phase"] == "awaiting_rating"
    for subject in ("party-1", "reporter"):
        link = {"Authorization": f"Rating {office.ring.rating_secret(case_id, 1, subject)}"}
        await office.post(f"/api/v1/cases/{case_id}/rating", RATED, link)
    assert (await office.case(case_id))["closing"] == "rated"
    answered = await office.in_charge(case_id, "answer_supervision", text="协议已签")
    assert [event["kind"] for event in answered["events"]] == ["supervision.answered"]


@pytest.mark.rule("R7.2")
async def test_what_a_mediator_recorded_is_shown_as_such_and_the_party_may_deny_it(
    office: Office,
) -> None:
    case_id = (await drafted(office)).case_id
    path, li = f"/api/v1/cases/{case_id}", party(office, case_id)
    word = {"draft": 1, "confirmed": True}
    handler = (await office.case(case_id))["handler"]["id"]
    alone = await office.ask(handler, case_id, "confirm_agreement", **SPOKEN, **word)
    assert (alone.status_code, alone.json()["code"]) == (403, "not_entitled")
    own = party(office, case_id, "reporter")
    await must(office, case_id, own, "confirm_agreement", **word)
    mediator = await office.as_person(MEDIATOR)
    told = await must(office, case_id, mediator, "confirm_agreement", **SPOKEN, **word)
    assert [event["kind"] for event in told["events"]] == ["agreement.confirmed"]
    agreement = (await office.case(case_id))["dispute"]["mediations"][0]["agreement"]
    (recorded,) = agreement["recorded"]
    assert (recorded["subject"], recorded["by"]["id"]) == ("party-1", MEDIATOR)
    assert agreement["in_force_at"] is None
    mine = (await office.get(path, li))["dispute"]["agreement"]
    assert mine["recorded_by"] == recorded["by"]["name"]
    no = {"draft": 1, "confirmed": False, "text": "没有说过"}
    await must(office, case_id, li, "confirm_agreement", **no)
    assert (await office.get(path, li))["dispute"]["step"] == "under_way"


@pytest.mark.rule("R7.1")
async def test_a_party_opens_its_own_dispute_by_its_own_link_and_no_other(office: Office) -> None:
    here, there = await asked(office), await asked(office)
    path = f"/api/v1/cases/{here.case_id}"
    mine = await office.get(path, party(office, here.case_id))
    assert mine["dispute"]["you"] == "party-1"
    assert mine["title"] == "邻里纠纷"
    for wrong in (party(office, there.case_id), {"Authorization": "Party guessed"}):
        answer = await office.http.get(path, headers=wrong)
        assert (answer.status_code, answer.json()["code"]) == (404, "case_not_found")
    request = await opened(office)
    link = party(office, request.case_id, "reporter")
    answer = await office.http.get(f"/api/v1/cases/{request.case_id}", headers=link)
    assert answer.status_code == 404


@pytest.mark.rule("R7.1")
async def test_a_receipt_the_clerk_has_seen_gives_nobody_s_consent(office: Office) -> None:
    seen = await asked(office)
    answer = await office.command(seen.case_id, seen.receipt, "give_consent", given=True)
    assert (answer.status_code, answer.json()["code"]) == (401, "party_link_needed")
    alone = await opened(
        *(office,),
        **TOLD | {"case_type": "dispute", "item_id": ITEM, "parties": [{"name": "李芳"}]},
    )
    answer = await office.command(alone.case_id, alone.receipt, "give_consent", given=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_mediation")


@pytest.mark.rule("R7.2")
async def test_a_mediator_finds_the_cases_of_their_panels_in_their_list_until_they_leave(
    office: Office,
) -> None:
    case_id = (await formed(office)).case_id
    mediator, lawyer = await office.as_person(MEDIATOR), await office.as_person(LAWYER)

    async def listed(headers: dict[str, str]) -> set[str]:
        page = await office.get("/api/v1/cases?size=200", headers)
        return {row["case_id"] for row in page["cases"]}

    assert case_id in await listed(mediator)
    assert case_id not in await listed(lawyer)
    await must(office, case_id, party(office, case_id), "reject_mediator", seat=1)
    assert case_id not in await listed(mediator)
    answer = await office.http.get(f"/api/v1/cases/{case_id}", headers=mediator)
    assert answer.status_code == 404
