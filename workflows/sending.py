"""The way of a command to its workflow: one update, started with the workflow where none runs."""

from dataclasses import dataclass, replace
from typing import TypeAlias
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from temporalio.client import Client, WithStartWorkflowOperation, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.admission.commands import AdmissionCommand
from domain.commands import Command
from domain.erasure.commands import ErasureCommand
from domain.office.commands import OfficeCommand
from domain.report.commands import ReportCommand
from domain.streams import noun_of
from domain.visit.commands import VisitCommand
from workflows.messages import CASE, EXECUTE_UPDATE, Start, Step, StepResult

AnyCommand: TypeAlias = (
    Command | AdmissionCommand | OfficeCommand | VisitCommand | ErasureCommand | ReportCommand
)
"""The commands of every noun. A noun adds its union here."""


class WrongStream(LookupError):
    """The id of another noun's stream, and the noun whose it is not."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the workflows of one noun."""

    client: Client
    task_queue: str
    workflow: str = CASE

    async def send(
        self, stream: str, step: Step, update_id: str, *, begins: bool = False
    ) -> StepResult:
        """The outcome of a step; `begins` where no workflow can be running yet.

        Raises what the client raises: `WorkflowUpdateFailedError` when the step failed for good;
        `WrongStream` for the id of another noun, under which no workflow of this one may run.
        """
        if noun_of(stream) != self.workflow:
            raise WrongStream(stream, self.workflow)
        way = self._started if begins else self._running
        try:
            return await way(stream, step, update_id)
        except WorkflowUpdateFailedError:
            # Temporal would tell of this failure for ever, also after its cause was mended. Under
            # another id the step is tried once more; the journal knows the command all the same.
            return await way(stream, step, f"{update_id}.{uuid4().hex[:8]}")

    async def tell(self, stream: str, command: AnyCommand) -> StepResult:
        """The outcome of a command one stream sends to another, of whatever noun; its id tells
        repeats apart.
        """
        step, way = step_of(command), replace(self, workflow=noun_of(stream))
        return await way.send(stream, step, step.command_id)

    async def _running(self, stream: str, step: Step, update_id: str) -> StepResult:
        handle = self.client.get_workflow_handle(stream)
        try:
            found: StepResult = await handle.execute_update(
                EXECUTE_UPDATE, step, id=update_id, result_type=StepResult
            )
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        except WorkflowUpdateFailedError as error:
            # Accepted by a workflow that ended before it could answer: a new one asks the journal.
            if not _ended(error):
                raise
        else:
            return found
        return await self._started(stream, step, update_id)

    async def _started(self, stream: str, step: Step, update_id: str) -> StepResult:
        start: WithStartWorkflowOperation[object, None] = WithStartWorkflowOperation(
            self.workflow,
            Start(),
            id=stream,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        result: StepResult = await self.client.execute_update_with_start_workflow(
            EXECUTE_UPDATE,
            step,
            start_workflow_operation=start,
            id=update_id,
            result_type=StepResult,
        )
        return result


def step_of(command: AnyCommand, expected_version: int | None = None) -> Step:
    """The command as a workflow hands it on."""
    cls: type = type(command)
    return Step(
        kind=command.kind,
        command_id=str(UUID(command.command_id)),
        command=_adapter(cls).dump_python(command, mode="json"),
        expected_version=expected_version,
    )


_adapters: dict[type, TypeAdapter[AnyCommand]] = {}


def _adapter(cls: type) -> TypeAdapter[AnyCommand]:
    if cls not in _adapters:
        _adapters[cls] = TypeAdapter(cls)
    return _adapters[cls]


def _ended(error: WorkflowUpdateFailedError) -> bool:
    cause = error.cause
    return isinstance(cause, ApplicationError) and cause.type == "AcceptedUpdateCompletedWorkflow"
