"""Working time: weekly hours with breaks, holidays and make-up days; pure and explainable (R6.1–2).

All instants are timezone-aware UTC; durations are whole seconds. A year without published data
still gives a deadline, marked `unpublished`, so that nobody takes plain weekends for the truth.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.refusals import Unreadable

Why = Literal["working", "make_up", "holiday", "day_off"]
"""What makes a day a working day or not."""

Hours = tuple[tuple[int, int], ...]
"""Opening spells of one day as (from, until), in seconds since local midnight."""

_HORIZON = timedelta(days=3660)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A statutory day off."""

    day: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One year's arrangement; `published` is false until the authority has announced it."""

    year: int
    published: bool
    source: str
    holidays: tuple[Holiday, ...]
    make_up_days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The weekly hours of a unit and everything under it; `unit_id` ``"*"`` is everyone else.

    `observes` is false for units outside the calendar's country: its holidays do not touch them.
    """

    unit_id: str
    timezone: str
    week: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
    make_up: Hours
    observes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a clock's life, `start` up to `end`, and why it counts or does not."""

    start: datetime
    end: datetime
    counted: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a clock is due, and whether a year without published data was crossed on the way."""

    at: datetime
    unpublished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a local day is for a unit; `name` is the holiday's, empty for the others."""

    working: bool
    why: Why
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The working time of one schedule under one calendar version."""

    schedule: Schedule
    years: Mapping[int, Year]
    zone: ZoneInfo = field(init=False, compare=False)
    day_seconds: int = field(init=False, compare=False)
    _off: Mapping[date, str] = field(init=False, compare=False)
    _make_up: frozenset[date] = field(init=False, compare=False)
    _memo: dict[date, tuple[tuple[datetime, datetime], ...]] = field(
        init=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Index the days; a week without an open hour is refused, for no clock would ever end."""
        longest = max(_length(hours) for hours in self.schedule.week)
        if longest == 0:
            msg = f"schedule of {self.schedule.unit_id}: no working hour in the whole week"
            raise Unreadable(msg)
        years = self.years.values() if self.schedule.observes else ()
        put = object.__setattr__
        put(self, "zone", ZoneInfo(self.schedule.timezone))
        put(self, "day_seconds", longest)
        put(self, "_off", {h.day: h.name for year in years for h in year.holidays})
        put(self, "_make_up", frozenset(day for year in years for day in year.make_up_days))

    def due(self, start: datetime, seconds: int) -> Due:
        """The instant at which `seconds` of working time have passed since `start`."""
        left = seconds
        for opens, closes in self._spells(start):
            length = int((closes - opens).total_seconds())
            if left <= length:
                at = opens + timedelta(seconds=left)
                return Due(at=at, unpublished=self.crosses_unpublished(start, at))
            left -= length
        msg = f"no working time within ten years of {start.isoformat()}"
        raise Unreadable(msg)

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Working seconds between two instants; 0 when `end` is not after `start`."""
        total = timedelta()
        for opens, closes in self._spells(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return int(total.total_seconds())

    def close_of_day(self, start: datetime) -> datetime:
        """The end of the working day `start` falls in, or of the next one if that day is over."""
        day = self._day_of(next(opens for opens, _ in self._spells(start)))
        return self._open_hours(day)[-1][1]

    def segments(self, start: datetime, end: datetime) -> Iterator[Segment]:
        """Every stretch from `start` to `end`, counted or not, in order and without gaps."""
        at = start
        for opens, closes in self._spells(start):
            if at >= end:
                return
            if opens > at:
                yield from self._closed(at, min(opens, end))
                at = min(opens, end)
            if opens >= end:
                return
            yield Segment(start=at, end=min(closes, end), counted=True, why="working")
            at = min(closes, end)

    def crosses_unpublished(self, start: datetime, end: datetime) -> bool:
        """Whether a year between the two instants has no published arrangement."""
        if not self.schedule.observes:
            return False
        span = range(self._day_of(start).year, self._day_of(end).year + 1)
        return any(year not in self.years or not self.years[year].published for year in span)

    def is_working_day(self, day: date) -> bool:
        """Whether the unit works on that local day."""
        return bool(self._hours(day))

    def day(self, day: date) -> Day:
        """What that local day is, and why."""
        working = self.is_working_day(day)
        if day in self._make_up:
            return Day(working=working, why="make_up")
        if day in self._off:
            return Day(working=working, why="holiday", name=self._off[day])
        return Day(working=working, why="working" if working else "day_off")

    def _closed(self, start: datetime, end: datetime) -> Iterator[Segment]:
        """Split a closed stretch at local midnights, so that each part names its day's reason."""
        at = start
        while at < end:
            day = self._day_of(at)
            until = min(end, self._instant(day + timedelta(days=1), 0))
            yield Segment(start=at, end=until, counted=False, why=self._why_closed(day))
            at = until

    def _why_closed(self, day: date) -> str:
        if day in self._off and day not in self._make_up:
            return f"holiday: {self._off[day]}"
        return "outside hours" if self._hours(day) else "day off"

    def _spells(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open spells from `start` on; the first one is cut at `start`."""
        day, last = self._day_of(start), self._day_of(start + _HORIZON)
        while day <= last:
            for opens, closes in self._open_hours(day):
                if closes > start:
                    yield max(opens, start), closes
            day += timedelta(days=1)

    def _open_hours(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        known = self._memo.get(day)
        if known is None:
            known = tuple(
                (self._instant(day, opens), self._instant(day, closes))
                for opens, closes in self._hours(day)
            )
            self._memo[day] = known
        return known

    def _hours(self, day: date) -> Hours:
        if day in self._make_up:
            return self.schedule.make_up
        return () if day in self._off else self.schedule.week[day.weekday()]

    def _day_of(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def _instant(self, day: date, seconds: int) -> datetime:
        local = datetime.combine(day, time(), self.zone) + timedelta(seconds=seconds)
        return local.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Every schedule and year of one calendar version."""

    version: str
    schedules: tuple[Schedule, ...]
    years: tuple[Year, ...]
    _by_unit: Mapping[str, WorkingTime] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Build the working time of each schedule once."""
        years = {year.year: year for year in self.years}
        by_unit = {s.unit_id: WorkingTime(s, years) for s in self.schedules}
        if "*" not in by_unit:
            msg = f'calendar {self.version}: no schedule for everyone (unit_id = "*")'
            raise Unreadable(msg)
        object.__setattr__(self, "_by_unit", by_unit)

    def working_time(self, path: tuple[str, ...]) -> WorkingTime:
        """The working time of a unit; `path` is the unit and its superiors, nearest first."""
        for unit_id in path:
            if unit_id in self._by_unit:
                return self._by_unit[unit_id]
        return self._by_unit["*"]

    def covers(self, year: int) -> bool:
        """Whether the arrangement of that year is published."""
        return any(known.year == year and known.published for known in self.years)


def _length(hours: Hours) -> int:
    return sum(closes - opens for opens, closes in hours)
