"""The notary signs what is there, says what became of its keys and its clock, and signs nothing
that contradicts what was signed before.
"""

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import asyncpg
import pytest

from activities.notary import Desk, NotaryActivities
from domain.log.events import BooksNoted, ClockSetBack, KeyChanged, LogFounded
from domain.log.state import LOG
from store import books, checkpoints, merkle, notes, reading, sequencer, tree
from store.checkpoints import Signed
from store.folds import LOG as FOLD
from store.journal import Conflict
from store.noted import fresh as noted_afresh
from store.notes import Checkpoint, PublicKey, Signer
from tests.domain.town import POLICY, TOWN
from tests.store.house import RING, Database, House, publish_town
from tests.store.test_tree import FILL

pytestmark = pytest.mark.rule("R14.2")

OLD, NEW, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))


class Notary:
    """A notary at a desk of its own, which a test looks after turn by turn."""

    def __init__(self, database: Database, kept: Path, *seeds: bytes) -> None:
        self.database = database
        self.desk = Desk(seeds=seeds, kept=kept, every=timedelta())
        self.sit_down()

    def sit_down(self) -> None:
        """Begin a shift."""
        self.activities = NotaryActivities(self.database.engine, RING, self.desk)

    async def work(self) -> None:
        """Until there is nothing to do, with the sequencer beside it."""
        first = True
        while True:
            async with self.database.connection() as connection:
                numbered = await sequencer.advance(connection)
            worked = await self.activities.look(first=first)
            first = False
            if not worked and not numbered:
                return

    async def with_keys(self, *seeds: bytes) -> None:
        """A shift with other keys."""
        self.desk = replace(self.desk, seeds=seeds)
        self.sit_down()
        await self.work()


@pytest.fixture
async def notary(house: House, tmp_path: Path) -> Notary:
    return Notary(await house.migrated(), tmp_path / "checkpoint", OLD)


@pytest.fixture
async def connection(notary: Notary) -> AsyncIterator[asyncpg.Connection]:
    async with notary.database.connection() as connection:
        yield connection


async def write(connection: asyncpg.Connection, first: int, last: int) -> None:
    """Events that nobody has numbered yet."""
    await connection.execute(FILL.split("insert into event_sequence")[0] + "select 1", first, last)


async def newest(connection: asyncpg.Connection) -> Signed:
    found = await checkpoints.newest(connection)
    assert found is not None
    return found


async def said(connection: asyncpg.Connection) -> list[object]:
    past = await reading.past(connection, FOLD, LOG, RING)
    assert past is not None
    return [line.event for line in past.lines]


def key(origin: str, seed: bytes) -> PublicKey:
    return Signer(origin, seed).public


