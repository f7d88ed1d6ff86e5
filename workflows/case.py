"""One workflow per case, its id the case id. How it lives is in `entity`; it knows no rule."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import EXECUTE
    from workflows.messages import CASE, Start

from workflows.entity import Entity


@workflow.defn(name=CASE)
class CaseWorkflow(Entity):
    """The life of one case."""

    ACTIVITY = EXECUTE

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        """Live until the case is closed."""
        await self.live(start)
