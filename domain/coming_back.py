"""§3, R1.1, R4.4: a case that comes back finds a handler and an officer, whoever left meanwhile.

What brings a case back is for the chapters that do it; here is only who answers for it then.
"""

from datetime import datetime

from domain import ladder, questions, routing, supervision
from domain.book import Book
from domain.commands import Command, ReplaceOfficer
from domain.events import (
    Assigned,
    DisputeReopened,
    Escalated,
    Event,
    MergeUndone,
    OfficerLeft,
    RectificationOpened,
)
from domain.state import Case
from domain.values import SYSTEM
from domain.words import EscalationReason, QuestionKind

COMES_BACK = (MergeUndone, DisputeReopened, RectificationOpened)
"""Events by which a case that was closed or settled is open again."""


def people(case: Case, at: datetime, book: Book) -> tuple[Event, ...]:
    """What has to happen in a case that just came back, because somebody has left."""
    if case.closed_at is not None:
        return ()
    return (*handler(case, at, book), *officer(case, at, book))


def handler(case: Case, at: datetime, book: Book) -> tuple[Event, ...]:
    """Another of the unit for who left, else the next rung; where nobody is, an order to find one.

    Whoever takes over in the same turn has its clocks as they run, as in every hand-over.
    """
    stint = case.stint
    if book.organisation.serves(stint.post_id, stint.person_id, at):
        return ()
    desk = routing.desk_again(case, stint.seat, at, book)
    if desk is not None and desk.unit_id == stint.unit_id:
        person, post = desk.person_id, desk.post_id
        return (Assigned(at=at, by=SYSTEM, person_id=person, post_id=post, by_hand=False),)
    higher = routing.above(case, at, book)
    if higher is None:
        return (supervision.order(case, at, book, None),)
    left = Escalated(at=at, by=SYSTEM, reason=EscalationReason.NO_HANDLER, automatic=True)
    return left, ladder.arrival(ladder.escalated(case, left), higher, at, SYSTEM, book)


def officer(case: Case, at: datetime, book: Book) -> tuple[Event, ...]:
    """A supervisor over the unit of an officer who left is asked for another (R1.1)."""
    was = case.officer
    here = book.organisation.serves(was.post_id or "", was.person_id, at)
    if here or questions.find(case, QuestionKind.SUCCESSION) is not None:
        return ()
    question, clock = questions.put(
        case, QuestionKind.SUCCESSION, was.unit_id or case.stint.unit_id, at, book, outlives=True
    )
    return (OfficerLeft(at=at, by=SYSTEM, was=was, question=question, clocks=(clock,)),)


def no_officer_needed(case: Case, at: datetime) -> Case:
    """Nothing is left that an officer would owe."""
    return questions.answered(case, QuestionKind.SUCCESSION, at)


def hears(case: Case, command: Command) -> bool:
    """Whether a closed case still waits for another officer, and this names one."""
    asked = questions.find(case, QuestionKind.SUCCESSION) is not None
    return asked and isinstance(command, ReplaceOfficer)
