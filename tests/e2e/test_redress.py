"""What follows a bad rating, end to end: a new round, an exclusion that is lifted, an appeal."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from temporalio.client import WorkflowExecutionStatus

from activities.cases import CaseActivities
from domain.words import Role
from tests.e2e.office import Office, a_number
from tests.e2e.scenes.base import (
    GRID,
    Ask,
    Opened,
    at_first_contact,
    at_grid,
    number,
    opened,
    resolved,
    step,
)
from tests.e2e.scenes.redress import (
    BAD,
    JUSTIFIED,
    MINE,
    MISTAKEN,
    badly_rated,
    decide,
    decider,
    excluded,
    rate,
    sent,
)

GOOD = {"solved": True, "grade": 5}


async def kinds(office: Office, case_id: str) -> list[str]:
    return [event["kind"] for event in await office.events(case_id)]


async def ended(office: Office, case_id: str) -> None:
    """The officer makes the call that is owed; then wait until the case's workflow is over."""
    officer = (await office.case(case_id))["officer"]["id"]
    called = await office.ask(officer, case_id, "record_follow_up", contacted=True, solved=True)
    assert called.status_code == 200, called.text
    await asyncio.wait_for(office.temporal.get_workflow_handle(case_id).result(), 20)


async def settle(office: Office, case_id: str) -> None:
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "resolve", text="已更换灯具", evidence=["photo-2"])


async def test_a_bad_rating_is_found_justified_rectified_and_rated_well(office: Office) -> None:
    case = await at_grid(office)
    await office.in_charge(case.case_id, "resolve", text="已更换灯泡", evidence=["photo-1"])
    await rate(office, case)
    told = await office.case(case.case_id)
    assert (told["phase"], told["redress"]["reviews"]) == (
        "under_review",
        [{"round": 1, "subjects": ["reporter"], "finding": None}],
    )
    await sent(office, await decide(office, case.case_id, "review", JUSTIFIED))
    again = await office.case(case.case_id)
    assert (again["round"], again["phase"], again["stage"]) == (2, "awaiting_acceptance", "grid")
    await settle(office, case.case_id)
    await rate(office, case, **GOOD)
    closed = await office.case(case.case_id)
    assert (closed["closing"], closed["redress"]["exclusions"]) == ("rated", [])
    assert [(r["round"], r["grade"]) for r in closed["redress"]["ratings"]] == [(1, 1), (2, 5)]
    mine = await office.get(f"/api/v1/cases/{case.case_id}/timeline", case.receipt)
    assert "现场查看，确未修好" in [event["text"] for event in mine["events"]]


async def test_the_link_of_the_first_round_rates_nothing_in_the_second(office: Office) -> None:
    case = await badly_rated(office)
    await sent(office, await decide(office, case.case_id, "review", JUSTIFIED))
    await settle(office, case.case_id)
    old = {"Authorization": f"Rating {office.ring.rating_secret(case.case_id, 1)}"}
    body = {"contacted": True, "solved": True, "grade": 5}
    answer = await office.post(f"/api/v1/cases/{case.case_id}/rating", body, old)
    assert answer.status_code == 404


async def test_an_excluded_rating_is_reconsidered_and_opens_the_closed_case_again(
    office: Office,
) -> None:
    case = await excluded(office)
    await ended(office, case.case_id)
    mine = await office.get(f"/api/v1/cases/{case.case_id}", case.receipt)
    assert mine["excluded_rating"]["because"] == "误评"
    assert mine["excluded_rating"]["ask_until"]
    answer = await office.command(case.case_id, case.receipt, "ask_reconsideration", text="不服")
    assert answer.status_code == 200, answer.text
    assert answer.json()["case"]["excluded_rating"]["ask_until"] is None
    lifted = {"kind": "reconsider", "about": "1/reporter", "upheld": False, "text": "评价属实"}
    await sent(office, await decide(office, case.case_id, "reconsideration", lifted))
    open_again = await office.case(case.case_id)
    assert (open_again["round"], open_again["closed_at"]) == (2, None)
    listed = await office.http.get(
        "/api/v1/cases",
        params={"text": case.case_id, "phase": "awaiting_acceptance"},
        headers=await office.as_person(open_again["handler"]["id"]),
    )
    assert [row["case_id"] for row in listed.json()["cases"]] == [case.case_id]
    description = await office.temporal.get_workflow_handle(case.case_id).describe()
    assert description.status is WorkflowExecutionStatus.RUNNING
    await settle(office, case.case_id)
    await rate(office, case, **GOOD)
    assert (await office.case(case.case_id))["closing"] == "rated"
    await ended(office, case.case_id)


