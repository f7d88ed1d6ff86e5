"""How patient delivery is: the waits between attempts, and the pause of an endpoint that fails."""

import pytest

from activities.delivery.lanes import Circuit, Pace

PACE = Pace(width=8, trips=3, pause=10, longest_pause=60)


def test_waits_grow_over_three_days_and_then_end() -> None:
    pace = Pace()
    waits = [pace.wait(attempt) for attempt in range(1, 12)]
    assert all(wait is not None for wait in waits)
    for wait, planned in zip(waits, pace.again, strict=True):
        assert wait is not None
        assert planned * 0.8 <= wait <= planned * 1.2
    assert 3 * 24 * 3600 < sum(pace.again) < 4 * 24 * 3600
    assert pace.wait(12) is None


def test_a_lease_outlasts_an_attempt() -> None:
    assert Pace().lease > 1.5 * Pace().timeout


def test_an_endpoint_takes_as_many_as_there_is_room() -> None:
    circuit = Circuit(PACE)
    assert [circuit.room(busy, now=0) for busy in (0, 5, 8)] == [8, 3, 0]


def test_after_some_failures_in_a_row_it_is_left_alone_and_then_tried_with_one() -> None:
    circuit = Circuit(PACE)
    for _ in range(2):
        circuit.failed(now=100, retry_after=0)
    assert circuit.room(0, now=100) == 8
    circuit.failed(now=100, retry_after=0)
    assert circuit.room(0, now=109) == 0
    assert circuit.room(0, now=110) == 1
    assert circuit.room(1, now=110) == 0


def test_each_further_failure_doubles_the_pause_up_to_the_longest() -> None:
    circuit = Circuit(PACE)
    for _ in range(3):
        circuit.failed(now=0, retry_after=0)
    ends, now = [], 0.0
    for _ in range(4):
        now = circuit.paused_until
        ends.append(now)
        circuit.failed(now, retry_after=0)
    assert ends == [10, 30, 70, 130]


def test_a_success_opens_it_again() -> None:
    circuit = Circuit(PACE)
    for _ in range(5):
        circuit.failed(now=0, retry_after=0)
    circuit.succeeded()
    assert circuit.room(0, now=0) == 8


@pytest.mark.parametrize(("asked", "until"), [(30, 30), (3600, 60)])
def test_an_endpoint_that_asks_for_time_gets_it_within_bounds(asked: float, until: float) -> None:
    circuit = Circuit(PACE)
    circuit.failed(now=0, retry_after=asked)
    assert circuit.paused_until == until
