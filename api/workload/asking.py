"""What workload is asked of: a unit at a moment, by somebody over it; and what is read of it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api import past
from api.auth import Principal
from api.context import Context
from api.errors import Problem, unknown
from api.overseeing import need_overseer_of
from domain.book import Book
from domain.scores.measures import Measure
from domain.scores.periods import Period
from domain.workload.loads import Loads
from store import workload
from store.books import NoBooks
from store.still import Still, still
from store.workload import Flows

WEEKS = 4
OWED = timedelta(days=365)
"""So long ago a call may have begun to be owed."""
ENTITLED = "for auditors, and supervisors of the unit or of one above it"
FLOWING = (Measure.ACCEPTANCE, Measure.HANDLING, Measure.RETURNS, Measure.REOPENINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A unit of the book of that moment; `past` where it is asked as of one."""

    there: Still
    book: Book
    unit: str
    at: datetime
    past: bool

    @property
    def weeks(self) -> Period:
        """The last four weeks, the moment's own day included."""
        return self._days(timedelta(weeks=WEEKS))

    @property
    def owed(self) -> Period:
        """The time in which what is still owed began."""
        return self._days(OWED)

    def _days(self, span: timedelta) -> Period:
        today = self.at.astimezone(self.book.calendar.working_time(()).zone).date()
        return Period(first=today - span + timedelta(days=1), last=today)

    @property
    def shown(self) -> list[str]:
        """The unit, and those right below it that were not closed."""
        units = self.book.organisation.units
        below = self.book.organisation.below(self.unit)
        return [self.unit, *sorted(unit for unit in below if not units[unit].closed)]

    def time(self, period: Period) -> Sequence[Any]:
        """The period as postings are asked for it."""
        if not self.past:
            return period.first, period.last
        return *period.bounds(self.book.calendar.working_time(()).zone), self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read. `follow_ups` are those of the unit itself, by person."""

    loads: Loads
    flows: Flows
    owed: Flows
    questions: Mapping[str, int] | None
    follow_ups: Mapping[str, int]


@asynccontextmanager
async def asked(
    here: Context, person: Principal, unit: str, as_of: datetime | None
) -> AsyncIterator[Asked]:
    """For supervisors over the unit and auditors; the books of a past moment are those of then."""
    async with still(here.engine) as there:
        book = await here.shelf.book(there.raw, there.books, there.at)
        need_overseer_of(person, unit, book, ENTITLED)
        if as_of is not None:
            await past.need_reached(there, as_of)
            await past.need_reached(there, as_of, "score_keeper")
            try:
                book = await here.archive.book(there.raw, as_of)
            except NoBooks as error:
                told = "the office was not founded yet"
                raise Problem(422, "before_the_office", told, rule="R14.3") from error
            if unit not in book.organisation.units:
                raise unknown("query/unit", "unknown_unit", "there was no such unit then")
        at = as_of or there.at
        yield Asked(there=there, book=book, unit=unit, at=at, past=as_of is not None)


async def read(of: Asked) -> Read:
    """Everything that is shown."""
    connection, organisation = of.there.raw, of.book.organisation
    below = {unit: organisation.subtree(unit) for unit in of.shown}
    areas = {unit: organisation.area(unit) for unit in of.shown}
    owed = (Measure.FOLLOW_UP,)
    people = await workload.owed(connection, of.unit, Measure.FOLLOW_UP, of.at - OWED, of.at)
    return Read(
        loads=await workload.loads(connection, of.at, past=of.past),
        flows=await workload.flows(connection, areas, FLOWING, of.time(of.weeks)),
        owed=await workload.flows(connection, below, owed, of.time(of.owed)),
        questions=None if of.past else await workload.questions(connection, below[of.unit]),
        follow_ups=people,
    )
