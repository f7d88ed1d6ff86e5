"""`shouwen keys`: master keys change, and what they once opened dies with them (R14.4)."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from settings import Settings
    from store.database import Connection
    from store.keys import KeyRing

keys = typer.Typer(
    help="Master keys: see them at work, and leave old ones behind.", no_args_is_help=True
)


@keys.command("lookup")
def show_lookup() -> None:
    """Print the key for look-ups and receipts, to be set as SHOUWEN_LOOKUP_KEY before a rotation.

    Whoever has it can tell whose number a look-up is: keep it as the master key is kept.
    """
    from store.keys import KeyRing

    typer.echo(KeyRing.of(_settings()).apart_as_text())


@keys.command()
def rewrap() -> None:
    """Wrap every data key under the newest master key, so that the older ones can be destroyed.

    The system may go on running. What an older master key opened in backups dies with that key.
    """
    from cli.local.failure import LocalError, database_failures_in_one_line
    from cli.local.resolve import owner_url
    from store.keys import KeyRing

    settings = _settings()
    if settings.lookup_key is None:
        raise LocalError(
            "SHOUWEN_LOOKUP_KEY is not set: look-ups and receipts would be lost with the oldest "
            "master key; set what `shouwen keys lookup` prints, everywhere, and try again"
        )
    ring = KeyRing.of(settings)
    with database_failures_in_one_line():
        done, masters = asyncio.run(_rewrapped(owner_url(settings), ring))
    typer.echo(f"{done} of {sum(masters.values())} data keys were wrapped anew.")
    _need_all_under(masters, ring.current)
    typer.echo(
        f"All are under key {ring.current}. "
        "Older master keys open nothing in this database any more. Temporal's histories are sealed "
        "under them until they end: see docs/operations.md before you destroy one."
    )


def _need_all_under(masters: dict[str, int], current: str) -> None:
    """Refuse to say that all is done while somebody still seals with another key."""
    from cli.local.failure import LocalError

    left = {master: count for master, count in masters.items() if master != current}
    if left:
        named = ", ".join(f"{count} under key {master}" for master, count in left.items())
        raise LocalError(
            f"{sum(left.values())} data keys are NOT under key {current}: {named}, written since "
            "by a process that still seals with it. Destroy no master key: recreate every worker "
            "and api with the new one in front of SHOUWEN_MASTER_KEY, then run this again"
        )


async def _rewrapped(url: str, ring: "KeyRing") -> tuple[int, dict[str, int]]:
    """How many were wrapped anew, and how many are under each master key afterwards."""
    from cli.local.failure import LocalError
    from store import rewrapping
    from store.database import engine_for, raw
    from store.keys import UnknownKey

    engine = engine_for(url, size=1, seconds=None)
    try:
        async with raw(engine) as connection:
            try:
                await _need_same_lookups(connection, ring)
                done = await rewrapping.rewrap(connection, ring)
            except UnknownKey as error:
                raise LocalError(f"{error}: put it into SHOUWEN_MASTER_KEY once more") from None
            return done, await rewrapping.masters(connection)
    finally:
        await engine.dispose()


async def _need_same_lookups(connection: "Connection", ring: "KeyRing") -> None:
    """Refuse a look-up key that is another than this database was written with."""
    from api.identity import phone_lookup
    from cli.local.failure import LocalError
    from domain.values import REPORTER
    from store import contacts, rewrapping

    known = 0
    for case_id, lookup in await rewrapping.known_lookups(connection):
        phone = await contacts.phone_of(connection, case_id, REPORTER, ring)
        if phone and phone_lookup(phone, ring) == lookup:
            return
        known += bool(phone)
    if known:
        raise LocalError(
            "SHOUWEN_LOOKUP_KEY is not the one this database was written with: nobody would be "
            "found by telephone, and no receipt would open; nothing was changed"
        )


def _settings() -> "Settings":
    from cli.local.resolve import resolve
    from settings import load_settings

    return resolve(load_settings())