async def test_staff_appeal_against_the_rating_of_a_case_that_is_over(office: Office) -> None:
    case = await badly_rated(office)
    handler = (await office.case(case.case_id))["handler"]["id"]
    reviewer = await decider(office, case.case_id, "review")
    await sent(office, Ask(case_id=case.case_id, headers=reviewer, body=JUSTIFIED))
    await settle(office, case.case_id)
    await rate(office, case, **GOOD)
    await ended(office, case.case_id)
    told = {**MINE, "text": "当天已电话告知居民维修时间"}
    asked = await office.ask(handler, case.case_id, "appeal", **told)
    assert asked.status_code == 200, asked.text
    body = {"kind": "decide_appeal", **MINE, "upheld": True, "text": "通话记录属实"}
    own = await office.post(f"/api/v1/cases/{case.case_id}/commands", body, reviewer)
    assert (own.status_code, own.json()["code"]) == (403, "judge_in_own_cause")
    await sent(office, await decide(office, case.case_id, "appeal", body))
    over = await office.case(case.case_id)
    assert [(e["about"], e["why"]) for e in over["redress"]["exclusions"]] == [
        ("1/reporter", "appeal")
    ]
    await ended(office, case.case_id)
    mine = await office.get(f"/api/v1/cases/{case.case_id}/timeline", case.receipt)
    words = [event["words"] for event in mine["events"]]
    assert "评价保留，不计入考核：经上级裁定" in words
    assert not [word for word in words if "申诉" in word]


async def test_the_workflow_of_a_case_under_review_waits_for_the_supervisor(
    office: Office,
) -> None:
    case = await badly_rated(office)
    question = (await office.case(case.case_id))["questions"][0]
    assert question["kind"] == "review"
    description = await office.temporal.get_workflow_handle(case.case_id).describe()
    assert description.status is WorkflowExecutionStatus.RUNNING


async def test_a_neighbour_contests_in_the_lead_what_was_excluded_and_sees_only_their_own_case(
    office: Office,
) -> None:
    lead, mine = await opened(office), await opened(office)
    for case in (lead, mine):
        await office.in_charge(case.case_id, "accept")
    await office.in_charge(mine.case_id, "merge", lead_id=lead.case_id, text="同一盏灯")
    await until(office, lead.case_id, "case.joined")
    early = await office.command(mine.case_id, mine.receipt, "ask_reconsideration", text="不服")
    assert (early.status_code, early.json()["code"]) == (409, "nothing_excluded")
    assert early.json()["case"]["case_id"] == mine.case_id
    await office.in_charge(lead.case_id, "resolve", text="已更换灯泡", evidence=["photo-1"])
    link = (await office.get(f"/api/v1/cases/{mine.case_id}", mine.receipt))["rating"]
    rated = await office.post(link["href"], BAD, {"Authorization": f"Rating {link['secret']}"})
    assert rated.status_code == 200, rated.text
    again = await office.post(link["href"], BAD, {"Authorization": f"Rating {link['secret']}"})
    assert (again.json()["code"], again.json()["case"]["case_id"]) == (
        "already_rated",
        mine.case_id,
    )
    await sent(office, await decide(office, lead.case_id, "review", MISTAKEN))
    answer = await office.command(mine.case_id, mine.receipt, "ask_reconsideration", text="不服")
    assert answer.status_code == 200, answer.text
    assert answer.json()["case"]["case_id"] == mine.case_id
    asked = (await office.case(lead.case_id))["questions"]
    assert [q["about"] for q in asked] == [f"1/{mine.case_id}"]
    theirs = await office.get(f"/api/v1/cases/{lead.case_id}/timeline", lead.receipt)
    assert "误评" not in str(theirs)


# -- the same matter again -----------------------------------------------------


async def until(office: Office, case_id: str, kind: str) -> dict[str, Any]:
    """Wait for an event that another case brings."""
    async with asyncio.timeout(30):
        while True:
            found = [e for e in await office.events(case_id) if e["kind"] == kind]
            if found:
                return found[0]
            await asyncio.sleep(0.2)


async def marked(office: Office, earlier: Opened) -> Opened:
    later = await at_first_contact(office)
    answer = await office.ask(
        "yang-xiaolin", later.case_id, "mark_recurrence", earlier=earlier.case_id
    )
    assert answer.status_code == 200, answer.text
    return later


async def test_the_earlier_case_hears_that_its_matter_was_reported_again(office: Office) -> None:
    earlier = await resolved(office)
    later = await marked(office, earlier)
    event = await until(office, earlier.case_id, "case.recurred")
    assert event["data"]["later"] == later.case_id
    assert (await office.case(earlier.case_id))["redress"]["recurred"] == [later.case_id]
    assert (await office.case(later.case_id))["redress"]["recurrence_of"] == earlier.case_id


async def test_of_a_case_that_was_not_resolved_nothing_recurs(office: Office) -> None:
    later, earlier = await at_first_contact(office), await at_first_contact(office)
    answer = await office.ask(
        "yang-xiaolin", later.case_id, "mark_recurrence", earlier=earlier.case_id
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "not_resolved_before")


