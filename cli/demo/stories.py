"""How each kind of sample request goes: who does what, until the resident has rated."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cli.demo.town import JSON, Refusal, Town
from cli.local.failure import LocalError
from domain.words import LADDER, UNATTENDED, Channel, Role, Stage

Sample = Mapping[str, str]
GRADES = (5, 4, 5, 3, 5, 4, 2, 5)
RECEIVERS = {
    "grid_visit": Role.GRID_WORKER,
    "patrol": Role.GRID_WORKER,
    "deliberation_hall": Role.COMMUNITY_WORKER,
}
TRIES = 8
LOOK_EVERY = 0.3
"""Seconds between looks at a case that waits for its clock."""


@dataclass(slots=True)
class Story:
    """One sample request on its way."""

    town: Town
    sample: Sample
    number: int
    case_id: str = ""
    receipt: JSON | None = None

    async def play(self) -> str:
        """From first contact to the end; the case's number."""
        await self._open()
        ending = ENDINGS.get(self.sample["story"], Story.climb_and_resolve)
        await ending(self)
        return self.case_id

    # -- the ways they go ----------------------------------------------------

    async def climb_and_resolve(self) -> None:
        """Up to the rung the story names, resolved there, followed up, rated."""
        await self._receive()
        target = Stage(self.sample["story"]) if self.sample["story"] in LADDER else Stage.GRID
        if self.sample["story"] == "settled_on_the_spot":
            target = Stage.FIRST_CONTACT
        await self._up_to(target)
        await self._finish()

    async def hold_and_resolve(self) -> None:
        """Put on hold for the resident, who adds what is missing."""
        await self._arrive_in_work()
        await self._do("suspend", ground="awaiting_resident", text="请居民补充材料后继续办理")
        await self._resident("add_information", text="材料已补充，请继续办理。")
        await self._do("resume", text="材料收到")
        await self._finish()

    async def extend_and_resolve(self) -> None:
        """More time is asked for, and the unit above grants it."""
        await self._arrive_in_work()
        span = {"amount": 2, "unit": "seconds"}
        case = await self.town.look(self.case_id)
        with suppress(Refusal):  # the clock may have been faster
            handler = case["handler"]["id"]
            told = "现场情况复杂，申请延期"
            await self.town.ask(
                handler, self.case_id, "request_extension", extend_by=span, text=told
            )
            above = self.town.book.organisation.path(case["unit"]["id"])[1]
            decider = self.town.holder(Role.SUPERVISOR, above)
            await self.town.ask(
                decider, self.case_id, "decide_extension", granted=True, text="同意"
            )
        await self._finish()

    async def miss_acceptance(self) -> None:
        """Nobody accepts; the clock sends the case up."""
        await self._hand_over()
        await self._until_moved()
        await self._accept()
        await self._finish()

    async def miss_handling(self) -> None:
        """Accepted, then left lying; the clock sends the case up."""
        await self._arrive_in_work()
        await self._until_moved()
        await self._accept()
        await self._finish()

    async def withdraw(self) -> None:
        """The resident takes it back; where staff have seen the receipt, a superior looks at it."""
        await self._hand_over()
        await self._resident("withdraw", text="问题已经自己解决了，谢谢。")
        if (await self.town.look(self.case_id))["closing"] is None:
            told = {"approved": True, "text": "已电话向居民核实"}
            await self._decide("withdrawal", "decide_withdrawal", **told)

    async def remind_and_resolve(self) -> None:
        """The resident asks to be thought of."""
        await self._arrive_in_work()
        await self._resident("remind", text="请问进展如何？")
        await self._finish()

    async def resolve_unrated(self) -> None:
        """Nobody rates; it closes by itself."""
        await self._arrive_in_work()
        await self._resolve()

    async def hurry(self) -> None:
        """An emergency: on site at once."""
        await self._arrive_in_work()
        await self._do("arrive_on_site", text="已到现场")
        await self._finish()

    # -- their steps ---------------------------------------------------------

    async def _open(self) -> None:
        sample = self.sample
        place: JSON = {"address": sample["address"], "unit_id": sample["unit_id"]}
        if sample["longitude"]:
            place["longitude"] = float(sample["longitude"])
            place["latitude"] = float(sample["latitude"])
        body: JSON = {
            "case_type": sample["type"],
            "channel": sample["channel"],
            "item_id": sample["item_id"],
            "title": sample["title"],
            "text": sample["text"],
            "urgency": sample["urgency"],
            "place": place,
            "reporter": {"name": sample["reporter_name"], "phone": sample["reporter_phone"]},
        }
        if sample["other_party"]:
            body["parties"] = [{"name": sample["other_party"]}]
        opened = await self.town.open(body, self._receiver())
        self.receipt = opened["receipt"]
        self.case_id = opened["receipt"]["case_id"]

    def _receiver(self) -> str | None:
        channel = Channel(self.sample["channel"])
        if channel in UNATTENDED:
            return None
        role = RECEIVERS.get(channel, Role.FIRST_CONTACT_CLERK)
        unit_id = self.sample["unit_id"]
        if role is Role.GRID_WORKER:
            grids = self.town.book.organisation.subtree(unit_id)
            unit_id = next((g for g in grids if self._grid_worker(g)), unit_id)
        return self.town.holder(role, unit_id)

    def _grid_worker(self, unit_id: str) -> bool:
        posts = self.town.book.organisation.posts_in(unit_id)
        return any(post.role is Role.GRID_WORKER and not post.valid_until for post in posts)

    async def _do(self, kind: str, **fields: Any) -> None:  # noqa: ANN401 - a command's own fields
        """As whoever is in charge. A clock may have moved the case meanwhile: then look again."""
        for _ in range(TRIES):
            case = await self.town.look(self.case_id)
            handler = case["handler"]["id"]
            try:
                if case["phase"] == "awaiting_acceptance":
                    await self.town.ask(handler, self.case_id, "accept")
                await self.town.ask(handler, self.case_id, kind, **fields)
            except Refusal as refusal:
                if refusal.code == "order_unanswered":
                    await self._answer_order(handler)
            else:
                return
        raise LocalError(f"{self.case_id}: {kind} was refused {TRIES} times")

    async def _answer_order(self, handler: str) -> None:
        told = "已约谈责任人，正在加紧办理。"
        with suppress(Refusal):  # a new order may have come meanwhile: the next try answers it
            await self.town.ask(handler, self.case_id, "answer_supervision", text=told)

    async def _resident(self, kind: str, text: str) -> None:
        if self.receipt is not None:
            await self.town.say(self.receipt, kind, text=text)

    async def _receive(self) -> None:
        if Channel(self.sample["channel"]) in UNATTENDED:
            await self._accept()

    async def _accept(self) -> None:
        case = await self.town.look(self.case_id)
        while case["phase"] == "awaiting_acceptance":
            with suppress(Refusal):
                await self.town.ask(case["handler"]["id"], self.case_id, "accept")
                return
            await asyncio.sleep(LOOK_EVERY)
            case = await self.town.look(self.case_id)

    async def _arrive_in_work(self) -> None:
        """Received, handed over, accepted by the rung the catalogue names."""
        await self._hand_over()
        await self._accept()

    async def _up_to(self, target: Stage) -> None:
        case = await self.town.look(self.case_id)
        while LADDER.index(case["stage"]) < LADDER.index(target):
            with suppress(Refusal):  # the clock may have sent it up first
                await self._one_up(case)
            await self._accept()
            case = await self.town.look(self.case_id)

    async def _hand_over(self) -> None:
        """To the rung the catalogue names, unless the clock was faster."""
        await self._receive()
        case = await self.town.look(self.case_id)
        if case["stage"] == Stage.FIRST_CONTACT:
            with suppress(Refusal):
                await self._one_up(case)

    async def _one_up(self, case: JSON) -> None:
        handler = case["handler"]["id"]
        if case["stage"] == Stage.FIRST_CONTACT:
            await self.town.ask(handler, self.case_id, "hand_over", text="按事项目录转办")
            return
        done = "已到现场查看并做了初步处理"
        await self.town.ask(handler, self.case_id, "record_progress", text=done)
        reason = "beyond_authority"
        await self.town.ask(handler, self.case_id, "escalate", reason=reason, text="超出本级权限")

    async def _until_moved(self) -> None:
        """Wait for the clock: the rung it waits on breaks, or an order is given at the top."""
        before = await self.town.look(self.case_id)
        case = before
        while len(case["stints"]) == len(before["stints"]) and not case["breaches"]:
            await asyncio.sleep(LOOK_EVERY)
            case = await self.town.look(self.case_id)

    async def _resolve(self) -> None:
        await self._do("resolve", text="已处理完毕，现场恢复正常。", evidence=["现场照片-1"])

    async def _finish(self) -> None:
        await self._resolve()
        case = await self.town.look(self.case_id)
        await self.town.ask(
            case["officer"]["id"], self.case_id, "record_follow_up", contacted=True, solved=True
        )
        grade = GRADES[self.number % len(GRADES)]
        answers = {"contacted": True, "solved": grade > 2, "grade": grade}  # noqa: PLR2004 - R9.2
        await self.town.rate(self.case_id, answers)
        if grade <= 2:  # noqa: PLR2004 - R10
            await self._rectify()

    async def _rectify(self) -> None:
        """A superior finds the bad rating justified; it is done again, and rated again."""
        told = {"finding": "justified", "text": "现场核实，问题尚未解决"}
        await self._decide("review", "review_rating", **told)
        await self._accept()
        await self._resolve()
        case = await self.town.look(self.case_id)
        again = {"contacted": True, "solved": True, "grade": 4}
        await self.town.rate(self.case_id, again, case["round"])

    async def _decide(self, question: str, kind: str, **told: Any) -> None:  # noqa: ANN401
        """By whoever it is put to; the clock may pass it on meanwhile: then look again."""
        for _ in range(TRIES):
            case = await self.town.look(self.case_id)
            asked = [q["person"] for q in case["questions"] if q["kind"] == question]
            with suppress(Refusal):
                await self.town.ask(asked[0]["id"], self.case_id, kind, **told)
                return
        raise LocalError(f"{self.case_id}: nobody decided the {question}")


ENDINGS: Mapping[str, Callable[[Story], Awaitable[None]]] = {
    "suspended": Story.hold_and_resolve,
    "extended": Story.extend_and_resolve,
    "overdue_accept": Story.miss_acceptance,
    "overdue_handle": Story.miss_handling,
    "withdrawn": Story.withdraw,
    "reminded": Story.remind_and_resolve,
    "unrated": Story.resolve_unrated,
    "emergency": Story.hurry,
}
