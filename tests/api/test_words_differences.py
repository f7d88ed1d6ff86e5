"""Every number of the policy and every part of the calendar has its words in both languages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.differences import of_calendars, of_policies
from api.words import differences as words
from domain.differences import policies
from domain.words import Stage
from tests.domain.town import POLICY, YEAR_2026, calendar, span

EMPTY = replace(
    POLICY,
    accept={},
    handle={},
    department={},
    suspension={},
    resident=None,
    urgent=None,  # type: ignore[arg-type]
    duplicates=None,  # type: ignore[arg-type]
    returns=None,  # type: ignore[arg-type]
    decisions=None,  # type: ignore[arg-type]
    whistle=None,  # type: ignore[arg-type]
    mediation=None,  # type: ignore[arg-type]
    deliberation=None,  # type: ignore[arg-type]
    redress=None,  # type: ignore[arg-type]
    office=None,  # type: ignore[arg-type]
    keeping=None,  # type: ignore[arg-type]
    scores=None,  # type: ignore[arg-type]
    reports=None,  # type: ignore[arg-type]
)
PATHS = [d.path for d in policies(POLICY, EMPTY) if d.before is not None]
SINCE = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_every_number_has_its_words(path: tuple[str, ...]) -> None:
    chinese, english = words.place(path, "zh"), words.place(path, "en")
    assert not any(part in chinese.split(" · ") for part in path)
    assert english.isascii() or "·" in english
    assert "_" not in english


def test_values_are_said_as_people_say_them() -> None:
    assert words.value(span("2 working_hours"), "en") == "2 working hours"
    assert words.value(span("2 working_hours"), "zh") == "2 个工作小时"
    assert words.value(span("1 same_day"), "zh") == "当日下班前"
    assert words.value(None, "en") == "none"
    assert words.value(((32400, 43200), (48600, 63000)), "en") == "09:00-12:00, 13:30-17:30"
    assert words.value((2, 3), "en") == "2/3"
    assert words.value(True, "zh") == "是"  # noqa: FBT003 - a value


def test_a_difference_of_policies_reads_as_a_notice_to_the_office() -> None:
    changed = replace(POLICY, version="policy-2")
    changed = replace(changed, handle={**POLICY.handle, Stage.GRID: span("2 working_days")})
    found = of_policies((POLICY, None), (changed, SINCE), "en")
    (change,) = found.changes
    assert (change.place, change.before, change.after) == (
        "handling · grid",
        "1 working days",
        "2 working days",
    )
    assert change.means.startswith("2027-01-01: grid handling clock – for cases registered")
    assert (change.clock, change.stage, change.deadline) == ("handle", "grid", None)


def test_a_difference_of_calendars_names_days_and_hours() -> None:
    fewer = replace(YEAR_2026, holidays=YEAR_2026.holidays[1:])
    found = of_calendars((calendar("a", YEAR_2026), None), (calendar("b", fewer), SINCE), "zh")
    assert [(c.place, c.before, c.after) for c in found.changes] == [
        ("年度 · 2026 · 放假 · 2026-01-01", "New Year", "无"),
        ("年度 · 2026 · 全年工作日（天）", "248", "249"),
    ]
