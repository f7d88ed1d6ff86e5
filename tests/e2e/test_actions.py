"""What may be done with a case now, for everybody who may see it, and why the rest may not."""

import json
from itertools import groupby
from typing import Any

import pytest

from api.words.actions import GROUPS
from domain.words import Role
from tests.e2e.actions import action, actions
from tests.e2e.contract import CONTRACTS
from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    Ask,
    Headers,
    at_first_contact,
    at_grid,
    auditor,
    forgotten,
    handler,
    opened,
    resolved,
)
from tests.e2e.scenes.disputes import asked, party
from tests.e2e.scenes.whistle import link, whistled
from tests.e2e.shapes import shape_of
from tests.e2e.test_many_residents import until

CONTRACT = CONTRACTS / "actions" / "actions.json"


def named(found: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(each for each in found if each["kind"] == kind)


def can(found: list[dict[str, Any]]) -> set[str]:
    return {each["kind"] for each in found if each["possible"]}


# -- staff ---------------------------------------------------------------------


async def test_the_next_step_comes_first_then_each_group_in_its_order(office: Office) -> None:
    case = await at_grid(office, accept=False)
    found = await actions(office, case.case_id, await handler(office, case.case_id))
    assert (found[0]["kind"], found[0]["primary"]) == ("accept", True)
    assert not any(each["primary"] for each in found[1:])
    order = list(GROUPS)
    groups = [group for group, _ in groupby(found[1:], key=lambda each: each["group"])]
    assert groups == sorted(groups, key=order.index)


async def test_what_names_another_case_is_offered_where_there_is_one(office: Office) -> None:
    await resolved(office)
    case = await at_grid(office)
    found = await actions(office, case.case_id, await handler(office, case.case_id))
    assert {"merge", "mark_recurrence"} <= can(found)
    oldest = await forgotten(office)
    found = await actions(office, oldest, await handler(office, oldest))
    assert named(found, "mark_recurrence")["code"] == "no_case_before"


async def test_the_next_step_follows_the_work(office: Office) -> None:
    case = await at_first_contact(office)
    case_id = case.case_id

    async def primary() -> str:
        found = await actions(office, case_id, await handler(office, case_id))
        return str(found[0]["kind"])

    assert await primary() == "hand_over"
    await office.in_charge(case_id, "hand_over")
    await office.in_charge(case_id, "accept")
    assert await primary() == "record_progress"
    await office.in_charge(case_id, "record_progress", text="看过")
    assert await primary() == "resolve"
    await office.in_charge(case_id, "suspend", ground="expert_appraisal", text="鉴定")
    assert await primary() == "resume"


async def test_what_is_not_possible_says_why_in_both_languages(office: Office) -> None:
    case = await at_grid(office)
    mine = await handler(office, case.case_id)
    zh = await actions(office, case.case_id, mine, "zh")
    en = await actions(office, case.case_id, mine, "en")
    chinese, english = named(zh, "transfer"), named(en, "transfer")
    assert not chinese["possible"]
    assert (chinese["code"], chinese["rule"]) == ("not_at_a_department", "R4.5")
    assert "网格" in chinese["what"]
    assert english["what"].startswith("The case is not at a department")
    assert all(each["why"] and each["advice"] for each in (chinese, english))


@pytest.mark.rule("R4.3")
async def test_of_what_is_possible_in_part_the_other_part_is_said(office: Office) -> None:
    case = await at_grid(office)
    mine = await handler(office, case.case_id)
    escalate = named(await actions(office, case.case_id, mine), "escalate")
    assert (escalate["possible"], escalate["code"]) == (True, "no_progress_recorded")
    await office.in_charge(case.case_id, "record_progress", text="看过")
    escalate = named(await actions(office, case.case_id, mine), "escalate")
    assert (escalate["possible"], escalate["code"]) == (True, None)


@pytest.mark.rule("§2")
async def test_who_only_looks_on_is_told_which_post_it_takes(office: Office) -> None:
    case = await at_grid(office)
    found = await actions(office, case.case_id, await auditor(office))
    resolve = named(found, "resolve")
    assert (resolve["code"], resolve["forbidden"]) == ("not_entitled", True)
    assert "经办岗位" in resolve["why"]
    assert can(found) == set()


@pytest.mark.rule("§2")
async def test_the_post_somebody_chose_decides(office: Office) -> None:
    case = await at_grid(office)
    mine = await handler(office, case.case_id)
    other = await office.http.get(
        f"/api/v1/cases/{case.case_id}/actions",
        headers={**mine, "Shouwen-Post": "nobody-s-post"},
    )
    assert other.status_code == 403
    assert other.json()["code"] == "no_valid_post"


# -- residents, parties, partners ------------------------------------------------


@pytest.mark.rule("R9.2")
async def test_a_resident_is_offered_what_is_theirs_and_nothing_of_staff(office: Office) -> None:
    case = await opened(office)
    found = await actions(office, case.case_id, case.receipt)
    kinds = {each["kind"] for each in found}
    assert {"remind", "withdraw", "add_information", "rate"} <= kinds
    assert kinds.isdisjoint({"accept", "resolve", "reveal", "escalate", "appeal"})
    assert {"remind", "withdraw", "add_information"} <= can(found)
    assert named(found, "rate")["code"] == "not_awaiting_rating"


@pytest.mark.rule("R9.2")
async def test_a_rating_is_offered_where_its_link_is_shown(office: Office) -> None:
    mine, seen = await resolved(office, by_resident=True), await resolved(office)
    own = await actions(office, mine.case_id, mine.receipt)
    assert (own[0]["kind"], own[0]["possible"]) == ("rate", True)
    shared = named(await actions(office, seen.case_id, seen.receipt), "rate")
    assert (shared["possible"], shared["code"]) == (False, "rating_link_needed")
    secret = office.ring.rating_secret(seen.case_id, 1, "reporter")
    by_link = await actions(office, seen.case_id, {"Authorization": f"Rating {secret}"})
    assert [(each["kind"], each["possible"]) for each in by_link] == [("rate", True)]


@pytest.mark.rule("R7.1")
async def test_each_party_is_offered_its_own_word_by_its_own_link_alone(office: Office) -> None:
    case = await asked(office)
    li = await actions(office, case.case_id, party(office, case.case_id))
    assert (li[0]["kind"], li[0]["primary"]) == ("give_consent", True)
    assert {"withdraw", "keep", "merge", "form_panel"}.isdisjoint({each["kind"] for each in li})
    heard = await actions(office, case.case_id, await handler(office, case.case_id))
    assert heard[0]["kind"] != "give_consent"
    assert named(heard, "give_consent")["label"] == "登记当事人是否同意"
    assert li[0]["label"] == "表示是否同意"
    receipt = named(await actions(office, case.case_id, case.receipt), "give_consent")
    assert (receipt["possible"], receipt["code"]) == (False, "party_link_needed")


@pytest.mark.rule("R5")
async def test_a_partner_is_offered_what_its_link_serves_for(office: Office) -> None:
    case = await whistled(office)
    found = await actions(office, case.case_id, link(office, case.case_id))
    assert {each["kind"] for each in found} == {"report_in", "record_help"}
    assert can(found) == {"report_in"}
    assert named(found, "record_help")["code"] == "not_reported_in"


@pytest.mark.rule("R2.3", "R9.2")
async def test_a_merged_resident_is_offered_what_is_heard_where_it_is_carried_on(
    office: Office,
) -> None:
    lead, other = await opened(office), await opened(office)
    await office.in_charge(lead.case_id, "accept")
    await office.in_charge(other.case_id, "merge", lead_id=lead.case_id)
    await until(office, lead.case_id, joined=1)
    found = await actions(office, other.case_id, other.receipt)
    assert {"remind", "add_information", "withdraw"} <= can(found)
    assert named(found, "rate")["code"] == "not_awaiting_rating"
    await office.in_charge(lead.case_id, "resolve", text="已修好", evidence=["photo-1"])
    after = await office.get(f"/api/v1/cases/{other.case_id}/actions", other.receipt)
    first = after["actions"][0]
    assert (first["kind"], first["possible"], first["primary"]) == ("rate", True, True)
    assert named(after["actions"], "remind")["code"] == "lead_not_open"
    assert lead.case_id not in str(after)


# -- who may ask -----------------------------------------------------------------


async def test_for_a_stranger_there_is_no_such_case(office: Office) -> None:
    case = await opened(office)
    url = f"/api/v1/cases/{case.case_id}/actions"
    stranger = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    wrong: list[tuple[Headers, int]] = [
        ({}, 401),
        ({"Authorization": "Receipt wrong"}, 404),
        ({"Authorization": "Partner wrong"}, 404),
        ({"Authorization": "Rating wrong"}, 404),
        (stranger, 403),
    ]
    for headers, status in wrong:
        answer = await office.http.get(url, headers=headers)
        assert answer.status_code == status, headers


async def test_asking_changes_nothing_and_what_was_said_holds(office: Office) -> None:
    case = await at_grid(office)
    before = await office.events(case.case_id)
    mine = await handler(office, case.case_id)
    found = await actions(office, case.case_id, mine)
    assert await office.events(case.case_id) == before
    for kind in ("accept", "resume", "hand_over"):
        said = named(found, kind)
        answer = await office.command(case.case_id, mine, kind)
        assert (answer.status_code, answer.json()["code"]) == (409, said["code"])


async def test_one_request_is_said_as_it_is_sent(office: Office) -> None:
    case = await at_grid(office)
    mine = await handler(office, case.case_id)
    ask = Ask(case_id=case.case_id, headers=mine, body={"kind": "resolve", "text": "修好"})
    assert (await action(office, ask))["possible"]


async def test_the_shape_of_the_answer_is_a_contract(
    office: Office, request: pytest.FixtureRequest
) -> None:
    case = await at_grid(office)
    url = f"/api/v1/cases/{case.case_id}/actions"
    found = {
        "staff": shape_of(await office.get(url, await handler(office, case.case_id))),
        "resident": shape_of(await office.get(url, case.receipt)),
    }
    if request.config.getoption("--rewrite-contracts", default=False):
        CONTRACT.parent.mkdir(exist_ok=True)
        text = json.dumps(found, ensure_ascii=False, indent=2)
        CONTRACT.write_text(f"{text}\n", encoding="utf-8")
    assert json.loads(CONTRACT.read_text(encoding="utf-8")) == found
