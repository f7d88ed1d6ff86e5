"""A flood of refusals is counted: it neither fills the journal nor passes unnoticed (R14.5)."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.access import UNKNOWN
from domain.access.flood import MINUTE, ONE_BY_ONE, Flood, Kind
from domain.values import By
from domain.words.access import Shown

pytestmark = pytest.mark.rule("R14.5")
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
KIND: Kind = (UNKNOWN, Shown.RECEIPT, "case_not_found")
OTHER: Kind = (By(person_id="mei"), Shown.STAFF, "case_not_found")


def test_of_each_kind_so_many_a_minute_are_recorded_one_by_one() -> None:
    flood = Flood(since=START)
    assert [flood.admits(KIND) for _ in range(ONE_BY_ONE + 2)] == [
        *[True] * ONE_BY_ONE,
        False,
        False,
    ]
    assert flood.admits(OTHER)


def test_the_rest_is_counted_when_the_minute_is_over_and_the_next_begins_anew() -> None:
    flood = Flood(since=START)
    for _ in range(ONE_BY_ONE + 30):
        flood.admits(KIND)
    flood.admits(OTHER)
    assert flood.turned(START + MINUTE - timedelta(seconds=1)) == ()
    (counted,) = flood.turned(START + MINUTE)
    assert (counted.by, counted.shown, counted.code, counted.since, counted.count) == (
        *KIND,
        START,
        30,
    )
    assert flood.admits(KIND)
    assert flood.turned(START + 2 * MINUTE) == ()


def test_what_is_counted_is_said_when_the_process_ends() -> None:
    flood = Flood(since=START)
    for _ in range(ONE_BY_ONE + 1):
        flood.admits(KIND)
    (counted,) = flood.turned(START + timedelta(seconds=1), ending=True)
    assert counted.count == 1


def test_a_count_that_could_not_be_recorded_is_counted_on() -> None:
    flood = Flood(since=START)
    for _ in range(ONE_BY_ONE + 5):
        flood.admits(KIND)
    turned = flood.turned(START + MINUTE)
    flood.admits(KIND)
    flood.back(turned)
    assert not flood.admits(KIND)
    (again,) = flood.turned(START + 2 * MINUTE)
    assert again.count >= 6
