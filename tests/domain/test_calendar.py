"""R6.1: lunch breaks, weekends, holidays, make-up days, and years nobody has published."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.calendar import Calendar, Schedule, WorkingTime
from domain.refusals import Unreadable
from tests.domain.town import (
    OFFICE,
    OFFICE_TIME,
    TOWN,
    YEAR_2025,
    YEAR_2026,
    YEAR_2027,
    calendar,
    hours,
    local,
    said,
    schedule,
)

HOUR = 3600
DAY = 7 * HOUR
ALL_WEEK = hours("09:00-18:00")


def due(start: str, seconds: int, time: WorkingTime = OFFICE_TIME) -> str:
    return said(time.due(local(start), seconds).at)


def elapsed(start: str, end: str) -> int:
    return OFFICE_TIME.elapsed(local(start), local(end))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-02", (True, "working", "")),
        ("2026-03-07", (False, "day_off", "")),
        ("2026-01-01", (False, "holiday", "New Year")),
        ("2026-01-04", (True, "make_up", "")),
    ],
)
def test_every_day_says_what_it_is(day: str, said: tuple[bool, str, str]) -> None:
    found = OFFICE_TIME.day(date.fromisoformat(day))
    assert (found.working, found.why, found.name) == said


# -- due ---------------------------------------------------------------------


@pytest.mark.rule("R6.1")
@pytest.mark.parametrize(
    ("start", "hours_given", "expected"),
    [
        ("03-02 09:00", 2, "2026-03-02 11:00"),
        ("03-02 11:00", 1, "2026-03-02 12:00"),
        ("03-02 11:00", 2, "2026-03-02 14:30"),
        ("03-02 12:30", 1, "2026-03-02 14:30"),
        ("03-02 08:00", 1, "2026-03-02 10:00"),
        ("03-02 16:30", 2, "2026-03-03 10:00"),
        ("03-02 17:30", 1, "2026-03-03 10:00"),
        ("03-06 16:30", 2, "2026-03-09 10:00"),
        ("03-07 15:00", 2, "2026-03-09 11:00"),
        ("02-13 16:30", 2, "2026-02-14 10:00"),
        ("02-14 16:30", 2, "2026-02-24 10:00"),
        ("02-27 16:30", 2, "2026-02-28 10:00"),
        ("02-28 16:30", 2, "2026-03-02 10:00"),
        ("09-19 10:00", 1, "2026-09-20 10:00"),
        ("09-30 16:30", 2, "2026-10-08 10:00"),
        ("10-09 16:30", 2, "2026-10-10 10:00"),
        ("10-10 16:30", 2, "2026-10-12 10:00"),
        ("2025-12-31 16:30", 2, "2026-01-04 10:00"),
    ],
)
def test_working_hours_pass_over_breaks_nights_weekends_and_holidays(
    start: str, hours_given: int, expected: str
) -> None:
    assert due(start, hours_given * HOUR) == expected


@pytest.mark.rule("R6.1")
@pytest.mark.parametrize(
    ("start", "working_days", "expected"),
    [
        ("03-02 09:00", 1, "2026-03-02 17:30"),
        ("03-02 10:00", 1, "2026-03-03 10:00"),
        ("03-02 10:00", 5, "2026-03-09 10:00"),
        ("02-12 10:00", 3, "2026-02-24 10:00"),
        ("09-29 10:00", 3, "2026-10-09 10:00"),
        ("03-02 09:00", 15, "2026-03-20 17:30"),
    ],
)
def test_working_days_are_as_many_seconds_as_the_longest_day(
    start: str, working_days: int, expected: str
) -> None:
    assert OFFICE_TIME.day_seconds == DAY
    assert due(start, working_days * DAY) == expected


@pytest.mark.rule("R6.1")
def test_nothing_to_wait_for_is_due_at_the_next_open_instant() -> None:
    assert due("03-02 10:00", 0) == "2026-03-02 10:00"
    assert due("03-02 12:10", 0) == "2026-03-02 13:30"


# -- elapsed -----------------------------------------------------------------


@pytest.mark.rule("R6.1")
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("03-02 09:00", "03-02 17:30", DAY),
        ("03-02 11:30", "03-02 14:00", HOUR),
        ("03-02 12:00", "03-02 13:30", 0),
        ("03-06 17:00", "03-09 09:30", HOUR),
        ("02-14 17:00", "02-24 09:30", HOUR),
        ("02-15 00:00", "02-24 00:00", 0),
        ("02-28 00:00", "03-01 00:00", DAY),
        ("10-01 00:00", "10-08 00:00", 0),
        ("03-02 10:00", "03-02 10:00", 0),
        ("03-02 11:00", "03-02 10:00", 0),
        ("03-03 11:00", "03-02 10:00", 0),
    ],
)
def test_only_open_time_is_counted(start: str, end: str, expected: int) -> None:
    assert elapsed(start, end) == expected


# -- the real calendar -------------------------------------------------------


WORKING_DAYS = {
    2025: [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23],
    2026: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
}
"""Working days of each month as counted from the State Council's notices by another program."""


