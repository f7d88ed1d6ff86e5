"""Hands the open cases of an ended post over, one by one, through each case's own workflow.

It may be cut off anywhere: the work list says what is left, and a command sent twice has one
effect, for its id comes from the post, the case and the attempt.
"""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.client import WorkflowUpdateFailedError

from activities.messages import HAND_OVER, Step, StepResult
from domain.commands import Actor, Assign, Command, ReplaceOfficer
from domain.office.commands import RecordHandOver
from domain.office.state import HandOver
from domain.words import ActorKind
from store import hand_overs, journal
from store.codec import adapter
from store.database import raw
from store.folds import OFFICE
from store.hand_overs import OFFICER, Progress, Task
from store.journal import Loaded

Tell = Callable[[str, Command], Awaitable[StepResult]]
"""(case, command) → its outcome, from the case's own workflow."""

log = logging.getLogger(__name__)

SPACE = uuid.UUID("5f0c7b0e-3c7e-4c55-8d55-6d1f5a2b9c40")
SYSTEM = Actor(kind=ActorKind.SYSTEM)
PAGE = 40
AT_ONCE = 8
ROUNDS = 3
"""How often to look for cases that came to the post while it was being emptied."""
NEEDLESS = frozenset(
    {"case_closed", "no_such_case", "not_in_charge_any_more", "officer_still_here"}
)
"""Refusals that say the case needs no hand-over any more."""


@dataclass(frozen=True, slots=True)
class HandOverActivities:
    """The one activity of hand-overs."""

    engine: AsyncEngine
    tell: Tell

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.hand_over]

    @activity.defn(name=HAND_OVER)
    async def hand_over(self, stream: str, post_id: str) -> Step:
        """Hand over all that can be; the command that tells the office how far it got."""
        plan = await self._plan(stream, post_id)
        if plan is None:
            return _report(post_id, 0, None)
        for _ in range(ROUNDS):
            async with raw(self.engine) as connection:
                await hand_overs.list_cases(connection, post_id)
            if not await self._empty(plan):
                break
        async with raw(self.engine) as connection:
            found = await hand_overs.progress(connection, [post_id])
        return _report(post_id, plan.attempt, found[0] if found else None)

    async def _plan(self, stream: str, post_id: str) -> HandOver | None:
        async with raw(self.engine) as connection:
            loaded: Loaded[Any] = await journal.load(connection, OFFICE, stream)
        plans = (h for h in loaded.state.hand_overs if h.begun and h.post_id == post_id)
        return next(plans, None)

    async def _empty(self, plan: HandOver) -> int:
        """Go through the list once; how many cases moved."""
        moved, after = 0, None
        while True:
            async with raw(self.engine) as connection:
                tasks = await hand_overs.next_tasks(connection, plan.post_id, after, PAGE)
            if not tasks:
                return moved
            for start in range(0, len(tasks), AT_ONCE):
                activity.heartbeat()
                some = tasks[start : start + AT_ONCE]
                moved += sum(await asyncio.gather(*(self._one(plan, task) for task in some)))
            after = tasks[-1]

    async def _one(self, plan: HandOver, task: Task) -> bool:
        """Hand one case over; whether anything came of it. What is refused stays on the list."""
        try:
            result = await self.tell(task.case_id, _command(plan, task))
        except WorkflowUpdateFailedError:
            log.exception("case %s could not be handed over", task.case_id)
            return False  # a defect of one case does not keep the others waiting
        refusal = result.refusal.code if result.refusal else None
        if refusal is not None and refusal not in NEEDLESS:
            return False
        async with raw(self.engine) as connection:
            handed = refusal is None
            await hand_overs.settle(connection, plan.post_id, task, handed=handed)
        return True


def _command(plan: HandOver, task: Task) -> Command:
    name = f"{plan.post_id}\0{plan.attempt}\0{task.case_id}\0{task.duty}"
    command_id, now = str(uuid.uuid5(SPACE, name)), datetime.now(UTC)
    if task.duty == OFFICER:
        return ReplaceOfficer(command_id=command_id, at=now, actor=SYSTEM, post_id=plan.successor)
    return Assign(
        command_id=command_id,
        at=now,
        actor=SYSTEM,
        post_id=plan.successor,
        instead_of=plan.post_id,
    )


def _report(post_id: str, attempt: int, progress: Progress | None) -> Step:
    handed = progress.handed if progress else {}
    command = RecordHandOver(
        command_id=str(uuid.uuid5(SPACE, f"{post_id}\0{attempt}\0report")),
        at=datetime.now(UTC),
        actor=SYSTEM,
        post_id=post_id,
        to=tuple(handed),
        numbers=tuple(handed.values()),
        left=progress.left if progress else 0,
    )
    asked = adapter(RecordHandOver).dump_python(command, mode="json")
    return Step(kind=command.kind, command_id=command.command_id, command=asked)
