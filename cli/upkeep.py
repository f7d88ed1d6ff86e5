"""Commands of the one who keeps the system running: restart workflows, rebuild views, restore."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy

from settings import Settings
from store import admissions, erasures, reading, rebuild, sequencer
from store.database import Connection, engine_for, raw
from store.keys import KeyRing
from workflows.connection import Server, connect
from workflows.messages import ADMISSION, CASE, ERASURE, Start

AT_ONCE = 16
OPEN: Mapping[str, Callable[[Connection, str], Awaitable[list[str]]]] = {
    CASE: reading.open_cases,
    ADMISSION: admissions.open_admissions,
    ERASURE: erasures.open_erasures,
}
"""Every noun's workflow, and what gives the ids of those that still wait for something."""


async def client_of(settings: Settings) -> Client:
    """A Temporal client of the settings' server."""
    ring = KeyRing.from_text(settings.master_key or "")
    return await connect(Server.of(settings), ring)


async def restart_open(settings: Settings, client: Client | None = None) -> int:
    """Start a workflow for every open case and admission that has none; how many are open.

    Each wakes with a tick, and from then on keeps the clocks the journal gives it. The office and
    those who number events and deliver notices start as well.
    """
    from worker import start_keepers

    found = client or await client_of(settings)
    await start_keepers(found, settings.task_queue)
    count = 0
    for noun in OPEN:
        async for ids in _open(settings, noun):
            await start(found, settings.task_queue, ids, noun)
            count += len(ids)
    return count


async def start(client: Client, task_queue: str, ids: Sequence[str], workflow: str = CASE) -> None:
    """Start a workflow for each of these that has none."""
    await _at_most(AT_ONCE, [_start(client, task_queue, each, workflow) for each in ids])


async def running_cases(client: Client) -> int:
    """How many case workflows Temporal knows to be running."""
    return (await client.count_workflows(_running(CASE))).count


def _running(workflow: str) -> str:
    return f"WorkflowType = '{workflow}' and ExecutionStatus = 'Running'"


async def _open(settings: Settings, workflow: str) -> AsyncIterator[list[str]]:
    engine = engine_for(settings.database_url or "", size=1)
    try:
        after = ""
        while True:
            async with raw(engine) as connection:
                ids = await OPEN[workflow](connection, after)
            if not ids:
                return
            yield ids
            after = ids[-1]
    finally:
        await engine.dispose()


async def _start(client: Client, task_queue: str, stream: str, workflow: str) -> None:
    await client.start_workflow(
        workflow,
        Start(wake=True),
        id=stream,
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
    """Start a workflow for whatever is open and Temporal does not run; how many there were."""
    client = await client_of(settings)
    count = 0
    for noun in OPEN:
        running = {found.id async for found in client.list_workflows(_running(noun))}
        async for ids in _open(settings, noun):
            missing = [each for each in ids if each not in running]
            await start(client, settings.task_queue, missing, noun)
            count += len(missing)
    return count


def rebuild_views(settings: Settings) -> int:
    """Make the lists of cases and admissions anew from the journal; how many cases there are."""
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
