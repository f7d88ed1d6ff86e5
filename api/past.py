"""Time travel (R14.3): the moment that is asked about, and the one each answer was drawn at.

A moment is the database's: what was recorded by then was known. Nothing here writes.
"""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BeforeValidator

from api.errors import Problem
from api.moments import read_instant
from store.chain import instant
from store.following import Keeper, reached
from store.reading import History
from store.still import Still

HEADER = "Shouwen-As-Of"
"""What every answer says its moment with: asked for again with it, it is the same answer."""

AsOf = Annotated[
    datetime | None,
    BeforeValidator(read_instant),
    Query(description="answer as it was answered at this moment: RFC 3339, with its offset"),
]


def not_ahead(as_of: datetime, now: datetime) -> None:
    """Refuse what has not happened yet; `now` is the database's time."""
    if as_of > now:
        told = f"it is {instant(now)} here: nothing is known yet of what comes"
        where = [{"where": "query/as_of", "code": "in_the_future", "message": told}]
        raise Problem(422, "as_of_in_the_future", told, rule="R14.3", errors=where)


def cut(found: History, as_of: datetime) -> History:
    """The history up to that moment; 404 before its opening."""
    not_ahead(as_of, found.at)
    then = found.until(as_of)
    if then is None:
        opened = instant(found.lines[0].recorded_at)
        told = f"there was no such case yet: it is in the record since {opened}"
        raise Problem(404, "case_not_open_yet", told, rule="R14.3", recorded_since=opened)
    return then


async def need_reached(there: Still, as_of: datetime, keeper: Keeper = "span_keeper") -> None:
    """Refuse a moment that what follows the journal has not reached: the answer would lack some."""
    not_ahead(as_of, there.at)
    if not await reached(there, as_of, keeper):
        raise not_written_yet()


def not_written_yet() -> Problem:
    """What is asked for is not written yet: to be asked again, never answered with less."""
    told = "what happened up to then is being written; ask again in a moment"
    wait = {"Retry-After": "2"}
    return Problem(409, "not_written_yet", told, rule="R14.3", headers=wait)
