"""Chapter R7.4: a dispute that was over goes on in a new round, where it was settled."""

from datetime import datetime

from domain import clocks, ladder, routing
from domain.book import Book
from domain.events import Arrived, DisputeReopened
from domain.state import Case, changed
from domain.values import By, Clock
from domain.words import ClockKind, LeftWhy, Phase
from domain.words.disputes import ReopeningReason


def reopen(
    case: Case,
    reason: ReopeningReason,
    at: datetime,
    by: By,
    book: Book,
    *,
    duty_id: str = "",
) -> tuple[DisputeReopened, Arrived]:
    """A new round in the hands of who settled it, or of who answers there now."""
    again = DisputeReopened(
        at=at,
        by=by,
        round=case.round + 1,
        reason=reason,
        duty_id=duty_id,
        clocks=_promised(case, at, book),
    )
    desk = routing.same_desk(case, at, book)
    return again, ladder.arrival(reopened(case, again), desk, at, by, book, accepted=True)


def _promised(case: Case, at: datetime, book: Book) -> tuple[Clock, ...]:
    """The resident's clock of the new round."""
    span = book.policies[case.policy].resolution(case.urgency)
    if span is None:
        return ()
    unit_id = case.officer.unit_id or case.stint.unit_id
    return (clocks.start(case, ClockKind.RESIDENT, span, unit_id, at, book),)


def reopened(case: Case, event: DisputeReopened) -> Case:
    """Another round; what the earlier one came to stays as it was."""
    case = clocks.stop(case, event.at, ClockKind.RATING, ClockKind.RATING_REMINDER)
    case = changed(
        case.with_stint(left_why=LeftWhy.REOPENED),
        round=event.round,
        phase=Phase.IN_PROGRESS,
        resolved_at=None,
        closed_at=None,
        closing=None,
    )
    return clocks.set_clocks(case, event.clocks)
