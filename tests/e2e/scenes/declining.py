"""Scenes of declining at first contact."""

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Scene, at_first_contact, at_grid, pair, scene

COURT = {"ground": "before_court", "text": "法院已立案，请向区法院询问"}


@scene("decline")
async def _decline(office: Office) -> Scene:
    here, there = await at_first_contact(office), await at_grid(office)
    return await pair(
        office, "decline", here.case_id, there.case_id, "not_at_first_contact", **COURT
    )


@scene("review_decline")
async def _review_decline(office: Office) -> Scene:
    declined, calm = await at_first_contact(office), await at_first_contact(office)
    await office.in_charge(declined.case_id, "decline", **COURT)
    asked = (await office.case(declined.case_id))["questions"][0]
    supervisor = await office.as_person(asked["person"]["id"])
    body = {"kind": "review_decline", "upheld": True, "text": "属实"}
    return Scene(
        done=Ask(case_id=declined.case_id, headers=supervisor, body=body),
        refused=Ask(case_id=calm.case_id, headers=supervisor, body=body),
        code="nothing_to_review",
    )
