"""Sends commands to their workflow: one update, its id made of the command's id."""

import asyncio
import json
import logging
from dataclasses import dataclass

from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from api.errors import Problem
from domain.admission.commands import ApplyForAdmission
from domain.commands import Register
from domain.erasure.commands import RequestErasure
from domain.visit.commands import RecordVisit
from store.keys import KeyRing
from workflows.messages import CASE, Step, StepResult
from workflows.sending import AnyCommand, Way, step_of

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds a request waits for its command's outcome before it answers 202."""

AWAY = {RPCStatusCode.UNAVAILABLE, RPCStatusCode.CANCELLED, RPCStatusCode.UNKNOWN}
BUSY = {RPCStatusCode.RESOURCE_EXHAUSTED}
LATE = {RPCStatusCode.DEADLINE_EXCEEDED}


OPENING = (Register, ApplyForAdmission, RecordVisit, RequestErasure)
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
        step, way = (
            step_of(command, expected_version),
            Way(self.client, self.task_queue, self.workflow),
        )
        begins = isinstance(command, OPENING)
        try:
            async with asyncio.timeout(self.patience):
                return await way.send(stream, step, self._update_id(step), begins=begins)
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise OutcomeUnknown from error
        except WorkflowUpdateFailedError as error:
            raise _failed(error) from error
        except RPCError as error:
            raise _away(error) from error
        except RuntimeError as error:  # the client could not connect at all
            log.warning("Temporal does not answer: %s", error)
            raise _unavailable() from error

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
