"""An activity that runs for the whole system, somewhere, shift after shift. Knows none by name."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

SHIFTS_A_RUN = 100


async def shifts(activity: str) -> None:
    """Run the shifts of one history, then start anew."""
    for _ in range(SHIFTS_A_RUN):
        await workflow.execute_activity(
            activity,
            start_to_close_timeout=timedelta(hours=1),
            heartbeat_timeout=timedelta(seconds=10),
            retry_policy=RetryPolicy(maximum_interval=timedelta(seconds=5)),
        )
    workflow.continue_as_new()
