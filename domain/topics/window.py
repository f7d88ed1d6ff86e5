"""Which time a topic is counted in, compared with, and drawn over. No I/O."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.scores.periods import Period, parse

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """`since` up to `until` is counted; `before` up to `since` is what it is held against.

    `until` is the period's end, or now while it lasts; `before` is a year earlier, or the first
    case of all where that is later. `months` are the last twelve up to `until`, each with its
    first instant.
    """

    since: datetime
    until: datetime
    before: datetime
    months: tuple[tuple[str, datetime], ...]

    @property
    def earliest(self) -> datetime:
        """What is read at all begins here."""
        return min(self.before, self.months[0][1])

    @property
    def hours(self) -> int:
        """Whole hours counted."""
        return (self.until - self.since) // timedelta(hours=1)

    @property
    def hours_before(self) -> int:
        """Whole hours it is held against."""
        return max(0, (self.since - self.before) // timedelta(hours=1))

    def month(self, at: datetime) -> str:
        """The name of the month a moment lies in."""
        starts = [start for _, start in self.months]
        return self.months[max(0, bisect_right(starts, at) - 1)][0]


def window(period: Period, zone: ZoneInfo, now: datetime, first: datetime | None) -> Window:
    """The window of a period that has begun; `first` is when the first case of all was opened."""
    since, end = period.bounds(zone)
    until = min(end, now)
    months = [parse(f"{until.astimezone(zone) - timedelta(microseconds=1):%Y-%m}")]
    while len(months) < MONTHS:
        months.append(months[-1].before())
    year_before = _year_before(period.first)
    before = Period(first=year_before, last=period.first).bounds(zone)[0]
    return Window(
        since=since,
        until=until,
        before=before if first is None else min(since, max(before, first)),
        months=tuple((m.name, m.bounds(zone)[0]) for m in reversed(months)),
    )


def _year_before(day: date) -> date:
    return Period(first=day, last=day).year_before().first
