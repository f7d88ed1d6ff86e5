"""Scenes of officers who left."""

from datetime import UTC, datetime

from activities.cases import CaseActivities
from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Scene, at_grid, number, scene, step

LEFT, LEFT_AT = "fan-yujie", datetime(2025, 12, 31, tzinfo=UTC)
"""A grid worker of the sample whose post ended on that day."""
SUPERVISOR = "guo-hongwei"
"""Of the street over that grid, and over the one of the other scenes."""


async def left_behind(office: Office) -> str:
    """A case whose officer's post has ended since."""
    activities, case_id = CaseActivities(office.engine, office.ring), number()
    actor = {"kind": "staff", "person_id": LEFT}
    register = {
        "case_type": "request",
        "channel": "grid_visit",
        "item_id": "c01-01",
        "title": "楼道堆物",
        "text": "堆了很久",
        "urgency": "normal",
        "place": {"unit_id": "liuyinli-1"},
        "reporter": {},
        "receipt_hash": "none",
        "actor": actor,
    }
    await activities.execute(case_id, step("register", LEFT_AT.replace(day=30), **register))
    now = datetime.now(UTC)
    await activities.execute(case_id, step("tick", now, actor={"kind": "system"}))
    return case_id


@scene("replace_officer")
async def _replace_officer(office: Office) -> Scene:
    body = {"kind": "replace_officer", "text": "原首问人员已调离"}
    supervisor = await office.as_person(SUPERVISOR)
    there = (await at_grid(office)).case_id
    return Scene(
        done=Ask(case_id=await left_behind(office), headers=supervisor, body=body),
        refused=Ask(case_id=there, headers=supervisor, body=body),
        code="officer_still_here",
    )