@pytest.mark.rule("R6.1")
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_towns_calendar_is_the_one_that_was_announced(year: int) -> None:
    year_round = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    worked = Counter(day.month for day in year_round if OFFICE_TIME.is_working_day(day))
    assert [worked[month] for month in range(1, 13)] == WORKING_DAYS[year]


@pytest.mark.rule("R6.1")
def test_a_working_week_may_last_seven_days() -> None:
    worked = [date(2026, 2, 9) + timedelta(days=n) for n in range(6)]
    assert all(OFFICE_TIME.is_working_day(day) for day in worked)


# -- unpublished years -------------------------------------------------------


@pytest.mark.rule("R6.1")
def test_crossing_into_a_year_not_published_yet_is_said_aloud() -> None:
    assert OFFICE_TIME.due(local("12-30 10:00"), 3 * DAY).unpublished
    assert not OFFICE_TIME.due(local("12-30 10:00"), 2 * HOUR).unpublished


@pytest.mark.rule("R6.1")
def test_a_year_missing_altogether_counts_as_unpublished() -> None:
    time = calendar("short", YEAR_2026).working_time(())
    assert time.crosses_unpublished(local("2027-03-01 09:00"), local("2027-03-02 09:00"))
    assert time.crosses_unpublished(local("2025-12-31 09:00"), local("2026-01-05 09:00"))
    assert not time.crosses_unpublished(local("03-01 09:00"), local("12-31 23:59"))


@pytest.mark.rule("R6.1")
def test_the_year_is_the_one_on_the_local_calendar() -> None:
    # Half past midnight on New Year's Day in Shanghai is still 2026 in UTC.
    assert OFFICE_TIME.crosses_unpublished(local("2027-01-01 00:30"), local("2027-01-01 00:30"))


@pytest.mark.rule("R6.1")
def test_an_unpublished_year_still_gives_a_deadline_with_its_statutory_days_off() -> None:
    found = OFFICE_TIME.due(local("12-31 16:30"), 2 * HOUR)
    assert (said(found.at), found.unpublished) == ("2027-01-04 10:00", True)


@pytest.mark.rule("R6.1")
def test_the_calendar_knows_which_years_are_published() -> None:
    assert [y for y in range(2024, 2029) if TOWN.calendar.covers(y)] == [2025, 2026]


# -- explained ---------------------------------------------------------------


@pytest.mark.rule("R6.2")
def test_every_stretch_says_why_it_does_not_count() -> None:
    found = OFFICE_TIME.segments(local("02-13 17:00"), local("02-24 09:30"))
    assert [(said(s.start)[5:], s.counted, s.why) for s in found] == [
        ("02-13 17:00", True, "working"),
        ("02-13 17:30", False, "outside hours"),
        ("02-14 00:00", False, "outside hours"),
        ("02-14 09:00", True, "working"),
        ("02-14 12:00", False, "outside hours"),
        ("02-14 13:30", True, "working"),
        ("02-14 17:30", False, "outside hours"),
        *[(f"02-{day} 00:00", False, "holiday: Spring Festival") for day in range(15, 24)],
        ("02-24 00:00", False, "outside hours"),
        ("02-24 09:00", True, "working"),
    ]


@pytest.mark.rule("R6.1")
def test_a_weekend_is_a_day_off() -> None:
    found = OFFICE_TIME.segments(local("03-07 10:00"), local("03-08 10:00"))
    assert {s.why for s in found} == {"day off"}


