"""Scenes of a request taken back: by the resident, or in words that staff wrote down."""

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Scene, at_first_contact, opened, pair, scene

CALLED = {"text": "居民来电撤回"}


@scene("withdraw")
async def _withdraw(office: Office) -> Scene:
    here, twice = await at_first_contact(office), await at_first_contact(office)
    await office.in_charge(twice.case_id, "withdraw", **CALLED)
    return await pair(
        office, "withdraw", here.case_id, twice.case_id, "withdrawal_under_review", **CALLED
    )


@scene("decide_withdrawal")
async def _decide_withdrawal(office: Office) -> Scene:
    recorded, calm = await at_first_contact(office), await at_first_contact(office)
    await office.in_charge(recorded.case_id, "withdraw", **CALLED)
    asked = (await office.case(recorded.case_id))["questions"][0]
    supervisor = await office.as_person(asked["person"]["id"])
    body = {"kind": "decide_withdrawal", "approved": True, "text": "已电话核实"}
    return Scene(
        done=Ask(case_id=recorded.case_id, headers=supervisor, body=body),
        refused=Ask(case_id=calm.case_id, headers=supervisor, body=body),
        code="no_withdrawal_recorded",
    )


@scene("keep")
async def _keep(office: Office) -> Scene:
    recorded, calm = await at_first_contact(office), await opened(office)
    await office.in_charge(recorded.case_id, "withdraw", **CALLED)
    body = {"kind": "keep", "text": "我没有撤诉"}
    return Scene(
        done=Ask(case_id=recorded.case_id, headers=recorded.receipt, body=body),
        refused=Ask(case_id=calm.case_id, headers=calm.receipt, body=body),
        code="no_withdrawal_recorded",
    )
