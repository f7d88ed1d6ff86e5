"""Reading the ledger in tests: what a story posted, in few words."""

from functools import cache, lru_cache
from typing import Any

from domain.events import Event
from store.scores.engine import Engine
from tests.domain.story import Story
from tests.store.scores.rows import Row, rows_of

Events = tuple[Event, ...]

Line = tuple[Any, ...]


@cache
def engine() -> Engine:
    """One for all tests of the process."""
    return Engine()


@lru_cache(maxsize=64)
def ledger(case_id: str, events: Events) -> tuple[Row, ...]:
    """What these events post."""
    return tuple(engine().postings(rows_of(case_id, events)))


def posted(story: Story, measure: str, **wanted: Any) -> list[Row]:
    """The postings of one measure in the order of the events that made them."""
    found = ledger(story.case.case_id, tuple(story.history))
    fits = (row for row in found if row["measure"] == measure)
    return [row for row in fits if all(row[name] == value for name, value in wanted.items())]


def sums(rows: list[Row]) -> tuple[int, int, int, int]:
    """Numerator, denominator, unanswered, excluded."""
    names = ("numerator", "denominator", "unanswered", "excluded")
    first, second, third, fourth = (sum(row[name] for row in rows) for name in names)
    return first, second, third, fourth


def counted(story: Story, measure: str, **wanted: Any) -> tuple[int, int, int, int]:
    """What all postings of the measure come to."""
    return sums(posted(story, measure, **wanted))
