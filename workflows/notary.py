"""One workflow for the whole system: it keeps the notary's activity running somewhere."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import NOTARISE

from workflows.shifts import shifts

NOTARY = "notary"


@workflow.defn(name=NOTARY)
class NotaryWorkflow:
    """Shift after shift, for ever."""

    @workflow.run
    async def run(self) -> None:
        """Run the shifts of one history, then start anew."""
        await shifts(NOTARISE)
