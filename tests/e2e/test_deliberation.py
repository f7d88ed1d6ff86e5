"""R8 over HTTP: a matter is deliberated, an objection is upheld once, and everybody can read it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from activities.cases import CaseActivities
from domain.sealing import ERASED
from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import GRID, Opened, at_grid, number, step
from tests.e2e.scenes.deliberation import (
    MEETINGS,
    OBJECTION,
    PROPOSAL,
    PUBLIC,
    deliberated,
    meeting,
    proposed,
    published,
)

pytestmark = pytest.mark.rule("R8")


async def public(office: Office, case_id: str, count: int = 1) -> httpx.Response:
    """As anybody in the street reads it."""
    return await office.http.get(f"/api/v1/deliberations/{case_id}.{count}")


async def uphold(office: Office, case: Opened) -> None:
    (asked,) = (await office.case(case.case_id))["questions"]
    told = {"objection_id": "objection-1", "upheld": True, "text": "分摊办法未经讨论"}
    answer = await office.ask(asked["person"]["id"], case.case_id, "decide_objection", **told)
    assert answer.status_code == 200, answer.text


async def test_an_upheld_objection_sends_the_decision_back_and_it_is_published_again(
    office: Office,
) -> None:
    case = await published(office)
    mine = await office.get(f"/api/v1/cases/{case.case_id}", case.receipt)
    assert mine["deliberation"]["publications"][0]["runs"] is True
    raised = await office.command(case.case_id, case.receipt, "object", **OBJECTION)
    assert raised.status_code == 200, raised.text
    result = {"step": "result_published", **PUBLIC}
    handler = (await office.case(case.case_id))["handler"]["id"]
    early = await office.ask(handler, case.case_id, "publish_deliberation", **result)
    assert (early.status_code, early.json()["code"]) == (409, "publication_running")
    await uphold(office, case)
    shown = (await public(office, case.case_id)).json()
    assert (shown["awaits"], shown["objections"]) == ("residents_meeting", 1)
    assert [each["runs"] for each in shown["publications"]] == [False]
    await office.in_charge(case.case_id, "record_meeting", **meeting("residents_meeting"))
    again = {"step": "decision_published", "title": "修订后的决议", "text": "按面积分摊"}
    done = await office.in_charge(case.case_id, "publish_deliberation", **again)
    (here,) = done["case"]["deliberations"]
    assert [o["upheld"] for o in here["objections"]] == [True]
    shown = (await public(office, case.case_id)).json()
    assert shown["title"] == "修订后的决议"
    assert [each["runs"] for each in shown["publications"]] == [False, True]
    assert [held["outcome"] for held in shown["meetings"]] == ["carried"] * 4


async def test_whoever_is_carried_along_on_the_matter_objects_for_themselves(
    office: Office,
) -> None:
    lead, mine = await at_grid(office), await at_grid(office)
    await office.in_charge(mine.case_id, "merge", lead_id=lead.case_id)
    await deliberated(office, lead, steps=3)
    told = {"step": "decision_published", **PUBLIC}
    await office.in_charge(lead.case_id, "publish_deliberation", **told)
    seen = await office.get(f"/api/v1/cases/{mine.case_id}", mine.receipt)
    assert seen["deliberation"]["title"] == PUBLIC["title"]
    for resident in (mine, lead):
        answer = await office.command(resident.case_id, resident.receipt, "object", **OBJECTION)
        assert answer.status_code == 200, answer.text
        assert answer.json()["case"]["case_id"] == resident.case_id
        assert [e["words"] for e in answer.json()["timeline"]].count("收到异议") == 1
    raised = [
        e for e in await office.events(lead.case_id) if e["kind"].endswith("objection_raised")
    ]
    status = f"/api/v1/cases/{mine.case_id}/commands/{raised[0]['command_id']}"
    shown = await office.http.get(status, headers=mine.receipt)
    assert (shown.status_code, shown.json()["case"]["case_id"]) == (200, mine.case_id)
    stranger = await office.http.get(status, headers=lead.receipt)
    assert stranger.status_code == 404
    assert [e["data"]["subject"] for e in raised] == [mine.case_id, "reporter"]


async def some_weeks_ago(office: Office) -> str:
    """A deliberation that was published, carried out, published again, and is complete."""
    activities, case_id = CaseActivities(office.engine, office.ring), number()
    past = datetime.now(UTC) - timedelta(days=30)
    clerk, worker = "yang-xiaolin", "jiang-xuemei"
    register = {
        "case_type": "request",
        "channel": "counter",
        "item_id": "c01-01",
        "title": "楼道堆物",
        "text": "三单元",
        "urgency": "normal",
        "place": {"unit_id": GRID},
        "reporter": {"name": "王建国", "phone": "19900001234"},
        "receipt_hash": "none",
    }
    told: list[tuple[int, str, str, dict[str, Any]]] = [
        (0, "register", clerk, register),
        (0, "hand_over", clerk, {}),
        (0, "accept", worker, {}),
        (0, "propose_deliberation", worker, PROPOSAL),
        *((0, "record_meeting", worker, meeting(each)) for each in MEETINGS),
        (0, "publish_deliberation", worker, {"step": "decision_published", **PUBLIC}),
        (6, "publish_deliberation", worker, {"step": "result_published", **PUBLIC}),
    ]
    for days, kind, who, fields in told:
        past += timedelta(days=days, minutes=1)
        held = {"held_at": past.isoformat()} if kind == "record_meeting" else {}
        actor = {"kind": "staff", "person_id": who}
        done = await activities.execute(case_id, step(kind, past, actor=actor, **fields | held))
        assert done.accepted, done.refusal
    over = past + timedelta(days=5, minutes=1)
    await activities.execute(case_id, step("tick", over, actor={"kind": "system"}))
    return case_id


async def test_what_was_carried_out_is_complete_and_anybody_reads_it_without_a_name(
    office: Office,
) -> None:
    case_id = await some_weeks_ago(office)
    answer = await public(office, case_id)
    shown = answer.json()
    assert (shown["ended"], shown["awaits"], shown["unit"]) == (
        "completed",
        None,
        "柳荫里社区第二网格",
    )
    assert [p["step"] for p in shown["publications"]] == ["decision_published", "result_published"]
    organisation = (await office.book()).organisation
    names = {"王建国", *(person.name for person in organisation.people.values())}
    assert not [name for name in names if name in answer.text]
    assert "会议记录" not in answer.text
    case = await office.case(case_id)
    assert case["deliberations"][0]["ended"] == "completed"


async def test_everybody_finds_it_in_the_list_page_by_page(office: Office) -> None:
    cases = {(await published(office)).case_id for _ in range(3)}
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await office.http.get("/api/v1/deliberations", params={"size": "2", **cursor})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [each["deliberation_id"] for each in page["deliberations"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert len(found) == len(set(found))
    assert {f"{case_id}.1" for case_id in cases} == set(found[:3])


async def test_nothing_is_public_before_it_is_published(office: Office) -> None:
    case = await proposed(office, steps=3)
    for asked in (f"{case.case_id}.1", f"{case.case_id}.2", "SW-0000-0000-0000.1"):
        answer = await office.http.get(f"/api/v1/deliberations/{asked}")
        assert (answer.status_code, answer.json()["code"]) == (404, "deliberation_not_found")
    mine = await office.get(f"/api/v1/cases/{case.case_id}", case.receipt)
    assert mine["deliberation"] is None


@pytest.mark.parametrize("asked", ["nothing", "a.0", "a.x", "a%00.1", "a.99999"])
async def test_a_number_that_is_none_is_refused(office: Office, asked: str) -> None:
    answer = await office.http.get(f"/api/v1/deliberations/{asked}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_what_was_published_is_sealed_and_can_be_forgotten(office: Office) -> None:
    case_id = await some_weeks_ago(office)
    async with raw(office.engine) as connection:
        stored = await connection.fetchval(
            """select string_agg(data::text, '') from events
               where case_id = $1 and kind like 'deliberation.%'""",
            case_id,
        )
        assert PUBLIC["text"] not in stored
    activities, system = CaseActivities(office.engine, office.ring), {"kind": "system"}
    now = datetime.now(UTC)
    told: list[tuple[int, str, dict[str, str], dict[str, Any]]] = [
        (18, "withdraw", {"kind": "resident"}, {"text": "已解决"}),
        (0, "tick", system, {}),
        (0, "erase_subject", system, {"subject": "reporter", "erasure_id": "erasure-1"}),
    ]
    for days, kind, actor, fields in told:
        at = now - timedelta(days=days)
        done = await activities.execute(case_id, step(kind, at, actor=actor, **fields))
        assert done.accepted, done.refusal
    shown = (await public(office, case_id)).json()
    assert (shown["title"], shown["publications"][0]["text"]) == (ERASED, ERASED)
    assert shown["meetings"][0]["in_favour"] == 20
