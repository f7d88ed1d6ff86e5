"""Periods of days in the office's own time: a month, a quarter, a year, any range."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.refusals import Unreadable

_YEAR = re.compile(r"([0-9]{4})")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_FIRST_YEAR, _LAST_YEAR = 1949, 2999
_HELP = "write 2026-09, 2026-Q3, 2026, or 2026-09-01..2026-09-15"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """From the first day to the last, both included. `months` is 0 for a range of days."""

    first: date
    last: date
    months: int = 0

    @property
    def name(self) -> str:
        """As it is written: ``"2026-09"``, ``"2026-Q3"``, ``"2026"``; a range with two dots."""
        match self.months:
            case 1:
                return f"{self.first:%Y-%m}"
            case 3:
                return f"{self.first:%Y}-Q{(self.first.month + 2) // 3}"
            case 12:
                return f"{self.first:%Y}"
            case _:
                return f"{self.first}..{self.last}"

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first instant and the first one after it, in UTC."""
        end = self.last + timedelta(days=1)
        return _midnight(self.first, zone), _midnight(end, zone)

    def parts(self) -> "tuple[Period, ...]":
        """The months of a quarter or a year, the earliest first; a month and a range have none."""
        if self.months <= 1:
            return ()
        return tuple(_months(_shifted(self.first, n), 1) for n in range(self.months))

    def before(self) -> "Period":
        """The period of the same length just before (month on month)."""
        if self.months:
            return _months(_shifted(self.first, -self.months), self.months)
        days = self.last - self.first + timedelta(days=1)
        return Period(first=self.first - days, last=self.last - days)

    def year_before(self) -> "Period":
        """The same days a year earlier; of 29 February the 28th."""
        if self.months:
            return _months(_shifted(self.first, -12), self.months)
        return Period(first=_shifted(self.first, -12), last=_shifted(self.last, -12))


def parse(text: str) -> Period:
    """The period of that name; `Unreadable` says how one is written."""
    try:
        found = _parsed(text)
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.first.year <= found.last.year <= _LAST_YEAR:
        msg = f"{text!r} is not a period; {_HELP}"
        raise Unreadable(msg)
    if found.last < found.first:
        msg = f"the period {text!r} ends before it begins; {_HELP}"
        raise Unreadable(msg)
    return found


def _parsed(text: str) -> Period | None:
    if found := _MONTH.fullmatch(text):
        return _months(date(int(found[1]), int(found[2]), 1), 1)
    if found := _QUARTER.fullmatch(text):
        return _months(date(int(found[1]), 3 * int(found[2]) - 2, 1), 3)
    if found := _YEAR.fullmatch(text):
        return _months(date(int(found[1]), 1, 1), 12)
    if found := _RANGE.fullmatch(text):
        return Period(first=date.fromisoformat(found[1]), last=date.fromisoformat(found[2]))
    return None


def _months(first: date, count: int) -> Period:
    return Period(first=first, last=_shifted(first, count) - timedelta(days=1), months=count)


def _shifted(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
