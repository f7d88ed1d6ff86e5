"""Chapter R7.4: a dispute that was over goes on in a new round, where it was settled."""

from datetime import datetime

from domain import clocks, ladder, reviews, routing
from domain.book import Book
from domain.events import DisputeReopened, Event, ReviewDecided
from domain.state import Case, changed
from domain.values import SYSTEM, By, Clock
from domain.words import ClockKind, LeftWhy, Phase
from domain.words.disputes import ReopeningReason
from domain.words.redress import Finding


def settled(case: Case) -> bool:
    """Whether it was resolved or closed, a review of its ratings open or not."""
    return case.phase in {Phase.AWAITING_RATING, Phase.CLOSED} or reviews.is_open(case)


def reopen(
    case: Case,
    reason: ReopeningReason,
    at: datetime,
    by: By,
    book: Book,
    *,
    duty_id: str = "",
) -> tuple[Event, ...]:
    """A new round before who settled it, or who answers there now; a bad rating was right."""
    found: tuple[ReviewDecided, ...] = ()
    if reviews.is_open(case):
        found = (reviews.finding(case, Finding.JUSTIFIED, "", SYSTEM, at),)
        case = reviews.review_decided(case, found[0])
    again = DisputeReopened(
        at=at,
        by=by,
        round=case.round + 1,
        reason=reason,
        duty_id=duty_id,
        clocks=_promised(case, at, book),
    )
    desk = routing.same_desk(case, at, book)
    return *found, again, ladder.arrival(reopened(case, again), desk, at, by, book)


def _promised(case: Case, at: datetime, book: Book) -> tuple[Clock, ...]:
    """The resident's clock of the new round."""
    span = book.policies[case.policy].resolution(case.urgency)
    if span is None:
        return ()
    unit_id = case.officer.unit_id or case.stint.unit_id
    return (clocks.start(case, ClockKind.RESIDENT, span, unit_id, at, book),)


def reopened(case: Case, event: DisputeReopened) -> Case:
    """Another round; what the earlier one came to stays as it was."""
    case = clocks.stop(case, event.at, *clocks.OF_RESOLUTION)
    case = changed(
        case.with_stint(left_why=LeftWhy.REOPENED),
        round=event.round,
        phase=Phase.AWAITING_ACCEPTANCE,
        resolved_at=None,
        closed_at=None,
        closing=None,
    )
    return clocks.set_clocks(case, event.clocks)
