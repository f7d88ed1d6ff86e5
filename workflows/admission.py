"""One workflow per admission, its id the admission's. How it lives is in `entity`; no rule here."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import EXECUTE_ADMISSION
    from workflows.messages import ADMISSION, Start

from workflows.entity import Entity


@workflow.defn(name=ADMISSION)
class AdmissionWorkflow(Entity):
    """The life of one admission."""

    ACTIVITY = EXECUTE_ADMISSION

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Live until the admission is over."""
        await self.live(start)
