"""The office's one workflow: commands and clocks as in `entity`, and its errands. Knows no rule."""

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from activities.messages import EXECUTE_OFFICE, HAND_OVER, Step
    from workflows.messages import OFFICE, Start

from workflows.entity import PAUSE_AFTER_DEFECT, RETRY, Entity


@workflow.defn(name=OFFICE)
class OfficeWorkflow(Entity):
    """The life of the office; it does not end."""

    ACTIVITY = EXECUTE_OFFICE
    AT_MOST = timedelta(hours=1)
    """Files are put in force without it: by then it has seen which posts end by them."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Take commands, keep the clocks, and hand over cases meanwhile."""
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
                    HAND_OVER,
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
