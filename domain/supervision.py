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
from domain.state.supervision import Order
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
    """A supervisor over the unit orders at any time, but nobody what they handle themselves.

    Nor again while their own order waits; another supervisor's does not keep them from it.
    """
    unit_id = case.stint.unit_id
    by = authority.over(unit_id, command, book)
    authority.need_open(case, "R4.6")
    if by.person_id == case.stint.person_id:
        raise Refused("own_handling", "R4.6", forbidden=True)
    if by.person_id in _gave(case):
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
    """All orders that wait are answered, also of a case that was settled or closed (R4.6).

    What goes on is looked at again after the policy's review time.
    """
    settled = case.resolved_at is not None or case.closed_at is not None
    by = _of_the_unit(case, command, book) if settled else authority.in_charge(case, command, book)
    if not case.order_open:
        raise Refused("no_order_open", "R4.6")
    review = () if settled else (_review(case, command.at, book),)
    return (SupervisionAnswered(at=command.at, by=by, text=command.text, clocks=review),)


def _of_the_unit(case: Case, command: AnswerSupervision, book: Book) -> By:
    """Nobody has the case in hand any more: the unit answers, or who is over it where it cannot.

    Nobody answers the order they gave (§2).
    """
    stint, at, gave = case.stint, command.at, _gave(case)
    there = book.organisation.acting(stint.unit_id, HANDLERS[stint.stage], at)
    own = book.organisation.posts.get(stint.post_id)
    posts = there if own is None else (*there, own)
    if any(post.holder(at) not in {None, *gave} for post in posts):
        by = authority.in_unit(case, command, book)
    else:
        by = authority.over(stint.unit_id, command, book)
    if by.person_id in gave:
        raise Refused("judge_in_own_cause", "R11", forbidden=True)
    return by


def _gave(case: Case) -> frozenset[str]:
    """Who gave an order that waits."""
    return frozenset(person for order in case.open_orders for person in order.given_by)


def _review(case: Case, at: datetime, book: Book) -> Clock:
    span = book.policies[case.policy].supervision_review
    return clocks.start(case, ClockKind.SUPERVISION_REVIEW, span, case.stint.unit_id, at, book)


def supervision_ordered(case: Case, event: SupervisionOrdered) -> Case:
    """An order is open until it is answered, each on its own clock.

    One that was not answered in its time goes higher: it takes the place of the earlier one.
    """
    case = clocks.stop(case, event.at, ClockKind.SUPERVISION_REVIEW)
    earlier = next((o for o in case.open_orders if o.clock_id == event.clock_id), None)
    if earlier is not None:
        case = clocks.stop_named(case, earlier.clock_id, event.at)
    person = () if event.person_id is None else (event.person_id,)
    placed = Order(
        clock_id=event.clocks[0].clock_id,
        told=tuple(dict.fromkeys((*(earlier.told if earlier else ()), *person))),
        given_by=(earlier.given_by if earlier else ()) if event.by == SYSTEM else person,
    )
    waiting = (*(o for o in case.open_orders if o is not earlier), placed)
    case = changed(case, orders=(*case.orders, event.unit_id), open_orders=waiting)
    return clocks.set_clocks(case, event.clocks)


def supervision_answered(case: Case, event: SupervisionAnswered) -> Case:
    """All are answered, to be looked at again."""
    case = changed(clocks.stop(case, event.at, ClockKind.SUPERVISION), open_orders=())
    return clocks.set_clocks(case, event.clocks)
