"""What every noun's workflow is: one update, one timer loop. Knows no rule and no noun.

Commands and due clocks take the same step under one lock. The workflow holds nothing the journal
does not: it can be started again from its id, which is the id of its stream of events.
"""

import asyncio
from datetime import datetime, timedelta
from typing import ClassVar

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from activities.messages import Position, Step, StepResult
    from workflows.messages import EXECUTE_UPDATE, Start

STAGE = SearchAttributeKey.for_keyword("ShouwenStage")
UNIT = SearchAttributeKey.for_keyword("ShouwenUnit")
DUE = SearchAttributeKey.for_datetime("ShouwenDue")

STEPS_A_RUN = 500
"""After so many steps the history starts anew."""

PAUSE_AFTER_DEFECT = timedelta(minutes=5)
"""How long a due clock waits when its step failed for a reason that retrying does not mend."""

PAUSE_AFTER_REFUSAL = timedelta(seconds=5)

RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=100),
    backoff_coefficient=2,
    maximum_interval=timedelta(seconds=5),
)


class Entity:
    """The life of one stream. Each noun's workflow names its activity and defines `run`."""

    ACTIVITY: ClassVar[str]
    """The name of the activity that carries out a step."""
    AT_MOST: ClassVar[timedelta | None] = None
    """How long it sleeps where no clock is due: longer than that only where all comes as a step."""

    def __init__(self, start: Start) -> None:
        self._stream = workflow.info().workflow_id
        self._position = start.position
        self._lock = asyncio.Lock()
        self._steps = 0
        self._failures = 0
        self._shown: Position | None = None

    async def live(self, start: Start) -> None:
        """Sleep until the next clock is due or a command has moved it; end with the noun."""
        await self._find_out(start)
        while not self._ended():
            if self._worn():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(Start(position=self._position))
            await self._sleep()
        await workflow.wait_condition(workflow.all_handlers_finished)

    async def _find_out(self, start: Start) -> None:
        """Learn where it stands. If the first step fails for good, time itself asks again."""
        if not start.wake:
            await workflow.wait_condition(lambda: self._position is not None or self._failures > 0)
        while self._position is None:
            await self._tick()

    @workflow.update(name=EXECUTE_UPDATE)
    async def execute(self, step: Step) -> StepResult:
        """Carry out one command and answer with its outcome."""
        return await self._step(step)

    async def _sleep(self) -> None:
        position = self._position
        due = position.next_due if position else None

        def moved() -> bool:
            now = self._position
            return now is None or now.ended or now.next_due != due or self._worn()

        timeout = self.AT_MOST if due is None else max(timedelta(), due - workflow.now())
        if timeout is not None and self.AT_MOST is not None:
            timeout = min(timeout, self.AT_MOST)
        try:
            await workflow.wait_condition(moved, timeout=timeout)
        except TimeoutError:
            # No command moved the clock meanwhile: time itself is the next command.
            await self._tick()

    async def _tick(self) -> None:
        try:
            result = await self._step(self._time_passed())
        except FailureError:
            # A defect in a rule must not wedge what lives here: its clocks ask again.
            workflow.logger.exception("tick failed")
            await workflow.sleep(PAUSE_AFTER_DEFECT)
            return
        if not result.accepted and not result.position.ended:
            # Refused, because this server's clock runs ahead of the database's: not in a hot loop.
            await workflow.sleep(PAUSE_AFTER_REFUSAL)

    def _time_passed(self) -> Step:
        command_id = str(workflow.uuid4())
        command = {
            "kind": "tick",
            "command_id": command_id,
            "at": workflow.now().isoformat(),
            "actor": {"kind": "system"},
        }
        return Step(kind="tick", command_id=command_id, command=command)

    async def _step(self, step: Step) -> StepResult:
        # The lock keeps steps in line: the await below gives way to other handlers.
        async with self._lock:
            try:
                result = await self._carry_out(step)
            except FailureError:
                self._failures += 1
                raise
            self._steps += 1
            self._position = result.position
            self._show(result.position)
            return result

    async def _carry_out(self, step: Step) -> StepResult:
        result: StepResult = await workflow.execute_local_activity(
            self.ACTIVITY,
            args=[self._stream, step],
            result_type=StepResult,
            start_to_close_timeout=timedelta(seconds=15),
            retry_policy=RETRY,
            summary=step.kind,
        )
        return result

    def _show(self, position: Position) -> None:
        """Tell Temporal's own views where it stands: ids only."""
        before = self._shown
        if position.stage and (before is None or _told(before) != _told(position)):
            self._shown = position
            due = (
                DUE.value_unset() if position.next_due is None else DUE.value_set(position.next_due)
            )
            workflow.upsert_search_attributes(
                [STAGE.value_set(position.stage), UNIT.value_set(position.unit), due]
            )
        workflow.set_current_details(
            f"{position.stage} · {position.unit} · {position.phase} · {position.next_due}"
        )

    def _ended(self) -> bool:
        return self._position is not None and self._position.ended

    def _worn(self) -> bool:
        return self._steps >= STEPS_A_RUN or workflow.info().is_continue_as_new_suggested()


def _told(position: Position) -> tuple[str, str, datetime | None]:
    """What Temporal's search attributes say of a position."""
    return position.stage, position.unit, position.next_due
