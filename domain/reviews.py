"""Chapter R10.1–2: a bad rating is reviewed one level up, and rectified or excluded from scores.

A round has at most one open review: further bad ratings of the round join it, and one finding
decides of all of them. What is held against single people is the chapter of appeals.
"""

from dataclasses import replace
from datetime import datetime

from domain import clocks, ladder, questions, routing
from domain.book import Book
from domain.commands import ReviewRating
from domain.events import (
    Closed,
    Event,
    Rated,
    RatingExcluded,
    RectificationOpened,
    ReviewDecided,
    ReviewOpened,
)
from domain.refusals import Refused
from domain.routing import Desk
from domain.state import Case, changed
from domain.state.redress import Exclusion, Review, rating_name
from domain.values import SYSTEM, By
from domain.words import ClockKind, ClosingReason, LeftWhy, Phase, QuestionKind
from domain.words.redress import ChargeKind, ExcludedBecause, Finding, RectifyAt

REVIEW = QuestionKind.REVIEW
BEST_BAD_GRADE = 2


# -- the review --------------------------------------------------------------


def is_bad(rating: Rated) -> bool:
    """Whether a rating calls for a review: grade 1 or 2, or not solved (R10)."""
    return rating.grade <= BEST_BAD_GRADE or not rating.solved


def is_open(case: Case) -> bool:
    """Whether bad ratings of this round are being looked at."""
    return questions.find(case, REVIEW) is not None


def opening(case: Case, rating: Rated, book: Book) -> ReviewOpened:
    """The review a bad rating calls for: by the unit above, by nobody who handled the round."""
    barred = case.redress.handlers(rating.round) | mediators(case, rating.at, book)
    unit_id = routing.impartial(case.stint.unit_id, rating.at, book, barred=barred)
    question, clock = questions.put(case, REVIEW, unit_id, rating.at, book, barred=barred)
    return ReviewOpened(
        at=rating.at,
        by=SYSTEM,
        round=rating.round,
        subject=rating.subject,
        question=question,
        clocks=(clock,),
    )


def mediators(case: Case, at: datetime, book: Book) -> frozenset[str]:
    """Who mediated what is rated."""
    posts = case.dispute.mediators if case.dispute else ()
    holders = (book.organisation.posts[p].holder(at) for p in posts if p in book.organisation.posts)
    return frozenset(filter(None, holders))


def review_opened(case: Case, event: ReviewOpened) -> Case:
    """The case waits for the supervisor; who has not rated yet still may."""
    review = Review(round=event.round, subjects=(event.subject,))
    redress = replace(case.redress, reviews=(*case.redress.reviews, review))
    case = changed(case, phase=Phase.UNDER_REVIEW, redress=redress)
    return questions.opened(case, event.question, event.clocks)


def joined(case: Case, rating: Rated) -> Case:
    """A further bad rating is looked at with the others."""
    if not (is_open(case) and is_bad(rating)):
        return case
    *earlier, review = case.redress.reviews
    review = replace(review, subjects=(*review.subjects, rating.subject))
    return changed(case, redress=replace(case.redress, reviews=(*earlier, review)))


def review_rating(case: Case, command: ReviewRating, book: Book) -> tuple[Event, ...]:
    """Justified: a new round. Mistaken or malicious: excluded, and the end once all had a say.

    Where nobody is left who has one, what follows is for `verification`.
    """
    question = questions.find(case, REVIEW)
    if question is None:
        raise Refused("no_review_open", "R10.1")
    by = questions.decider(case, question, command, book)
    decided = finding(case, command.finding, command.text, by, command.at)
    after = review_decided(case, decided)
    if command.finding is Finding.JUSTIFIED:
        return decided, *rectification(after, command.rectify_at, by, command.at, book)
    excluded = tuple(
        RatingExcluded(
            at=command.at,
            by=by,
            round=decided.round,
            subject=subject,
            why=ExcludedBecause(command.finding),
        )
        for subject in decided.subjects
        if not case.redress.excluded(ChargeKind.RATING, rating_name(decided.round, subject))
    )
    waiting = case.unrated and case.running(ClockKind.RATING) is not None
    if waiting or not case.raters:
        return decided, *excluded
    return decided, *excluded, Closed(at=command.at, by=SYSTEM, reason=ClosingReason.RATED)


def finding(case: Case, found: Finding, text: str, by: By, at: datetime) -> ReviewDecided:
    """The finding on every bad rating of the open review."""
    review = case.redress.reviews[-1]
    return ReviewDecided(
        at=at, by=by, round=review.round, subjects=review.subjects, finding=found, text=text
    )


def review_decided(case: Case, event: ReviewDecided) -> Case:
    """The question is answered; what follows is said by the events after it."""
    *earlier, review = case.redress.reviews
    reviews = (*earlier, replace(review, finding=event.finding))
    case = questions.answered(case, REVIEW, event.at)
    redress = replace(case.redress, reviews=reviews)
    return changed(case, phase=Phase.AWAITING_RATING, redress=redress)


def rating_excluded(case: Case, event: RatingExcluded) -> Case:
    """Remember that it does not count, and by whose word."""
    exclusion = Exclusion(
        kind=ChargeKind.RATING,
        about=rating_name(event.round, event.subject),
        why=event.why,
        at=event.at,
        version=case.version,
        unit_id=event.by.unit_id or "",
        person_id=event.by.person_id,
    )
    redress = replace(case.redress, exclusions=(*case.redress.exclusions, exclusion))
    return changed(case, redress=redress)


# -- rectification -----------------------------------------------------------


def rectification(
    case: Case, rectify_at: RectifyAt, by: By, at: datetime, book: Book
) -> tuple[Event, ...]:
    """A new round: the resident's clock runs anew, and from the arrival on so does the handling."""
    desk = _desk(case, rectify_at, at, book)
    whole, span = book.policies[case.policy].rectifying(desk.stage, case.urgency)
    promised = clocks.start(
        case, ClockKind.RESIDENT, whole, case.officer.unit_id or desk.unit_id, at, book
    )
    opened = RectificationOpened(
        at=at, by=by, round=case.round + 1, rectify_at=rectify_at, clocks=(promised,)
    )
    after = rectification_opened(case, opened)
    arrived = ladder.arrival(after, desk, at, by, book)
    handle = clocks.start(after, ClockKind.HANDLE, span, desk.unit_id, at, book)
    return opened, replace(arrived, clocks=(*arrived.clocks, handle))


def _desk(case: Case, rectify_at: RectifyAt, at: datetime, book: Book) -> Desk:
    if rectify_at is RectifyAt.RESOLVER:
        return routing.same_desk(case, at, book)
    desk = routing.above(case, at, book)
    if desk is None:
        raise Refused("no_rung_above", "R10.2", stage=case.stage)
    return desk


def rectification_opened(case: Case, event: RectificationOpened) -> Case:
    """The next round has begun; a case that was closed is open again."""
    case = case.with_stint(left_why=LeftWhy.RECTIFIED)
    case = clocks.stop(case, event.at, *clocks.OF_RESOLUTION)
    again = changed(
        case,
        round=event.round,
        phase=Phase.AWAITING_ACCEPTANCE,
        resolved_at=None,
        closed_at=None,
        closing=None,
    )
    return clocks.set_clocks(again, event.clocks)
