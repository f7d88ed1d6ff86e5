"""What nobody asks for (R13): a finding of a patrol, and a visit with what it found, verified."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cli.demo.stories import LOOK_EVERY, TRIES, Story
from cli.demo.town import JSON, Refusal, Town
from cli.local.failure import LocalError
from domain.words import Role

GRID = "liuyinli-2"
FOUND: Mapping[str, str] = {
    "sample_id": "patrol",
    "story": "unasked",
    "type": "request",
    "channel": "patrol",
    "item_id": "c01-01",
    "title": "巡查发现路灯不亮",
    "text": "夜间巡查，小区东门两盏路灯不亮。",
    "urgency": "normal",
    "unit_id": GRID,
    "address": "小区东门",
    "longitude": "",
    "latitude": "",
    "reporter_name": "",
    "reporter_phone": "",
    "other_party": "",
}
VISIT: JSON = {
    "occasion": "living_alone",
    "place": {"unit_id": GRID, "address": "3 号楼"},
    "met": 1,
    "asked": "近来身体好不好，缺什么",
    "found": "楼道灯不亮，上下楼不便",
    "cases": [{"item_id": "c01-01", "title": "楼道灯不亮", "text": "走访时发现，三楼楼道灯坏了。"}],
}


@dataclass(slots=True)
class Unasked(Story):
    """A case without a resident: nobody rates it, so somebody looks whether it is done."""

    async def play(self) -> str:
        """From the finding to the look at it; the case's number."""
        await self._open()
        return await self.settle()

    async def settle(self) -> str:
        """The same for a case that is there already."""
        await self._arrive_in_work()
        await self._resolve()
        await self._verify()
        return self.case_id

    async def _verify(self) -> None:
        """By whoever is asked; the clock may ask the next superior meanwhile: then look again."""
        for _ in range(TRIES):
            case = await self.town.look(self.case_id)
            asked = [q["person"] for q in case["questions"] if q["kind"] == "verification"]
            with suppress(Refusal):
                told = {"done": True, "text": "现场已看，灯亮了。"}
                await self.town.ask(asked[0]["id"], self.case_id, "verify", **told)
                return
        raise LocalError(f"{self.case_id}: nobody verified it")


async def play(town: Town) -> str:
    """Both, as one line that says what became of them."""
    found = await Unasked(town, FOUND, 0).play()
    visit_id, cases = await _visit(town)
    for case_id in cases:
        await Unasked(town, FOUND, 0, case_id=case_id).settle()
    return f"found on patrol and verified: {found}; {visit_id} opened {', '.join(cases)}, verified"


async def _visit(town: Town) -> tuple[str, list[str]]:
    """A visit of a grid worker's, and its cases once they are there."""
    at = datetime.now(UTC) - timedelta(seconds=1)
    body = {**VISIT, "visited_at": at.isoformat()}
    told = await town.visit(body, town.holder(Role.GRID_WORKER, GRID))
    visit = told["visit"]
    while any(case["state"] == "waiting" for case in visit["opens"]):
        await asyncio.sleep(LOOK_EVERY)
        visit = (await town.visited(visit["visit_id"]))["visit"]
    return str(visit["visit_id"]), [str(c["case_id"]) for c in visit["opens"]]
