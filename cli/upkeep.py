"""Commands of the one who keeps the system running: restart workflows, rebuild views, restore."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import typer
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy

from cli.local.resolve import owner_url, resolve
from settings import Settings, load_settings
from store import reading, rebuild, sequencer
from store.database import engine_for, raw
from store.keys import KeyRing
from workflows.connection import Server, connect
from workflows.messages import CASE, CaseStart

AT_ONCE = 16


async def client_of(settings: Settings) -> Client:
    """A Temporal client of the settings' server."""
    ring = KeyRing.from_text(settings.master_key or "")
    server = Server.at(
        settings.temporal_address or f"127.0.0.1:{settings.temporal_port}",
        settings.temporal_namespace,
        settings.temporal_tls_ca,
        settings.temporal_tls_cert,
        settings.temporal_tls_key,
    )
    return await connect(server, ring)


async def restart_cases(settings: Settings, client: Client | None = None) -> int:
    """Start a workflow for every open case that has none; how many cases are open.

    Each wakes with a tick, and from then on keeps the clocks the journal gives it.
    """
    found = client or await client_of(settings)
    count = 0
    async for case_ids in _open_cases(settings):
        starts = [_start(found, settings.task_queue, case_id) for case_id in case_ids]
        await _at_most(AT_ONCE, starts)
        count += len(case_ids)
    return count


async def running_cases(client: Client) -> int:
    """How many case workflows Temporal knows to be running."""
    query = f"WorkflowType = '{CASE}' and ExecutionStatus = 'Running'"
    return (await client.count_workflows(query)).count


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
        CaseStart(wake=True),
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


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (restart, rebuild_views, after_restore):
        app.command(command.__name__.replace("_", "-"))(command)


def restart() -> None:
    """Start a workflow for every open case that has none (after Temporal's database was lost)."""
    settings = resolve(load_settings())
    count = asyncio.run(restart_cases(settings))
    typer.echo(f"{count} open cases have their workflow")


def rebuild_views() -> None:
    """Make the case lists anew from the journal; the system may go on running."""
    settings = resolve(load_settings())
    ring = KeyRing.from_text(settings.master_key or "")
    count = asyncio.run(_on(settings.database_url or "", lambda c: rebuild.rebuild_all(c, ring)))
    typer.echo(f"{count} cases rebuilt")


def after_restore() -> None:
    """Run once on a restored database, before anything else: gives every event its number."""
    url = owner_url(load_settings())
    last = asyncio.run(_on(url, sequencer.after_restore))
    typer.echo(f"the last event has number {last}; the system may be started")


async def _on(url: str, work: Callable[..., Awaitable[int]]) -> int:
    engine = engine_for(url, size=1)
    try:
        async with raw(engine) as connection:
            return await work(connection)
    finally:
        await engine.dispose()
