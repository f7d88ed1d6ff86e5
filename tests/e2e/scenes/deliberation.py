"""Scenes of a deliberation, held and recorded at once."""

from datetime import UTC, datetime
from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Opened, Scene, at_grid, by_handler, pair, scene

PROPOSAL = {"title": "加装电梯", "text": "三单元加装电梯的提议"}
PUBLIC = {"title": "关于加装电梯的决议", "text": "同意加装，费用按楼层分摊"}
MEETINGS = ("joint_discussion", "members_meeting", "residents_meeting")
OBJECTION = {"text": "我不同意分摊办法"}


def meeting(step: str, **changes: Any) -> dict[str, Any]:
    """Twenty-four of thirty came just now, twenty were for it."""
    fields = {
        "step": step,
        "held_at": datetime.now(UTC).isoformat(),
        "eligible": 30,
        "present": 24,
        "in_favour": 20,
        "against": 3,
        "abstained": 1,
        "minutes": "会议记录",
    }
    return fields | changes


async def proposed(office: Office, *, steps: int = 0) -> Opened:
    """A grid's matter under deliberation, after so many meetings."""
    return await deliberated(office, await at_grid(office), steps=steps)


async def deliberated(office: Office, found: Opened, *, steps: int) -> Opened:
    """The same for a case that is there already."""
    await office.in_charge(found.case_id, "propose_deliberation", **PROPOSAL)
    for step in MEETINGS[:steps]:
        await office.in_charge(found.case_id, "record_meeting", **meeting(step))
    return found


async def published(office: Office) -> Opened:
    """The decision stands in public."""
    found = await proposed(office, steps=3)
    told = {"step": "decision_published", **PUBLIC}
    await office.in_charge(found.case_id, "publish_deliberation", **told)
    return found


async def objected(office: Office) -> Opened:
    """Staff were told of an objection."""
    found = await published(office)
    await office.in_charge(found.case_id, "object", **OBJECTION)
    return found


@scene("propose_deliberation")
async def _propose(office: Office) -> Scene:
    here, there = await at_grid(office), await proposed(office)
    return await pair(
        office,
        "propose_deliberation",
        here.case_id,
        there.case_id,
        "not_in_progress",
        **PROPOSAL,
    )


@scene("record_meeting")
async def _record_meeting(office: Office) -> Scene:
    here, further = await proposed(office), await proposed(office, steps=1)
    return Scene(
        done=await by_handler(office, here.case_id, "record_meeting", **meeting(MEETINGS[0])),
        refused=await by_handler(office, further.case_id, "record_meeting", **meeting(MEETINGS[0])),
        code="not_its_turn",
    )


@scene("publish_deliberation")
async def _publish(office: Office) -> Scene:
    here, early = await proposed(office, steps=3), await proposed(office, steps=2)
    told = {"step": "decision_published", **PUBLIC}
    return await pair(
        office, "publish_deliberation", here.case_id, early.case_id, "not_its_turn", **told
    )


@scene("object")
async def _object(office: Office) -> Scene:
    here, early = await published(office), await proposed(office)
    return await pair(
        office, "object", here.case_id, early.case_id, "nothing_published", **OBJECTION
    )


@scene("resident.object")
async def _resident_objects(office: Office) -> Scene:
    here = await published(office)
    done = Ask(case_id=here.case_id, headers=here.receipt, body={"kind": "object", **OBJECTION})
    return Scene(done=done, refused=done, code="already_objected")


@scene("decide_objection")
async def _decide_objection(office: Office) -> Scene:
    here = await objected(office)
    asked = (await office.case(here.case_id))["questions"][0]
    supervisor = await office.as_person(asked["person"]["id"])
    told = {"objection_id": "objection-1", "upheld": True, "text": "分摊办法未经讨论"}
    done = Ask(case_id=here.case_id, headers=supervisor, body={"kind": "decide_objection", **told})
    return Scene(done=done, refused=done, code="no_such_objection")


@scene("stop_deliberation")
async def _stop(office: Office) -> Scene:
    here, disputed = await proposed(office), await objected(office)
    told = {"text": "出资方退出"}
    return await pair(
        office, "stop_deliberation", here.case_id, disputed.case_id, "objections_open", **told
    )
