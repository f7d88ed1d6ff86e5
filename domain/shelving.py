"""Chapter R4.7: the shelf, for what nobody can settle now: not solved, not closed, looked at."""

from datetime import datetime

from domain import authority, clocks, pauses, questions
from domain.book import Book
from domain.commands import DecideShelving, ReviewShelf, Shelve, ShelvingCommand
from domain.events import (
    Event,
    ShelfReviewed,
    Shelved,
    ShelvingEvent,
    ShelvingRefused,
    ShelvingRequested,
)
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import By, Clock
from domain.words import ClockKind, Phase, QuestionKind, Stage

SHELVING = QuestionKind.SHELVING


def decide(case: Case, command: ShelvingCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case Shelve():
            return shelve(case, command, book)
        case DecideShelving():
            return decide_shelving(case, command, book)
        case ReviewShelf():
            return review_shelf(case, command, book)


def evolve(case: Case, event: ShelvingEvent) -> Case:
    """The chapter's events."""
    match event:
        case ShelvingRequested():
            return questions.opened(case, event.question, event.clocks)
        case Shelved():
            return shelved(case, event)
        case ShelvingRefused():
            return questions.answered(case, SHELVING, event.at)
        case ShelfReviewed():
            return shelf_reviewed(case, event)


def shelve(case: Case, command: Shelve, book: Book) -> tuple[Event, ...]:
    """At the department, when its one extension was decided; meanwhile its clock runs."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R4.7", Phase.IN_PROGRESS)
    if case.stage is not Stage.DEPARTMENT:
        raise Refused("department_only", "R4.7", stage=case.stage)
    if not case.stint.extension_asked or case.extension is not None:
        raise Refused("extension_not_used_up", "R4.7")
    questions.need_no_adjudication(case)
    if case.mediation is not None:
        raise Refused("mediation_under_way", "R7.4")
    if questions.find(case, SHELVING) is not None:
        raise Refused("shelving_asked", "R4.7")
    _need_somebody_there(case)
    path, barred = book.organisation.path(case.stint.unit_id), frozenset({by.person_id})
    question, clock = questions.put(
        case, SHELVING, path[min(1, len(path) - 1)], command.at, book, barred=barred
    )
    return (
        ShelvingRequested(
            at=command.at, by=by, text=command.text, question=question, clocks=(clock,)
        ),
    )


def _need_somebody_there(case: Case) -> None:
    """No emergency goes on the shelf before somebody was on site (R6.7)."""
    if pauses.nobody_there(case):
        raise Refused("nobody_on_site", "R6.7")


def decide_shelving(case: Case, command: DecideShelving, book: Book) -> tuple[Event, ...]:
    """Approved, the case goes on the shelf; refused, it goes on as it was."""
    question = questions.find(case, SHELVING)
    if question is None:
        raise Refused("no_shelving_asked", "R4.7")
    by = questions.decider(case, question, command, book)
    if not command.approved:
        return (ShelvingRefused(at=command.at, by=by, text=command.text),)
    _need_somebody_there(case)
    review = _next_review(case, command.at, book)
    return (Shelved(at=command.at, by=by, text=command.text, clocks=(review,)),)


def _next_review(case: Case, at: datetime, book: Book) -> Clock:
    span = book.policies[case.policy].shelve_review
    return clocks.start(case, ClockKind.SHELVE_REVIEW, span, case.stint.unit_id, at, book)


def shelved(case: Case, event: Shelved) -> Case:
    """The handling clock stands still, the resident's does not (R6.3)."""
    case = questions.answered(case, SHELVING, event.at)
    if case.phase is not Phase.SUSPENDED:
        case = clocks.pause(case, ClockKind.HANDLE, event.at)
    case = clocks.stop(case, event.at, ClockKind.SUSPENSION)
    return changed(clocks.set_clocks(case, event.clocks), phase=Phase.SHELVED)


def review_shelf(case: Case, command: ReviewShelf, book: Book) -> tuple[Event, ...]:
    """The department or a supervisor over it looks at the case again."""
    by = authority.in_charge_or_above(case, command, book)
    authority.need_phase(case, "R4.7", Phase.SHELVED)
    if not command.stays:
        return (taken_off(case, command.at, by, book, text=command.text),)
    after = (_next_review(case, command.at, book),)
    return (ShelfReviewed(at=command.at, by=by, stays=True, text=command.text, clocks=after),)


def taken_off(case: Case, at: datetime, by: By, book: Book, *, text: str = "") -> ShelfReviewed:
    """Work goes on where it stood."""
    again = clocks.unpaused(case, ClockKind.HANDLE, at, book)
    return ShelfReviewed(at=at, by=by, stays=False, text=text, clocks=again)


def shelf_reviewed(case: Case, event: ShelfReviewed) -> Case:
    """Looked at in time or late: the next review runs, or the handling clock counts on."""
    case = clocks.set_clocks(clocks.stop(case, event.at, ClockKind.SHELVE_REVIEW), event.clocks)
    return case if event.stays else changed(case, phase=Phase.IN_PROGRESS)
