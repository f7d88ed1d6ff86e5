"""What happens when time runs out: warnings, breaches, automatic escalation (R4.4, R6.4–6, R9.4).

A fact about time (a warning, a breach, a suspension's end) is dated when it was due, however late
the system woke up; what somebody must act on (an arrival, an order) is dated when it was given.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from domain import (
    agreements,
    clocks,
    disputes,
    duties,
    follow_up,
    ladder,
    owing,
    pauses,
    publication,
    questions,
    ratings,
    routing,
    supervision,
    talks,
    transfers,
    whistle,
)
from domain.book import Book
from domain.clocks import Expired
from domain.events import (
    ClockWarned,
    Escalated,
    Event,
    ExtensionRefused,
    RatingAskedAgain,
    SupervisionOrdered,
)
from domain.state import Case, Running
from domain.values import SYSTEM
from domain.words import (
    ClockKind,
    EscalationReason,
    QuestionKind,
    Stage,
    Urgency,
    WarningLevel,
)


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
        return () if elsewhere else (supervision.order(case, now, book, None),)
    last = case.last_at or at
    at = max(at, last)
    if level is not None:
        return (_warned(case, running, level, at, book),)
    ended = Expired(case=case, running=running, at=at, now=now, book=book)
    return EXPIRY[running.clock.kind](ended)


def _warned(
    case: Case, running: Running, level: WarningLevel, at: datetime, book: Book
) -> ClockWarned:
    clock = running.clock
    return ClockWarned(
        at=at,
        by=SYSTEM,
        clock_id=clock.clock_id,
        level=level,
        due_at=clock.due_at,
        person_id=owing.person(case, clock.clock_id, at, book),
    )


def _breach(expired: Expired) -> tuple[Event, ...]:
    """Up one rung; at the department, or where nobody is above, a supervision order (R4.4)."""
    case, now, book = expired.case, expired.now, expired.book
    if _waits(case):
        return _only_broken(expired)
    return expired.broken(), *_moved_on(case, expired.running, now, book)


def _waits(case: Case) -> bool:
    """Whether who decides whose it is moves it, or all that is left of a dispute is a no."""
    if case.urgency is Urgency.EMERGENCY or case.stage is Stage.DEPARTMENT:
        return False
    contested = questions.find(case, QuestionKind.ADJUDICATION) is not None
    return contested or agreements.waits_for_a_no(case)


def _moved_on(case: Case, running: Running, now: datetime, book: Book) -> tuple[Event, ...]:
    desk = None
    if case.stage is not Stage.DEPARTMENT:
        desk = routing.above(case, now, book)
    if desk is None:
        return (supervision.order(case, now, book, running),)
    clock = running.clock
    accepting = clock.kind is ClockKind.ACCEPT
    reason = EscalationReason.NOT_ACCEPTED if accepting else EscalationReason.NOT_HANDLED
    left = Escalated(at=now, by=SYSTEM, reason=reason, automatic=True, clock_id=clock.clock_id)
    return left, ladder.arrival(case, desk, now, SYSTEM, book)


def held(case: Case) -> Running | None:
    """The handling clock that broke while the parties' time for a no ran: it climbs afterwards."""
    if not agreements.waits_for_a_no(case) or not _waits(case):
        return None
    handle = case.running(ClockKind.HANDLE)
    return handle if handle is not None and handle.broken_at is not None else None


def held_no_more(was: Running, after: Case, at: datetime, book: Book) -> tuple[Event, ...]:
    """The climb that waited, where no agreement came of it (R4.4, R7.4)."""
    still = clocks.named(after, was.clock.clock_id)
    if still.stopped_at is not None or _waits(after):
        return ()
    moved = _moved_on(after, still, at, book)
    looked_at = after.running(ClockKind.SUPERVISION) or after.running(ClockKind.SUPERVISION_REVIEW)
    return () if looked_at and isinstance(moved[0], SupervisionOrdered) else moved


def _only_broken(expired: Expired) -> tuple[Event, ...]:
    return (expired.broken(),)


def _ordered(expired: Expired) -> tuple[Event, ...]:
    return expired.broken(), _looked_at_again(expired)[0]


def _looked_at_again(expired: Expired) -> tuple[Event, ...]:
    return (supervision.order(expired.case, expired.now, expired.book, expired.running),)


def _resumes(expired: Expired) -> tuple[Event, ...]:
    return (pauses.resumption(expired.case, expired.at, SYSTEM, expired.book),)


def _extension_lapses(expired: Expired) -> tuple[Event, ...]:
    return (ExtensionRefused(at=expired.at, by=SYSTEM, automatic=True),)


def _ask_again(expired: Expired) -> tuple[Event, ...]:
    return (RatingAskedAgain(at=expired.at, by=SYSTEM),)


def _rating_ends(expired: Expired) -> tuple[Event, ...]:
    return (ratings.unanswered(expired.case, expired.at),)


EXPIRY: Mapping[ClockKind, Callable[[Expired], tuple[Event, ...]]] = {
    ClockKind.ACCEPT: _breach,
    ClockKind.HANDLE: _breach,
    ClockKind.RESIDENT: _only_broken,
    ClockKind.ON_SITE: _only_broken,
    ClockKind.SUPERVISION: _ordered,
    ClockKind.SUPERVISION_REVIEW: _looked_at_again,
    ClockKind.DECISION: questions.undecided,
    ClockKind.REPORT_IN: whistle.not_reported_in,
    ClockKind.SHELVE_REVIEW: _ordered,
    ClockKind.TRANSFER: transfers.unanswered,
    ClockKind.PUBLICATION: publication.over,
    ClockKind.SUSPENSION: _resumes,
    ClockKind.EXTENSION: _extension_lapses,
    ClockKind.RATING_REMINDER: _ask_again,
    ClockKind.RATING: _rating_ends,
    ClockKind.FOLLOW_UP: follow_up.missed,
    ClockKind.CONSENT: disputes.unanswered,
    ClockKind.MEDIATION: talks.limit_over,
    ClockKind.CONFIRM: agreements.lapsed,
    ClockKind.DUTY: duties.fell_due,
    ClockKind.DUTY_CHECK: duties.unchecked,
}
"""What follows when a clock of that kind has run out; every kind has its line."""
