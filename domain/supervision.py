"""Chapter R4.4 and R4.6: supervision orders and their answers."""

from datetime import datetime

from domain import authority, clocks, routing
from domain.book import Book
from domain.commands import AnswerSupervision, Supervise, SupervisionCommand
from domain.events import (
    Event,
    SupervisionAnswered,
    SupervisionEvent,
    SupervisionOrdered,
)
from domain.organisation import HANDLERS, Post
from domain.refusals import Refused
from domain.state import Case, Running, changed
from domain.values import SYSTEM, By, Clock
from domain.words import ClockKind


def decide(case: Case, command: SupervisionCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case AnswerSupervision():
            return answer_supervision(case, command, book)
        case Supervise():
            return supervise(case, command, book)


def evolve(case: Case, event: SupervisionEvent) -> Case:
    """The chapter's events."""
    match event:
        case SupervisionOrdered():
            return supervision_ordered(case, event)
        case SupervisionAnswered():
            return supervision_answered(case, event)


def order(case: Case, now: datetime, book: Book, running: Running | None) -> SupervisionOrdered:
    """An order to the next superior's supervisor; each further order goes one superior higher."""
    unit_id = case.stint.unit_id
    post = _next_superior(case, now, book)
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


def _next_superior(case: Case, at: datetime, book: Book) -> Post | None:
    """The nearest above every superior that ordered before; at the top the same again."""
    path = book.organisation.path(case.stint.unit_id)
    highest = max((path.index(unit) for unit in case.orders if unit in path), default=0)
    posts = routing.supervisors_above(case.stint.unit_id, at, book)
    higher = (post for post in posts if path.index(post.unit_id) > highest)
    return next(higher, posts[-1] if posts else None)


def supervise(case: Case, command: Supervise, book: Book) -> tuple[Event, ...]:
    """A supervisor over the unit orders at any time, but nobody what they handle themselves."""
    unit_id = case.stint.unit_id
    by = authority.over(unit_id, command, book)
    authority.need_open(case, "R4.6")
    if by.person_id == case.stint.person_id:
        raise Refused("own_handling", "R4.6", forbidden=True)
    if case.order_open:
        raise Refused("order_open", "R4.6", unit=unit_id)
    span = book.policies[case.policy].supervision_answer
    answer = clocks.start(case, ClockKind.SUPERVISION, span, unit_id, command.at, book)
    return (
        SupervisionOrdered(
            at=command.at,
            by=by,
            unit_id=by.unit_id or unit_id,
            person_id=by.person_id,
            text=command.text,
            clocks=(answer,),
        ),
    )


def answer_supervision(case: Case, command: AnswerSupervision, book: Book) -> tuple[Event, ...]:
    """The order is answered, also of a case that was settled or closed meanwhile (R4.6).

    What goes on is looked at again after the policy's review time.
    """
    settled = case.resolved_at is not None or case.closed_at is not None
    by = _of_the_unit(case, command, book) if settled else authority.in_charge(case, command, book)
    if not case.order_open:
        raise Refused("no_order_open", "R4.6")
    review = () if settled else (_review(case, command.at, book),)
    return (SupervisionAnswered(at=command.at, by=by, text=command.text, clocks=review),)


def _of_the_unit(case: Case, command: AnswerSupervision, book: Book) -> By:
    """Nobody has the case in hand any more: the unit answers, or who is over it where it cannot."""
    stint, posts = case.stint, book.organisation.posts
    there = book.organisation.acting(stint.unit_id, HANDLERS[stint.stage], command.at)
    own = posts.get(stint.post_id)
    if there or (own is not None and own.holder(command.at)):
        return authority.in_unit(case, command, book)
    return authority.over(stint.unit_id, command, book)


def _review(case: Case, at: datetime, book: Book) -> Clock:
    span = book.policies[case.policy].supervision_review
    return clocks.start(case, ClockKind.SUPERVISION_REVIEW, span, case.stint.unit_id, at, book)


def supervision_ordered(case: Case, event: SupervisionOrdered) -> Case:
    """An order is open until it is answered."""
    case = clocks.stop(case, event.at, ClockKind.SUPERVISION, ClockKind.SUPERVISION_REVIEW)
    case = changed(
        case, orders=(*case.orders, event.unit_id), order_open=True, ordered_by=event.person_id
    )
    return clocks.set_clocks(case, event.clocks)


def supervision_answered(case: Case, event: SupervisionAnswered) -> Case:
    """Answered, to be looked at again."""
    case = changed(clocks.stop(case, event.at, ClockKind.SUPERVISION), order_open=False)
    return clocks.set_clocks(case, event.clocks)
