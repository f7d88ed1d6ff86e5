"""The schedule of reports: which are due, and one after another written. Idempotent: what is on
record is not written again, and what failed is tried again by the next turn.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.messages import DUE_REPORTS, UNITS_TO_REPORT, WRITE_REPORT, Turn
from activities.reporter import Reporter, Tell
from domain import reporting as rules
from domain.scores.asking import Unscorable
from domain.scores.periods import parse
from store import books, reading, reporting
from store import reports as register
from store.database import raw
from store.past_books import Archive
from store.scores.basis import basis

PAGE = 100
"""Units in one answer."""
AGO = timedelta(seconds=20)
"""Longer than a step takes: what was recorded by then is committed, and the scores soon have it."""


@dataclass(frozen=True, slots=True)
class ReportingActivities:
    """The schedule's activities."""

    engine: AsyncEngine
    tell: Tell
    archive: Archive = field(default_factory=Archive)
    ago: timedelta = AGO

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        reporter = Reporter(self.engine, self.archive)

        @activity.defn(name=WRITE_REPORT)
        async def write(unit_id: str, period: str, as_of: datetime) -> bool:
            try:
                return await reporter.write(unit_id, period, as_of, self.tell)
            except Unscorable as error:
                raise ApplicationError(str(error), type="Unscorable", non_retryable=True) from error

        @activity.defn(name=UNITS_TO_REPORT)
        async def units(period: str, after: str, as_of: datetime) -> list[str]:
            return await self._units(period, after, as_of)

        return [self.due, units, write]

    @activity.defn(name=DUE_REPORTS)
    async def due(self) -> Turn:
        """The moment this turn's reports are as of, and the periods that are due by then."""
        async with raw(self.engine) as connection:
            _, now = await reading.newest_book(connection)
            as_of = now - self.ago
            first = await reporting.first_day(connection)
            try:
                book = await self.archive.book(connection, as_of)
            except books.NoBooks:  # the office has only just begun
                first = None
        if first is None:
            return Turn(as_of=as_of)
        reports = book.policies[book.policy].reports
        today = as_of.astimezone(book.calendar.working_time(()).zone).date()
        found = (each.name for each in rules.due(today, reports) if each.last >= first)
        return Turn(as_of=as_of, periods=tuple(found))

    async def _units(self, period: str, after: str, as_of: datetime) -> list[str]:
        """The next units, by the tree at the period's end, whose report is not on record."""
        async with raw(self.engine) as connection:
            of = await basis(connection, self.archive, parse(period), now=as_of, as_of=as_of)
            there = await register.written(connection, period)
            worked = await reporting.worked(connection, of)
        units = rules.units(of.organisation, of.policy.reports, worked)
        return [each for each in units if each > after and each not in there][:PAGE]
