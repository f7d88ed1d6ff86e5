"""R12.1: a moment and a period that can be asked about."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.scores.asking import Unscorable, need_askable
from domain.scores.periods import parse

pytestmark = pytest.mark.rule("R12.1")
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 12, tzinfo=ZONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("period", "as_of"),
    [
        ("2026-Q3", None),
        ("2026-11", None),
        ("2026-11-22..2026-11-22", None),
        ("2026-Q3", "2026-07-01"),
        ("2026-Q3", "2026-08-15"),
        ("2026-Q3", "2026-11-22 12:00"),
    ],
)
def test_what_has_begun_may_be_asked_for(period: str, as_of: str | None) -> None:
    need_askable(parse(period), ZONE, None if as_of is None else at(as_of), NOW)


@pytest.mark.parametrize(
    ("period", "as_of", "code", "told"),
    [
        ("2026-12", None, "period_in_the_future", "2026-12 begins on 2026-12-01"),
        ("2026-11-23..2026-11-30", None, "period_in_the_future", "which has not come"),
        ("2026-Q3", "2026-11-22 12:01", "as_of_in_the_future", "it is 2026-11-22 12:00:00"),
        ("2026-Q3", "2026-06-30 23:59", "as_of_before_period", "2026-Q3 had not begun"),
    ],
)
def test_what_has_not_is_refused_with_what_to_ask(
    period: str, as_of: str | None, code: str, told: str
) -> None:
    with pytest.raises(Unscorable, match=told) as refused:
        need_askable(parse(period), ZONE, None if as_of is None else at(as_of), NOW)
    assert refused.value.code == code
