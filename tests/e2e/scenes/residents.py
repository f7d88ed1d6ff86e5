"""Scenes of what residents send."""

from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import (
    Ask,
    Scene,
    opened,
    resolved,
    scene,
)


async def _of_resident(office: Office, kind: str, **fields: Any) -> Ask:
    found = await opened(office)
    body = {"kind": kind, **fields}
    return Ask(case_id=found.case_id, headers=found.receipt, body=body)


@scene("resident.add_information")
async def _resident_adds(office: Office) -> Scene:
    done = await _of_resident(office, "add_information", text="补充一张照片")
    ended = await _of_resident(office, "add_information", text="补充一张照片")
    await office.command(ended.case_id, ended.headers, "withdraw")
    return Scene(done=done, refused=ended, code="case_closed")


@scene("remind")
async def _remind(office: Office) -> Scene:
    done = await _of_resident(office, "remind", text="请尽快")
    return Scene(done=done, refused=done, code="reminded_recently")


@scene("resident.withdraw")
async def _resident_withdraws(office: Office) -> Scene:
    done = await _of_resident(office, "withdraw", text="已自行解决")
    return Scene(done=done, refused=done, code="case_closed")


@scene("rate")
async def _rate(office: Office) -> Scene:
    found = await resolved(office, by_resident=True)
    link = (await office.get(f"/api/v1/cases/{found.case_id}", found.receipt))["rating"]
    body = {"contacted": True, "solved": True, "grade": 5, "tags": ["态度好"], "text": "很快"}
    done = Ask(
        case_id=found.case_id,
        headers={"Authorization": f"Rating {link['secret']}"},
        body=body,
        path=link["href"],
    )
    return Scene(done=done, refused=done, code="already_rated")
