"""What the log says of itself: every name and key it ever had."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.log.events import ClockSetBack, KeyChanged, LogEvent, LogFounded
from domain.log.state import LOG
from domain.values import SYSTEM
from store import journal, log
from store.folds import LOG as FOLD
from store.journal import Entry
from tests.store.house import RING, House

pytestmark = pytest.mark.rule("R14.2")

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def changed(after: int, old: tuple[str, ...], new: tuple[str, ...], *, lost: bool) -> KeyChanged:
    return KeyChanged(
        at=NOON + after * HOUR,
        by=SYSTEM,
        origin="shouwen/1",
        old=old,
        new=new,
        signed_by="" if lost else old[0],
        signature="",
        lost=lost,
    )


LIFE: tuple[LogEvent, ...] = (
    LogFounded(at=NOON, by=SYSTEM, origin="shouwen/1", keys=("a",)),
    changed(1, ("a",), ("b", "a"), lost=False),
    ClockSetBack(at=NOON, by=SYSTEM, signed_at=NOON + HOUR, size=7),
    changed(2, ("b", "a"), ("b",), lost=False),
    changed(3, ("b",), ("c",), lost=True),
    LogFounded(
        at=NOON + 4 * HOUR,
        by=SYSTEM,
        origin="shouwen/2",
        keys=("d",),
        instead_of="shouwen/1",
        lost_size=9,
        lost_root="ab",
    ),
)


async def test_names_and_keys_are_told_with_their_times(house: House) -> None:
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
            events=LIFE,
        )
        await journal.append(connection, [entry], RING)
        found = await log.about(connection, RING)
    assert found is not None
    assert (found.origin, found.earlier) == ("shouwen/2", ("shouwen/1",))
    told = [(k.vkey, k.since - NOON, k.until and k.until - NOON, k.came) for k in found.keys]
    assert told == [
        ("a", 0 * HOUR, 2 * HOUR, "founded"),
        ("b", 1 * HOUR, 3 * HOUR, "changed"),
        ("c", 3 * HOUR, 4 * HOUR, "lost"),
        ("d", 4 * HOUR, None, "renewed"),
    ]
