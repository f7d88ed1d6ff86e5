"""Migrations: what they make is what the program thinks it works on; running them again is safe."""

import asyncio
from typing import Any

import asyncpg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from store import migrate, outbox, sequencer, tables
from store.database import engine_for
from store.migrate import upgrade
from tests.store.house import Database, House

SCHEMA = """
select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
 || coalesce(column_default, '') from information_schema.columns where table_schema = 'public'
union all select indexdef from pg_indexes where schemaname = 'public'
union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
 from pg_constraint where connamespace = 'public'::regnamespace
union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all select version_num from alembic_version
order by 1"""


pytestmark = pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")


@pytest.fixture
async def empty(house: House) -> Database:
    return await house.empty()


async def schema(database: Database) -> list[str]:
    async with database.as_role("owner") as connection:
        return [row[0] for row in await connection.fetch(SCHEMA)]


async def in_sync(database: Database, work: Any) -> Any:
    engine = engine_for(database.url("owner"), size=1)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def differences(connection: Connection) -> list[Any]:
    """What differs, but for what only the database needs to know (indexes, more columns)."""

    def known(_object: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:  # noqa: FBT001 - Alembic's
        if kind == "table" and reflected:
            return name in tables.metadata.tables
        return kind == "table" or (kind == "column" and not (reflected and other is None))

    options = {"include_object": known, "compare_type": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, tables.metadata))


async def test_the_tables_lists_are_drawn_from_are_the_database_s(shared: Database) -> None:
    assert await in_sync(shared, differences) == []


async def test_every_column_of_the_views_is_known_by_name(shared: Database) -> None:
    async with shared.connection() as connection:
        rows = await connection.fetch(
            """select table_name, column_name from information_schema.columns
               where table_name = any($1)""",
            ["cases", "case_units"],
        )
    found = {(row["table_name"], row["column_name"]) for row in rows}
    expected = {(t.name, c.name) for t in (tables.cases, tables.case_units) for c in t.columns}
    assert found == expected


async def test_a_column_of_another_type_would_be_noticed(house: House) -> None:
    database = await house.town()
    async with database.as_role("owner") as connection:
        await connection.execute("alter table cases alter column round type text using ''")
        await connection.execute("alter table cases drop column closing")
        await connection.execute("alter table cases alter column title drop not null")
    found = [
        d[0] if isinstance(d, tuple) else d[0][0] for d in await in_sync(database, differences)
    ]
    assert sorted(found) == ["add_column", "modify_nullable", "modify_type"]


async def test_what_was_owed_long_before_anything_was_delivered_is_not_delivered_now(
    empty: Database,
) -> None:
    def first_step(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(migrate.FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.commit()

    await in_sync(empty, first_step)
    async with empty.connection() as connection:
        for case_id, days in (("old", 9), ("older", 8), ("new", 2), ("newest", 0)):
            await connection.execute(EVENT, case_id, days)
            await connection.execute(NOTICE, case_id)
        assert await sequencer.advance(connection) == 4
    await upgrade(empty.url("owner"))
    async with empty.connection() as connection:
        batch = await outbox.next_batch(connection)
    assert batch is not None
    assert [owed.case_id for owed in batch.owed] == ["new", "newest"]


EVENT = """insert into events (case_id, version, kind, schema, data, actor, command_id,
 occurred_at, recorded_at, hash) values ($1, 1, 'test', 1, '{}', 'nobody', gen_random_uuid(),
 now(), now() - make_interval(days => $2), decode(repeat('00', 32), 'hex'))"""
NOTICE = """insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
 values ($1, 1, 'case.arrived', 'person', 'gao', now())"""


async def test_upgrading_twice_is_harmless(empty: Database) -> None:
    await upgrade(empty.url("owner"))
    first = await schema(empty)
    assert len(first) > 150
    await upgrade(empty.url("owner"))
    assert await schema(empty) == first


async def test_several_upgrades_at_once_are_harmless(empty: Database, shared: Database) -> None:
    await asyncio.gather(*(upgrade(empty.url("owner")) for _ in range(4)))
    assert await schema(empty) == await schema(shared)


async def test_an_upgrade_waits_for_another_as_long_as_that_one_takes(empty: Database) -> None:
    """Longer than it would wait for a table."""
    async with empty.as_role("owner") as connection:
        await connection.execute(f"select pg_advisory_lock({migrate.LOCK})")
        waiting = asyncio.create_task(upgrade(empty.url("owner")))
        await asyncio.sleep(5.5)
        assert not waiting.done()
        await connection.execute(f"select pg_advisory_unlock({migrate.LOCK})")
        await waiting
    assert len(await schema(empty)) > 150


async def test_an_upgrade_leaves_nothing_half_done(house: House, empty: Database) -> None:
    async with empty.as_role("owner") as connection:
        await connection.execute("create table sign_in_failures (in_the_way int)")
    before = await schema_names(empty)
    with pytest.raises(Exception, match="sign_in_failures"):
        await upgrade(empty.url("owner"))
    assert await schema_names(empty) == before


async def schema_names(database: Database) -> list[str]:
    async with database.as_role("owner") as connection:
        rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    return sorted(row[0] for row in rows)


async def test_it_does_not_wait_long_for_a_table(empty: Database) -> None:
    """Whoever holds a table is served first; the migration says so after five seconds."""

    seen: list[Any] = []

    def note(connection: Connection) -> None:
        seen.append(connection.exec_driver_sql("show lock_timeout").scalar())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_upgrade", note)
        await upgrade(empty.url("owner"))
    assert seen == ["5s"]


async def test_the_journal_is_not_taken_down(house: House) -> None:
    database = await house.town()
    before = await schema(database)

    def down(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(migrate.FOLDER))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    with pytest.raises(RuntimeError, match="append-only"):
        await in_sync(database, down)
    assert await schema(database) == before


@pytest.mark.parametrize("password", ["with\\backslash", "with\0nul"])
def test_a_password_that_cannot_be_quoted_is_refused(password: str) -> None:
    with pytest.raises(ValueError, match="password"):
        migrate._literal(password)


async def test_a_quote_in_a_password_stays_in_it(shared: Database) -> None:
    quoted = migrate._literal("it's; drop table x --")
    async with shared.as_role("owner") as connection:
        assert await connection.fetchval(f"select {quoted}") == "it's; drop table x --"


async def test_the_program_s_role_owns_nothing(shared: Database) -> None:
    async with shared.as_role("app") as connection:
        owned = await connection.fetchval(
            "select count(*) from pg_class where relowner = 'shouwen_app'::regrole"
        )
        assert owned == 0
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("create table mine (a int)")
