"""Days of the town's own calendar as moments. Nothing else."""

from datetime import date, datetime, time, timedelta

from api.errors import Problem
from domain.book import Book


def midnight(day: date, book: Book, *, days: int = 0) -> datetime:
    """The local midnight a day begins with, or the one so many days later."""
    zone = book.calendar.working_time(()).zone
    try:
        return datetime.combine(day + timedelta(days=days), time(), zone)
    except OverflowError as error:
        raise Problem(422, "no_such_day", "there is no day after that one") from error
