"""Scenes of the shelf, of orders, and of what was corrected."""

from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    Ask,
    Headers,
    Scene,
    at_first_contact,
    at_grid,
    by_handler,
    pair,
    scene,
)
from tests.e2e.scenes.officers import SUPERVISOR
from tests.e2e.scenes.returns import at_department

WHY = {"text": "需待明年管网改造统一解决"}
HOUR = {"amount": 1, "unit": "working_hours"}
OVER = "gao-jiancheng"
"""Supervisor of the city, over that department."""


async def used_up(office: Office) -> str:
    """At a department that was refused its one extension."""
    case_id = (await at_department(office)).case_id
    await office.in_charge(case_id, "request_extension", extend_by=HOUR, text="备料")
    done = await office.ask(OVER, case_id, "decide_extension", granted=False, text="抓紧")
    assert done.status_code == 200, done.text
    return case_id


async def asked(office: Office) -> tuple[str, Headers]:
    """To be shelved, with who decides it."""
    case_id = await used_up(office)
    await office.in_charge(case_id, "shelve", **WHY)
    question = (await office.case(case_id))["questions"][0]
    return case_id, await office.as_person(question["person"]["id"])


async def shelved(office: Office) -> str:
    """On the shelf."""
    case_id, superior = await asked(office)
    told = {"approved": True, "text": "同意挂账"}
    done = await office.command(case_id, superior, "decide_shelving", **told)
    assert done.status_code == 200, done.text
    return case_id


@scene("shelve")
async def _shelve(office: Office) -> Scene:
    here, early = await used_up(office), (await at_department(office)).case_id
    return await pair(office, "shelve", here, early, "extension_not_used_up", **WHY)


@scene("decide_shelving")
async def _decide_shelving(office: Office) -> Scene:
    case_id, superior = await asked(office)
    body = {"kind": "decide_shelving", "approved": True, "text": "同意挂账"}
    done = Ask(case_id=case_id, headers=superior, body=body)
    return Scene(done=done, refused=done, code="no_shelving_asked")


@scene("review_shelf")
async def _review_shelf(office: Office) -> Scene:
    here, running = await shelved(office), (await at_department(office)).case_id
    told = {"stays": True, "text": "改造已列入计划"}
    return await pair(office, "review_shelf", here, running, "not_shelved", **told)


@scene("supervise")
async def _supervise(office: Office) -> Scene:
    supervisor = await office.as_person(SUPERVISOR)
    body = {"kind": "supervise", "text": "请尽快到场并报告"}
    done = Ask(case_id=(await at_grid(office)).case_id, headers=supervisor, body=body)
    return Scene(done=done, refused=done, code="order_open")


@scene("reclassify")
async def _reclassify(office: Office) -> Scene:
    case_id = (await at_first_contact(office)).case_id
    place = {"unit_id": "liuyinli-3", "address": "柳荫里30号", "longitude": 117.1, "latitude": 36.6}
    told = {"item_id": "c04-03", "place": place, "text": "居民补充：是工地噪声"}
    done = await by_handler(office, case_id, "reclassify", **told)
    there = (await at_first_contact(office)).case_id
    refused = await by_handler(office, there, "reclassify", text="没有变化")
    return Scene(done=done, refused=refused, code="nothing_changed")
