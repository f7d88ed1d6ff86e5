"""A noun with errands outside its own stream: each is an activity whose answer is a step of it.
Knows no rule.
"""

import asyncio
from datetime import timedelta
from typing import ClassVar

from temporalio import workflow
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from activities.messages import Step
    from workflows.messages import Start

from workflows.entity import PAUSE_AFTER_DEFECT, RETRY, Entity


class Errands(Entity):
    """Takes commands, keeps the clocks, and runs errands meanwhile."""

    ERRAND: ClassVar[str]
    """The name of the activity that runs one, given the stream's id and the errand."""

    async def live_with_errands(self, start: Start) -> None:
        """As `live`, and one errand after another."""
        errands = asyncio.create_task(self._run_errands())
        try:
            await self.live(start)
        finally:
            errands.cancel()

    async def _run_errands(self) -> None:
        """One errand after another. One that was cut off is begun again: it does nothing twice."""
        while True:
            await workflow.wait_condition(lambda: bool(self._errand()))
            try:
                done: Step = await workflow.execute_activity(
                    self.ERRAND,
                    args=[self._stream, self._errand()],
                    result_type=Step,
                    start_to_close_timeout=timedelta(hours=6),
                    heartbeat_timeout=timedelta(seconds=15),
                    retry_policy=RETRY,
                )
                await self._step(done)
            except FailureError:
                workflow.logger.exception("errand failed")
                await workflow.sleep(PAUSE_AFTER_DEFECT)

    def _errand(self) -> str:
        return next(iter(self._position.errands), "") if self._position else ""
