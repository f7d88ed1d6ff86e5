"""Scenes of cases sent back, decided, and offered to another department."""

from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    Ask,
    Opened,
    Scene,
    at_first_contact,
    at_grid,
    by_handler,
    pair,
    scene,
)

WRONG = {"reason": "wrong_unit", "text": "属街道职责"}
OTHER = {"unit_id": "chengguan", "text": "属城市管理"}


async def back_twice(office: Office) -> Opened:
    """With the grid for the third time, not accepted; first contact had it back twice."""
    found = await at_grid(office, accept=False)
    for _ in range(2):
        await office.in_charge(found.case_id, "return", **WRONG)
        await office.in_charge(found.case_id, "accept")
        await office.in_charge(found.case_id, "hand_over")
    return found


async def at_department(office: Office) -> Opened:
    """Taken on by a department: the noise of a building site."""
    found = await at_first_contact(office, item_id="c04-03")
    await office.in_charge(found.case_id, "hand_over")
    await office.in_charge(found.case_id, "accept")
    return found


async def offered(office: Office) -> str:
    """Another department is asked to take it over."""
    case_id = (await at_department(office)).case_id
    await office.in_charge(case_id, "transfer", **OTHER)
    return case_id


async def _answer(office: Office, kind: str, **fields: str) -> Scene:
    headers = await office.as_person("hao-zhiqiang")
    done = Ask(case_id=await offered(office), headers=headers, body={"kind": kind, **fields})
    return Scene(done=done, refused=done, code="no_transfer_offered")


@scene("return")
async def _return(office: Office) -> Scene:
    new, here = await at_grid(office, accept=False), await at_first_contact(office)
    return await pair(office, "return", new.case_id, here.case_id, "nothing_below", **WRONG)


@scene("adjudicate")
async def _adjudicate(office: Office) -> Scene:
    asked, calm = await back_twice(office), await at_grid(office)
    await office.in_charge(asked.case_id, "return", **WRONG)
    question = (await office.case(asked.case_id))["questions"][0]
    superior = await office.as_person(question["person"]["id"])
    body = {"kind": "adjudicate", "unit_id": "liuyinli-2", "text": "属网格职责"}
    return Scene(
        done=Ask(case_id=asked.case_id, headers=superior, body=body),
        refused=Ask(case_id=calm.case_id, headers=superior, body=body),
        code="nothing_to_adjudicate",
    )


@scene("transfer")
async def _transfer(office: Office) -> Scene:
    here, there = (await at_department(office)).case_id, (await at_grid(office)).case_id
    return Scene(
        done=await by_handler(office, here, "transfer", **OTHER),
        refused=await by_handler(office, there, "transfer", **OTHER),
        code="not_at_a_department",
    )


@scene("accept_transfer")
async def _accept_transfer(office: Office) -> Scene:
    return await _answer(office, "accept_transfer", text="同意接办")


@scene("refuse_transfer")
async def _refuse_transfer(office: Office) -> Scene:
    return await _answer(office, "refuse_transfer", text="不属本部门")
