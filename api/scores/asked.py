"""What is asked of scores, and what that means: a period, a moment, a version of the policy.

Every parameter is known here: one that was misspelt would otherwise give another figure, unseen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api import past
from api.context import Context
from api.errors import Problem, unknown
from api.moments import Instant
from api.schemas.base import clean
from api.words import Language
from domain.book import Book
from domain.refusals import Unreadable
from domain.scores import periods
from domain.scores.figures import Scope
from domain.scores.measures import Measure
from domain.scores.periods import Period
from domain.scores.policy import Scores
from store.books import NoBooks
from store.cursors import BadCursor
from store.following import Keeper, waiting_since
from store.scores.explained import Part
from store.still import Still

Word = Annotated[str, Field(max_length=100), AfterValidator(clean)]
LEAST = timedelta(microseconds=1)
KEEPER: Keeper = "score_keeper"


class OfPeriod(BaseModel):
    """What every question says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    period: Annotated[Word, Field(description="2026-09, 2026-Q3, 2026, 2026-09-01..2026-09-15")]
    policy: Word | None = None
    as_of: Instant = None
    proactive: bool = False
    lang: Language = "zh"


class OfUnit(OfPeriod):
    """What it carried itself, or also everything below it."""

    scope: Scope = "own"


class Opening(OfPeriod):
    """What is behind a figure: of one measure or of all, the whole or one part of it."""

    measure: Measure | None = None
    part: Part | None = None
    cursor: Annotated[str, Field(max_length=300)] | None = None
    size: Annotated[int, Field(ge=1, le=200)] = 50


class OpeningOfUnit(Opening):
    """The same of a unit."""

    scope: Scope = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What figures are made with. `since` and `until` bound the period; `book` is the one of its
    end, or of the moment where it is not over; `version` is the policy's. `asked` are the moment
    and version that were asked for, not found.
    """

    asked: OfPeriod
    period: Period
    since: datetime
    until: datetime
    zone: ZoneInfo
    as_of: datetime
    book: Book
    version: str

    @property
    def scores(self) -> Scores:
        """The policy's numbers."""
        return self.book.policies[self.version].scores


async def basis(
    here: Context, there: Still, asked: OfPeriod, as_of: datetime | None = None
) -> Basis:
    """What the question means; 422 with the place of what cannot be answered.

    `as_of` is the moment of the first page, of which a further one has to be.
    """
    moment = await _moment(there, asked.as_of, as_of)
    period = _period(asked.period)
    now = await _book(here, there, moment, moment)
    zone = now.calendar.working_time(()).zone
    since, until = period.bounds(zone)
    if since > moment:
        told = f"{period.name} has not begun; nothing is known yet of what comes"
        where = [{"where": "query/period", "code": "in_the_future", "message": told}]
        raise Problem(422, "period_in_the_future", told, rule="R12.1", errors=where)
    end = min(until - LEAST, moment)
    try:
        book = await here.archive.book(there.raw, end, moment)
    except NoBooks:  # cases of a time before the office: by the first that is known of it
        book = now
    version = book.policy if asked.policy is None else asked.policy
    if version not in book.policies:
        raise unknown("query/policy", "unknown_policy", "no such version is published")
    return Basis(
        asked=asked,
        period=period,
        since=since,
        until=until,
        zone=zone,
        as_of=moment,
        book=book,
        version=version,
    )


async def _moment(there: Still, as_of: datetime | None, first: datetime | None) -> datetime:
    """The moment asked for, that of the first page, or the latest of which all was counted."""
    if first is not None and as_of not in {None, first}:
        raise BadCursor
    if first is not None:
        past.not_ahead(first, there.at)
        return first
    if as_of is not None:
        await past.need_reached(there, as_of, KEEPER)
        return as_of
    waiting = await waiting_since(there, KEEPER)
    return there.at if waiting is None else min(there.at, waiting - LEAST)


def _period(text: str) -> Period:
    try:
        return periods.parse(text)
    except Unreadable as error:
        raise unknown("query/period", "unknown_period", str(error)) from error


async def _book(here: Context, there: Still, at: datetime, known: datetime) -> Book:
    try:
        return await here.archive.book(there.raw, at, known)
    except NoBooks as error:
        told = "the office was not founded yet"
        where = [{"where": "query/as_of", "code": "before_the_office", "message": told}]
        raise Problem(422, "before_the_office", told, rule="R14.3", errors=where) from error
