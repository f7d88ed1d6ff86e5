"""Putting a town in force, and passwords: what `shouwen org` and the sample do to the database.
Files are read in cli/town; nothing here prints.
"""

import difflib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from cli import loading
from cli.local.failure import LocalError
from cli.town import Town
from domain.calendar import Calendar
from domain.catalogue import Catalogue
from domain.organisation import Organisation
from domain.policy import Policy
from settings import Settings
from store import accounts, books
from store.database import Connection, engine_for, raw
from store.keys import KeyRing

Value = Organisation | Catalogue | Calendar | Policy
LOCK = 7_402_512
"""Advisory lock: two loads at once wait for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one value: whether it is new, and from when it is in force."""

    kind: str
    version: str
    new: bool
    effective_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the database holds at one moment: version and date in force of each kind."""

    now: datetime
    in_force: Mapping[str, tuple[str, datetime]]


async def load_town(settings: Settings, town: Town, *, drop: bool = False) -> list[str]:
    """Put a town in force, all of it or nothing; what happened, in lines to show.

    `drop`: what commands changed since the last files may be lost.
    """
    ring = KeyRing.of(settings)
    async with connected(settings) as connection, locked(connection):
        outcomes = await publish_town(connection, town, ring, drop=drop)
        shelf = await _shelf(connection)
    zone = town.calendar.working_time(()).zone if town.calendar else None
    lines = [_said(each, shelf.now, each.effective_from.astimezone(zone)) for each in outcomes]
    if not any(each.new for each in outcomes):
        lines.append("The same files were loaded before; nothing has changed.")
    named = (f"{kind} {version}" for kind, (version, _) in sorted(shelf.in_force.items()))
    return [*lines, f"In force: {', '.join(named)}."]


async def publish_town(
    connection: Connection, town: Town, ring: KeyRing, *, drop: bool = False
) -> list[Outcome]:
    """Publish the four values of a town without errors; the caller holds the transaction."""
    values = (town.calendar, town.organisation, town.catalogue, town.policy)
    if town.errors or town.effective_from is None:
        first = next((str(each) for each in town.findings if each.level == "error"), "")
        raise LocalError(f"The town files have errors: {first}")
    shelf = await _shelf(connection)
    effective_from, before = town.effective_from, await loading.newest(connection)
    outcomes = [
        await _publish(connection, shelf, value, effective_from)
        for value in values
        if value is not None
    ]
    new = tuple(f"{each.kind} {each.version}" for each in outcomes if each.new)
    if new:
        await loading.record(connection, ring, new, before, drop=drop)
    return outcomes


async def give_password(settings: Settings, login: str, password: str) -> str:
    """Set the password of the person with that login; their name."""
    async with connected(settings) as connection, locked(connection):
        try:
            book = await books.current(connection, (await _shelf(connection)).now)
        except books.NoBooks as error:
            raise LocalError("No town is loaded yet; `shouwen org load` does it") from error
        people = {person.login.lower(): person for person in book.organisation.people.values()}
        person = people.get(login.lower())
        if person is None:
            near = difflib.get_close_matches(login.lower(), people, n=3)
            hint = f"; did you mean {' or '.join(near)}?" if near else "; people.csv lists them"
            raise LocalError(f"Nobody in the organisation in force has the login {login}{hint}")
        try:
            await accounts.set_password(connection, person.person_id, person.login, password)
        except accounts.AccountError as error:
            raise LocalError(f"The password was not set: {error}") from error
        return person.name


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Connection]:
    """A connection as the program's role; LocalError if there is no migrated database."""
    engine = engine_for(settings.database_url or "", size=1)
    try:
        try:
            async with raw(engine) as connection:
                migrated = await connection.fetchval("select to_regclass('books') is not null")
        except (OSError, SQLAlchemyError, asyncpg.PostgresError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise LocalError(f"PostgreSQL does not answer: {reason}; is it running?") from error
        if not migrated:
            raise LocalError("The database has no tables yet; `shouwen migrate` makes them")
        async with raw(engine) as connection:
            yield connection
    finally:
        await engine.dispose()


@asynccontextmanager
async def locked(connection: Connection) -> AsyncIterator[None]:
    """One transaction that no other load is in at the same time."""
    await connection.execute("begin")
    try:
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        yield
    except BaseException:
        await connection.execute("rollback")
        raise
    await connection.execute("commit")


async def _publish(
    connection: Connection, shelf: Shelf, value: Value, effective_from: datetime
) -> Outcome:
    """Publish one value from the moment that changes no past: the first may lie in it."""
    kind = next(kind for kind, cls in books.KINDS.items() if isinstance(value, cls))
    version, since = shelf.in_force.get(kind, ("", shelf.now))
    start = effective_from
    if not isinstance(value, Policy):
        start = shelf.now if version else min(effective_from, shelf.now)
    elif version:
        start = max(effective_from, shelf.now)
    if isinstance(value, Organisation | Catalogue):
        if version.partition("-")[0] == value.version:
            return Outcome(kind=kind, version=version, new=False, effective_from=since)
        value = replace(value, version=await _free_version(connection, kind, value.version))
    try:
        new = await books.publish(connection, value, start)
    except books.BookExists as error:
        hint = f"give {kind}.toml another version"
        raise LocalError(f"{error}; {hint}. Nothing was loaded.") from error
    if not new:
        start = await _known_from(connection, shelf, kind, value.version)
    return Outcome(kind=kind, version=value.version, new=new, effective_from=start)


async def _known_from(connection: Connection, shelf: Shelf, kind: str, version: str) -> datetime:
    """From when a version already there is in force; LocalError when another has replaced it."""
    known: datetime = await connection.fetchval(
        "select effective_from from books where kind = $1 and version = $2", kind, version
    )
    current = shelf.in_force.get(kind, (version, known))[0]
    # An import may have put its own units beside the town's: still the same town (cli/importer).
    if known <= shelf.now and current.partition("-with-")[0] != version:
        raise LocalError(
            f"{kind} {version} was replaced by {current}; to bring it back, give {kind}.toml a "
            "version that was not used before. Nothing was loaded."
        )
    return known


async def _free_version(connection: Connection, kind: str, version: str) -> str:
    """The version, or version-2, -3 … for contents that were in force before and come back."""
    rows = await connection.fetch("select version from books where kind = $1", kind)
    used = {row["version"] for row in rows}
    tries = (version, *(f"{version}-{n}" for n in range(2, len(used) + 3)))
    return next(each for each in tries if each not in used)


async def _shelf(connection: Connection) -> Shelf:
    now: datetime = await connection.fetchval("select clock_timestamp()")
    rows: list[Any] = await connection.fetch(
        """select distinct on (kind) kind, version, effective_from from books
           where effective_from <= $1 and kind = any($2)
           order by kind, effective_from desc, book_id desc""",
        now,
        list(books.KINDS),
    )
    in_force = {row["kind"]: (row["version"], row["effective_from"]) for row in rows}
    return Shelf(now=now, in_force=in_force)


def _said(outcome: Outcome, now: datetime, local: datetime) -> str:
    what = "published" if outcome.new else "already there"
    when = "in force since" if outcome.effective_from <= now else "takes effect on"
    return f"{outcome.kind} {outcome.version}: {what}, {when} {local:%Y-%m-%d %H:%M}"
