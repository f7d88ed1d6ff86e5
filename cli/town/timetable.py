"""calendar.toml: working hours, statutory holidays, make-up days (R6.1)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from cli.town.tables import Keyed
from domain.calendar import Calendar, Holiday, Hours, Schedule, Year
from domain.organisation import Unit
from domain.papers.findings import Findings, quoted
from domain.papers.sections import YEARS, Section, Source

FILE = "calendar.toml"
EVERYONE = "*"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SATURDAY = 5
_SPELL = re.compile(r"([0-2][0-9]):([0-5][0-9])\s*-\s*([0-2][0-9]):([0-5][0-9])")
_DAY_SECONDS = 86_400
_LONGEST_HOLIDAY = timedelta(days=31)
_FALLBACK = ZoneInfo("UTC")


def town_zone(source: Source) -> ZoneInfo:
    """The time zone of everyone's schedule; UTC where it cannot be read, which is a finding."""
    for section in source.elements("schedule"):
        if section.data.get("unit_id") == EVERYONE:
            return _zone(str(section.data.get("timezone"))) or _FALLBACK
    return _FALLBACK


def read_calendar(source: Source, units: Keyed[Unit], findings: Findings) -> Calendar | None:
    """The calendar, or None where it has faults."""
    if source.data is None:
        return None
    top = source.top()
    top.only(("version", "schedule", "year"))
    schedules = _schedules(source.elements("schedule"), units, findings)
    years = _years(source.elements("year"), findings)
    version = top.text("version")
    if findings.spoiled(FILE):
        return None
    return Calendar(version=version, schedules=schedules, years=years)


def _schedules(
    sections: Sequence[Section], units: Keyed[Unit], findings: Findings
) -> tuple[Schedule, ...]:
    seen: set[str] = set()
    schedules: list[Schedule] = []
    for section in sections:
        section.only(("unit_id", "timezone", *DAYS, "make_up"), ("observes",))
        schedule = _schedule(section)
        if schedule.unit_id in seen:
            section.error("unit_id", f"{quoted(schedule.unit_id)} has a second schedule; keep one")
        elif schedule.unit_id != EVERYONE and units.lacks(schedule.unit_id):
            section.error("unit_id", f"{quoted(schedule.unit_id)} does not exist in units.csv")
        seen.add(schedule.unit_id)
        schedules.append(schedule)
    if EVERYONE not in seen:
        findings.error(FILE, None, 'has no schedule for everyone; add one with unit_id = "*"')
    return tuple(schedules)


def _schedule(section: Section) -> Schedule:
    week = [_hours(section, day) for day in DAYS]
    if not any(week) and all(day in section.data for day in DAYS):
        section.error("", "has no working hour in the whole week, so no clock would ever end")
    timezone = section.text("timezone")
    if timezone and "timezone" in section.data and _zone(timezone) is None:
        hint = "use a name such as Asia/Shanghai"
        section.error("timezone", f"{quoted(timezone)} is not a time zone; {hint}")
    return Schedule(
        unit_id=section.text("unit_id"),
        timezone=timezone,
        week=(week[0], week[1], week[2], week[3], week[4], week[5], week[6]),
        make_up=_hours(section, "make_up"),
        observes=section.yes("observes", otherwise=True),
    )


def _hours(section: Section, key: str) -> Hours:
    spells = sorted(
        (spell, text) for text in section.items(key) if (spell := _spell(section, key, text))
    )
    for (before, first), (after, second) in pairwise(spells):
        if after[0] < before[1]:
            section.error(key, f"has hours that overlap: {quoted(first)} and {quoted(second)}")
    return tuple(spell for spell, _ in spells)


def _spell(section: Section, key: str, text: object) -> tuple[int, int] | None:
    found = _SPELL.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        section.error(key, f"has hours {quoted(text)}; write them as 09:00-12:00")
        return None
    opens = int(found[1]) * 3600 + int(found[2]) * 60
    closes = int(found[3]) * 3600 + int(found[4]) * 60
    if closes > _DAY_SECONDS or closes <= opens:
        hint = "write two spells for a night" if closes <= opens else "a day has 24 hours"
        section.error(key, f"has hours {quoted(text)} that end before they begin or late; {hint}")
        return None
    return opens, closes


