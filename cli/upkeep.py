"""Commands of the one who keeps the system running: restart workflows, rebuild views, restore."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy

from settings import Settings
from store import reading, rebuild, sequencer
from store.database import engine_for, raw
from store.keys import KeyRing
from workflows.connection import Server, connect
from workflows.messages import CASE, Start

AT_ONCE = 16
RUNNING = f"WorkflowType = '{CASE}' and ExecutionStatus = 'Running'"


async def client_of(settings: Settings) -> Client:
    """A Temporal client of the settings' server."""
    ring = KeyRing.from_text(settings.master_key or "")
    return await connect(Server.of(settings), ring)


async def restart_cases(settings: Settings, client: Client | None = None) -> int:
    """Start a workflow for every open case that has none; how many cases are open.

    Each wakes with a tick, and from then on keeps the clocks the journal gives it. Those who number
    events and deliver notices start as well.
    """
    from worker import start_keepers

    found = client or await client_of(settings)
    await start_keepers(found, settings.task_queue)
    count = 0
    async for case_ids in _open_cases(settings):
        await start_cases(found, settings.task_queue, case_ids)
        count += len(case_ids)
    return count


async def start_cases(client: Client, task_queue: str, case_ids: Sequence[str]) -> None:
    """Start a workflow for each of these open cases that has none."""
    await _at_most(AT_ONCE, [_start(client, task_queue, case_id) for case_id in case_ids])


async def running_cases(client: Client) -> int:
    """How many case workflows Temporal knows to be running."""
    return (await client.count_workflows(RUNNING)).count


async def _open_cases(settings: Settings) -> AsyncIterator[list[str]]:
    engine = engine_for(settings.database_url or "", size=1)
    try:
        after = ""
        while True:
            async with raw(engine) as connection:
                case_ids = await reading.open_cases(connection, after)
            if not case_ids:
                return
            yield case_ids
            after = case_ids[-1]
    finally:
        await engine.dispose()


async def _start(client: Client, task_queue: str, case_id: str) -> None:
    await client.start_workflow(
        CASE,
        Start(wake=True),
        id=case_id,
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )


async def _at_most(limit: int, work: Sequence[Awaitable[None]]) -> None:
    gate = asyncio.Semaphore(limit)

    async def one(item: Awaitable[None]) -> None:
        async with gate:
            await item

    await asyncio.gather(*map(one, work))


async def restart_missing(settings: Settings) -> int:
    """Start a workflow for each open case that Temporal does not run; how many there were."""
    client = await client_of(settings)
    running = {found.id async for found in client.list_workflows(RUNNING)}
    count = 0
    async for case_ids in _open_cases(settings):
        missing = [case_id for case_id in case_ids if case_id not in running]
        await start_cases(client, settings.task_queue, missing)
        count += len(missing)
    return count


def rebuild_views(settings: Settings) -> int:
    """Make the case lists anew from the journal; how many cases there are."""
    ring = KeyRing.from_text(settings.master_key or "")
    return asyncio.run(on(settings.database_url or "", lambda c: rebuild.rebuild_all(c, ring)))


def after_restore(owner_url: str) -> int:
    """Number every event of a restored database; the last number."""
    return asyncio.run(on(owner_url, sequencer.after_restore))


async def on(url: str, work: Callable[..., Awaitable[int]]) -> int:
    """Do some work on one connection, however long it takes."""
    engine = engine_for(url, size=1, seconds=None)
    try:
        async with raw(engine) as connection:
            return await work(connection)
    finally:
        await engine.dispose()
