"""What else is said of a receipt: that a key of the log was lost, before or since."""

from datetime import UTC, datetime, timedelta

import pytest

from api.receipt_checks import remarks
from api.words.receipts import VERDICTS
from store.log import About, Came, LogKey
from store.notes import Checkpoint, PublicKey, Signer
from store.receipt_checks import Checked

pytestmark = pytest.mark.rule("R14.2")

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD, NEW = (Signer("shouwen/1", bytes([n]) * 32).public for n in (1, 2))


def signed_by(key: PublicKey, at: datetime = NOON) -> Checked:
    checkpoint = Checkpoint(origin="shouwen/1", size=7, root=bytes(32), time=at)
    return Checked(
        case_id="SW-1", origin="shouwen/1", events=(), checkpoint=checkpoint, keys=(key,)
    )


def log(came: Came) -> About:
    """The old key until an hour later, then the new one."""
    old = LogKey(vkey=str(OLD), since=NOON - HOUR, until=NOON + HOUR)
    new = LogKey(vkey=str(NEW), since=NOON + HOUR, came=came)
    return About(origin="shouwen/1", earlier=(), keys=(old, new))


def test_a_key_that_was_changed_in_order_is_worth_no_word() -> None:
    assert remarks(signed_by(OLD), log("changed"), "en") == []
    assert remarks(signed_by(NEW, NOON + 2 * HOUR), log("changed"), "en") == []


def test_a_key_lost_since_is_said() -> None:
    (told,) = remarks(signed_by(OLD), log("lost"), "en")
    assert "since then the log's key was lost (2026-11-22)" in told


def test_events_lost_since_are_said() -> None:
    (told,) = remarks(signed_by(OLD), log("renewed"), "en")
    assert "signed events were lost" in told


def test_a_key_nobody_vouched_for_is_said() -> None:
    (told,) = remarks(signed_by(NEW, NOON + 2 * HOUR), log("lost"), "en")
    assert "nobody vouched for it" in told


def test_what_is_not_signed_yet_has_nothing_to_remark() -> None:
    waiting = Checked(case_id="SW-1", origin="shouwen/1", events=(), checkpoint=None)
    assert remarks(waiting, log("lost"), "en") == []


@pytest.mark.parametrize("code", VERDICTS)
def test_every_verdict_is_said_in_both_languages(code: str) -> None:
    chinese, english = VERDICTS[code]
    assert any("\u4e00" <= each <= "\u9fff" for each in chinese)
    assert english.isascii()
    assert ("{about}" in chinese) == ("{about}" in english)
