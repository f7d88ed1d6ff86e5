"""The office's one workflow: commands and clocks as in `entity`, and its errands. Knows no rule."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import EXECUTE_OFFICE, HAND_OVER
    from workflows.messages import OFFICE, Start

from workflows.errands import Errands


@workflow.defn(name=OFFICE)
class OfficeWorkflow(Errands):
    """The life of the office; it does not end."""

    ACTIVITY = EXECUTE_OFFICE
    ERRAND = HAND_OVER
    AT_MOST = timedelta(hours=1)
    """Files are put in force without it: by then it has seen which posts end by them."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Take commands, keep the clocks, and hand over cases meanwhile."""
        await self.live_with_errands(start)
