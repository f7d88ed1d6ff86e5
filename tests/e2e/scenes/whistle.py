"""Scenes of the whistle: a street calls, departments and a partner come."""

from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Headers, Opened, Scene, at_first_contact, by_handler, scene

STREET_ITEM = "c02-01"
"""A matter whose first rung is the street."""
DEPARTMENT, PARTNER = "chengguan", "jinhe-wuye"
CALLS = [
    {"unit_id": DEPARTMENT, "asked": "请派执法车"},
    {"partner_id": PARTNER, "asked": "请疏导车辆"},
]
FIRST, SECOND = {"summons_id": "summons-1"}, {"summons_id": "summons-2"}
CALLED = {"calls": CALLS, "text": "占道经营堵塞消防通道"}


async def at_street(office: Office, **changes: Any) -> Opened:
    """With the street, taken on by its coordinator."""
    found = await at_first_contact(office, item_id=STREET_ITEM, **changes)
    await office.in_charge(found.case_id, "hand_over")
    await office.in_charge(found.case_id, "accept")
    return found


async def whistled(office: Office, **changes: Any) -> Opened:
    """A department and a partner are called."""
    found = await at_street(office)
    await office.in_charge(found.case_id, "summon", **{**CALLED, **changes})
    return found


async def department(office: Office) -> Headers:
    """Somebody of the department called."""
    return await office.as_person("hao-zhiqiang")


def link(office: Office, case_id: str, summons: str = "summons-2") -> Headers:
    """What the partner was sent."""
    secret = office.ring.partner_secret(case_id, summons, PARTNER)
    return {"Authorization": f"Partner {secret}"}


@scene("summon")
async def _summon(office: Office) -> Scene:
    here, there = await at_street(office), await whistled(office)
    return Scene(
        done=await by_handler(office, here.case_id, "summon", **CALLED),
        refused=await by_handler(office, there.case_id, "summon", **CALLED),
        code="already_summoned",
    )


@scene("report_in")
async def _report_in(office: Office) -> Scene:
    here = await whistled(office)
    body = {"kind": "report_in", "text": "执法车已到", **FIRST}
    done = Ask(case_id=here.case_id, headers=await department(office), body=body)
    return Scene(done=done, refused=done, code="already_reported_in")


@scene("record_help")
async def _record_help(office: Office) -> Scene:
    here, early = await whistled(office), await whistled(office)
    there = await department(office)
    await office.command(here.case_id, there, "report_in", **FIRST)
    body = {"kind": "record_help", "text": "已劝离摊贩三家", **FIRST}
    return Scene(
        done=Ask(case_id=here.case_id, headers=there, body=body),
        refused=Ask(case_id=early.case_id, headers=there, body=body),
        code="not_reported_in",
    )


@scene("release")
async def _release(office: Office) -> Scene:
    here = await whistled(office)
    done = await by_handler(office, here.case_id, "release", useful=False, text="未到场", **FIRST)
    return Scene(done=done, refused=done, code="already_released")


async def _of_partner(office: Office, kind: str, **fields: Any) -> Ask:
    found = await whistled(office)
    return Ask(
        case_id=found.case_id,
        headers=link(office, found.case_id),
        body={"kind": kind, **fields},
        path=f"/api/v1/cases/{found.case_id}/help",
    )


@scene("partner.report_in")
async def _partner_reports_in(office: Office) -> Scene:
    done = await _of_partner(office, "report_in", text="两名保安已到")
    return Scene(done=done, refused=done, code="already_reported_in")


@scene("partner.record_help")
async def _partner_helps(office: Office) -> Scene:
    done = await _of_partner(office, "record_help", text="已疏导车辆")
    await office.post(done.path, {"kind": "report_in"}, done.headers)
    early = await _of_partner(office, "record_help", text="已疏导车辆")
    return Scene(done=done, refused=early, code="not_reported_in")
