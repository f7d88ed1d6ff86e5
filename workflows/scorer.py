"""One workflow for the whole system: it keeps the scorer's activity running somewhere."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import KEEP_SCORES

from workflows.shifts import shifts

SCORER = "scorer"


@workflow.defn(name=SCORER)
class ScorerWorkflow:
    """Shift after shift, for ever."""

    @workflow.run
    async def run(self) -> None:
        """Run the shifts of one history, then start anew."""
        await shifts(KEEP_SCORES)
