"""Chapter R4.5: from one department to another, which has to agree; else a superior decides."""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, ladder, questions, routing
from domain.book import Book
from domain.clocks import Expired
from domain.commands import AcceptTransfer, RefuseTransfer, Transfer
from domain.events import (
    AdjudicationRequested,
    Event,
    TransferAccepted,
    TransferOffered,
    TransferRefused,
)
from domain.organisation import HANDLERS, Post
from domain.refusals import Refused
from domain.routing import Desk
from domain.state import Case, changed
from domain.state.returns import Offer
from domain.values import SYSTEM, By, Seat
from domain.words import ClockKind, LeftWhy, Phase, QuestionKind, Stage

HERE = Stage.DEPARTMENT


def open_offer(case: Case) -> Offer | None:
    """The department that is asked now; None when none is."""
    return None if case.running(ClockKind.TRANSFER) is None else case.returns.offer


def transfer(case: Case, command: Transfer, book: Book) -> tuple[Event, ...]:
    """Ask another department; until it answers the case stays and its clocks run (R4.5)."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R4.5", Phase.IN_PROGRESS)
    if case.stage is not HERE:
        raise Refused("not_at_a_department", "R4.5", stage=case.stage)
    questions.need_no_adjudication(case)
    if open_offer(case) is not None:
        raise Refused("transfer_open", "R4.5", unit=case.stint.unit_id)
    if case.stint.seat in case.returns.bound:
        raise Refused("bound_by_adjudication", "R4.5", unit=case.stint.unit_id)
    desk = _desk(case, command, book)
    policy, unit_id = book.policies[case.policy], desk.unit_id
    span = policy.acceptance(HERE, case.urgency) or policy.decisions.adjudication
    answer = clocks.start(case, ClockKind.TRANSFER, span, unit_id, command.at, book)
    return (
        TransferOffered(
            at=command.at,
            by=by,
            unit_id=unit_id,
            person_id=desk.person_id,
            post_id=desk.post_id,
            text=command.text,
            organisation=book.organisation.version,
            clocks=(answer,),
        ),
    )


def _desk(case: Case, command: Transfer, book: Book) -> Desk:
    unit_id = command.unit_id
    if unit_id == case.stint.unit_id or routing.rung_of(unit_id, book.organisation) is not HERE:
        raise Refused("not_another_department", "R4.5", unit=unit_id)
    desk = routing.desk_again(case, Seat(stage=HERE, unit_id=unit_id), command.at, book)
    if desk is None:
        raise Refused("nobody_there", "R4.5", unit=unit_id)
    return desk


def offered(case: Case, event: TransferOffered) -> Case:
    """The answer is owed by the other department."""
    offer = Offer(unit_id=event.unit_id, post_id=event.post_id, person_id=event.person_id)
    case = changed(case, returns=replace(case.returns, offer=offer))
    return clocks.set_clocks(case, event.clocks)


def accept_transfer(case: Case, command: AcceptTransfer, book: Book) -> tuple[Event, ...]:
    """The case goes over, taken on; a transfer is not a return."""
    by = _receiver(case, command, book)
    taken = TransferAccepted(at=command.at, by=by, text=command.text)
    desk = Desk(
        stage=HERE,
        unit_id=by.unit_id or "",
        post_id=by.post_id or "",
        person_id=by.person_id,
    )
    left = case.with_stint(left_why=LeftWhy.TRANSFERRED)
    return taken, ladder.arrival(left, desk, command.at, by, book, accepted=True)


def refuse_transfer(case: Case, command: RefuseTransfer, book: Book) -> tuple[Event, ...]:
    """The case stays, and a superior says whose it is."""
    by = _receiver(case, command, book)
    seat = Seat(stage=HERE, unit_id=by.unit_id or "")
    refused = TransferRefused(at=command.at, by=by, text=command.text)
    return refused, asks_whose(case, seat, command.at, by, book)


def _receiver(case: Case, command: authority.Asks, book: Book) -> By:
    offer = open_offer(case)
    if offer is None:
        raise Refused("no_transfer_offered", "R4.5")

    def fits(post: Post) -> bool:
        handles = post.unit_id == offer.unit_id and post.role is HANDLERS[HERE]
        return handles or post.post_id == offer.post_id

    return authority.acting(command, book, fits, f"a handling post in {offer.unit_id}")


def unanswered(expired: Expired) -> tuple[Event, ...]:
    """The other department did not answer in time: its breach, and a superior decides."""
    case, now = expired.case, expired.now
    offer = case.returns.offer
    if offer is None:
        return (expired.broken(),)
    seat = Seat(stage=HERE, unit_id=offer.unit_id)
    return expired.broken(), asks_whose(case, seat, now, SYSTEM, expired.book)


# -- whose it is ---------------------------------------------------------------


def asks_whose(case: Case, other: Seat, at: datetime, by: By, book: Book) -> AdjudicationRequested:
    """The question to the supervisor of the lowest superior the two units have in common."""
    units = (case.stint.unit_id, other.unit_id)
    over = routing.common_superior(units, book.organisation)
    had = next((s.person_id for s in reversed(case.stints) if s.seat == other), by.person_id)
    question, clock = questions.put(
        case,
        QuestionKind.ADJUDICATION,
        over or book.organisation.path(units[0])[-1],
        at,
        book,
        barred=frozenset({by.person_id, case.stint.person_id, had} - {SYSTEM.person_id}),
    )
    return AdjudicationRequested(at=at, by=by, other=other, question=question, clocks=(clock,))


def adjudication_requested(case: Case, event: AdjudicationRequested) -> Case:
    """While it is open the case stays where it is, and its clocks run."""
    case = clocks.stop(case, event.at, ClockKind.TRANSFER)
    case = changed(case, returns=replace(case.returns, other=event.other))
    return questions.opened(case, event.question, event.clocks)
