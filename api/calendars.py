"""The route of the calendar in force: what each day of a year is, the hours, its edition."""

from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api import words
from api.auth import Staff
from api.cases import Word
from api.context import Here, now
from api.errors import unknown
from api.models_named import Named
from domain.book import Book
from domain.calendar import Hours, Schedule, Why, WorkingTime
from store import calendars
from store.database import raw

router = APIRouter(prefix="/api/v1/calendar", tags=["office"])
Spells = list[tuple[str, str]]
"""Opening spells of a day as local times: ("09:00", "12:00")."""
EVERYBODY = "*"


class ScheduleView(BaseModel):
    """Hours of a unit and all below it, Monday first; without a unit those of everybody else.
    `observes` is false for units that the holidays do not touch.
    """

    unit: Named | None
    timezone: str
    week: list[Spells]
    make_up: Spells
    observes: bool


class DayView(BaseModel):
    """A day of the year: whether it is worked, why, and which holiday it is."""

    day: date
    working: bool
    why: Why
    name: str


class CalendarView(BaseModel):
    """The edition in force and since when; `years` are those it has an arrangement of. `schedule`
    is what the unit asked for goes by, `own` are the units that have one of their own. Where the
    year is not `published` only weekends and the holidays known by law are told.
    """

    version: str
    since: datetime | None
    years: list[int]
    own: list[Named]
    unit: Named | None
    schedule: ScheduleView
    year: int
    published: bool
    source: str
    days: list[DayView]


@router.get("")
async def show_calendar(
    here: Here,
    _: Staff,
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    unit: Word | None = None,
) -> CalendarView:
    """A year as it is worked, for everybody or for one unit; by default the one that runs."""
    book, at = await here.book(), now()
    if unit is not None and unit not in book.organisation.units:
        raise unknown("query/unit", "unknown_unit")
    time = book.calendar.working_time(()) if unit is None else book.working_time(unit)
    chosen = year or at.astimezone(time.zone).year
    async with raw(here.engine) as connection:
        since = await calendars.since(connection, book.calendar.version, at)
    known = time.years.get(chosen)
    return CalendarView(
        version=book.calendar.version,
        since=since,
        years=sorted(each.year for each in book.calendar.years),
        own=[_named(s.unit_id, book) for s in book.calendar.schedules if s.unit_id != EVERYBODY],
        unit=None if unit is None else _named(unit, book),
        schedule=_schedule(time.schedule, book),
        year=chosen,
        published=known is not None and known.published,
        source="" if known is None else known.source,
        days=_days(time, chosen),
    )


def _days(time: WorkingTime, year: int) -> list[DayView]:
    first = date(year, 1, 1)
    every = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    found = ((day, time.day(day)) for day in every)
    return [DayView(day=day, working=is_.working, why=is_.why, name=is_.name) for day, is_ in found]


def _schedule(schedule: Schedule, book: Book) -> ScheduleView:
    unit_id = schedule.unit_id
    return ScheduleView(
        unit=None if unit_id == EVERYBODY else _named(unit_id, book),
        timezone=schedule.timezone,
        week=[_spells(hours) for hours in schedule.week],
        make_up=_spells(schedule.make_up),
        observes=schedule.observes,
    )


def _spells(hours: Hours) -> Spells:
    return [(_clock(opens), _clock(closes)) for opens, closes in hours]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _named(unit_id: str, book: Book) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, book.organisation))
