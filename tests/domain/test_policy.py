"""Lengths of time as people say them, and which of them a case gets."""

import pytest

from domain.policy import Span, due_after
from domain.refusals import Unreadable
from domain.words import Basis, DeadlineClass, Stage, Urgency
from tests.domain.town import NO_CLOCKS, OFFICE_TIME, POLICY, local, said, span


@pytest.mark.parametrize(
    ("text", "basis", "seconds"),
    [
        ("90 seconds", Basis.WALL, 90),
        ("30 minutes", Basis.WALL, 1800),
        ("2 hours", Basis.WALL, 7200),
        ("3 days", Basis.WALL, 259_200),
        ("2 working_hours", Basis.WORKING, 7200),
        ("2 working_days", Basis.WORKING, 50_400),
        ("1 same_day", Basis.WORKING, 18_000),
    ],
)
def test_a_span_is_so_many_seconds_of_its_basis(text: str, basis: Basis, seconds: int) -> None:
    assert span(text).basis is basis
    assert span(text).allowance(local("03-02 11:00"), OFFICE_TIME) == seconds


def test_the_same_day_after_closing_is_the_whole_next_working_day() -> None:
    assert span("1 same_day").allowance(local("03-06 18:00"), OFFICE_TIME) == 7 * 3600


@pytest.mark.parametrize("amount", [0, -1])
def test_a_length_must_be_positive(amount: int) -> None:
    with pytest.raises(Unreadable, match="positive"):
        Span(amount=amount, unit="days")


def test_a_unit_of_time_must_exist() -> None:
    with pytest.raises(Unreadable, match="not a unit of time"):
        Span(amount=1, unit="fortnights")


def test_the_wall_clock_goes_through_nights_and_holidays() -> None:
    found = due_after(Basis.WALL, 86_400, local("02-14 18:00"), OFFICE_TIME)
    assert (said(found.at), found.unpublished) == ("2026-02-15 18:00", False)


def test_the_department_has_a_time_for_each_class() -> None:
    normal = Urgency.NORMAL
    found = [POLICY.handling(Stage.DEPARTMENT, normal, c) for c in DeadlineClass]
    assert found == [
        span("3 working_days"),
        span("5 working_days"),
        span("15 working_days"),
        span("15 working_days"),
    ]
    street = POLICY.handling(Stage.STREET, normal, DeadlineClass.CONSULTATION)
    assert street == span("5 working_days")


def test_an_emergency_has_times_of_its_own_at_every_rung() -> None:
    found = [POLICY.handling(stage, Urgency.EMERGENCY, DeadlineClass.STANDARD) for stage in Stage]
    assert found == [span(t) for t in ("30 minutes", "2 hours", "4 hours", "8 hours", "24 hours")]
    assert POLICY.acceptance(Stage.DEPARTMENT, Urgency.EMERGENCY) == span("30 minutes")
    assert POLICY.resolution(Urgency.EMERGENCY) == span("24 hours")


def test_a_policy_may_leave_a_clock_out() -> None:
    assert NO_CLOCKS.acceptance(Stage.GRID, Urgency.NORMAL) is None
    assert NO_CLOCKS.handling(Stage.GRID, Urgency.NORMAL, DeadlineClass.STANDARD) is None
