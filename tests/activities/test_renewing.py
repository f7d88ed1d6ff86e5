"""After events that had been signed are lost for good: said in the journal, and a way on."""

import base64
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from domain.log.events import LogFounded
from domain.log.state import LOG
from settings import Settings, as_environ
from store import notes, reading
from store.folds import LOG as FOLD
from store.notes import Checkpoint, Signer
from tests.activities.test_notary import OLD, Notary, newest, said, write
from tests.store.house import RING, House

pytestmark = pytest.mark.rule("R14.2")

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def notary(house: House, tmp_path: Path) -> Notary:
    return Notary(await house.migrated(), tmp_path / "checkpoint", OLD)


@pytest.fixture
async def connection(notary: Notary) -> AsyncIterator[asyncpg.Connection]:
    async with notary.database.connection() as connection:
        yield connection


def command(notary: Notary, *words: str) -> subprocess.CompletedProcess[str]:
    """`shouwen log …` on the notary's database, with its keys."""
    settings = Settings(
        data=notary.desk.kept.parent,
        database_url=notary.database.url(),
        master_key=base64.b64encode(bytes(range(32))).decode(),
        log_key=",".join(base64.b64encode(each).decode() for each in notary.desk.seeds),
    )
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "log", *words],
        cwd=ROOT,
        env={**os.environ, **as_environ(settings)},
        check=False,
        capture_output=True,
        text=True,
    )


