"""One workflow for the whole system: it keeps the historian's activity running somewhere."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import KEEP_SPANS

from workflows.shifts import shifts

HISTORIAN = "historian"


@workflow.defn(name=HISTORIAN)
class HistorianWorkflow:
    """Shift after shift, for ever."""

    @workflow.run
    async def run(self) -> None:
        """Run the shifts of one history, then start anew."""
        await shifts(KEEP_SPANS)
