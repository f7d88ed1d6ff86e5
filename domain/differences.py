"""What two versions of the policy or the calendar differ in, place by place. Facts, no words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta

from domain.calendar import Calendar, Hours, Schedule, WorkingTime
from domain.policy import Policy, Span, Wording
from domain.words import ClockKind, DeadlineClass, Stage

Value = Span | int | str | bool | tuple[int, int] | Hours | None
Path = tuple[str, ...]
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place with both values; None where a version does not have it."""

    path: Path
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """The clock a number of the policy sets, and for which cases; None means all of them."""

    clock: ClockKind
    stage: Stage | None = None
    deadline: DeadlineClass | None = None
    urgent: bool = False


def policies(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """Every number that changed, in the order of the policy."""
    return _between(dict(_leaves(before, ())), dict(_leaves(after, ())))


def calendars(before: Calendar, after: Calendar) -> tuple[Difference, ...]:
    """Every day and every hour that changed, and how many days are worked in those years."""
    found = _between(dict(_days(before)), dict(_days(after)))
    years = sorted({int(d.path[1]) for d in found if d.path[0] == "year"})
    return (*found, *(_worked(year, before, after) for year in years))


def _between(before: Mapping[Path, Value], after: Mapping[Path, Value]) -> tuple[Difference, ...]:
    places = dict.fromkeys((*before, *after))
    return tuple(
        Difference(path=path, before=before.get(path), after=after.get(path))
        for path in places
        if before.get(path) != after.get(path)
    )


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, Value]]:
    if isinstance(value, Wording):
        yield (*path, value.step, value.name), value.text
    elif path == ("wordings",) and isinstance(value, tuple):
        for each in value:
            yield from _leaves(each, path)
    elif isinstance(value, Span | int | str | tuple) or value is None:
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "version":
                yield from _leaves(getattr(value, field.name), (*path, field.name))


def _days(calendar: Calendar) -> Iterator[tuple[Path, Value]]:
    for year in calendar.years:
        at = ("year", str(year.year))
        yield (*at, "published"), year.published
        for holiday in year.holidays:
            yield (*at, "holiday", holiday.day.isoformat()), holiday.name
        for day in year.make_up_days:
            yield (*at, "make_up", day.isoformat()), True
    for schedule in calendar.schedules:
        yield from _hours(schedule)


def _hours(schedule: Schedule) -> Iterator[tuple[Path, Value]]:
    at = ("schedule", schedule.unit_id)
    yield (*at, "timezone"), schedule.timezone
    yield (*at, "observes"), schedule.observes
    for name, hours in zip(WEEK, schedule.week, strict=True):
        yield (*at, name), hours
    yield (*at, "make_up_hours"), schedule.make_up


def _worked(year: int, before: Calendar, after: Calendar) -> Difference:
    return Difference(
        path=("year", str(year), "working_days"),
        before=_working_days(year, before.working_time(())),
        after=_working_days(year, after.working_time(())),
    )


def _working_days(year: int, time: WorkingTime) -> int:
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    return sum(time.is_working_day(first + timedelta(days=n)) for n in range(days))


OF_SECTION: Mapping[str, ClockKind] = {
    "accept": ClockKind.ACCEPT,
    "handle": ClockKind.HANDLE,
    "department": ClockKind.HANDLE,
    "resident": ClockKind.RESIDENT,
    "suspension": ClockKind.SUSPENSION,
    "extension_decision": ClockKind.EXTENSION,
    "supervision_answer": ClockKind.SUPERVISION,
    "supervision_review": ClockKind.SUPERVISION_REVIEW,
    "ask_again": ClockKind.RATING_REMINDER,
    "unrated_after": ClockKind.RATING,
}
"""The clocks of the ladder by the policy's section; other chapters' numbers say it themselves."""


def touched(path: Path) -> Touched | None:
    """The clock a number of the policy sets, where it is one of the ladder's."""
    urgent = path[0] == "urgent"
    section, *rest = path[1:] if urgent else path
    kind = ClockKind.ON_SITE if section == "on_site" else OF_SECTION.get(section)
    if kind is None:
        return None
    stage = Stage.DEPARTMENT if section == "department" else None
    if section in {"accept", "handle"} and rest:
        stage = Stage(rest[0])
    deadline = DeadlineClass(rest[0]) if section == "department" and rest else None
    return Touched(clock=kind, stage=stage, deadline=deadline, urgent=urgent)