def _years(sections: Sequence[Section], findings: Findings) -> tuple[Year, ...]:
    seen: set[int] = set()
    years: list[tuple[Section, Year]] = []
    for section in sections:
        section.only(("year", "published", "source", "holidays", "make_up_days"))
        year = _year(section)
        if year.year in seen:
            section.error("year", f"{year.year} is declared twice; keep one")
        seen.add(year.year)
        years.append((section, year))
    if not years:
        findings.error(FILE, None, "has no year; add a [[year]] with its holidays")
    off = {holiday.day: holiday.name for _, year in years for holiday in year.holidays}
    for section, year in years:
        _check_make_up(section, year, off)
    return tuple(year for _, year in years)


def _year(section: Section) -> Year:
    number = section.whole("year", range(YEARS[0], YEARS[-1]))
    holidays: dict[date, Holiday] = {}
    for entry in section.items("holidays"):
        for holiday in _holiday(section, entry, number):
            if holiday.day in holidays:
                other = holidays[holiday.day].name
                message = f"name {holiday.day} twice: {quoted(other)} and {quoted(holiday.name)}"
                section.warning("holidays", message)
            holidays.setdefault(holiday.day, holiday)
    published = section.yes("published")
    if published and not holidays:
        section.warning("holidays", f"of {number} are empty although the year is published")
    return Year(
        year=number,
        published=published,
        source=section.text("source"),
        holidays=tuple(holidays.values()),
        make_up_days=tuple(_make_up_days(section, number)),
    )


def _holiday(section: Section, entry: object, year: int) -> list[Holiday]:
    """The days of one holiday, from its first to its last."""
    if not isinstance(entry, dict) or entry.keys() != {"from", "until", "name"}:
        example = '{ from = "2026-10-01", until = "2026-10-07", name = "国庆节" }'
        section.error("holidays", f"has {quoted(entry)}; write each as {example}")
        return []
    first = section.as_day("holidays", entry["from"])
    last = section.as_day("holidays", entry["until"])
    name = entry["name"]
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        section.error("holidays", f"has a holiday named {quoted(name)}; give it a name")
        return []
    if first is None or last is None:
        return []
    said = f"has {quoted(name)} from {first} until {last}"
    if last < first:
        section.error("holidays", f"{said}, which ends before it starts", str(first))
        return []
    if not (_of_year(first, year) and _of_year(last, year)) or last - first > _LONGEST_HOLIDAY:
        section.error("holidays", f"{said}, which is not a holiday of {year}", str(first))
        return []
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [Holiday(day=day, name=name.strip()) for day in days]


def _make_up_days(section: Section, year: int) -> list[date]:
    days: list[date] = []
    for entry in section.items("make_up_days"):
        day = section.as_day("make_up_days", entry)
        if day is None:
            continue
        if not _of_year(day, year):
            section.error("make_up_days", f"has {day}, which is not in {year}", str(day))
        if day in days:
            section.error("make_up_days", f"has {day} twice; keep one", str(day))
        days.append(day)
    return days


def _check_make_up(section: Section, year: Year, off: Mapping[date, str]) -> None:
    for day in year.make_up_days:
        if day.weekday() < _SATURDAY:
            said = f"has {day}, a {DAYS[day.weekday()]}; only a weekend day is made up for"
            section.error("make_up_days", said, str(day))
        if day in off:
            said = f"has {day}, which is also in the holiday {quoted(off[day])}; keep one"
            section.error("make_up_days", said, str(day))


def _of_year(day: date, year: int) -> bool:
    """Within the year, or in the days around it: new year's holiday may begin in December."""
    around = timedelta(days=7)
    return date(year, 1, 1) - around <= day <= date(year, 12, 31) + around


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