async def test_of_another_matter_nothing_recurs_until_a_supervisor_says_why(
    office: Office,
) -> None:
    item_id = await another_category(office)
    earlier, later = await resolved(office), await at_first_contact(office, item_id=item_id)
    clerk, marks = "yang-xiaolin", {"earlier": earlier.case_id, "text": "同一盏灯，归类有误"}
    answer = await office.ask(clerk, later.case_id, "mark_recurrence", **marks)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_the_same_matter")
    assert answer.json()["details"] == {"differs": "category"}
    supervisor = await office.somebody(Role.SUPERVISOR, "liuyin")
    answer = await office.ask(supervisor, later.case_id, "mark_recurrence", **marks)
    assert answer.status_code == 200, answer.text
    event = await until(office, earlier.case_id, "case.recurred")
    assert event["data"]["matter"]["class_id"] != event["data"]["matter"]["earlier_class"]


async def another_category(office: Office) -> str:
    """An item of another category than the one cases are opened with."""
    items = (await office.book()).catalogue.items
    here = items["c01-01"].class_id
    return next(i for i, item in sorted(items.items()) if item.class_id != here)


async def long_ago(office: Office, days: int = 60) -> str:
    """A case that was resolved and rated so many days ago."""
    activities, case_id = CaseActivities(office.engine, office.ring), number()
    at = datetime.now(UTC) - timedelta(days=days)
    register = {
        "case_type": "request",
        "channel": "counter",
        "item_id": "c01-01",
        "title": "楼道灯不亮",
        "text": "三单元",
        "urgency": "normal",
        "place": {"unit_id": GRID},
        "reporter": {},
        "receipt_hash": "none",
    }
    clerk = {"kind": "staff", "person_id": "yang-xiaolin"}
    told: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("register", clerk, register),
        ("resolve", clerk, {"text": "已修", "evidence": ["photo-1"]}),
        ("rate", {"kind": "resident"}, {"contacted": True, **GOOD}),
    ]
    for minute, (kind, actor, fields) in enumerate(told):
        when = at + timedelta(minutes=minute)
        done = await activities.execute(case_id, step(kind, when, actor=actor, **fields))
        assert done.accepted, done.refusal
    return case_id


async def test_what_the_earlier_case_says_no_to_is_unmarked(office: Office) -> None:
    later = await marked(office, Opened(await long_ago(office), ""))
    event = await until(office, later.case_id, "recurrence.unmarked")
    assert event["data"]["refusal"] == "recurrence_too_late"


async def test_what_the_same_resident_reports_again_is_marked_by_itself_on_both_cases(
    office: Office,
) -> None:
    reporter = {"name": "王建国", "phone": a_number()}
    earlier = await resolved(office, reporter=reporter)
    answer = await office.open_case(
        "yang-xiaolin", place={"unit_id": GRID}, reporter=reporter, title="楼道灯又不亮了"
    )
    told = answer.json()
    mark = told["answer"]["events"][-1]
    assert (mark["kind"], mark["data"]["automatic"]) == ("recurrence.marked", True)
    assert mark["data"]["earlier"] == earlier.case_id
    assert told["answer"]["case"]["redress"]["recurrence_of"] == earlier.case_id
    event = await until(office, earlier.case_id, "case.recurred")
    assert event["data"]["later"] == told["receipt"]["case_id"]
    mine = {"Authorization": f"Receipt {told['receipt']['secret']}"}
    shown = await office.get(f"/api/v1/cases/{told['receipt']['case_id']}/timeline", mine)
    assert [e["words"] for e in shown["events"]] == ["已登记", "转到柳荫街道"]


async def test_staff_are_shown_what_was_resolved_lately_and_mark_it_by_one_command(
    office: Office,
) -> None:
    unit, title = "liuyinli-3", f"路灯编号{uuid4().hex[:6]}不亮"
    earlier = await resolved(office, place={"unit_id": unit}, title=title)
    answer = await office.open_case("yang-xiaolin", place={"unit_id": unit}, title=title)
    alike = {one["case_id"]: one for one in answer.json()["duplicates"]}
    assert alike[earlier.case_id]["recurrence"] is True
    later = answer.json()["receipt"]["case_id"]
    assert answer.json()["answer"]["case"]["redress"] is None
    done = await office.ask("yang-xiaolin", later, "mark_recurrence", earlier=earlier.case_id)
    assert done.status_code == 200, done.text
    await until(office, earlier.case_id, "case.recurred")


async def test_nobody_names_a_case_they_may_not_see(office: Office) -> None:
    later, elsewhere = await at_first_contact(office), await opened(office)
    told = []
    for earlier in (elsewhere.case_id, "SW-0000-0000-0000"):
        answer = await office.ask("yang-xiaolin", later.case_id, "mark_recurrence", earlier=earlier)
        told.append((answer.status_code, answer.json()["code"]))
    assert told[0] == told[1] == (404, "case_not_found")


async def test_a_review_is_not_decided_by_somebody_who_does_not_see_the_case(
    office: Office,
) -> None:
    case = await badly_rated(office)
    stranger = await office.as_person("lin-guodong")
    answer = await office.post(f"/api/v1/cases/{case.case_id}/commands", MISTAKEN, stranger)
    assert (answer.status_code, answer.json()["code"]) == (404, "case_not_found")
