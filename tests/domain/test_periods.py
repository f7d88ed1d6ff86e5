"""R12.1: figures are of a month, a quarter, a year, any range of days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.refusals import Unreadable
from domain.scores.periods import parse

pytestmark = pytest.mark.rule("R12.1")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("name", ["2026-09", "2026-Q3", "2026", "2026-09-01..2026-09-15"])
def test_a_period_is_written_as_it_is_read(name: str) -> None:
    assert parse(name).name == name


@pytest.mark.parametrize(
    ("name", "before", "year_before"),
    [
        ("2026-01", "2025-12", "2025-01"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026", "2025", "2025"),
        ("2024-02-20..2024-02-29", "2024-02-10..2024-02-19", "2023-02-20..2023-02-28"),
    ],
)
def test_each_has_the_one_before_it_and_the_same_a_year_ago(
    name: str, before: str, year_before: str
) -> None:
    assert parse(name).before().name == before
    assert parse(name).year_before().name == year_before


def test_a_month_begins_and_ends_at_midnight_of_the_office() -> None:
    first, after = parse("2026-09").bounds(SHANGHAI)
    assert first == datetime(2026, 8, 31, 16, tzinfo=UTC)
    assert after == datetime(2026, 9, 30, 16, tzinfo=UTC)


def test_a_quarter_ends_with_its_third_month() -> None:
    assert parse("2026-Q3").last == date(2026, 9, 30)


@pytest.mark.parametrize(
    "name",
    ["", "2026-13", "2026-Q5", "26-01", "2026-02-30..2026-03-01", "0001", "9999", "２０２６"],
)
def test_what_is_no_period_is_refused_with_how_to_write_one(name: str) -> None:
    with pytest.raises(Unreadable, match="write 2026-09"):
        parse(name)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Unreadable, match="ends before it begins"):
        parse("2026-09-15..2026-09-01")
