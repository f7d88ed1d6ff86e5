"""What the log says of itself: every name and key it ever had."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.log.events import BooksNoted, ClockSetBack, KeyChanged, LogEvent, LogFounded, Noted
from domain.log.state import LOG
from domain.values import SYSTEM
from store import codec, journal, log
from store.codec import Stored
from store.folds import LOG as FOLD
from store.journal import Entry
from store.notes import Signer, key_change
from tests.store.house import RING, House

pytestmark = pytest.mark.rule("R14.2")

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


A, B, C, D, THIEF = (Signer("shouwen/1", bytes([number]) * 32) for number in range(1, 6))
NAMES = {str(key.public): name for name, key in zip("abcdt", (A, B, C, D, THIEF), strict=True)}


def changed(
    after: int, old: tuple[Signer, ...], new: tuple[Signer, ...], by: Signer | None
) -> KeyChanged:
    before, now = (tuple(str(each.public) for each in keys) for keys in (old, new))
    signature = by.sign(key_change("shouwen/1", before, now)) if by else b""
    return KeyChanged(
        at=NOON + after * HOUR,
        by=SYSTEM,
        origin="shouwen/1",
        old=before,
        new=now,
        signed_by=str(by.public) if by else "",
        signature=base64.b64encode(signature).decode(),
        lost=by is None,
    )


FOUNDED = LogFounded(at=NOON, by=SYSTEM, origin="shouwen/1", keys=(str(A.public),))
LIFE: tuple[LogEvent, ...] = (
    FOUNDED,
    changed(1, (A,), (B, A), A),
    ClockSetBack(at=NOON, by=SYSTEM, signed_at=NOON + HOUR, size=7),
    changed(2, (B, A), (B,), B),
    changed(3, (B,), (C,), None),
    LogFounded(
        at=NOON + 4 * HOUR,
        by=SYSTEM,
        origin="shouwen/2",
        keys=(str(D.public),),
        instead_of="shouwen/1",
        lost_size=9,
        lost_root="ab",
    ),
)


async def told(house: House, *life: LogEvent) -> log.About:
    """What the log says of itself after these events."""
    database = await house.migrated()
    async with database.connection() as connection:
        assert await log.about(connection, RING) is None
        loaded = await journal.load(connection, FOLD, LOG)
        entry = Entry(
            case_id=LOG,
            command_id=uuid4(),
            command="look",
            fingerprint=b"look",
            version=0,
            last_hash=None,
            recorded_at=loaded.now,
            events=life,
        )
        await journal.append(connection, [entry], RING)
        found = await log.about(connection, RING)
    assert found is not None
    return found


async def test_names_and_keys_are_told_with_their_times(house: House) -> None:
    found = await told(house, *LIFE)
    assert (found.origin, found.earlier) == ("shouwen/2", ("shouwen/1",))
    keys = [(NAMES[k.vkey], k.since - NOON, k.until and k.until - NOON, k.came) for k in found.keys]
    assert keys == [
        ("a", 0 * HOUR, 2 * HOUR, "founded"),
        ("b", 1 * HOUR, 3 * HOUR, "changed"),
        ("c", 3 * HOUR, 4 * HOUR, "lost"),
        ("d", 4 * HOUR, None, "renewed"),
    ]
    assert [each.holds for each in found.changes] == [True, True, False]


@pytest.mark.parametrize(
    "forged",
    [
        replace(changed(1, (A,), (THIEF,), THIEF), signed_by=str(A.public)),
        replace(changed(1, (A,), (THIEF,), A), signature=base64.b64encode(bytes(64)).decode()),
        changed(1, (A,), (THIEF,), THIEF),
        changed(1, (A, THIEF), (THIEF,), THIEF),
        replace(changed(1, (A,), (A, B), A), new=(str(THIEF.public),)),
    ],
    ids=["another's", "no signature", "its own", "as if of before", "of other keys"],
)
async def test_a_change_that_nobody_signed_is_not_vouched_for_whatever_it_says(
    house: House, forged: KeyChanged
) -> None:
    found = await told(house, FOUNDED, forged)
    assert not forged.lost
    assert [key.vouched for key in found.keys] == [True, False]


async def test_a_name_whose_founding_was_lost_is_still_told(house: House) -> None:
    found = await told(house, LIFE[-1])
    assert (found.origin, found.earlier) == ("shouwen/2", ("shouwen/1",))
    assert [key.came for key in found.keys] == ["renewed"]


async def test_what_was_published_is_not_read_to_tell_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = Noted(book_id=1, book="policy", version="1", hash="ab")
    many = [BooksNoted(at=NOON, by=SYSTEM, books=(noted,)) for _ in range(20)]
    read: list[str] = []
    decode = codec.decode

    def counted(stored: Stored, *more: Any) -> Any:
        read.append(stored.kind)
        return decode(stored, *more)

    monkeypatch.setattr(codec, "decode", counted)
    await told(house, FOUNDED, *many, changed(1, (A,), (B, A), A), *many)
    assert read == ["log.founded", "log.key_changed"]
