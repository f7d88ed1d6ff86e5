"""What topics are asked for: whose, when, by whom; and what of it may be answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator

from api.auth import Principal
from api.auth import sight as sight_of
from api.context import Context
from api.errors import Problem, unknown
from api.overseeing import need_overseer_of
from api.schemas.base import clean
from domain.book import Book
from domain.refusals import Unreadable
from domain.scores import periods
from domain.scores.periods import Period
from domain.topics.area import By, area
from domain.topics.window import Window, window
from store import topics
from store.still import Still, still
from store.topics import EVERYWHERE, NOWHERE, Key, Scope

Word = Annotated[str, Query(max_length=100), AfterValidator(clean)]
ENTITLED = "for auditors, and supervisors of the unit or of one above it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question for a unit and a period, read from the database as it was at one moment."""

    there: Still
    book: Book
    unit: str
    period: Period
    window: Window
    sight: list[str] | None

    def scope(self, by: By) -> Scope:
        """Its cases, told apart like that."""
        found = area(self.unit, self.book.organisation)
        elsewhere = EVERYWHERE if by == "item" else NOWHERE
        places = [None if by == "item" else place for place in found.places]
        return Scope(
            since=self.window.since,
            until=self.window.until,
            areas=found.areas,
            places=[place or elsewhere for place in places],
            units=found.units,
            elsewhere=elsewhere,
            responsible=found.responsible,
        )


@asynccontextmanager
async def asked(here: Context, person: Principal, unit: str, period: str) -> AsyncIterator[Asked]:
    """For supervisors over the unit and auditors; 422 for what is no unit or no period."""
    async with still(here.engine) as there:
        book = await here.shelf.book(there.raw, there.books, there.at)
        need_overseer_of(person, unit, book, ENTITLED)
        yield await of(there, book, unit, period, sight_of(person, book).units)


async def of(there: Still, book: Book, unit: str, period: str, sight: list[str] | None) -> Asked:
    """The same for whoever may ask."""
    when, zone = read_period(period), book.calendar.working_time(()).zone
    begins, _ = when.bounds(zone)
    if begins >= there.at:
        told = "nothing was reported yet in a period that is to come"
        where = [{"where": "query/period", "code": "in_the_future", "message": told}]
        raise Problem(422, "period_in_the_future", told, rule="R12.1", errors=where)
    first = await topics.first_opened(there.raw)
    found = window(when, zone, there.at, first)
    return Asked(there=there, book=book, unit=unit, period=when, window=found, sight=sight)


def read_period(text: str) -> Period:
    """The period of that name, or 422 with how one is written."""
    try:
        return periods.parse(text)
    except Unreadable as error:
        raise unknown("query/period", "unknown_period", str(error)) from error


def read_topic(topic: str) -> Key:
    """Item and place of a topic's id; 404 for what is none."""
    item, at, place = topic.rpartition("@")
    if not at or not item or not place or "\0" in topic:
        raise no_such_topic()
    return item, place


def by_of(key: Key) -> By:
    """How topics are told apart where there is such a one."""
    return "item" if key[1] == EVERYWHERE else "community"


def no_such_topic() -> Problem:
    """Nobody reported that there and then."""
    return Problem(404, "topic_not_found", "no case of that item there in that period")
