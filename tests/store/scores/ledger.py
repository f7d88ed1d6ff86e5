"""Reading the ledger in tests: what a story posted, in few words."""

from functools import cache
from typing import Any

from store.scores.engine import Engine
from tests.domain.story import Story
from tests.store.scores.rows import Row, rows_of

Line = tuple[Any, ...]


@cache
def engine() -> Engine:
    """One for all tests of the process."""
    return Engine()


def posted(story: Story, measure: str, **wanted: Any) -> list[Row]:
    """The postings of one measure in the order of the events that made them."""
    found = engine().postings(rows_of(story.case.case_id, story.history))
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
