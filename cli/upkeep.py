"""What keeps the system running: workflows started from the journal, a restored database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from temporalio.client import Client
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from settings import Settings
from store import admissions, erasures, reading, sequencer
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
    ring = KeyRing.of(settings)
    return await connect(Server.of(settings), ring)


@dataclass(slots=True)
class Woken:
    """What became of the streams that still wait: by noun how many there are and how many ran
    already, and those that could not be started, each with the reason.
    """

    waiting: dict[str, int] = field(default_factory=dict)
    running: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def started(self) -> int:
        """How many run now and did not before."""
        return sum(self.waiting.values()) - sum(self.running.values()) - len(self.failed)


Progress = Callable[[int], None]
"""Told how many more were seen to."""


async def rebuild_workflows(
    settings: Settings, client: Client | None = None, progress: Progress = lambda _: None
) -> Woken:
    """Start a workflow for everything that still waits for something and has none.

    Each wakes with a tick, and from then on keeps the clocks the journal gives it. The office and
    those who number events, deliver notices and sign checkpoints start as well. A second time it
    finds all of them running.
    """
    from worker import start_keepers

    found = client or await client_of(settings)
    await start_keepers(found, settings.task_queue)
    woken = Woken()
    for noun in OPEN:
        async for ids in _open(settings, noun):
            await _wake(found, settings.task_queue, ids, noun, woken)
            progress(len(ids))
    return woken


async def waiting(settings: Settings) -> int:
    """How many streams there are that still wait for something."""
    count = 0
    for noun in OPEN:
        async for ids in _open(settings, noun):
            count += len(ids)
    return count


async def start(client: Client, task_queue: str, ids: Sequence[str], workflow: str = CASE) -> Woken:
    """Start a workflow for each of these that has none."""
    woken = Woken()
    await _wake(client, task_queue, ids, workflow, woken)
    return woken


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


async def _wake(
    client: Client, task_queue: str, ids: Sequence[str], workflow: str, woken: Woken
) -> None:
    gate = asyncio.Semaphore(AT_ONCE)
    woken.waiting[workflow] = woken.waiting.get(workflow, 0) + len(ids)

    async def one(stream: str) -> None:
        async with gate:
            try:
                await client.start_workflow(
                    workflow, Start(wake=True), id=stream, task_queue=task_queue
                )
            except WorkflowAlreadyStartedError:
                woken.running[workflow] = woken.running.get(workflow, 0) + 1
            except RPCError as error:
                woken.failed[stream] = f"{error.status.name}: {error.message}"

    await asyncio.gather(*map(one, ids))


async def wake_missing(settings: Settings) -> int:
    """Start a workflow for what waits and is not on Temporal's list; how many there were.

    Quicker than `rebuild_workflows` where nearly everything runs, which is what the list is for.
    """
    client = await client_of(settings)
    count = 0
    for noun in OPEN:
        running = {found.id async for found in client.list_workflows(_running(noun))}
        async for ids in _open(settings, noun):
            missing = [each for each in ids if each not in running]
            count += (await start(client, settings.task_queue, missing, noun)).started
    return count


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
