"""One workflow for the whole system: it keeps the dispatcher's activity running somewhere."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import DISPATCH

from workflows.shifts import shifts

DISPATCHER = "dispatcher"


@workflow.defn(name=DISPATCHER)
class DispatcherWorkflow:
    """Shift after shift, for ever."""

    @workflow.run
    async def run(self) -> None:
        """Run the shifts of one history, then start anew."""
        await shifts(DISPATCH)
