"""A backup restored into another cluster goes on where the first one was, in one order."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.local.postgres import LocalPostgres
from domain.commands import Accept, HandOver, RecordProgress, Register
from store import journal, reading, sequencer
from store.database import engine_for
from store.folds import CASE
from store.scores.checking import check
from tests.domain.story import GAO, MEI, by, request
from tests.store.house import JOURNAL, RING, VIEWS, Database, House, Scribe, everything
from tests.store.scores.test_keeper import follow, keeper
from tests.store.test_append_only import CHANGES

BURN = "do $$ begin for i in 1..4000 loop perform pg_current_xact_id(); commit; end loop; end $$"
ORDER = """select q.seq, e.case_id, e.version, e.position, e.xid::text::bigint as xid
 from event_sequence q join events e using (position) order by q.seq"""
SCORES = ("score_postings", "score_days", "score_keeper")
KEPT = (*JOURNAL, *VIEWS, *SCORES, "books", "event_sequence", "sequencer")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[LocalPostgres]:
    """A new cluster, whose transaction ids begin anew."""
    server = LocalPostgres(tmp_path, durable=False)
    server.start()
    yield server
    server.stop()


def dump_and_restore(source: Database, target: LocalPostgres, name: str, file: Path) -> None:
    programs = source.server.cluster.programs
    to = target.url("superuser", name)
    for argv in (
        ["pg_dump", "--format=custom", f"--file={file}", source.url("superuser")],
        ["pg_restore", "--exit-on-error", f"--dbname={to}", str(file)],
    ):
        subprocess.run(
            [str(programs / argv[0]), *argv[1:]],
            check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )


async def life(scribe: Scribe, case_id: str) -> None:
    await scribe.write(case_id, by(MEI, "03-02 09:00", Register, **request()))
    await scribe.write(case_id, by(MEI, "03-02 09:30", HandOver))


async def test_after_a_restore_old_events_keep_their_numbers_and_new_ones_follow(
    house: House, elsewhere: LocalPostgres, tmp_path: Path
) -> None:
    source = await house.town()
    async with source.as_role("superuser") as connection:
        await connection.execute(BURN)
    async with source.connection() as connection:
        scribe = Scribe(connection)
        await life(scribe, "SW-1")
        await sequencer.advance(connection)
        await keeper().advance(connection)
        await life(scribe, "SW-2")  # not numbered yet when the backup is made
        before = await connection.fetch(ORDER)
        rows = await everything(connection, KEPT)
    dump_and_restore(source, elsewhere, "shouwen", tmp_path / "backup")

    target = Database(elsewhere, "shouwen", engine_for(elsewhere.url("app"), size=4))
    try:
        async with target.connection() as connection:
            assert await everything(connection, KEPT) == rows
            newest = await connection.fetchval("select max(xid::text::bigint) from events")
            now = await connection.fetchval("select pg_current_xact_id()::text::bigint")
            assert now < newest, "the point of this test: ids begin anew"
        async with target.as_role("owner") as connection:
            assert await sequencer.after_restore(connection) == 8
            assert await sequencer.after_restore(connection) == 8
        async with target.connection() as connection:
            scribe = Scribe(connection)
            assert await sequencer.advance(connection) == 0
            numbered = await connection.fetch(ORDER)
            assert numbered[: len(before)] == before
            assert [(r["case_id"], r["version"]) for r in numbered] == [
                (case_id, version) for case_id in ("SW-1", "SW-2") for version in (1, 2, 3, 4)
            ]
            await scribe.write("SW-1", by(GAO, "03-02 10:00", Accept))
            assert await sequencer.advance(connection) == 1
            await life(scribe, "SW-3")
            await scribe.write("SW-2", by(GAO, "03-02 10:00", Accept))
            await scribe.write("SW-2", by(GAO, "03-02 10:30", RecordProgress, text="上门"))
            assert await sequencer.advance(connection) == 6
            assert await sequencer.advance(connection) == 0
            after = await connection.fetch(ORDER)
            assert after[: len(numbered)] == numbered
            assert [r["seq"] for r in after] == list(range(1, 16))
            assert [(r["case_id"], r["version"]) for r in after[8:]] == [
                ("SW-1", 5),
                *(("SW-3", version) for version in (1, 2, 3, 4)),
                ("SW-2", 5),
                ("SW-2", 6),
            ]
            history = await reading.history(connection, "SW-2", RING)
            assert history is not None
            assert history.lines[0].event.by.person_id == "mei"
            loaded = await journal.load(connection, CASE, "SW-2")
            assert loaded.last_hash == history.lines[-1].hash
            await follow(connection)
        checked = await check(target.engine)
        assert (checked.events, checked.ahead, checked.differing) == (15, 0, 0)
    finally:
        await target.engine.dispose()


async def test_the_guards_come_back_with_the_backup(
    house: House, elsewhere: LocalPostgres, tmp_path: Path
) -> None:
    source = await house.town()
    dump_and_restore(source, elsewhere, "shouwen", tmp_path / "backup")
    guards = "select count(*) from pg_trigger where tgenabled = 'A'"
    grants = """select string_agg(table_name || ' ' || privilege_type, ','
        order by table_name, privilege_type) from information_schema.role_table_grants
        where grantee = 'shouwen_app'"""
    found = []
    for server, name in ((source.server, source.name), (elsewhere, "shouwen")):
        async with Database(server, name, source.engine).as_role("owner") as connection:
            found.append([await connection.fetchval(q) for q in (guards, grants)])
    assert found[0] == found[1]
    assert found[0][0] == 2 * len({*CHANGES, "subject_keys"})


async def test_after_restore_of_an_empty_journal_begins_at_one(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        assert await sequencer.after_restore(connection) == 0
        await life(Scribe(connection), "SW-1")
        assert await sequencer.advance(connection) == 4
        assert await sequencer.after_restore(connection) == 4
