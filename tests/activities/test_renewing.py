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
from settings import Settings, as_environ
from store import notes
from store.notes import Checkpoint, Signer
from tests.activities.test_notary import OLD, Notary, newest, said, write
from tests.store.house import House

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


async def test_a_lost_file_is_written_again(notary: Notary, connection: asyncpg.Connection) -> None:
    await notary.work()
    notary.desk.kept.unlink()
    notary.sit_down()
    await notary.work()
    assert notary.desk.kept.read_text("utf-8") == (await newest(connection)).note


def test_a_log_that_was_not_founded_says_so(notary: Notary) -> None:
    assert command(notary, "show").stdout == "Nothing was signed yet: no worker has run.\n"
