"""One workflow for the whole system: it keeps the dispatcher's activity running somewhere."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.messages import DISPATCH

DISPATCHER = "dispatcher"
SHIFTS_A_RUN = 100


@workflow.defn(name=DISPATCHER)
class DispatcherWorkflow:
    """Shift after shift, for ever."""

    @workflow.run
    async def run(self) -> None:
        """Run the shifts of one history, then start anew."""
        for _ in range(SHIFTS_A_RUN):
            await workflow.execute_activity(
                DISPATCH,
                start_to_close_timeout=timedelta(hours=1),
                heartbeat_timeout=timedelta(seconds=10),
                retry_policy=RetryPolicy(maximum_interval=timedelta(seconds=5)),
            )
        workflow.continue_as_new()
