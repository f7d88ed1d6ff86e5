"""The command `shouwen import`: what a person may say, and what is done with it, in order.
Imports sit inside: `shouwen --help` has to answer at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from cli.importer.run import Result
    from settings import Settings

PATIENCE = 3.0
"""Seconds Temporal has to answer a knock."""


def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header, in UTF-8.")],
    *,
    mapping: Annotated[str, typer.Option(help="What its columns mean: la311.")],
    batch: Annotated[int, typer.Option(min=1, max=2000, help="Rows a transaction.")] = 200,
) -> None:
    """Bring past requests of another system into the journal; may be repeated and interrupted.

    Status 1 if a row was refused, or the journal differs from the file.
    """
    import asyncio

    from cli.importer import report
    from cli.importer.mappings import MAPPINGS
    from cli.importer.run import run
    from cli.local.failure import LocalError, database_failures_in_one_line
    from cli.local.resolve import resolve
    from settings import load_settings

    if mapping not in MAPPINGS:
        known = ", ".join(sorted(MAPPINGS))
        raise LocalError(f"There is no mapping {mapping!r}; there is {known}")
    out = report.console()
    settings = resolve(load_settings())
    with report.bar(out, file) as progress, database_failures_in_one_line():
        result = asyncio.run(
            run(settings, file, MAPPINGS[mapping](), batch=batch, progress=progress)
        )
    report.show(out, result)
    asyncio.run(_start(settings, result, out))
    if not result.good:
        raise typer.Exit(1)


async def _start(settings: "Settings", result: "Result", out: "Console") -> None:
    """Give every case that is still open its workflow, if Temporal is there."""
    from temporalio.service import RPCError

    from cli.upkeep import client_of, start

    if not result.open_cases:
        return
    number = len(result.open_cases)
    try:
        await _knock(settings)
        client = await client_of(settings)
        await start(client, settings.task_queue, result.open_cases)
    except (OSError, RPCError, RuntimeError):
        out.print(
            f"Temporal does not answer, so {number} open cases have no clock running yet: "
            "`shouwen rebuild workflows` starts them."
        )
    else:
        out.print(f"{number} open cases have their workflow.")


async def _knock(settings: "Settings") -> None:
    """Ask at the port first: the client itself waits long, and cannot be stopped in the middle."""
    import asyncio

    host, _, port = (settings.temporal_address or "").rpartition(":")
    opening = asyncio.open_connection(host.strip("[]"), int(port))
    _, writer = await asyncio.wait_for(opening, PATIENCE)
    writer.close()
    await writer.wait_closed()
