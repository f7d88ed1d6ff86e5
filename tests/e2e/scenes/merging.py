"""Scenes of several residents on one matter."""

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Scene, at_first_contact, at_grid, opened, scene


async def merged(office: Office) -> str:
    """A case that was merged into another."""
    lead, other = await at_grid(office), await at_grid(office)
    await office.in_charge(other.case_id, "merge", lead_id=lead.case_id)
    return other.case_id


@scene("merge")
async def _merge(office: Office) -> Scene:
    lead, other = await at_grid(office), await at_grid(office)
    ended, late = await opened(office), await at_first_contact(office)
    for kind in ("accept", "hand_over"):
        await office.in_charge(ended.case_id, kind)
    await office.command(ended.case_id, ended.receipt, "withdraw")
    clerk = await office.as_person("yang-xiaolin")
    body = {"kind": "merge", "lead_id": lead.case_id, "text": "同一盏灯"}
    return Scene(
        done=Ask(case_id=other.case_id, headers=clerk, body=body),
        refused=Ask(case_id=late.case_id, headers=clerk, body={**body, "lead_id": ended.case_id}),
        code="lead_not_open",
    )


@scene("split")
async def _split(office: Office) -> Scene:
    other, calm = await merged(office), await at_grid(office)
    above = await office.as_person(await office.somebody(Role.SUPERVISOR))
    body = {"kind": "split", "text": "不是同一盏灯"}
    return Scene(
        done=Ask(case_id=other, headers=above, body=body),
        refused=Ask(case_id=calm.case_id, headers=above, body=body),
        code="not_merged",
    )
