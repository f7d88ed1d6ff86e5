"""Steps of cases in random lives, to ask of each who is told."""

from collections.abc import Iterator

from domain.book import Book
from domain.case import decide, evolve, initial
from domain.events import Event
from domain.refusals import Refused
from domain.state import Case
from tests.store.walks import STEPS, Walk

Step = tuple[Case, Case, Event, Book]


def stories(lives: int = 100) -> Iterator[Step]:
    """Each event of so many lives, with the case before and after it."""
    for seed in range(lives):
        walk = Walk(seed)
        case = initial(walk.case_id)
        for _ in range(STEPS):
            for event in _decided(walk, case):
                before, case = case, evolve(case, event)
                yield before, case, event, walk.book


def _decided(walk: Walk, case: Case) -> tuple[Event, ...]:
    try:
        return decide(case, walk.next(case), walk.book)
    except Refused:
        return ()