@pytest.mark.rule("R6.2")
def test_a_stretch_that_ends_before_the_doors_open_is_not_counted() -> None:
    found = list(OFFICE_TIME.segments(local("03-02 07:00"), local("03-02 08:00")))
    assert [(said(s.end)[5:], s.counted) for s in found] == [("03-02 08:00", False)]
    assert list(OFFICE_TIME.segments(local("03-02 10:00"), local("03-02 10:00"))) == []


# -- the same day ------------------------------------------------------------


@pytest.mark.rule("R6.1")
@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("03-02 09:00", "2026-03-02 17:30"),
        ("03-02 17:29", "2026-03-02 17:30"),
        ("03-02 17:30", "2026-03-03 17:30"),
        ("03-02 12:30", "2026-03-02 17:30"),
        ("03-06 20:00", "2026-03-09 17:30"),
        ("02-14 18:00", "2026-02-24 17:30"),
    ],
)
def test_the_same_day_ends_when_the_office_closes(start: str, expected: str) -> None:
    assert said(OFFICE_TIME.close_of_day(local(start))) == expected


# -- schedules ---------------------------------------------------------------


@pytest.mark.rule("R6.1")
def test_a_unit_keeps_the_hours_of_its_nearest_superior_that_has_some() -> None:
    assert due("03-02 08:30", HOUR, TOWN.working_time("stone-1")) == "2026-03-02 09:30"
    assert due("03-02 08:30", HOUR, TOWN.working_time("orchard-1")) == "2026-03-02 10:00"
    assert due("03-02 08:30", HOUR, TOWN.working_time("no-such-unit")) == "2026-03-02 10:00"


@pytest.mark.rule("R6.1")
def test_a_unit_outside_the_calendars_country_does_not_keep_its_holidays() -> None:
    abroad = Calendar(
        version="abroad", schedules=(schedule("*", OFFICE, observes=False),), years=(YEAR_2026,)
    ).working_time(())
    assert said(abroad.due(local("02-16 09:00"), HOUR).at) == "2026-02-16 10:00"
    assert not abroad.is_working_day(date(2026, 2, 14))
    assert not abroad.crosses_unpublished(local("2030-01-01 00:00"), local("2031-01-01 00:00"))


@pytest.mark.rule("R6.1")
def test_make_up_days_may_have_hours_of_their_own() -> None:
    short = replace(schedule("*", OFFICE), make_up=hours("09:00-12:00"))
    time = Calendar(version="short", schedules=(short,), years=(YEAR_2026,)).working_time(())
    assert said(time.due(local("02-14 11:00"), 2 * HOUR).at) == "2026-02-24 10:00"


@pytest.mark.rule("R6.1")
def test_clocks_change_where_summer_time_is_kept() -> None:
    week = (ALL_WEEK,) * 7
    berlin = Schedule(
        unit_id="*", timezone="Europe/Berlin", week=week, make_up=ALL_WEEK, observes=False
    )
    time = Calendar(version="berlin", schedules=(berlin,), years=()).working_time(())
    saturday = local("03-28 18:00")
    assert (time.due(saturday, 7 * HOUR + 1).at - saturday) == timedelta(hours=21, seconds=1)


@pytest.mark.rule("R6.1")
def test_a_calendar_needs_hours_for_everyone() -> None:
    with pytest.raises(Unreadable, match="no schedule for everyone"):
        Calendar(version="x", schedules=(schedule("bridge", OFFICE),), years=())


@pytest.mark.rule("R6.1")
def test_a_week_without_an_open_hour_is_refused() -> None:
    with pytest.raises(Unreadable, match="no working hour"):
        Calendar(version="x", schedules=(schedule("*", ()),), years=())


@pytest.mark.rule("R6.1")
def test_a_schedule_open_only_on_days_off_says_that_no_time_passes() -> None:
    mondays = replace(schedule("*", ()), week=(OFFICE, (), (), (), (), (), ()))
    off = tuple(
        replace(YEAR_2025.holidays[0], day=date(2026, 1, 5) + timedelta(weeks=n))
        for n in range(600)
    )
    closed = replace(YEAR_2026, holidays=off)
    time = Calendar(version="x", schedules=(mondays,), years=(closed,)).working_time(())
    with pytest.raises(Unreadable, match="no working time"):
        time.due(local("01-05 10:00"), HOUR)


@pytest.mark.rule("R6.1")
def test_the_unpublished_year_is_still_in_the_calendar() -> None:
    assert not YEAR_2027.published
