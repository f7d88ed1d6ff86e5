"""Chapter R4.2: sending a case back, and who decides whose it is when it was sent back enough."""

from dataclasses import replace

from domain import (
    authority,
    carrying,
    clocks,
    delegation,
    ladder,
    mediation,
    questions,
    routing,
    transfers,
)
from domain.book import Book
from domain.commands import (
    AcceptTransfer,
    Adjudicate,
    RefuseTransfer,
    ReturnCase,
    ReturnCommand,
    Transfer,
)
from domain.events import (
    Adjudicated,
    AdjudicationRequested,
    Event,
    Returned,
    ReturnEvent,
    TransferAccepted,
    TransferOffered,
    TransferRefused,
)
from domain.refusals import Refused
from domain.state import Case, Stint, changed
from domain.state.delegation import Delegation
from domain.values import By, Clock, Seat
from domain.words import ClockKind, LeftWhy, Phase, QuestionKind, Stage

WHOSE = QuestionKind.ADJUDICATION


def decide(case: Case, command: ReturnCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case ReturnCase():
            return return_case(case, command, book)
        case Adjudicate():
            return adjudicate(case, command, book)
        case Transfer():
            return transfers.transfer(case, command, book)
        case AcceptTransfer():
            return transfers.accept_transfer(case, command, book)
        case RefuseTransfer():
            return transfers.refuse_transfer(case, command, book)


def evolve(case: Case, event: ReturnEvent) -> Case:
    """The chapter's events."""
    match event:
        case Returned():
            return returned(case)
        case AdjudicationRequested():
            return transfers.adjudication_requested(case, event)
        case Adjudicated():
            return adjudicated(case, event)
        case TransferOffered():
            return transfers.offered(case, event)
        case TransferAccepted():
            return case.with_stint(left_why=LeftWhy.TRANSFERRED)
        case TransferRefused():
            return clocks.stop(case, event.at, ClockKind.TRANSFER)


# -- returning ---------------------------------------------------------------


def return_case(case: Case, command: ReturnCase, book: Book) -> tuple[Event, ...]:
    """Back to the unit it came from; once too often, a superior says whose it is (R4.2)."""
    waiting = case.phase is Phase.AWAITING_ACCEPTANCE
    allowed = authority.in_unit if waiting else authority.in_charge
    by = allowed(case, command, book)
    authority.need_phase(case, "R4.2", Phase.AWAITING_ACCEPTANCE, Phase.IN_PROGRESS)
    questions.need_no_adjudication(case)
    before = _came_from(case)
    if not waiting:
        _need_window(case, command, book)
    if case.returns.count >= book.policies[case.policy].returns.allowed:
        return (_contested(case, command, by, before, book),)
    desk = routing.desk_again(case, before.seat, command.at, book)
    if desk is None:
        raise Refused("nobody_there", "R4.2", unit=before.unit_id)
    back = Returned(at=command.at, by=by, reason=command.reason, to=before.seat, text=command.text)
    return back, ladder.arrival(returned(case), desk, command.at, by, book)


def _came_from(case: Case) -> Stint:
    """The turn before this one, unless this one cannot be sent back."""
    if case.stage is Stage.FIRST_CONTACT:
        raise Refused("nothing_below", "R4.2")
    before = case.stints[-2]
    if before.left_why is LeftWhy.OVERDUE:
        raise Refused("climbed_by_itself", "R4.2", from_unit=before.unit_id)
    if before.left_why is LeftWhy.RECTIFIED:
        raise Refused("rectification_ordered", "R10.2", from_unit=before.unit_id)
    if before.left_why is LeftWhy.REOPENED:
        raise Refused("reopened_here", "R7.4", from_unit=before.unit_id)
    if before.left_why is LeftWhy.BECAME_MASS:
        raise Refused("mass_case", "R2.3", from_unit=before.unit_id)
    if mediation.failed_in(case, before):
        raise Refused("mediation_failed_there", "R7.4", from_unit=before.unit_id)
    if before.left_why is LeftWhy.TRANSFERRED:
        raise Refused("transfer_was_accepted", "R4.5", from_unit=before.unit_id)
    if case.stint.seat in case.returns.bound:
        raise Refused("bound_by_adjudication", "R4.2", unit=case.stint.unit_id)
    return before


def _need_window(case: Case, command: ReturnCase, book: Book) -> None:
    """After acceptance there is a while to look, by the unit's own hours."""
    stint = case.stint
    span = book.policies[case.policy].returns.window.get(stint.stage)
    since = stint.accepted_at or command.at
    ends = clocks.end_of(span, since, stint.unit_id, book) if span else since
    if command.at > ends:
        raise Refused("return_window_over", "R4.2", ended=ends.isoformat())


def _contested(
    case: Case, command: ReturnCase, by: By, before: Stint, book: Book
) -> AdjudicationRequested:
    asked = transfers.asks_whose(case, before.seat, command.at, by, book)
    return replace(asked, reason=command.reason, text=command.text)


def returned(case: Case) -> Case:
    """One return more."""
    count = case.returns.count + 1
    case = case.with_stint(left_why=LeftWhy.RETURNED)
    return changed(case, returns=replace(case.returns, count=count))


# -- adjudication --------------------------------------------------------------


def adjudicate(case: Case, command: Adjudicate, book: Book) -> tuple[Event, ...]:
    """The superior names one of the two units, or another one under them; that binds."""
    question = questions.find(case, WHOSE)
    if question is None:
        raise Refused("nothing_to_adjudicate", "R4.2")
    by = questions.decider(case, question, command, book)
    seat = _named(case, command, by, book)
    admission_id = _admission(case, seat, command, book)
    decided = Adjudicated(
        at=command.at, by=by, seat=seat, admission_id=admission_id, text=command.text
    )
    if seat == case.stint.seat:
        return (replace(decided, clocks=_goes_on(case, command, book)),)
    desk = routing.desk_again(case, seat, command.at, book)
    if desk is None:
        raise Refused("nobody_there", "R4.2", unit=seat.unit_id)
    if seat.stage in _PLACED and seat.unit_id != routing.unit_at(case, seat.stage):
        decided = replace(decided, area=routing.area(seat.unit_id, book.organisation))
    return decided, ladder.arrival(adjudicated(case, decided), desk, command.at, by, book)


_PLACED = (Stage.GRID, Stage.COMMUNITY, Stage.STREET)


def _named(case: Case, command: Adjudicate, by: By, book: Book) -> Seat:
    two = [case.stint.seat, *filter(None, (case.returns.other,))]
    for seat in two:
        if seat.unit_id == command.unit_id and command.stage in {None, seat.stage}:
            return seat
    stage = routing.rung_of(command.unit_id, book.organisation)
    if by.unit_id not in book.organisation.path(command.unit_id):
        raise Refused("not_under_you", "R4.2", forbidden=True, unit=command.unit_id)
    if stage is None or command.stage not in {None, stage}:
        raise Refused("no_such_rung", "R4.2", unit=command.unit_id)
    return Seat(stage=stage, unit_id=command.unit_id)


def _admission(case: Case, seat: Seat, command: Adjudicate, book: Book) -> str | None:
    """What work that is not its own goes down under to a unit that has not had it yet (R3.2)."""
    had = any(stint.seat == seat for stint in case.stints)
    down = case.stage in delegation.DELEGATING and seat.stage in delegation.RECEIVING
    if had or not down:
        return None
    _, admission = delegation.allowed(case, seat.unit_id, command.at, book)
    return None if admission is None else admission.admission_id


def _goes_on(case: Case, command: Adjudicate, book: Book) -> tuple[Clock, ...]:
    """Whoever keeps the case has taken it on, and has time to handle it."""
    handle = case.running(ClockKind.HANDLE)
    broken = handle is not None and handle.broken_at is not None
    if case.phase is Phase.AWAITING_ACCEPTANCE or (broken and case.stage is not Stage.DEPARTMENT):
        return carrying.handling(case, case.stint.seat, command.at, book)
    return ()


def adjudicated(case: Case, event: Adjudicated) -> Case:
    """The question is answered and the unit bound; the case stays as taken on, or leaves."""
    case = questions.answered(case, WHOSE, event.at)
    bound = (*case.returns.bound, event.seat)
    case = changed(case, returns=replace(case.returns, bound=bound, other=None))
    if event.seat != case.stint.seat:
        case = _under(case, event).with_stint(left_why=LeftWhy.ADJUDICATED)
        area = event.area
        if area is None:
            return case
        place = replace(
            case.location,
            grid_id=area.grid_id,
            community_id=area.community_id,
            street_id=area.street_id,
        )
        return changed(case, location=place)
    if case.phase is Phase.AWAITING_ACCEPTANCE:
        case = clocks.stop(case, event.at, ClockKind.ACCEPT).with_stint(accepted_at=event.at)
        case = changed(case, phase=Phase.IN_PROGRESS)
    if event.clocks:
        case = clocks.stop(case, event.at, ClockKind.HANDLE)
    return clocks.set_clocks(case, event.clocks)


def _under(case: Case, event: Adjudicated) -> Case:
    """Sent down under an admission: its money may be used there."""
    if event.admission_id is None:
        return case
    way = Delegation(stint=len(case.stints) + 1, by=event.by, admission_id=event.admission_id)
    ways = replace(case.delegations, made=(*case.delegations.made, way))
    return changed(case, delegations=ways)
