"""`shouwen files`: are the photos and documents there that the journal names, as they were stored?
Imports sit inside: `shouwen --help` has to answer at once.
"""

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from settings import Settings
    from store.database import Connection

files = typer.Typer(help="Photos and documents: are they there, unchanged?", no_args_is_help=True)
SHOWN = 100


@files.callback()
def group() -> None:
    """Keep `check` a command of its own."""


@files.command()
def check(
    *,
    quick: Annotated[
        bool, typer.Option(help="Do not look for what lies there and nothing speaks of.")
    ] = False,
) -> None:
    """Read every file that the journal names and hold it against its hash; no key is needed.

    Status 1 if any is missing or changed.
    """
    from cli.local.failure import LocalError, database_failures_in_one_line
    from store.files.vault import VaultError

    try:
        with database_failures_in_one_line():
            found = asyncio.run(_checked(_resolved(), quick=quick))
    except VaultError as error:
        raise LocalError(f"the store of files cannot be read: {error}") from error
    typer.echo(f"{found['there']} files are there, unchanged.")
    if not quick:
        typer.echo(f"{found['surplus']} lie there that nothing speaks of.")
    wrong = found["missing"] + found["changed"]
    if wrong:
        raise LocalError(f"{found['missing']} are MISSING and {found['changed']} CHANGED")


async def _checked(settings: "Settings", *, quick: bool) -> Counter[str]:
    from cli.upkeep import on
    from store.files import checking
    from store.files.vault import Vault

    vault, found = Vault.of(settings), Counter[str]()

    async def walked(connection: "Connection") -> int:
        async for each in checking.checked(connection, vault):
            found[each.found] += 1
            if each.found != "there" and found[each.found] <= SHOWN:
                where = f"{each.case_id} version {each.version}, {each.file}"
                typer.echo(f"{each.found}: {where} ({each.address})")
        if not quick:
            async for address in checking.surplus(connection, vault):
                found["surplus"] += 1
                if found["surplus"] <= SHOWN:
                    typer.echo(f"nothing speaks of {address}")
        return 0

    await on(settings.database_url or "", walked)
    return found


def _resolved() -> "Settings":
    from cli.local.resolve import resolve
    from settings import load_settings

    return resolve(load_settings())
