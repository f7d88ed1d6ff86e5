"""The commands `shouwen log`: the name and keys of the log over the journal, and going on under
another name after events were lost.
"""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from activities.kept import Kept
    from settings import Settings
    from store.database import Connection

NOT_VOUCHED = {
    "lost": "nobody vouched for it: the one before was lost",
    "renewed": "under another name: events that had been signed were lost",
}
log = typer.Typer(help="The log over the journal: its name and its keys.", no_args_is_help=True)


@log.command()
def show() -> None:
    """Show the log's name, its keys for others to keep, and what was signed last."""
    from cli.upkeep import on
    from settings import variable

    settings = _resolved()

    async def shown(connection: "Connection") -> int:
        from store import checkpoints
        from store import log as logs
        from store.keys import KeyRing

        ring = KeyRing.of(settings)
        about, last = await logs.about(connection, ring), await checkpoints.newest(connection)
        if about is None:
            typer.echo("Nothing was signed yet: no worker has run.")
            return 0
        typer.echo(f"name      {about.origin}")
        for key in about.keys:
            until = f" until {key.until.isoformat()}" if key.until else ""
            lost = "" if key.vouched else f" ({NOT_VOUCHED[key.came]})"
            typer.echo(f"key       {key.vkey} since {key.since.isoformat()}{until}{lost}")
        for vkey in settings.witnesses():
            typer.echo(f"witness   {vkey} ({variable('witness_keys')})")
        if last is not None:
            typer.echo(f"signed    {last.size} events at {last.signed_at.isoformat()}")
        return 0

    asyncio.run(on(settings.database_url or "", shown))


@log.command()
def renew() -> None:
    """Go on under another name because events that had been signed are lost for good.

    The journal says so for ever. Receipts of lost events say that the record was cut.
    """
    from activities.kept import Kept
    from cli.local.failure import database_failures_in_one_line
    from cli.local.resolve import need_log_key
    from cli.upkeep import on

    settings = _resolved()
    need_log_key(settings)
    kept = Kept(settings.last_checkpoint or settings.data / "checkpoint")
    with database_failures_in_one_line():
        size = asyncio.run(
            on(settings.database_url or "", lambda each: _renew(each, settings, kept))
        )
    there = kept.put_away(size)
    typer.echo(f"The log goes on under another name; {there} proves what had been signed.")


async def _renew(connection: "Connection", settings: "Settings", kept: "Kept") -> int:
    """Write it down; how many events had been signed. LocalError if nothing is lost."""
    from activities import diary
    from activities.kept import Contradiction, Damaged, Foreign, goes_on
    from cli.local.failure import LocalError
    from domain import log as logs
    from domain.log import Lost
    from domain.log.state import LOG
    from store import checkpoints
    from store.keys import KeyRing
    from store.notes import Checkpoint

    loaded = await diary.read(connection)
    standing = await checkpoints.standing(connection, LOG)
    last = await checkpoints.newest(connection)
    seeds, ring = diary.seeds_of(settings.log_key or ""), KeyRing.of(settings)
    origin = loaded.state.origin
    try:
        keys = await diary.known(connection, origin, seeds, ring)
        await kept.check(connection, origin, standing.numbered, keys)
        if last is not None:
            await goes_on(connection, last, loaded.state, standing.numbered)
    except (Damaged, Foreign) as error:
        raise LocalError(str(error)) from error
    except Contradiction:
        pass
    else:
        raise LocalError("Nothing is lost: the database goes on from what was signed.")
    if kept.read() is None and last is not None:
        kept.keep(last.note)  # put away, it proves what had been signed
    note = kept.read()
    if note is None:
        raise RuntimeError("a contradiction needs something to contradict")
    signed = Checkpoint.of(note.text)
    lost = Lost(origin=signed.origin, size=signed.size, root=signed.root.hex())
    look = await diary.look(connection, loaded, last, seeds, lost)
    await diary.write(connection, loaded, logs.decide(loaded.state, look), ring)
    return signed.size


def _resolved() -> "Settings":
    from cli.local.resolve import resolve
    from settings import load_settings

    return resolve(load_settings())
