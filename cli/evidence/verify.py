"""`shouwen verify`: the whole journal checked, a piece at a time, on all processors.

What is checked stands in store/verifying; the words in cli/evidence/words.py.
"""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from store.verifying.order import Order
    from store.verifying.streams import Streams
    from store.verifying.whole import Piece, Report

ALONE = 100_000
"""Smaller journals are checked before further processes have started."""
Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def verify(
    *,
    processes: Annotated[
        int | None, typer.Option(min=1, help="At a time; one for each processor if not given.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead.")] = False,
) -> None:
    """Check the whole journal and name the first false event; the system may go on running.

    Status 0 only if everything that could be checked is true.
    """
    from rich.console import Console

    from cli.evidence import words
    from cli.local.failure import database_failures_in_one_line
    from cli.local.resolve import resolve
    from settings import load_settings

    out = Console(markup=False, highlight=False, soft_wrap=True)
    settings = load_settings()
    # Whoever only verifies needs no master key: a database's address is enough.
    url = settings.database_url or resolve(settings).database_url or ""
    with bar(out, silent=as_json) as progress, database_failures_in_one_line():
        report = asyncio.run(walk(url, processes, progress))
    if as_json:
        typer.echo(words.machine(report))
    else:
        for line in words.lines(report):
            out.print(line)
    if report.tally.count:
        raise typer.Exit(1)


async def walk(
    url: str, processes: int | None = None, progress: Progress = lambda *_: None
) -> "Report":
    """Check everything; all pieces see one snapshot."""
    from store.verifying import whole

    report = whole.Report()
    async with whole.snapshot(url) as connection:
        state = await whole.state_of(connection)
        pieces = await whole.plan(connection, state)
        shared = await whole.shared_name(connection)
        total = state.events + state.numbered
        at_once = (processes or os.cpu_count() or 1) if total > ALONE else 1
        async for part in _parts(url, shared, pieces, at_once):
            report.join(part)
            progress(report.events + report.numbered, total)
        await whole.ends(connection, state, report)
    return report


async def _parts(
    url: str, shared: str, pieces: Sequence["Piece"], processes: int
) -> AsyncIterator["Streams | Order"]:
    """What the pieces came to, in the order in which they are done."""
    from store.verifying import whole

    if processes == 1:
        for piece in pieces:
            yield await whole.check(url, shared, piece)
        return
    loop = asyncio.get_running_loop()
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh) as pool:
        work = [loop.run_in_executor(pool, whole.check_now, url, shared, each) for each in pieces]
        try:
            for done in asyncio.as_completed(work):
                yield await done
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def bar(out: "Console", *, silent: bool) -> Iterator[Progress]:
    """A bar for who watches; a line for each tenth otherwise."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), Remaining())
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        if out.is_terminal or silent:
            shown.update(task, completed=done, total=total)
        elif total and (tenth := done * 10 // total) > told:
            told = tenth
            out.print(f"{tenth * 10} % checked")

    hidden = silent or not out.is_terminal
    with Progress(*columns, console=out, transient=True, disable=hidden) as shown:
        task = shown.add_task("verifying", total=None)
        yield tell
