"""Scenes of what nobody asked for, and of a resident's agent."""

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Opened, Scene, at_grid, opened, scene

CLERK, AGENT, AGENT_POST = "yang-xiaolin", "wang-xiulan", "liuyinli-clerk-1"
NAMED = {"post_id": AGENT_POST, "how": "in_person", "text": "代办老年证", "documents": ["身份证"]}


async def found_and_settled(office: Office) -> Opened:
    """Found on patrol, settled by the grid, and waiting for the officer's look."""
    case = await at_grid(office, channel="patrol", reporter={})
    await office.in_charge(case.case_id, "resolve", text="已修", evidence=["photo-1"])
    return case


async def ask(office: Office, person_id: str, case_id: str, kind: str, **fields: object) -> Ask:
    headers = await office.as_person(person_id)
    return Ask(case_id=case_id, headers=headers, body={"kind": kind, **fields})


async def served(office: Office) -> Opened:
    """A resident of the grid whom an agent acts for."""
    case = await at_grid(office)
    named = await office.ask(CLERK, case.case_id, "authorise_agent", **NAMED)
    assert named.status_code == 200, named.text
    return case


@scene("verify")
async def _verify(office: Office) -> Scene:
    here, asked = await found_and_settled(office), await at_grid(office)
    told = {"done": True, "text": "现场已看"}
    return Scene(
        done=await ask(office, CLERK, here.case_id, "verify", **told),
        refused=await ask(office, CLERK, asked.case_id, "verify", **told),
        code="nothing_to_verify",
    )


@scene("authorise_agent")
async def _authorise_agent(office: Office) -> Scene:
    here, there = await at_grid(office), await served(office)
    return Scene(
        done=await ask(office, CLERK, here.case_id, "authorise_agent", **NAMED),
        refused=await ask(office, CLERK, there.case_id, "authorise_agent", **NAMED),
        code="agent_already_named",
    )


@scene("record_agency_step")
async def _record_agency_step(office: Office) -> Scene:
    here, there = await served(office), await at_grid(office)
    told = {"text": "已到窗口递交", "documents": ["受理单"]}
    return Scene(
        done=await ask(office, AGENT, here.case_id, "record_agency_step", **told),
        refused=await ask(office, AGENT, there.case_id, "record_agency_step", **told),
        code="no_agent",
    )


@scene("revoke_agent")
async def _revoke_agent(office: Office) -> Scene:
    here, there = await served(office), await at_grid(office)
    told = {"how": "by_phone", "text": "家人自己去办"}
    return Scene(
        done=await ask(office, CLERK, here.case_id, "revoke_agent", **told),
        refused=await ask(office, CLERK, there.case_id, "revoke_agent", **told),
        code="no_agent",
    )


@scene("resident.authorise_agent")
async def _resident_authorises(office: Office) -> Scene:
    case = await opened(office)
    body = {"kind": "authorise_agent", "how": "by_receipt", "text": "代办老年证"}
    done = Ask(case_id=case.case_id, headers=case.receipt, body=body)
    return Scene(done=done, refused=done, code="agent_already_named")
