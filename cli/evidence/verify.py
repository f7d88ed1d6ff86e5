"""`shouwen verify`: the whole journal checked, a piece at a time, on all processors.

What is checked stands in store/verifying; the words in cli/evidence/words.py.
"""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from cli.evidence.known import Known
    from store.verifying.order import Order
    from store.verifying.streams import Streams
    from store.verifying.whole import Piece, Report

ALONE = 100_000
"""Smaller journals are checked before further processes have started."""
Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def verify(
    file: Annotated[
        Path | None, typer.Argument(help="An evidence file; the journal if not given.")
    ] = None,
    *,
    key: Annotated[
        list[str] | None, typer.Option(help="A public key of the log that you know.")
    ] = None,
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="A signed checkpoint that you kept.")
    ] = None,
    witness: Annotated[list[str] | None, typer.Option(help="A witness's public key.")] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="At a time; one for each processor if not given.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead.")] = False,
) -> None:
    """Check the whole journal and name the first false event; the system may go on running.

    Status 0 if everything is true and signed, 1 if something is false, 2 if nothing is false and
    something that matters could not be checked.
    """
    from rich.console import Console

    from cli.evidence import known
    from cli.local.failure import database_failures_in_one_line

    out = Console(markup=False, highlight=False, soft_wrap=True)
    given = known.given(key or [], checkpoint or [], witness or [])
    if file is not None:
        raise typer.Exit(known.check_file(file, given, out))
    url, given = known.of_settings(given)
    with bar(out, silent=as_json) as progress, database_failures_in_one_line():
        report = asyncio.run(walk(url, processes, progress, given))
    _tell(report, None if as_json else out)
    if report.tally.count or report.doubts:
        raise typer.Exit(1 if report.tally.count else 2)


def _tell(report: "Report", out: "Console | None") -> None:
    """For a person line by line; without where to write them, for a machine."""
    from cli.evidence import words

    if out is None:
        typer.echo(words.machine(report))
        return
    for line in words.lines(report):
        out.print(line)


async def walk(
    url: str,
    processes: int | None = None,
    progress: Progress = lambda *_: None,
    given: "Known | None" = None,
) -> "Report":
    """Check everything; all pieces see one snapshot."""
    from cli.evidence import signed
    from cli.evidence.known import Known
    from store.verifying import whole
    from store.verifying.order import Order

    report, parts, given = whole.Report(), dict[int, Order](), given or Known()
    async with whole.snapshot(url) as connection:
        state = await whole.state_of(connection)
        said = await signed.of_log(connection)
        sizes = tuple(each.size for each in given.kept)
        pieces = await whole.plan(connection, state, sizes, signed.set_back(said))
        shared = await whole.shared_name(connection)
        total = state.events + state.numbered
        at_once = (processes or os.cpu_count() or 1) if total > ALONE else 1
        async for part in _parts(url, shared, pieces, at_once):
            report.join(part)
            if isinstance(part, Order):
                parts[part.first] = part
            progress(report.events + report.numbered, total)
        await whole.ends(connection, state, report)
        log = given.log(signed.origin_of(said))
        await signed.Signatures(log, said, parts, state, report, [*given.kept]).check(connection)
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
