"""One workflow for the whole system: it keeps the sequencer's activity running somewhere."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import SEQUENCE

from workflows.shifts import shifts

SEQUENCER = "sequencer"


@workflow.defn(name=SEQUENCER)
class SequencerWorkflow:
    """Shift after shift, for ever."""

    @workflow.run
    async def run(self) -> None:
        """Run the shifts of one history, then start anew."""
        await shifts(SEQUENCE)
