"""Databases of their own for tests of the store, and a scribe who writes as the activity does."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, cast
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from activities.cases import decided_entry
from cli.local.cluster import Role
from cli.local.postgres import LocalPostgres
from domain.book import Book
from domain.case import decide
from domain.commands import Command
from domain.events import Event
from domain.refusals import Refused
from store import books, journal
from store.database import Connection, engine_for, raw
from store.events_of import of_case
from store.folds import CASE
from store.journal import Entry
from store.keys import KeyRing
from store.migrate import upgrade
from tests.domain.town import NO_CLOCKS, POLICY, START, TOWN

RING = KeyRing(bytes(range(32)))
TEMPLATE = "store_template"
SCHEMA = "store_schema"


@dataclass(frozen=True, slots=True)
class Database:
    """A database of the test server, with a pool for the program's role."""

    server: LocalPostgres
    name: str
    engine: AsyncEngine

    def url(self, role: Role = "app") -> str:
        return self.server.url(role, self.name)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """As the program gets one."""
        async with raw(self.engine) as connection:
            yield cast("asyncpg.Connection", connection)

    @asynccontextmanager
    async def as_role(self, role: Role) -> AsyncIterator[asyncpg.Connection]:
        """Signed in as somebody else; JSON comes as text."""
        connection = await asyncpg.connect(self.url(role))
        try:
            yield connection
        finally:
            await connection.close()


@dataclass(slots=True)
class House:
    """Makes databases on the test server: empty ones, and ones with schema and town."""

    server: LocalPostgres
    _numbers: "count[int]" = field(default_factory=count)
    _made: list[Database] = field(default_factory=list)

    async def empty(self, name: str = "") -> Database:
        """The extensions and nothing else, as the owner finds it before the first migration."""
        made = await self._create(name or f"store_{next(self._numbers)}", "")
        async with made.as_role("superuser") as connection:
            await connection.execute("create extension pg_trgm; create extension btree_gist")
        return made

    async def town(self) -> Database:
        """Every table, and the town's books in force."""
        return await self._create(f"store_{next(self._numbers)}", f"template {TEMPLATE}")

    async def migrated(self) -> Database:
        """Every table, and nothing in force."""
        return await self._create(f"store_{next(self._numbers)}", f"template {SCHEMA}")

    async def make_templates(self) -> None:
        schema = await self.empty(SCHEMA)
        await upgrade(schema.url("owner"))
        await schema.engine.dispose()
        template = await self._create(TEMPLATE, f"template {SCHEMA}")
        async with template.connection() as connection:
            await publish_town(connection)
        await template.engine.dispose()

    async def rest(self, first: int) -> None:
        """Close the connections of all databases but the `first` ones."""
        for database in self._made[first:]:
            await database.engine.dispose()

    async def close(self) -> None:
        """Close every connection; the databases go with their server."""
        await self.rest(0)

    @property
    def made(self) -> int:
        """How many databases there are so far."""
        return len(self._made)

    async def _create(self, name: str, more: str) -> Database:
        await self._as_superuser(f"create database {name} owner shouwen_owner {more}")
        engine = engine_for(self.server.url("app", name), size=24)
        self._made.append(Database(self.server, name, engine))
        return self._made[-1]

    async def _as_superuser(self, statement: str) -> None:
        connection = await asyncpg.connect(self.server.url("superuser", "postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


async def publish_town(connection: Connection) -> None:
    """The books every test decides by, in force since long ago."""
    for value in (TOWN.organisation, TOWN.catalogue, TOWN.calendar, NO_CLOCKS, POLICY):
        await books.publish(connection, value, START)


@dataclass(slots=True)
class Scribe:
    """Decides commands and appends what comes of them, as the activity does."""

    connection: Connection
    ring: KeyRing = RING
    book: Book = TOWN

    async def entry(self, case_id: str, command: Command, command_id: UUID | None = None) -> Entry:
        """Everything the command brings, not yet written."""
        loaded = await journal.load(self.connection, CASE, case_id)
        entry = Entry(
            case_id=case_id,
            command_id=command_id or uuid4(),
            command=command.kind,
            fingerprint=b"asked",
            version=loaded.state.version,
            last_hash=loaded.last_hash,
            recorded_at=loaded.now,
            wrapped=loaded.wrapped,
        )
        try:
            decided = decide(loaded.state, command, self.book)
        except Refused as refused:
            return _refused(entry, refused)
        return decided_entry(entry, loaded, decided, self.book)[0]

    async def write(self, case_id: str, *commands: Command) -> Entry:
        """Carry out commands one after another; the last one's entry."""
        for command in commands:
            entry = await self.entry(case_id, command)
            await journal.append(self.connection, [entry], self.ring)
        return entry

    async def live(self, case_id: str, commands: Sequence[Command]) -> tuple[Event, ...]:
        """Carry out a whole life, in which nothing is refused; everything that happened."""
        happened: tuple[Event, ...] = ()
        for command in commands:
            entry = await self.entry(case_id, command)
            assert entry.refusal is None, (case_id, command.kind, entry.refusal)
            await journal.append(self.connection, [entry], self.ring)
            happened += of_case(entry.events)
        return happened


def _refused(entry: Entry, refused: Refused) -> Entry:
    refusal = {"code": refused.code, "rule": refused.rule, "details": dict(refused.details)}
    return replace(entry, refusal=refusal)


async def everything(connection: Any, tables: tuple[str, ...]) -> dict[str, list[str]]:
    """Every row of some tables as text, in the order of their contents."""
    rows = "select t::text from {} t order by 1"
    return {
        table: [row[0] for row in await connection.fetch(rows.format(table))] for table in tables
    }


JOURNAL = ("events", "commands", "subject_keys", "outbox")
VIEWS = ("cases", "case_units", "open_questions", "admission_expenses", "admission_money")
