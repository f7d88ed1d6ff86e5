"""One workflow per erasure, its id the erasure's: its clocks, then forgetting. No rule here."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import ERASE, EXECUTE_ERASURE
    from workflows.messages import ERASURE, Start

from workflows.errands import Errands


@workflow.defn(name=ERASURE)
class ErasureWorkflow(Errands):
    """The life of one erasure."""

    ACTIVITY = EXECUTE_ERASURE
    ERRAND = ERASE

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Live until everybody it names is forgotten, or nobody is to be."""
        await self.live_with_errands(start)
