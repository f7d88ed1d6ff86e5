"""Chapter R13, R9.4: a case without a resident ends verified, never rated and never satisfied.

The first-contact officer looks whether it is done; where the officer resolved it, a supervisor.
"""

from datetime import datetime

from domain import clocks, questions, reviews
from domain.book import Book
from domain.commands import Verify
from domain.events import Closed, Event, RectificationOpened, VerificationOpened, Verified
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import SYSTEM, By
from domain.words import ClockKind, ClosingReason, Phase, QuestionKind
from domain.words.redress import RectifyAt

VERIFICATION = QuestionKind.VERIFICATION


def opening(case: Case, resolver: By, at: datetime, book: Book) -> tuple[Event, ...]:
    """The question that takes the place of the rating; none where somebody can rate."""
    if case.raters:
        return ()
    post = book.organisation.posts.get(case.officer.post_id or "")
    question, clock = questions.put(
        *(case, VERIFICATION, case.officer.unit_id or case.stint.unit_id, at, book),
        barred=frozenset({resolver.person_id}),
        post=post if _free(post, resolver, at, book) else None,
    )
    return (VerificationOpened(at=at, by=SYSTEM, question=question, clocks=(clock,)),)


def after_review(case: Case, decided: tuple[Event, ...], book: Book) -> tuple[Event, ...]:
    """The events of a review, and the look, where all whose case it was have gone meanwhile."""
    if any(isinstance(event, RectificationOpened) for event in decided):
        return decided
    return *decided, *opening(case, case.redress.resolver or SYSTEM, decided[-1].at, book)


def _free(post: Post | None, resolver: By, at: datetime, book: Book) -> bool:
    """Whether somebody is at the officer's post who did not resolve the case."""
    holder = None if post is None else post.holder(at)
    return holder in book.organisation.people and holder != resolver.person_id


def opened(case: Case, event: VerificationOpened) -> Case:
    """The case waits for the look at it; nobody is asked for a rating any more."""
    case = clocks.stop(case, event.at, ClockKind.RATING, ClockKind.RATING_REMINDER)
    case = changed(case, phase=Phase.UNDER_REVIEW)
    return questions.opened(case, event.question, event.clocks)


def verify(case: Case, command: Verify, book: Book) -> tuple[Event, ...]:
    """Done, it closes as verified; else the unit that resolved it has another round."""
    question = questions.find(case, VERIFICATION)
    if question is None:
        raise Refused("nothing_to_verify", "R13")
    by = questions.decider(case, question, command, book)
    looked = Verified(at=command.at, by=by, done=command.done, text=command.text)
    if command.done:
        return looked, Closed(at=command.at, by=SYSTEM, reason=ClosingReason.VERIFIED)
    after = verified(case, looked)
    return looked, *reviews.rectification(after, RectifyAt.RESOLVER, by, command.at, book)


def verified(case: Case, event: Verified) -> Case:
    """The question is answered."""
    return questions.answered(case, VERIFICATION, event.at)
