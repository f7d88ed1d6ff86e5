"""R6.1, R6.2: what a new version changes is said place by place, with the clocks it sets."""

from dataclasses import replace

import pytest

from domain.differences import Difference, Touched, calendars, policies, touched
from domain.policy import Wording
from domain.words import ClockKind, DeadlineClass, Stage
from tests.domain.town import POLICY, YEAR_2025, YEAR_2026, YEAR_2027, calendar, make_up, span

pytestmark = pytest.mark.rule("R6.1", "R6.2")


def test_the_same_version_differs_in_nothing() -> None:
    assert policies(POLICY, replace(POLICY, version="other")) == ()
    assert calendars(calendar(), calendar("other")) == ()


def test_every_changed_number_is_named_with_both_values() -> None:
    changed = replace(
        POLICY,
        handle={**POLICY.handle, Stage.GRID: span("2 working_days")},
        accept={stage: of for stage, of in POLICY.accept.items() if stage is not Stage.GRID},
        resident=None,
        half_percent=40,
    )
    assert policies(POLICY, changed) == (
        Difference(path=("accept", "grid"), before=span("2 working_hours"), after=None),
        Difference(
            path=("handle", "grid"), before=span("1 working_days"), after=span("2 working_days")
        ),
        Difference(path=("resident",), before=span("15 working_days"), after=None),
        Difference(path=("half_percent",), before=50, after=40),
    )


def test_a_wording_is_named_by_its_step_and_its_name() -> None:
    said = Wording(step="resolve", name="已修复", name_en="Repaired", text="已修复。")
    first, second = replace(POLICY, wordings=()), replace(POLICY, wordings=(said,))
    assert policies(first, second) == (
        Difference(path=("wordings", "resolve", "已修复"), before=None, after="已修复。"),
    )
    assert policies(second, second) == ()


def test_a_number_says_which_clock_of_which_cases_it_sets() -> None:
    assert touched(("handle", "grid")) == Touched(clock=ClockKind.HANDLE, stage=Stage.GRID)
    assert touched(("department", "simple")) == Touched(
        clock=ClockKind.HANDLE, stage=Stage.DEPARTMENT, deadline=DeadlineClass.SIMPLE
    )
    assert touched(("urgent", "handle", "street")) == Touched(
        clock=ClockKind.HANDLE, stage=Stage.STREET, urgent=True
    )
    assert touched(("urgent", "on_site")) == Touched(clock=ClockKind.ON_SITE, urgent=True)
    assert touched(("resident",)) == Touched(clock=ClockKind.RESIDENT)
    assert touched(("households",)) is None


def test_a_revised_year_says_each_day_and_what_it_makes_of_the_year() -> None:
    revised = replace(YEAR_2026, make_up_days=(*YEAR_2026.make_up_days, *make_up("2026-12-12")))
    after = calendar("calendar-2", YEAR_2025, revised, YEAR_2027)
    worked = (
        Difference(path=("year", "2026", "make_up", "2026-12-12"), before=None, after=True),
        Difference(path=("year", "2026", "working_days"), before=248, after=249),
    )
    assert calendars(calendar(), after) == worked


def test_a_year_that_is_published_says_so() -> None:
    after = calendar("calendar-2", YEAR_2025, YEAR_2026, replace(YEAR_2027, published=True))
    assert [(d.path[2], d.before, d.after) for d in calendars(calendar(), after)] == [
        ("published", False, True),
        ("working_days", 260, 260),
    ]
