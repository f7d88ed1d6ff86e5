"""One workflow per visit, its id the visit's. How it lives is in `entity`; no rule here."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import EXECUTE_VISIT
    from workflows.messages import VISIT, Start

from workflows.entity import Entity


@workflow.defn(name=VISIT)
class VisitWorkflow(Entity):
    """The life of one visit's record: as long as a command takes."""

    ACTIVITY = EXECUTE_VISIT

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Live until the command is carried out."""
        await self.live(start)
