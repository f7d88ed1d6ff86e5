"""One workflow per report, its id the report's. How it lives is in `entity`; no rule here."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import EXECUTE_REPORT
    from workflows.messages import REPORT, Start

from workflows.entity import Entity


@workflow.defn(name=REPORT)
class ReportWorkflow(Entity):
    """The life of one report's record: as long as a command takes."""

    ACTIVITY = EXECUTE_REPORT

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Live until the command is carried out."""
        await self.live(start)
