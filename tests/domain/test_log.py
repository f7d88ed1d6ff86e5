"""The log of all events: what the notary finds in its hands becomes what has happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain import log as logs
from domain.log import Look, Lost
from domain.log.events import BooksNoted, ClockSetBack, KeyChanged, LogEvent, LogFounded, Noted
from domain.log.state import LOG, Log
from domain.values import SYSTEM

pytestmark = pytest.mark.rule("R14.2")

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FOUNDED = LogFounded(at=NOON, by=SYSTEM, origin="shouwen/1", keys=("old",))


def log(*events: LogEvent) -> Log:
    state = logs.initial(LOG)
    for event in events:
        state = logs.evolve(state, event)
    return state


def look(minutes: int = 0, keys: tuple[str, ...] = ("old",), signed: int | None = None) -> Look:
    return Look(
        at=NOON + timedelta(minutes=minutes),
        fresh="shouwen/2",
        keys=keys,
        signed_by="old" if "old" in keys else "",
        signature="c2lnbmVk" if "old" in keys else "",
        signed_at=None if signed is None else NOON + timedelta(minutes=signed),
        size=7,
    )


def test_a_log_is_founded_once_under_a_name_no_other_has() -> None:
    (founded,) = logs.decide(log(), look())
    assert founded == LogFounded(at=NOON, by=SYSTEM, origin="shouwen/2", keys=("old",))
    assert logs.decide(log(founded), look(1)) == ()
    assert log(founded).origin == "shouwen/2"


def test_a_log_whose_very_founding_is_lost_goes_on_from_the_name_it_had() -> None:
    gone = replace(look(1, ("new",)), lost=Lost(origin="shouwen/1", size=9, root="ab"))
    (anew,) = logs.decide(log(), gone)
    assert isinstance(anew, LogFounded)
    assert (anew.instead_of, anew.lost_size) == ("shouwen/1", 9)
    assert log(anew).instead_of == "shouwen/1"


def test_a_log_of_which_a_part_is_lost_goes_on_under_another_name() -> None:
    gone = replace(look(1, ("new",)), lost=Lost(origin="shouwen/1", size=9, root="ab"))
    (anew,) = logs.decide(log(FOUNDED), gone)
    assert anew == LogFounded(
        at=gone.at,
        by=SYSTEM,
        origin="shouwen/2",
        keys=("new",),
        instead_of="shouwen/1",
        lost_size=9,
        lost_root="ab",
    )
    after = log(FOUNDED, anew)
    assert (after.origin, after.keys) == ("shouwen/2", ("new",))
    assert logs.decide(after, look(2, ("new",))) == ()


def test_a_key_that_comes_is_vouched_for_by_one_of_before() -> None:
    (changed,) = logs.decide(log(FOUNDED), look(1, ("new", "old")))
    assert isinstance(changed, KeyChanged)
    assert (changed.old, changed.new) == (("old",), ("new", "old"))
    assert (changed.signed_by, changed.signature, changed.lost) == ("old", "c2lnbmVk", False)
    after = log(FOUNDED, changed)
    assert after.keys == ("new", "old")
    assert logs.decide(after, look(2, ("new", "old"))) == ()


def test_a_key_that_was_lost_is_said_to_be_lost() -> None:
    (changed,) = logs.decide(log(FOUNDED), look(1, ("other",)))
    assert isinstance(changed, KeyChanged)
    assert (changed.signed_by, changed.signature, changed.lost) == ("", "", True)


def test_a_clock_that_was_set_back_is_said_once() -> None:
    (behind,) = logs.decide(log(FOUNDED), look(-10, signed=5))
    assert behind == ClockSetBack(
        at=NOON - timedelta(minutes=10), by=SYSTEM, signed_at=NOON + timedelta(minutes=5), size=7
    )
    known = log(FOUNDED, behind)
    assert logs.decide(known, look(-9, signed=5)) == ()
    assert logs.decide(known, look(6, signed=5)) == ()


def test_a_clock_that_is_set_back_further_is_said_again() -> None:
    (behind,) = logs.decide(log(FOUNDED), look(-10, signed=5))
    assert logs.decide(log(FOUNDED, behind), look(-20, signed=5)) != ()
    assert logs.decide(log(FOUNDED, behind), look(20, signed=30)) != ()


def test_a_lost_key_and_a_wrong_clock_are_both_said() -> None:
    found = logs.decide(log(FOUNDED), look(-10, ("other",), signed=5))
    assert [event.kind for event in found] == ["log.clock_set_back", "log.key_changed"]


def test_what_was_published_is_noted_once_the_log_is_founded() -> None:
    policy = Noted(book_id=1, book="policy", version="2026.1", hash="00")
    found = replace(look(1), books=(policy,))
    (founded,) = logs.decide(log(), found)
    assert isinstance(founded, LogFounded)
    (happened,) = logs.decide(log(founded), replace(found, keys=founded.keys))
    assert happened == BooksNoted(at=found.at, by=SYSTEM, books=(policy,))
    assert log(founded, happened) == log(founded), "the books are no part of the log's own state"