async def test_after_a_loss_the_log_goes_on_under_another_name(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    before = await newest(connection)
    origin = Checkpoint.of(notes.parse(before.note).text).origin
    ahead = Checkpoint(origin=origin, size=9, root=bytes(32), time=before.signed_at)
    note = str(notes.sign(ahead, [Signer(origin, OLD)]))
    notary.desk.kept.write_text(note, "utf-8")

    done = command(notary, "renew")
    assert done.returncode == 0, done.stderr
    assert "checkpoint.lost-9 proves what had been signed" in done.stdout
    assert notary.desk.kept.with_name("checkpoint.lost-9").read_text("utf-8") == note

    notary.sit_down()
    await notary.work()
    anew = (await said(connection))[-1]
    assert isinstance(anew, LogFounded)
    assert (anew.instead_of, anew.lost_size, anew.lost_root) == (origin, 9, bytes(32).hex())
    after = Checkpoint.of(notes.parse((await newest(connection)).note).text)
    assert after.origin == anew.origin != origin
    assert after.size == before.size + 1
    assert notary.desk.kept.read_text("utf-8").startswith(anew.origin)

    again = command(notary, "renew")
    nothing = "Nothing is lost: the database goes on from what was signed.\n"
    assert (again.returncode, again.stderr) == (1, nothing)
    shown = command(notary, "show").stdout
    assert f"name      {anew.origin}" in shown
    assert anew.keys[0] in shown
    assert f"signed    {after.size} events" in shown


async def test_a_log_is_not_renewed_for_the_file_of_another(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    at = (await newest(connection)).signed_at
    foreign = Checkpoint(origin="shouwen/x", size=9, root=bytes(32), time=at)
    notary.desk.kept.write_text(str(notes.sign(foreign, [Signer("shouwen/x", OLD)])), "utf-8")
    done = command(notary, "renew")
    assert done.returncode == 1
    assert "belongs to the log shouwen/x" in done.stderr
    assert len(done.stderr.splitlines()) == 1


async def test_a_file_that_no_key_of_the_log_signed_is_not_believed(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await notary.work()
    signed = await newest(connection)
    origin = Checkpoint.of(notes.parse(signed.note).text).origin
    ahead = Checkpoint(origin=origin, size=10**9, root=bytes(32), time=signed.signed_at)
    for note in (
        str(notes.sign(ahead, [Signer(origin, bytes([9]) * 32)])),
        str(notes.sign(ahead, [Signer(origin, OLD)])).replace("000000000", "000000001"),
    ):
        notary.desk.kept.write_text(note, "utf-8")
        notary.sit_down()
        await notary.work()
        assert await newest(connection) == signed
        assert "older copy" not in caplog.text
        done = command(notary, "renew")
        assert done.returncode == 1
        assert "move the file away" in done.stderr
    assert "is signed by no key of this log" in caplog.text
    assert "is damaged" in caplog.text


async def test_what_was_kept_before_the_key_was_lost_is_still_believed(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    before = await newest(connection)
    await notary.with_keys(bytes([7]) * 32)
    assert (await newest(connection)).size == before.size + 1


async def test_a_folder_in_its_place_is_said_to_be_none(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    notary.desk.kept.mkdir()
    await notary.work()
    assert "cannot be read" in caplog.text
    assert "no checkpoint is signed" in caplog.text


async def test_a_rewritten_database_is_found_without_the_file_too(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await write(connection, 1, 20)
    await notary.work()
    notary.desk.kept.unlink()
    async with notary.database.as_role("superuser") as superuser:
        await superuser.execute("alter table events disable trigger all")
        await superuser.execute("update events set hash = sha256('8') where case_id = 'SW-7'")
    notary.sit_down()
    await notary.work()
    assert "the first 21 events are not those that were signed" in caplog.text
    assert not notary.desk.kept.exists()


async def cut(notary: Notary, after: int) -> None:
    """Somebody with all rights takes the journal's end away, and the file beside it."""
    async with notary.database.as_role("superuser") as superuser:
        for table in ("events", "event_sequence", "commands"):
            await superuser.execute(f"alter table {table} disable trigger all")
        await superuser.execute("delete from event_sequence where seq > $1", after)
        await superuser.execute(
            "delete from events where position not in (select position from event_sequence)"
        )
        await superuser.execute("delete from commands where case_id = 'log'")
        await superuser.execute(
            """update sequencer set (last_seq, last_position, last_xid) =
               (select q.seq, e.position, e.xid from event_sequence q join events e using (position)
                where q.seq = $1)""",
            after,
        )
    notary.desk.kept.unlink()


async def test_a_cut_end_is_found_without_the_file_and_there_is_a_way_on(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await write(connection, 1, 20)
    await notary.work()
    await write(connection, 21, 40)
    await notary.work()
    before = await newest(connection)
    await cut(notary, 25)
    await write(connection, 51, 53)
    notary.sit_down()
    await notary.work()
    assert await newest(connection) == before
    assert "41 events were signed at" in caplog.text
    assert "the database holds 28" in caplog.text

    done = command(notary, "renew")
    assert done.returncode == 0, done.stderr
    there = notary.desk.kept.with_name("checkpoint.lost-41")
    assert there.read_text("utf-8") == before.note
    notary.sit_down()
    await notary.work()
    anew = (await said(connection))[-1]
    assert isinstance(anew, LogFounded)
    assert (anew.lost_size, anew.lost_root) == (41, before.root.hex())
    after = await newest(connection)
    assert (after.size, Checkpoint.of(notes.parse(after.note).text).origin) == (29, anew.origin)


async def test_a_log_whose_founding_was_cut_off_is_not_founded_again(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await write(connection, 1, 20)
    await notary.work()
    before = await newest(connection)
    origin = Checkpoint.of(notes.parse(before.note).text).origin
    await cut(notary, 15)
    await write(connection, 51, 60)
    notary.sit_down()
    await notary.work()
    assert await newest(connection) == before
    assert await reading.past(connection, FOLD, LOG, RING) is None
    assert f"21 events were signed as {origin}, of which the journal says nothing" in caplog.text

    done = command(notary, "renew")
    assert done.returncode == 0, done.stderr
    notary.sit_down()
    await notary.work()
    (anew,) = await said(connection)
    assert isinstance(anew, LogFounded)
    assert (anew.instead_of, anew.lost_size) == (origin, 21)
    assert (await newest(connection)).checkpoint_id == before.checkpoint_id + 1


async def test_what_the_notary_advises_for_a_rewritten_database_can_be_done(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await write(connection, 1, 20)
    await notary.work()
    notary.desk.kept.unlink()
    async with notary.database.as_role("superuser") as superuser:
        await superuser.execute("alter table events disable trigger all")
        await superuser.execute("update events set hash = sha256('8') where case_id = 'SW-7'")
    done = command(notary, "renew")
    assert done.returncode == 0, done.stderr
    assert "checkpoint.lost-21 proves what had been signed" in done.stdout


async def test_a_lost_file_is_written_again(notary: Notary, connection: asyncpg.Connection) -> None:
    await notary.work()
    notary.desk.kept.unlink()
    notary.sit_down()
    await notary.work()
    assert notary.desk.kept.read_text("utf-8") == (await newest(connection)).note


def test_a_log_that_was_not_founded_says_so(notary: Notary) -> None:
    assert command(notary, "show").stdout == "Nothing was signed yet: no worker has run.\n"
