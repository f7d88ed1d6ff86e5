"""One turn of deleting what was kept long enough; `workflows/schedules.py` starts it each day."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.messages import KEEP

KEEPING = "keeping"


@workflow.defn(name=KEEPING)
class KeepingWorkflow:
    """One turn."""

    @workflow.run
    async def run(self) -> None:
        """Delete, propose, record."""
        await workflow.execute_activity(
            KEEP,
            workflow.info().run_id,
            start_to_close_timeout=timedelta(hours=6),
            heartbeat_timeout=timedelta(minutes=2),
            retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=5)),
        )
