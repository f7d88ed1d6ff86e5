"""Moments and days as an address names them: RFC 3339 to the letter, and nothing is guessed."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,6})?\d*(?:([Zz])|([+\- ]\d\d:\d\d))", re.ASCII
)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def read_instant(value: object) -> datetime | None:
    """The moment a query names, in UTC; finer than a microsecond is cut off. None for none.

    An address that was not encoded turns the plus of an offset into a space: it is taken for one.
    """
    if value is None:
        return None
    found = INSTANT.fullmatch(str(value))
    if found is None:
        raise _unreadable("a moment")
    day, time, fraction, zulu, offset = found.groups()
    zone = "+00:00" if zulu else offset.replace(" ", "+")
    try:
        return datetime.fromisoformat(
            f"{day}T{time}{(fraction or '.').ljust(7, '0')}{zone}"
        ).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _unreadable("a moment") from error


def read_moment(value: object) -> datetime | date | None:
    """A moment, or a day of the town's; not the first or the last year there is."""
    if DAY.fullmatch(str(value)):
        try:
            day = date.fromisoformat(str(value))
        except ValueError as error:
            raise _unreadable("a day like 2026-11-22, or a moment") from error
        if date.min.year < day.year < date.max.year:
            return day
        raise _unreadable("a day like 2026-11-22, or a moment")
    return read_instant(value)


def _unreadable(what: str) -> PydanticCustomError:
    told = "{what} with its offset from UTC, like 2026-11-22T15:00:00+08:00"
    return PydanticCustomError("bad_moment", told, {"what": what})


Instant = Annotated[datetime | None, BeforeValidator(read_instant)]
Moment = Annotated[datetime | date | None, BeforeValidator(read_moment)]
