"""R5 over HTTP: a street whistles two departments and a property company; one of them is late."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from activities.cases import CaseActivities
from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, number, step
from tests.e2e.scenes.whistle import (
    CALLED,
    DEPARTMENT,
    FIRST,
    PARTNER,
    SECOND,
    at_street,
    department,
    link,
    whistled,
)

pytestmark = pytest.mark.rule("R5")

THREE = [
    {"unit_id": DEPARTMENT, "asked": "请派执法车"},
    {"unit_id": "gongan", "asked": "请维持秩序"},
    {"partner_id": PARTNER, "asked": "请疏导车辆"},
]
COORDINATOR = "zhao-haiyan"


async def an_hour_ago(office: Office) -> tuple[str, datetime]:
    """A street's emergency, with three helpers called and no clock looked at since."""
    activities, case_id = CaseActivities(office.engine, office.ring), number()
    past = datetime.now(UTC) - timedelta(hours=1)
    await activities.execute(
        case_id,
        step(
            "register",
            past,
            case_type="request",
            channel="counter",
            item_id="c02-01",
            title="占道经营",
            text="堵塞消防通道",
            urgency="emergency",
            place={"unit_id": "liuyinli-2", "address": "柳荫里12号3单元"},
            reporter={"name": "王建国", "phone": "19900001234"},
            receipt_hash="none",
            actor=staff("yang-xiaolin"),
        ),
    )
    for kind, who, fields in (
        ("hand_over", "yang-xiaolin", {}),
        ("accept", COORDINATOR, {}),
        ("summon", COORDINATOR, {"calls": THREE, "text": "请到场", "share_address": False}),
    ):
        past += timedelta(minutes=1)
        done = await activities.execute(case_id, step(kind, past, actor=staff(who), **fields))
        assert done.accepted, done.refusal
    return case_id, past


def staff(person_id: str) -> dict[str, Any]:
    return {"kind": "staff", "person_id": person_id}


async def test_two_departments_and_a_property_company_are_called_and_one_is_late(
    office: Office,
) -> None:
    case_id, called_at = await an_hour_ago(office)
    activities = CaseActivities(office.engine, office.ring)
    police = {"actor": staff("shi-lei"), "summons_id": "summons-2", "text": "民警已到"}
    await activities.execute(case_id, step("report_in", called_at + timedelta(minutes=5), **police))
    half_past = called_at + timedelta(minutes=31)
    await activities.execute(case_id, step("tick", half_past, actor={"kind": "system"}))
    late = await office.ask("hao-zhiqiang", case_id, "report_in", text="堵车", **FIRST)
    assert late.status_code == 200, late.text
    shown = late.json()["case"]
    assert [(h["late"], h["reported_in_at"] is None) for h in shown["helpers"]] == [
        (True, False),
        (False, False),
        (True, True),
    ]
    missed = [e for e in await office.events(case_id) if e["kind"] == "helper.not_reported_in"]
    assert [e["data"]["helper"]["unit_id"] for e in missed] == [DEPARTMENT, None]
    assert [e["data"]["helper"]["partner_id"] for e in missed] == [None, PARTNER]
    assert [e["data"]["person_id"] for e in missed] == ["feng-weiguo", "lin-guodong"]
    assert missed[0]["words"] == "安澜区城市管理局逾期未报到"


async def test_a_summoned_department_sees_the_case_from_then_on_and_its_owner_stays(
    office: Office,
) -> None:
    case = await at_street(office)
    before = await office.case(case.case_id)
    there = await department(office)
    url = f"/api/v1/cases/{case.case_id}"
    assert (await office.http.get(url, headers=there)).status_code == 404
    done = await office.in_charge(case.case_id, "summon", **CALLED)
    seen = await office.get(url, there)
    assert seen["reporter"] == {"name": "王**", "phone": "199****1234"}
    listed = (await office.get("/api/v1/cases?size=200", there))["cases"]
    assert case.case_id in {row["case_id"] for row in listed}
    owner = ("stage", "unit", "handler", "stints", "phase")
    assert [done["case"][name] for name in owner] == [before[name] for name in owner]
    others = await office.as_person("he-zixuan")
    assert (await office.http.get(url, headers=others)).status_code == 404


async def test_help_is_written_down_and_the_helper_released_with_a_word(office: Office) -> None:
    case = await whistled(office)
    there = await department(office)
    for kind, fields in (("report_in", {}), ("record_help", {"text": "已劝离"})):
        answer = await office.command(case.case_id, there, kind, **fields, **FIRST)
        assert answer.status_code == 200, answer.text
    done = await office.in_charge(case.case_id, "release", useful=True, text="多谢", **FIRST)
    (event,) = done["events"]
    known = {name: event["data"][name] for name in ("reported_in", "on_time", "helped", "useful")}
    assert known == {"reported_in": True, "on_time": True, "helped": 1, "useful": True}
    again = await office.command(case.case_id, there, "record_help", text="又来", **FIRST)
    assert (again.status_code, again.json()["code"]) == (409, "already_released")


# -- the partner's link --------------------------------------------------------


