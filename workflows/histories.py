"""What Temporal keeps of a workflow, deleted: its histories hold what people said, sealed under the
master key and not under their own (R14.4).
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

PAUSE = 0.5
PATIENCE = 60.0
"""Seconds to wait until none is found any more, before it is tried again as a whole."""


class StillThere(RuntimeError):
    """A history of the workflow is there; it is tried again."""


@dataclass(frozen=True, slots=True)
class Histories:
    """Deletes them. Only those of a workflow that has ended: a running one is never cut off."""

    client: Client

    async def forget(self, workflow_id: str, alive: Callable[[], None]) -> int:
        """Delete every run, and look until there is none; how many were seen."""
        seen: set[str] = set()
        end = time.monotonic() + PATIENCE
        while runs := await self._runs(workflow_id):
            for run_id, running in runs.items():
                if not running:
                    await self._delete(workflow_id, run_id)
                    seen.add(run_id)
            alive()
            if time.monotonic() > end:
                raise StillThere(workflow_id)
            await asyncio.sleep(PAUSE)
        return len(seen)

    async def _runs(self, workflow_id: str) -> dict[str, bool]:
        """The runs there are, with whether they go on: what is listed lags, so the last is asked
        for by itself.
        """
        running = WorkflowExecutionStatus.RUNNING
        quoted = workflow_id.replace("'", "''")
        found = {
            each.run_id: each.status is running
            async for each in self.client.list_workflows(f"WorkflowId = '{quoted}'")
        }
        for run_id in (*found, ""):
            try:
                handle = self.client.get_workflow_handle(workflow_id, run_id=run_id or None)
                last = await handle.describe()
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
                continue
            found[last.run_id] = last.status is running
        return found

    async def _delete(self, workflow_id: str, run_id: str) -> None:
        execution = WorkflowExecution(workflow_id=workflow_id, run_id=run_id)
        request = DeleteWorkflowExecutionRequest(
            namespace=self.client.namespace, workflow_execution=execution
        )
        try:
            await self.client.workflow_service.delete_workflow_execution(request)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
