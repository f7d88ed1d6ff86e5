"""Bare Temporal, the yardstick: an entity workflow whose update returns at once, no side effect.

As a module it is the worker, with the product worker's settings but the plain converter.
"""

import asyncio
import contextlib
import os
import signal
import uuid

from temporalio import workflow
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

with workflow.unsafe.imports_passed_through():
    from activities.messages import Step

QUEUE = "bench-bare"
ADDRESS = "BENCH_TEMPORAL"
NAMESPACE = "BENCH_NAMESPACE"


@workflow.defn(name="bare")
class BareWorkflow:
    """Counts its updates."""

    def __init__(self) -> None:
        self._count = 0

    @workflow.run
    async def run(self) -> None:
        """Wait for ever."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def execute(self, step: Step) -> int:  # noqa: ARG002 - received, as the product's is
        """Answer at once."""
        self._count += 1
        return self._count


async def connect(address: str, namespace: str) -> Client:
    """A client with pydantic's JSON and no codec."""
    return await Client.connect(
        address, namespace=namespace, data_converter=pydantic_data_converter
    )


class BareSide:
    """The client's end: opens an entity with its first update, then updates it."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def open(self) -> str:
        """Start a workflow with its first update; its id."""
        name = f"bare-{uuid.uuid4()}"
        start: WithStartWorkflowOperation[object, None] = WithStartWorkflowOperation(
            "bare", id=name, task_queue=QUEUE, id_conflict_policy=WorkflowIDConflictPolicy.FAIL
        )
        step = _step()
        count = await self._client.execute_update_with_start_workflow(
            "execute", step, start_workflow_operation=start, id=step.command_id, result_type=int
        )
        assert count == 1
        return name

    async def step(self, name: str, number: int) -> None:
        """One update; the workflow has counted all before it."""
        step = _step()
        handle = self._client.get_workflow_handle(name)
        count: int = await handle.execute_update(
            "execute", step, id=step.command_id, result_type=int
        )
        assert count == number + 1, (count, number)


def _step() -> Step:
    """A step as large as the product's."""
    command_id = str(uuid.uuid4())
    command = {
        "kind": "record_progress",
        "command_id": command_id,
        "at": "2026-03-02T01:00:00.000000Z",
        "actor": {"kind": "staff", "person_id": "wang-xiulan", "post_id": None},
        "text": "已到现场查看，联系了物业和施工单位，约定明天上午一起处理，已告知居民。",
    }
    return Step(kind="record_progress", command_id=command_id, command=command)


async def work() -> None:
    """The worker."""
    from worker import CASES_CACHED, CONNECTIONS, PASS_THROUGH

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    client = await connect(os.environ[ADDRESS], os.environ[NAMESPACE])
    runner = SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASS_THROUGH)
    )
    async with Worker(
        client,
        task_queue=QUEUE,
        workflows=[BareWorkflow],
        workflow_runner=runner,
        max_cached_workflows=CASES_CACHED,
        max_concurrent_local_activities=CONNECTIONS * 2,
    ):
        await stop.wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(work())