async def look(office: Office, case_id: str, headers: Headers) -> httpx.Response:
    return await office.http.get(f"/api/v1/cases/{case_id}/help", headers=headers)


async def test_a_partner_sees_what_it_is_asked_and_nothing_of_the_resident(
    office: Office,
) -> None:
    place = {"unit_id": "liuyinli-2", "address": "柳荫里12号3单元"}
    case = await at_street(office, place=place, title="王建国家门口", text="电话19900001234")
    await office.in_charge(case.case_id, "summon", **CALLED)
    answer = await look(office, case.case_id, link(office, case.case_id))
    seen = answer.json()
    assert (seen["partner"], seen["summoned_by"], seen["matter"], seen["asked"]) == (
        "清河金禾物业服务有限公司",
        "柳荫街道",
        "占道经营与流动摊点",
        "请疏导车辆",
    )
    assert seen["place"] == "柳荫里社区 柳荫里*号*单元"
    assert "王" not in answer.text
    assert "1990000" not in answer.text


async def test_the_summoner_may_share_the_address(office: Office) -> None:
    place = {"unit_id": "liuyinli-2", "address": "柳荫里12号3单元"}
    case = await at_street(office, place=place)
    await office.in_charge(case.case_id, "summon", share_address=True, **CALLED)
    seen = (await look(office, case.case_id, link(office, case.case_id))).json()
    assert seen["place"] == "柳荫里社区 柳荫里12号3单元"


async def test_a_partner_reports_in_and_writes_down_what_it_did(office: Office) -> None:
    case = await whistled(office)
    url, mine = f"/api/v1/cases/{case.case_id}/help", link(office, case.case_id)
    for body in ({"kind": "report_in"}, {"kind": "record_help", "text": "已疏导车辆"}):
        answer = await office.post(url, body, mine)
        assert answer.status_code == 200, answer.text
    assert answer.json()["help"][0]["text"] == "已疏导车辆"
    events = await office.events(case.case_id)
    assert [e["kind"] for e in events[-2:]] == ["helper.reported_in", "helper.help_recorded"]
    assert {e["by"]["name"] for e in events[-2:]} == {"清河金禾物业服务有限公司"}


async def test_the_same_key_reports_in_once(office: Office) -> None:
    case = await whistled(office)
    url, mine = f"/api/v1/cases/{case.case_id}/help", link(office, case.case_id)
    answers = [await office.post(url, {"kind": "report_in"}, mine, key="in-once-1") for _ in "12"]
    assert [answer.status_code for answer in answers] == [200, 200]
    kinds = [event["kind"] for event in await office.events(case.case_id)]
    assert kinds.count("helper.reported_in") == 1


async def test_a_link_opens_nothing_else(office: Office) -> None:
    case = await whistled(office)
    mine, url = link(office, case.case_id), f"/api/v1/cases/{case.case_id}"
    for path in (url, f"{url}/timeline", f"{url}/clocks", "/api/v1/cases"):
        assert (await office.http.get(path, headers=mine)).status_code == 401
    for kind, fields in (("withdraw", {}), ("report_in", SECOND), ("remind", {})):
        answer = await office.command(case.case_id, mine, kind, **fields)
        assert answer.status_code == 401
    answer = await office.post(f"{url}/help", {"kind": "resolve", "text": "好了"}, mine)
    assert answer.status_code == 422


async def test_a_forged_a_foreign_and_a_dead_link_are_all_not_found(office: Office) -> None:
    case, other = await whistled(office), await whistled(office)
    mine = link(office, case.case_id)
    dead = [
        await look(office, case.case_id, {"Authorization": "Partner guess"}),
        await look(office, case.case_id, link(office, other.case_id)),
        await look(office, case.case_id, link(office, case.case_id, "summons-1")),
        await look(office, "SW-0000-0000-0000", mine),
    ]
    await office.in_charge(case.case_id, "release", useful=False, **SECOND)
    dead.append(await look(office, case.case_id, mine))
    dead.append(
        await office.post(f"/api/v1/cases/{case.case_id}/help", {"kind": "report_in"}, mine)
    )
    assert {(a.status_code, a.json()["code"]) for a in dead} == {(404, "case_not_found")}
    await office.in_charge(case.case_id, "summon", **{**CALLED, "calls": CALLED["calls"][1:]})
    assert (await look(office, case.case_id, mine)).status_code == 404
    anew = link(office, case.case_id, "summons-3")
    assert (await look(office, case.case_id, anew)).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Receipt guess"}])
async def test_without_a_link_nobody_answers_for_a_partner(
    office: Office, headers: Headers
) -> None:
    case = await whistled(office)
    answer = await look(office, case.case_id, headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "partner_link_needed")


async def test_the_partner_is_owed_a_message_and_the_department_finds_one(office: Office) -> None:
    case = await whistled(office)
    query = """select receiver, channel from deliveries
        where case_id = $1 and receiver_kind = 'partner'"""
    async with asyncio.timeout(20):
        while True:
            async with raw(office.engine) as connection:
                rows = await connection.fetch(query, case.case_id)
            partners = {tuple(row) for row in rows}
            if partners:
                break
    assert partners == {(PARTNER, "sms")}