async def test_the_first_thing_is_a_name_and_then_a_checkpoint_that_covers_it(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await write(connection, 1, 300)
    await notary.work()
    (founded,) = await said(connection)
    assert isinstance(founded, LogFounded)
    assert founded.origin.startswith("shouwen/")
    signed = await newest(connection)
    note = notes.parse(signed.note)
    assert notes.believed(note.text, note.lines, [PublicKey.of(founded.keys[0])])
    assert Checkpoint.of(note.text) == Checkpoint(
        origin=founded.origin, size=301, root=signed.root, time=signed.signed_at
    )
    assert signed.root == await tree.root(connection, 301)
    assert notary.desk.kept.read_text("utf-8") == signed.note


async def test_checkpoints_go_on_from_each_other(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    for first in (1, 101, 201):
        await write(connection, first, first + 99)
        await notary.work()
    found = (await checkpoints.page(connection, 1000, 10))[::-1]
    assert [each.checkpoint_id for each in found] == list(range(1, len(found) + 1))
    for before, after in pairwise(found):
        assert before.signed_at <= after.signed_at
        path = await tree.consistency(connection, before.size, after.size)
        assert merkle.extends(before.size, before.root, after.size, after.root, path)


async def test_nothing_new_is_not_signed_twice(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    before = await newest(connection)
    notary.sit_down()
    await notary.work()
    assert await newest(connection) == before


async def test_after_an_hour_it_is_signed_again_though_nothing_is_new(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    before = await newest(connection)
    await later(notary, timedelta(minutes=59))
    assert (await newest(connection)).checkpoint_id == before.checkpoint_id
    await later(notary, timedelta(minutes=61))
    assert (await newest(connection)).size == before.size
    assert (await newest(connection)).checkpoint_id == before.checkpoint_id + 1


async def later(notary: Notary, by: timedelta) -> None:
    """As if the newest checkpoint had been signed so much earlier."""
    async with notary.database.as_role("superuser") as connection:
        await connection.execute("alter table checkpoints disable trigger all")
        await connection.execute(
            "update checkpoints set signed_at = clock_timestamp() - $1::interval", by
        )
    await notary.work()


async def test_a_new_key_signs_beside_the_old_one_and_then_alone(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    await notary.with_keys(NEW, OLD)
    both = notes.parse((await newest(connection)).note)
    founded, came = await said(connection)
    assert isinstance(founded, LogFounded)
    assert isinstance(came, KeyChanged)
    old, new = key(founded.origin, OLD), key(founded.origin, NEW)
    assert notes.believed(both.text, both.lines, [old]) == (old,)
    assert notes.believed(both.text, both.lines, [new]) == (new,)
    message = notes.key_change(founded.origin, came.old, came.new)
    assert old.confirms(message, base64.b64decode(came.signature))

    await notary.with_keys(NEW)
    alone = notes.parse((await newest(connection)).note)
    assert notes.believed(alone.text, alone.lines, [old, new]) == (new,)
    went = (await said(connection))[-1]
    assert isinstance(went, KeyChanged)
    assert (went.signed_by, went.lost) == (str(new), False)


async def test_a_lost_key_is_an_event_before_the_new_one_signs(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    await notary.with_keys(OTHER)
    *_, changed = await said(connection)
    assert isinstance(changed, KeyChanged)
    assert (changed.signed_by, changed.signature, changed.lost) == ("", "", True)
    assert (await newest(connection)).size == 2


async def test_a_clock_set_back_is_an_event_and_signing_goes_on(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    await later(notary, timedelta(hours=-3))
    *_, behind = await said(connection)
    assert isinstance(behind, ClockSetBack)
    after = await newest(connection)
    assert (behind.signed_at, behind.size) == (after.signed_at, 1)
    assert after.size == 2  # covers what was said of the clock
    assert behind.at < after.signed_at
    await write(connection, 1, 10)
    await notary.work()
    assert len(await said(connection)) == 2
    last = await newest(connection)
    assert (last.size, last.signed_at) == (12, after.signed_at)


async def test_in_a_quiet_night_it_is_signed_each_hour_though_the_clock_is_behind(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    await later(notary, timedelta(hours=-30))
    before = await newest(connection)
    await notary.work()
    assert await newest(connection) == before, "it was signed just now, by its own clock"
    notary.sit_down()  # a worker that cannot tell how long ago it was signed
    await notary.work()
    after = await newest(connection)
    assert after.checkpoint_id == before.checkpoint_id + 1
    assert (after.size, after.signed_at) == (before.size, before.signed_at)


async def test_an_older_copy_of_the_database_is_not_signed(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await notary.work()
    signed = await newest(connection)
    origin = Checkpoint.of(notes.parse(signed.note).text).origin
    ahead = Checkpoint(origin=origin, size=9, root=bytes(32), time=signed.signed_at)
    notary.desk.kept.write_text(str(notes.sign(ahead, [Signer(origin, OLD)])), "utf-8")
    await write(connection, 1, 3)
    notary.sit_down()
    await notary.work()
    assert await newest(connection) == signed
    assert "it is an older copy, or its end was cut off" in caplog.text
    assert "9 events were signed" in caplog.text
    assert "holds 4" in caplog.text


async def test_a_database_that_was_rewritten_is_not_signed(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await write(connection, 1, 20)
    await notary.work()
    signed = await newest(connection)
    async with notary.database.as_role("superuser") as superuser:
        await superuser.execute("alter table events disable trigger all")
        await superuser.execute("update events set hash = sha256('8') where case_id = 'SW-7'")
    await write(connection, 21, 30)
    notary.sit_down()
    await notary.work()
    assert await newest(connection) == signed
    assert "the first 21 events are not those that were signed" in caplog.text


async def test_another_logs_checkpoint_is_not_overwritten(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    foreign = Checkpoint(
        origin="shouwen/x", size=9, root=bytes(32), time=datetime(2026, 1, 1, tzinfo=UTC)
    )
    notary.desk.kept.write_text(str(notes.sign(foreign, [Signer("shouwen/x", OTHER)])), "utf-8")
    await notary.work()
    assert await checkpoints.newest(connection) is None
    assert "belongs to the log shouwen/x" in caplog.text
    notary.desk.kept.unlink()
    notary.sit_down()
    await notary.work()
    assert (await newest(connection)).size == 1


async def test_a_damaged_file_is_said_to_be_damaged(
    notary: Notary, connection: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    notary.desk.kept.write_text("half a checkp", "utf-8")
    await notary.work()
    assert await checkpoints.newest(connection) is None
    assert "is damaged; if that is as it should be" in caplog.text


async def test_two_notaries_at_once_make_one_line_of_checkpoints(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await notary.work()
    before = await newest(connection)
    with pytest.raises(Conflict):
        await checkpoints.add(connection, before)


async def test_what_is_published_is_noted_once_with_its_hash(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await publish_town(connection)
    await notary.work()
    await notary.work()
    noted = [event for event in await said(connection) if isinstance(event, BooksNoted)]
    (before,) = [event.books for event in noted]
    assert [each.book_id for each in before] == [1, 2, 3, 4, 5]
    assert (before[0].book, before[0].version) == ("organisation", TOWN.organisation.version)
    await books.reinstate(connection, "policy", POLICY.version, datetime(2026, 4, 1, tzinfo=UTC))
    await write(connection, 1, 2)
    await notary.work()
    last = (await said(connection))[-1]
    assert isinstance(last, BooksNoted)
    assert [(each.book_id, each.version) for each in last.books] == [(6, POLICY.version)]
    assert last.books[0].hash != before[-1].hash, "when it holds is hashed as well"
    assert await noted_afresh(connection) == ()


async def test_many_entries_are_noted_bit_by_bit(
    notary: Notary, connection: asyncpg.Connection
) -> None:
    await publish_town(connection)
    again = """insert into books (kind, version, body, effective_from)
      select kind, version, body, '2026-05-01'::timestamptz + n * interval '1 day' from books,
      generate_series(1, 250) n where kind = 'policy'"""
    await connection.execute(again)
    await notary.work()
    found = [event.books for event in await said(connection) if isinstance(event, BooksNoted)]
    ids = [each.book_id for books in found for each in books]
    assert len(found) > 1
    assert ids == sorted(set(ids))
    assert len(ids) == await connection.fetchval("select count(*) from books")
