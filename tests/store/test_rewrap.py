"""R14.4: data keys under a new master key; the old one and its backups can be destroyed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

import asyncpg
import pytest

from api.identity import phone_lookup
from cli.keys import _need_all_under, _rewrapped
from cli.local.failure import LocalError
from domain.commands import EraseSubject, HandOver, Register, Withdraw
from store import journal, reading, rewrapping
from store.database import Connection
from store.folds import CASE
from store.keys import KeyRing, UnknownKey
from tests.domain.story import CLOCK, MEI, RESIDENT, by, request
from tests.store.house import Database, House, Scribe

pytestmark = pytest.mark.rule("R14.4")

OLD, NEW = (bytes([n]) * 32 for n in (1, 2))
BEFORE = KeyRing(OLD)
ROTATED = KeyRing(NEW, OLD, apart=BEFORE.apart)
AFTER = KeyRing(NEW, apart=BEFORE.apart)
CASES = [f"SW-{number}" for number in range(7)]
FORGET = {"subject": "reporter", "erasure_id": "erasure-1"}


def test_a_ring_with_the_keys_apart_looks_up_and_links_as_before() -> None:
    assert AFTER.lookup("phone\0138") == BEFORE.lookup("phone\0138") == ROTATED.lookup("phone\0138")
    assert KeyRing(NEW).lookup("phone\0138") != BEFORE.lookup("phone\0138")
    for made in (KeyRing.receipt_secret, KeyRing.party_secret):
        assert made(AFTER, "SW-1", "key") == made(BEFORE, "SW-1", "key")
    assert AFTER.rating_secret("SW-1", 1) == BEFORE.rating_secret("SW-1", 1)
    assert KeyRing(OLD, apart=BEFORE.apart).apart_as_text() == BEFORE.apart_as_text()
    with pytest.raises(ValueError, match="64 bytes"):
        KeyRing(NEW, apart=b"short")


@pytest.fixture
async def written(house: House) -> Database:
    """Cases of before the rotation, one of them forgotten, and one of after it."""
    database = await house.town()
    async with database.connection() as connection:
        fields = request(reporter_lookup=phone_lookup("138", BEFORE))
        for case_id in CASES:
            await Scribe(connection, BEFORE).write(
                case_id, by(MEI, "03-02 09:00", Register, **fields)
            )
        left = by(RESIDENT, "03-02 09:30", Withdraw, text="算了")
        gone = by(CLOCK, "03-16 09:00", EraseSubject, **FORGET)
        await Scribe(connection, BEFORE).write(CASES[0], left, gone)
        told = by(MEI, "03-02 09:30", HandOver, text="转网格")
        await Scribe(connection, ROTATED).write(CASES[1], told)
    return database


async def test_after_it_the_new_key_alone_opens_everything(
    written: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewrapping, "BATCH", 2)
    async with written.connection() as connection:
        with pytest.raises(UnknownKey):
            await reading.history(connection, CASES[2], AFTER)
        before = await journal.load(connection, CASE, CASES[2])
    assert await _rewrapped(written.url("owner"), ROTATED) == (6, {AFTER.current: 7})
    async with written.connection() as connection:
        for case_id in CASES[1:]:
            history = await reading.history(connection, case_id, AFTER)
            assert history is not None
            assert "楼下半夜施工" in repr(history.lines[0].event)
        forgotten = await reading.history(connection, CASES[0], AFTER)
        assert "楼下半夜施工" not in repr(forgotten)
        assert await rewrapping.masters(connection) == {AFTER.current: 7}
        after = await journal.load(connection, CASE, CASES[2])
        assert (after.state, after.last_hash) == (before.state, before.last_hash)
        with pytest.raises(UnknownKey):
            await reading.history(connection, CASES[2], BEFORE)
    assert await _rewrapped(written.url("owner"), ROTATED) == (0, {AFTER.current: 7})


async def test_it_goes_on_where_it_was_cut_off_and_beside_who_writes(written: Database) -> None:
    async def write(number: int) -> None:
        async with written.connection() as connection:
            opening = by(MEI, "03-02 10:00", Register, **request())
            await Scribe(connection, ROTATED).write(f"SW-new-{number}", opening)

    await asyncio.gather(
        *(_rewrapped(written.url("owner"), ROTATED) for _ in range(2)), *map(write, range(5))
    )
    async with written.connection() as connection:
        assert await rewrapping.masters(connection) == {AFTER.current: 12}


@dataclass
class Between:
    """The owner's connection; something happens between what it reads first and what it writes."""

    connection: Connection
    happens: Callable[[], Awaitable[None]]
    over: bool = False

    async def fetch(self, sql: str, *args: object) -> list[Any]:
        rows = await self.connection.fetch(sql, *args)
        if not self.over:
            self.over = True
            await self.happens()
        return rows


async def test_what_is_written_under_an_old_key_meanwhile_is_not_called_done(
    written: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrap = rewrapping.rewrap

    async def too_early(connection: Connection, ring: KeyRing) -> int:
        done = await rewrap(connection, ring)
        await _opens(written, BEFORE)
        return done

    monkeypatch.setattr(rewrapping, "rewrap", too_early)
    with pytest.raises(LocalError) as refused:
        _need_all_under(await _masters(written), ROTATED.current)
    left = f"1 data keys are NOT under key {ROTATED.current}: 1 under key {BEFORE.current},"
    assert str(refused.value).startswith(left)
    monkeypatch.undo()
    _need_all_under(await _masters(written), ROTATED.current)


async def test_new_keys_and_a_key_destroyed_meanwhile_leave_nothing_behind(
    written: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrap = rewrapping.rewrap

    async def happens() -> None:
        await _opens(written, ROTATED)
        left = by(RESIDENT, "03-02 10:30", Withdraw, text="算了")
        gone = by(CLOCK, "03-16 09:00", EraseSubject, **FORGET)
        async with written.connection() as connection:
            await Scribe(connection, ROTATED).write(CASES[2], left, gone)

    async def beside(connection: Connection, ring: KeyRing) -> int:
        return await rewrap(cast("Connection", Between(connection, happens)), ring)

    monkeypatch.setattr(rewrapping, "rewrap", beside)
    assert await _rewrapped(written.url("owner"), ROTATED) == (5, {ROTATED.current: 7})
    async with written.connection() as connection:
        assert "楼下半夜施工" not in repr(await reading.history(connection, CASES[2], AFTER))


async def _opens(database: Database, ring: KeyRing) -> None:
    async with database.connection() as connection:
        opening = by(MEI, "03-02 10:00", Register, **request())
        await Scribe(connection, ring).write("SW-meanwhile", opening)


async def _masters(database: Database) -> dict[str, int]:
    return (await _rewrapped(database.url("owner"), ROTATED))[1]


async def test_a_key_for_look_ups_of_another_system_is_refused(written: Database) -> None:
    with pytest.raises(LocalError, match="not the one this database was written with"):
        await _rewrapped(written.url("owner"), KeyRing(NEW, OLD, apart=bytes(64)))


async def test_a_master_key_that_is_missing_is_named(written: Database) -> None:
    with pytest.raises(LocalError, match="not in the ring"):
        await _rewrapped(written.url("owner"), AFTER)


async def test_the_program_itself_wraps_nothing_anew(written: Database) -> None:
    async with written.connection() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rewrapping.rewrap(connection, ROTATED)
