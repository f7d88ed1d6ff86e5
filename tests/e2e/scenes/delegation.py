"""Scenes of handing down: a street sends a case to a community under an admission."""

from tests.e2e.admissions import COMMUNITY, STALLS, admitted
from tests.e2e.office import Office
from tests.e2e.scenes.base import Opened, Scene, at_first_contact, pair, scene

APPLICANT = "cui-jianmin"
"""The supervisor of the department of stalls."""
DOWN = {"unit_id": COMMUNITY, "text": "请社区劝导登记"}
PAPER = {"fen": 12_000, "purpose": "印制告知单"}


async def at_street(office: Office, item_id: str = STALLS) -> Opened:
    """With the street, taken on by its coordinator."""
    found = await at_first_contact(office, item_id=item_id)
    await office.in_charge(found.case_id, "hand_over")
    await office.in_charge(found.case_id, "accept")
    return found


async def below(office: Office) -> Opened:
    """Handed down under an admission and accepted by the community."""
    await admitted(office, APPLICANT)
    found = await at_street(office)
    await office.in_charge(found.case_id, "delegate", **DOWN)
    await office.in_charge(found.case_id, "accept")
    return found


@scene("delegate")
async def _delegate(office: Office) -> Scene:
    await admitted(office, APPLICANT)
    here, there = await at_street(office), await at_street(office, "c16-02")
    return await pair(office, "delegate", here.case_id, there.case_id, "not_admitted", **DOWN)


@scene("record_expense")
async def _record_expense(office: Office) -> Scene:
    here, there = await below(office), await at_street(office)
    return await pair(
        office, "record_expense", here.case_id, there.case_id, "not_under_admission", **PAPER
    )
