"""What is written stays: for the program by privilege, for the owner and replication by trigger."""

import asyncpg
import pytest

from cli.local.cluster import Role
from domain.commands import Register
from store import checkpoints, sequencer
from store.checkpoints import Signed
from tests.domain.story import MEI, by, request
from tests.domain.town import START
from tests.store.house import Database, House, Scribe

CHANGES = {
    "events": "case_id = 'other'",
    "commands": "accepted = false",
    "outbox": "topic = 'other'",
    "event_sequence": "seq = seq + 1000",
    "books": "version = 'other'",
    "tiles": "idx = 7",
    "checkpoints": "size = 7",
    "cosignatures": "line = 'other'",
}
"""Every table that only grows, with a change somebody might want to make."""
STATEMENTS = ("update {0} set {1}", "delete from {0}", "truncate {0} cascade")


@pytest.fixture(scope="module")
async def written(estate: House) -> Database:
    """A database in which every such table has a row."""
    database = await estate.town()
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write("SW-1", by(MEI, "03-02 09:00", Register, **request()))
        assert await sequencer.advance(connection)
        await proved(connection)
        for table in CHANGES:
            assert await connection.fetchval(f"select count(*) from {table}"), table  # noqa: S608
    return database


async def proved(connection: asyncpg.Connection) -> None:
    """A tile, a checkpoint, and a witness's word."""
    await connection.execute(
        "insert into tiles values (0, 0, decode(repeat('00', 8192), 'hex'), sha256(''))"
    )
    signed = Signed(checkpoint_id=1, size=1, root=bytes(32), signed_at=START, note="signed")
    await checkpoints.add(connection, signed)
    assert await checkpoints.cosign(connection, 1, "witness", "seen")


async def attempt(database: Database, role: Role, table: str, statement: str, first: str) -> str:
    """Try it in a transaction that never commits; what the server says."""
    async with database.as_role(role) as connection:
        before = await connection.fetchval(f"select count(*) from {table}")  # noqa: S608
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(first)
            with pytest.raises(asyncpg.InsufficientPrivilegeError) as caught:
                await connection.execute(statement.format(table, CHANGES[table]))
        finally:
            await transaction.rollback()
        assert await connection.fetchval(f"select count(*) from {table}") == before  # noqa: S608
    return str(caught.value)


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", CHANGES)
async def test_the_program_has_no_privilege_to_change_it(
    written: Database, table: str, statement: str
) -> None:
    told = await attempt(written, "app", table, statement, "select 1")
    assert told == f"permission denied for table {table}"


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", CHANGES)
async def test_a_trigger_stops_the_owner(written: Database, table: str, statement: str) -> None:
    told = await attempt(written, "owner", table, statement, "select 1")
    assert "the journal is append-only" in told


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("table", CHANGES)
async def test_a_trigger_stops_replication_too(
    written: Database, table: str, statement: str
) -> None:
    replica = "set local session_replication_role = replica"
    told = await attempt(written, "superuser", table, statement, replica)
    assert "the journal is append-only" in told


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("table", CHANGES)
async def test_an_insert_cannot_turn_into_an_update(written: Database, table: str) -> None:
    statement = (
        "with old as (select * from {0} limit 1) insert into {0} overriding system value"
        " select * from old on conflict do nothing"
    )
    async with written.as_role("owner") as connection:
        assert await connection.execute(statement.format(table)) == "INSERT 0 0"
    turned = statement.replace("do nothing", "({1}) do update set {2}")
    key = {
        "commands": "case_id, command_id",
        "event_sequence": "seq",
        "books": "book_id",
        "tiles": "level, idx",
        "checkpoints": "checkpoint_id",
        "cosignatures": "checkpoint_id, name",
    }
    turned = turned.replace("{1}", key.get(table, "position")).replace("{2}", CHANGES[table])
    turned = turned.replace("seq = seq", "seq = excluded.seq")
    for role in ("app", "owner"):
        await attempt(written, role, table, turned, "select 1")


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize("role", ["app", "owner"])
async def test_nobody_but_a_superuser_may_play_replication(written: Database, role: Role) -> None:
    async with written.as_role(role) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("set session_replication_role = replica")


@pytest.mark.rule("R14.1")
@pytest.mark.parametrize(
    "statement",
    [
        "alter table events disable trigger events_append_only",
        "drop trigger events_append_only on events",
        "drop table events",
        "create or replace function refuse_change() returns trigger language sql as ''",
        "alter table events owner to shouwen_app",
        "update subject_keys set wrapped = 'other'",
        "update subject_keys set subject = 'other'",
        "update subject_keys set created_at = now(), wrapped = null, destroyed_at = now()",
        "delete from subject_keys",
        "delete from sequencer",
        "create trigger mine before insert on events for each row execute function refuse_change()",
    ],
)
async def test_the_program_cannot_take_the_guard_away(written: Database, statement: str) -> None:
    async with written.as_role("app") as connection:
        with pytest.raises(
            (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidFunctionDefinitionError)
        ):
            await connection.execute(statement)


@pytest.mark.rule("R14.1")
async def test_every_table_of_the_journal_has_both_guards_for_everybody(written: Database) -> None:
    async with written.as_role("owner") as connection:
        guards = await connection.fetch(
            """select tgrelid::regclass::text as name, count(*) as number from pg_trigger
               where tgfoid = 'refuse_change'::regproc and tgenabled = 'A' group by 1"""
        )
    assert {row["name"]: row["number"] for row in guards} == dict.fromkeys(CHANGES, 2)


# -- data keys -----------------------------------------------------------------

DESTROY = "update subject_keys set wrapped = null, destroyed_at = now() where subject = 'reporter'"
BACK = "update subject_keys set wrapped = 'other', destroyed_at = null where subject = 'reporter'"


@pytest.mark.rule("R14.4")
async def test_a_key_is_destroyed_and_never_comes_back(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        await Scribe(connection).write("SW-1", by(MEI, "03-02 09:00", Register, **request()))
        assert await connection.execute(DESTROY) == "UPDATE 1"
    for role in ("app", "owner", "superuser"):
        async with database.as_role(role) as connection:
            for statement in (BACK, DESTROY, "delete from subject_keys", "truncate subject_keys"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(statement)


@pytest.mark.rule("R14.4")
async def test_the_owner_alone_wraps_a_key_anew(written: Database) -> None:
    anew = "update subject_keys set wrapped = wrapped || ''"
    async with written.as_role("app") as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError) as caught:
            await connection.execute(anew)
    assert "a key is destroyed or stays" in str(caught.value)
    async with written.as_role("owner") as connection:
        assert (await connection.execute(anew)).startswith("UPDATE")
