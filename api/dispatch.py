"""Sends commands to their workflow: one update, its id made of the command's id."""

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from api.errors import Problem
from domain.commands import Command, Register
from store.keys import KeyRing
from workflows.messages import CASE, EXECUTE_UPDATE, Start, Step, StepResult

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds a request waits for its command's outcome before it answers 202."""

AnyCommand: TypeAlias = Command
"""The commands of every noun. A noun adds its union here."""

AWAY = {RPCStatusCode.UNAVAILABLE, RPCStatusCode.CANCELLED, RPCStatusCode.UNKNOWN}
BUSY = {RPCStatusCode.RESOURCE_EXHAUSTED}
LATE = {RPCStatusCode.DEADLINE_EXCEEDED}


OPENING = (Register,)
"""Commands whose stream has no workflow yet."""


class OutcomeUnknown(Exception):
    """The command was sent; whether it took effect is not known yet."""


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """The way to the workflows."""

    client: Client
    task_queue: str
    workflow: str = CASE
    patience: float = PATIENCE
    ring: KeyRing | None = None

    async def send(
        self, stream: str, command: AnyCommand, expected_version: int | None = None
    ) -> StepResult:
        """The command's outcome. A stream without a running workflow gets it started again.

        `OutcomeUnknown` after the patience; `Problem` 503 when Temporal does not answer, 500 with
        the incident's id when the step failed for good.
        """
        step = _step(command, expected_version)
        try:
            async with asyncio.timeout(self.patience):
                return await self._sent(stream, command, step)
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise OutcomeUnknown from error
        except WorkflowUpdateFailedError as error:
            raise _failed(error) from error
        except RPCError as error:
            raise _away(error) from error
        except RuntimeError as error:  # the client could not connect at all
            log.warning("Temporal does not answer: %s", error)
            raise _unavailable() from error

    async def _sent(self, stream: str, command: AnyCommand, step: Step) -> StepResult:
        way = self._started if isinstance(command, OPENING) else self._running
        update_id = self._update_id(step)
        try:
            return await way(stream, step, update_id)
        except WorkflowUpdateFailedError:
            # Temporal would tell of this failure for ever, also after its cause was mended. Under
            # another id the step is tried once more; the journal knows the command all the same.
            return await way(stream, step, f"{update_id}.{uuid4().hex[:8]}")

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

    def _update_id(self, step: Step) -> str:
        """The command's id and a keyed hash of what it asks.

        Temporal answers a known update id without asking what it says; another body under the
        same key has to reach the journal, which refuses it.
        """
        if self.ring is None:
            return step.command_id
        asked = {name: value for name, value in step.command.items() if name != "at"}
        told = self.ring.lookup("update\0" + json.dumps(asked, sort_keys=True))
        return f"{step.command_id}.{told[:16]}"


def _step(command: AnyCommand, expected_version: int | None) -> Step:
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


def _failed(error: WorkflowUpdateFailedError) -> Problem:
    cause: BaseException | None = error.cause
    while isinstance(cause, ActivityError):
        cause = cause.cause
    incident = cause.message if isinstance(cause, ApplicationError) else "unknown"
    log.error("step failed: %s", incident)
    return Problem(500, "failure", "tell your administrator the incident", incident=incident)


def _away(error: RPCError) -> Exception:
    if error.status in LATE:
        return OutcomeUnknown()
    if error.status in AWAY | BUSY:
        log.warning("Temporal does not answer: %s", error)
        return _unavailable()
    return error


def _unavailable() -> Problem:
    return Problem(
        503,
        "temporal_unavailable",
        "nothing was lost; send the same request with the same Idempotency-Key again",
        headers={"Retry-After": "5"},
    )
