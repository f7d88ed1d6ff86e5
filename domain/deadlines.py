"""What happens when time runs out: warnings, breaches, automatic escalation (R4.4, R6.4–6, R9.4).

A fact about time (a warning, a breach, a suspension's end) is dated when it was due, however late
the system woke up; what somebody must act on (an arrival, an order) is dated when it was given.
"""

from datetime import datetime

from domain import clocks, ladder, pauses, routing
from domain.book import Book
from domain.events import (
    ClockBroken,
    ClockWarned,
    Closed,
    Escalated,
    Event,
    ExtensionRefused,
    RatingAskedAgain,
    SupervisionOrdered,
)
from domain.state import Case, Running
from domain.values import SYSTEM
from domain.words import ClockKind, ClosingReason, EscalationReason, Stage, WarningLevel


def settle(case: Case, now: datetime, book: Book, *, elsewhere: bool = False) -> tuple[Event, ...]:
    """The events of the earliest instant due by `now`; none when nothing is due.

    `elsewhere`: the case was still in another system then. A case without a clock there got no
    order from us, and none is made up afterwards.
    """
    due = clocks.next_due(case)
    if due is None or due[0] > now:
        return ()
    at, running, level = due
    if running is None:
        return () if elsewhere else (_order(case, now, book, None),)
    last = case.last_at or at
    return _expired(case, running, level, max(at, last), now, book)


def _expired(  # noqa: PLR0911 - one line for each kind of clock
    case: Case,
    running: Running,
    level: WarningLevel | None,
    at: datetime,
    now: datetime,
    book: Book,
) -> tuple[Event, ...]:
    clock = running.clock
    if level is not None:
        warned = ClockWarned(
            at=at, by=SYSTEM, clock_id=clock.clock_id, level=level, due_at=clock.due_at
        )
        return (warned,)
    match clock.kind:
        case ClockKind.ACCEPT | ClockKind.HANDLE:
            return _breach(case, running, at, now, book)
        case ClockKind.RESIDENT | ClockKind.ON_SITE:
            return (_broken(running, at),)
        case ClockKind.SUPERVISION:
            return _broken(running, at), _order(case, now, book, running)
        case ClockKind.SUPERVISION_REVIEW:
            return (_order(case, now, book, running),)
        case ClockKind.SUSPENSION:
            return (pauses.resumption(case, at, SYSTEM, book),)
        case ClockKind.EXTENSION:
            return (ExtensionRefused(at=at, by=SYSTEM, automatic=True),)
        case ClockKind.RATING_REMINDER:
            return (RatingAskedAgain(at=at, by=SYSTEM),)
        case ClockKind.RATING:
            return (Closed(at=at, by=SYSTEM, reason=ClosingReason.UNRATED),)


def _broken(running: Running, at: datetime) -> ClockBroken:
    clock = running.clock
    return ClockBroken(at=at, by=SYSTEM, clock_id=clock.clock_id, due_at=clock.due_at)


def _breach(
    case: Case, running: Running, at: datetime, now: datetime, book: Book
) -> tuple[Event, ...]:
    """Up one rung; at the department, or where nobody is above, a supervision order (R4.4)."""
    broken = _broken(running, at)
    desk = None
    if case.stage is not Stage.DEPARTMENT:
        desk = routing.above(case, now, book)
    if desk is None:
        return broken, _order(case, now, book, running)
    accepting = running.clock.kind is ClockKind.ACCEPT
    reason = EscalationReason.NOT_ACCEPTED if accepting else EscalationReason.NOT_HANDLED
    left = Escalated(
        at=now, by=SYSTEM, reason=reason, automatic=True, clock_id=running.clock.clock_id
    )
    return broken, left, ladder.arrival(case, desk, now, SYSTEM, book)


def _order(case: Case, now: datetime, book: Book, running: Running | None) -> SupervisionOrdered:
    """An order to the next superior's supervisor; each further order goes one superior higher."""
    unit_id = case.stint.unit_id
    post = routing.supervisor_above(unit_id, now, book, skip=len(case.orders))
    span = book.policies[case.policy].supervision_answer
    answer = clocks.start(case, ClockKind.SUPERVISION, span, unit_id, now, book)
    return SupervisionOrdered(
        at=now,
        by=SYSTEM,
        unit_id=post.unit_id if post else book.organisation.path(unit_id)[-1],
        person_id=post.holder(now) if post else None,
        clock_id=running.clock.clock_id if running else None,
        clocks=(answer,),
    )
