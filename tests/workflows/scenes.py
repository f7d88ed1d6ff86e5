"""Small lives of case workflows on a real Temporal, with an activity that only counts.

For replay and for the loop itself: what the rules decide is tested elsewhere.
"""

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.messages import EXECUTE
from worker import runner
from workflows.case import CaseWorkflow
from workflows.messages import Position, Refusal, Step, StepResult

QUEUE = "scenes"
Next = Callable[[int], timedelta | None]


@dataclass(slots=True)
class Counting:
    """Stands for the journal: each command is one version; `next_due` plans the clocks."""

    next_due: Next
    ends_after: int
    kinds: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    breaks: int = 0
    _answers: dict[str, StepResult] = field(default_factory=dict)

    @activity.defn(name=EXECUTE)
    async def execute(self, _case_id: str, step: Step) -> StepResult:
        if self.breaks:
            self.breaks -= 1
            raise ApplicationError("a defect", non_retryable=True)
        if step.command_id in self._answers:
            return self._answers[step.command_id]
        if step.kind in self.refuses:
            return self._refused()
        self.kinds.append(step.kind)
        done = len(self.kinds)
        self._answers[step.command_id] = StepResult(
            accepted=True, first_version=done, last_version=done, position=self._position()
        )
        return self._answers[step.command_id]

    def _refused(self) -> StepResult:
        refusal = Refusal(code="no", rule="R0")
        done = len(self.kinds)
        return StepResult(
            accepted=False,
            first_version=done + 1,
            last_version=done,
            refusal=refusal,
            position=self._position(),
        )

    def _position(self) -> Position:
        done = len(self.kinds)
        wait = self.next_due(done)
        return Position(
            version=done,
            stage="grid",
            unit="bridge-1",
            phase="in_progress",
            next_due=None if wait is None else datetime.now(UTC) + wait,
            ended=done >= self.ends_after,
        )


def step(kind: str = "accept") -> Step:
    command_id = str(uuid.uuid4())
    return Step(kind=kind, command_id=command_id, command={"kind": kind})


@asynccontextmanager
async def working(
    client: Client, counting: Counting, queue: str = QUEUE, *, sandboxed: bool = True
) -> AsyncIterator[Worker]:
    worker = Worker(
        client,
        task_queue=queue,
        workflows=[CaseWorkflow],
        activities=[counting.execute],
        workflow_runner=runner() if sandboxed else UnsandboxedWorkflowRunner(),
    )
    async with worker:
        yield worker
