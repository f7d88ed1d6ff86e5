"""Moments in the office's zone, money in yuan, points of a map."""

import pytest

from api.pages.drawing.frame import METRES, Frame
from api.pages.forms import Picture
from api.pages.forms.moments import fen, sent, shown, yuan, zone_name

SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026-03-02T10:00", "2026-03-02T02:00:00Z"),
        ("2026-03-02 10:00", "2026-03-02T02:00:00Z"),
        ("2026-03-02T10:00:30.250", "2026-03-02T02:00:30.250000Z"),
        ("2026-03-02T10:00+01:00", "2026-03-02T09:00:00Z"),
        ("2026-03-02", "2026-03-02"),
        ("0001-01-01T00:00", "0001-01-01T00:00"),
        ("tomorrow", "tomorrow"),
        ("", ""),
    ],
)
def test_a_moment_is_typed_at_the_office_and_sent_in_utc(typed: str, told: str) -> None:
    assert sent(typed, SHANGHAI) == told


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert sent("2026-11-01T01:30", "America/New_York") == "2026-11-01T05:30:00Z"


def test_a_moment_is_shown_as_exact_as_it_is() -> None:
    assert shown("2026-03-02T02:00:00Z", SHANGHAI) == "2026-03-02T10:00"
    assert shown("2026-03-02T02:00:09Z", SHANGHAI) == "2026-03-02T10:00:09"
    assert shown("2026-03-02T02:00:09.250Z", SHANGHAI) == "2026-03-02T10:00:09.250"
    assert shown("9999-12-31T23:59:00Z", SHANGHAI) == "9999-12-31T23:59:00Z"
    assert shown("soon", SHANGHAI) == "soon"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("86.50", 8650),
        ("86.5", 8650),
        ("1,200", 120_000),
        ("0", 0),
        ("12。3", 1230),
        ("1.234", None),
        ("-1", None),
        ("", None),
        ("٣", None),
        ("1e3", None),
    ],
)
def test_money_is_typed_in_yuan_and_sent_in_fen(typed: str, told: int | None) -> None:
    assert fen(typed) == told


def test_the_zone_is_named_as_people_call_it() -> None:
    assert zone_name(SHANGHAI, "zh") == "中国时间"
    assert zone_name(SHANGHAI, "en") == "China Time"


def test_money_is_shown_in_yuan() -> None:
    assert [yuan(8650), yuan(8600), yuan(5), yuan(0)] == ["86.50", "86", "0.05", "0"]


def test_a_click_outside_the_map_is_on_its_edge() -> None:
    picture = Picture("/m.svg", Frame(104.5, 0.0, METRES / 1_000, 400, 200))
    assert picture.degrees(0, 0) == (104.3005, 0.0995)
    assert picture.degrees(9_999, 100) == (104.6995, -0.0005)
