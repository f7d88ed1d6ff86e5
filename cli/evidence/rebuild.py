"""`shouwen rebuild`: views and workflows made anew from the journal alone (R14.6).
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from cli.upkeep import Woken
    from settings import Settings
    from store.rebuild import Made
    from store.rebuilding import Piece

SHOWN = 20
"""Of what could not be started, so many are named; the number is always said."""
Progress = Callable[[int], None]
"""Told how much more is done."""

rebuild = typer.Typer(
    help="Make anew from the journal what is not the truth itself.", no_args_is_help=True
)


@rebuild.command()
def views(
    *,
    processes: Annotated[
        int | None, typer.Option(min=1, help="At a time; one for each processor if not given.")
    ] = None,
) -> None:
    """Make every list anew from the journal; the system may go on running."""
    from cli.local.failure import database_failures_in_one_line
    from cli.local.resolve import resolve
    from settings import load_settings

    settings, begun = resolve(load_settings()), monotonic()
    out = _console()
    with database_failures_in_one_line():
        made = asyncio.run(make_views(settings, processes or os.cpu_count() or 1, out))
    _show(out, made, monotonic() - begun)


async def make_views(settings: "Settings", processes: int, out: "Console") -> dict[str, "Made"]:
    """Make them, as many pieces at a time as there are processes; what was done, by view."""
    from store import rebuilding
    from store.database import engine_for, raw
    from store.keys import KeyRing
    from store.rebuild import Made

    url, keys = settings.database_url or "", settings.master_key or ""
    made: dict[str, Made] = {}
    engine = engine_for(url, size=1, seconds=None)
    try:
        async with raw(engine) as connection:
            removed = await rebuilding.orphans(connection, KeyRing.from_text(keys))
            pieces = await rebuilding.plan(connection)
    finally:
        await engine.dispose()
    with _bar(out, "rebuilding", len(pieces)) as progress:
        async for piece, done in _made(url, keys, pieces, processes):
            made[piece.view] = made.get(piece.view, Made()) + done
            progress(1)
    made["cases"] += Made(mended=removed)
    return made


async def _made(
    url: str, keys: str, pieces: Sequence["Piece"], processes: int
) -> AsyncIterator[tuple["Piece", "Made"]]:
    """Each piece with what was done, in the order in which they are done."""
    from store import rebuilding

    if processes == 1 or not pieces[0].upto:  # it would be done before another process has begun
        for piece in pieces:
            yield piece, await rebuilding.make_alone(url, keys, piece)
        return
    loop = asyncio.get_running_loop()
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(pieces)), mp_context=fresh) as pool:

        async def one(piece: "Piece") -> tuple["Piece", "Made"]:
            made = await loop.run_in_executor(pool, rebuilding.make_now, url, keys, piece)
            return piece, made

        try:
            for done in asyncio.as_completed(list(map(one, pieces))):
                yield await done
        finally:
            pool.shutdown(cancel_futures=True)


def _show(out: "Console", made: dict[str, "Made"], seconds: float) -> None:
    from rich.table import Column, Table

    numbers = (Column(name, justify="right") for name in ("streams", "events", "put right"))
    table = Table("view", *numbers)
    for view, done in made.items():
        table.add_row(view, *map(str, (done.streams or "", done.events, done.mended)))
    out.print(table)
    events = sum(done.events for done in made.values())
    out.print(f"{events} events in {seconds:.1f} s, {events / seconds:.0f} a second")


@rebuild.command()
def workflows() -> None:
    """Start a workflow for whatever still waits and has none (Temporal's database was lost)."""
    from temporalio.service import RPCError

    from cli import upkeep
    from cli.local.failure import LocalError, database_failures_in_one_line
    from cli.local.resolve import resolve
    from settings import load_settings

    settings, begun = resolve(load_settings()), monotonic()
    out = _console()
    with database_failures_in_one_line():
        number = asyncio.run(upkeep.waiting(settings))
    try:
        with _bar(out, "starting", number) as progress:
            woken = asyncio.run(upkeep.rebuild_workflows(settings, progress=progress))
    except (RPCError, RuntimeError) as error:
        raise LocalError(f"Temporal at {settings.temporal_address} does not answer") from error
    _tell(out, woken, monotonic() - begun)
    if woken.failed:
        raise typer.Exit(1)


def _tell(out: "Console", woken: "Woken", seconds: float) -> None:
    for noun, number in woken.waiting.items():
        out.print(f"{noun}: {number} waiting, {woken.running.get(noun, 0)} ran already")
    out.print("the office and the keepers run")
    out.print(f"{woken.started} started in {seconds:.1f} s")
    for stream, reason in list(woken.failed.items())[:SHOWN]:
        out.print(f"not started: {stream}: {reason}")
    if woken.failed:
        number = len(woken.failed)
        out.print(f"{number} could not be started; the same command again tries them once more")


def _console() -> "Console":
    from rich.console import Console

    return Console(markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _bar(out: "Console", what: str, total: int) -> Iterator[Progress]:
    """A bar for who watches; nothing otherwise."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as shown:
        task = shown.add_task(what, total=total)
        yield lambda more: shown.advance(task, more)
