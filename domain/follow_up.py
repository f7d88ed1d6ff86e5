"""Chapter R1.4: the call that the first-contact officer owes the resident after each resolution.

What the resident says in it is no rating (R9.2). A rating, however fast, does not make the call
needless; a new round does, for it ends with a call of its own.
"""

from dataclasses import replace

from domain import authority, carried, clocks, coming_back
from domain.book import Book
from domain.clocks import Expired
from domain.commands import RecordFollowUp
from domain.events import Closed, Event, FollowedUp, Resolved
from domain.refusals import Refused
from domain.state import Case
from domain.values import REPORTER
from domain.words import ClockKind, ClosingReason

AFTER_RESOLUTION = (None, ClosingReason.RATED, ClosingReason.UNRATED)
"""How a resolved case stands for which the call is owed."""
GRADES = range(1, 6)


def with_call(case: Case, done: Resolved, book: Book) -> Resolved:
    """The resolution with the officer's clock, by the officer's hours, where a resident waits."""
    if REPORTER not in case.raters:
        return done
    span, unit_id = book.policies[case.policy].follow_up, case.officer.unit_id or ""
    call = clocks.start(case, ClockKind.FOLLOW_UP, span, unit_id, done.at, book)
    return replace(done, clocks=(*done.clocks, call))


def record_follow_up(case: Case, command: RecordFollowUp, book: Book) -> tuple[Event, ...]:
    """The officer's call: contacted, solved, spoken answers (R1.4, R9.2)."""
    by = authority.officer(case, command, book)
    if not case.raters:
        raise Refused("no_resident", "R13")
    resolved = case.resolved_at is not None and case.closing in AFTER_RESOLUTION
    if not (resolved or carried.lead_resolved(case, book)):
        raise Refused("not_awaiting_rating", "R1.4", phase=case.phase)
    if command.grade is not None and command.grade not in GRADES:
        raise Refused("grade_out_of_range", "R9.2", grade=str(command.grade))
    return (
        FollowedUp(
            at=command.at,
            by=by,
            contacted=command.contacted,
            solved=command.solved,
            grade=command.grade,
            text=command.text,
        ),
    )


def followed_up(case: Case, event: FollowedUp) -> Case:
    """Nothing is owed any more; of a closed case nobody has to name another officer."""
    case = clocks.stop(case, event.at, ClockKind.FOLLOW_UP)
    return case if case.closed_at is None else coming_back.no_officer_needed(case, event.at)


def after_closing(case: Case, event: Closed) -> Case:
    """Rated or not, the call is owed; to whom the case was not resolved, none is."""
    if event.reason not in AFTER_RESOLUTION:
        case = clocks.stop(case, event.at, ClockKind.FOLLOW_UP)
    if case.running(ClockKind.FOLLOW_UP) is not None:
        return case
    return coming_back.no_officer_needed(case, event.at)


def missed(expired: Expired) -> tuple[Event, ...]:
    """The breach is the officer's; one who has left is to be replaced, for the call is owed."""
    return expired.broken(), *coming_back.officer(expired.case, expired.now, expired.book)
