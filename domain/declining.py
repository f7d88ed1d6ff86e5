"""Chapter R1.3: declining at first contact, on a listed ground, reviewed by a supervisor."""

from datetime import datetime

from domain import authority, clocks, ladder, questions
from domain.book import Book
from domain.commands import Decline, ReviewDecline
from domain.events import Closed, Declined, DeclineReviewed, Event
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import REPORTER, SYSTEM, By
from domain.words import ClockKind, ClosingReason, DeclineGround, Phase, QuestionKind, Stage

REVIEW = QuestionKind.DECLINE_REVIEW


def decline(case: Case, command: Decline, book: Book) -> tuple[Event, ...]:
    """The officer declines once; the case stays theirs until a supervisor has looked at it."""
    by = authority.in_charge(case, command, book)
    if case.stage is not Stage.FIRST_CONTACT:
        raise Refused("not_at_first_contact", "R1.3", stage=case.stage)
    authority.need_phase(case, "R1.3", Phase.IN_PROGRESS)
    if case.round > 1:
        raise Refused("being_rectified", "R10.2", round=str(case.round))
    if case.declined:
        raise Refused("already_overturned", "R1.3")
    known = not case.anonymous or any(subject != REPORTER for subject in case.raters)
    if command.ground is DeclineGround.ANONYMOUS and known:
        raise Refused("not_anonymous", "R1.3")
    barred = frozenset({by.person_id})
    question, clock = questions.put(
        case, REVIEW, case.stint.unit_id, command.at, book, barred=barred
    )
    return (
        Declined(
            at=command.at,
            by=by,
            ground=command.ground,
            text=command.text,
            question=question,
            clocks=(clock,),
        ),
    )


def declined(case: Case, event: Declined) -> Case:
    """The officer's clock stands still while the supervisor looks; the resident's does not."""
    case = clocks.pause(case, ClockKind.HANDLE, event.at)
    case = changed(case, phase=Phase.UNDER_REVIEW, declined=True)
    return questions.opened(case, event.question, event.clocks)


def review_decline(case: Case, command: ReviewDecline, book: Book) -> tuple[Event, ...]:
    """Upheld, the case closes as declined; otherwise the officer goes on where they stood."""
    question = questions.find(case, REVIEW)
    if question is None:
        raise Refused("nothing_to_review", "R1.3")
    by = questions.decider(case, question, command, book)
    if command.upheld:
        looked = DeclineReviewed(at=command.at, by=by, upheld=True, text=command.text)
        return looked, Closed(at=command.at, by=SYSTEM, reason=ClosingReason.DECLINED)
    return (overturned(case, command.at, by, book, text=command.text),)


def overturned(case: Case, at: datetime, by: By, book: Book, *, text: str = "") -> DeclineReviewed:
    """The officer goes on; one who came meanwhile has yet to accept (R4.1)."""
    again = clocks.unpaused(case, ClockKind.HANDLE, at, book)
    if case.stint.accepted_at is None:
        again = ladder.acceptance(case, case.stint.seat, at, book)
    return DeclineReviewed(at=at, by=by, upheld=False, text=text, clocks=again)


def reviewed(case: Case, event: DeclineReviewed) -> Case:
    """The question is answered."""
    case = questions.answered(case, REVIEW, event.at)
    if event.upheld:
        return case
    taken = case.stint.accepted_at is not None
    phase = Phase.IN_PROGRESS if taken else Phase.AWAITING_ACCEPTANCE
    return changed(clocks.set_clocks(case, event.clocks), phase=phase)
