"""Chapter R3.2: work goes downwards only where it belongs there, or under an admission in force."""

from dataclasses import replace
from datetime import datetime

from domain import authority, ladder, questions, routing
from domain.admitted import Admitted
from domain.book import Book
from domain.commands import Delegate, DelegationCommand, RecordExpense
from domain.events import Delegated, DelegationEvent, Event, ExpenseRecorded
from domain.organisation import Organisation
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.delegation import Delegation, Expense
from domain.values import Area, Seat
from domain.words import Belonging, ClockKind, LeftWhy, Phase, Stage

DELEGATING = (Stage.STREET, Stage.DEPARTMENT)
RECEIVING = (Stage.GRID, Stage.COMMUNITY)


def decide(case: Case, command: DelegationCommand, book: Book) -> tuple[Event, ...]:
    """The chapter's decisions."""
    match command:
        case Delegate():
            return delegate(case, command, book)
        case RecordExpense():
            return record_expense(case, command, book)


def evolve(case: Case, event: DelegationEvent) -> Case:
    """The chapter's events."""
    match event:
        case Delegated():
            return delegated(case, event)
        case ExpenseRecorded():
            return expense_recorded(case, event)


# -- handing down ------------------------------------------------------------


def delegate(case: Case, command: Delegate, book: Book) -> tuple[Event, ...]:
    """A new turn below: its acceptance clock runs, the resident's clock runs on."""
    by = authority.in_charge(case, command, book)
    if case.stage not in DELEGATING:
        raise Refused("not_yours_to_delegate", "R3.2", stage=case.stage)
    authority.need_phase(case, "R3.2", Phase.IN_PROGRESS)
    questions.need_no_adjudication(case)
    seat = _seat(command.unit_id, book.organisation)
    area = _below(case, seat, book.organisation)
    _need_time_kept(case, seat)
    belonging, admission = allowed(case, seat.unit_id, command.at, book)
    desk = routing.desk_again(case, seat, command.at, book)
    if desk is None:
        raise Refused("nobody_below", "R3.2", unit=command.unit_id)
    down = Delegated(
        at=command.at,
        by=by,
        text=command.text,
        unit_id=command.unit_id,
        belonging=belonging,
        admission_id=None if admission is None else admission.admission_id,
        area=area,
    )
    return down, ladder.arrival(delegated(case, down), desk, command.at, by, book)


def _seat(unit_id: str, organisation: Organisation) -> Seat:
    stage = routing.rung_of(unit_id, organisation)
    if stage not in RECEIVING:
        raise Refused("not_a_community_or_grid", "R3.2", unit=unit_id)
    return Seat(stage=stage, unit_id=unit_id)


def _below(case: Case, seat: Seat, organisation: Organisation) -> Area:
    """The place of the unit, which is under the one in charge and does not contradict the case's.

    What is known of the place stays so: nobody is handed what lies in another's area.
    """
    mine = organisation.units.get(case.stint.unit_id)
    over = mine.parent_id if mine and case.stage is Stage.DEPARTMENT else case.stint.unit_id
    if over is None or over not in organisation.path(seat.unit_id):
        raise Refused("not_below", "R3.2", unit=seat.unit_id)
    area, known = routing.area(seat.unit_id, organisation), case.location
    pairs = ((known.street_id, area.street_id), (known.community_id, area.community_id))
    if any(k is not None and a is not None and k != a for k, a in pairs):
        raise Refused("outside_the_place", "R3.2", unit=seat.unit_id)
    return area


def _need_time_kept(case: Case, seat: Seat) -> None:
    """What climbed because time ran out there does not go down to it again in this round."""
    turns = {s.number for s in case.stints if s.seat == seat and s.round == case.round}
    timed = (r for r in case.clocks if r.clock.kind in {ClockKind.ACCEPT, ClockKind.HANDLE})
    if any(r.stint in turns and r.broken_at is not None for r in timed):
        raise Refused("time_ran_out_there", "R4.4", unit=seat.unit_id)


def fits(case: Case, unit_id: str, book: Book) -> bool:
    """Whether the case could go down to that unit, whatever is admitted there."""
    try:
        seat = _seat(unit_id, book.organisation)
        _below(case, seat, book.organisation)
        _need_time_kept(case, seat)
    except Refused:
        return False
    return True


def allowed(
    case: Case, unit_id: str, at: datetime, book: Book
) -> tuple[Belonging, Admitted | None]:
    """Whose the work is, and the admission it goes down under where it is not the community's.

    An item gone from the catalogue is nobody's own. Of several, one with money left that ends
    soonest serves.
    """
    item = book.catalogue.items.get(case.item_id)
    belonging = Belonging.NOT_COMMUNITY if item is None else item.belonging
    if belonging is Belonging.COMMUNITY_OWN:
        return belonging, None
    path = book.organisation.path(unit_id)
    mine = [a for a in book.admissions if a.covers(case.item_id, path)]
    year = year_of(at, unit_id, book)
    now = [a for a in mine if a.in_force(at)]
    if now:
        best = min(now, key=lambda a: (a.left(year) <= 0, a.ends_at, a.admission_id))
        return belonging, best
    nearest = _nearest(mine, at)
    raise Refused(
        "not_admitted",
        "R3.2",
        item=case.item_id,
        unit=unit_id,
        belonging=belonging,
        admission="none" if nearest is None else nearest.admission_id,
    )


def _nearest(admissions: list[Admitted], at: datetime) -> Admitted | None:
    """The one that is missing by the least time: over, or not begun."""

    def off(admission: Admitted) -> float:
        return min(
            abs((admission.ends_at - at).total_seconds()),
            abs((admission.valid_from - at).total_seconds()),
        )

    return min(admissions, key=lambda a: (off(a), a.admission_id), default=None)


def delegated(case: Case, event: Delegated) -> Case:
    """The turn ends; what was not known of the place is known now."""
    way = Delegation(stint=case.stint.number + 1, by=event.by, admission_id=event.admission_id)
    place, area = case.location, event.area
    place = replace(
        place,
        grid_id=place.grid_id or area.grid_id,
        community_id=place.community_id or area.community_id,
        street_id=place.street_id or area.street_id,
    )
    case = changed(case.with_stint(left_why=LeftWhy.DELEGATED), location=place)
    return changed(case, delegations=replace(case.delegations, made=(*case.delegations.made, way)))


# -- money -------------------------------------------------------------------


def record_expense(case: Case, command: RecordExpense, book: Book) -> tuple[Event, ...]:
    """Never more than is granted for the calendar year, never outside the admission's time."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R3.2", Phase.IN_PROGRESS, Phase.SUSPENDED)
    way = _way_down(case)
    if way is None or way.admission_id is None:
        raise Refused("not_under_admission", "R3.2", unit=case.stint.unit_id)
    if command.fen <= 0:
        raise Refused("nothing_spent", "R3.2", fen=str(command.fen))
    found = (a for a in book.admissions if a.admission_id == way.admission_id)
    admission = next(found, None)
    if admission is None or not admission.in_force(command.at):
        raise Refused("admission_over", "R3.2", admission=way.admission_id)
    year = year_of(command.at, case.stint.unit_id, book)
    left = admission.left(year)
    if command.fen > left:
        raise Refused(
            "admission_money_used_up",
            "R3.2",
            admission=admission.admission_id,
            year=str(year),
            asked=str(command.fen),
            left=str(left),
        )
    return (
        ExpenseRecorded(
            at=command.at,
            by=by,
            admission_id=admission.admission_id,
            year=year,
            fen=command.fen,
            granted=admission.yearly,
            purpose=command.purpose,
        ),
    )


def _way_down(case: Case) -> Delegation | None:
    """The latest way the unit was handed the case, also in an earlier turn or round of its own."""
    made = reversed(case.delegations.made)
    return next((way for way in made if case.stints[way.stint - 1].seat == case.stint.seat), None)


def year_of(at: datetime, unit_id: str, book: Book) -> int:
    """The calendar year in which the unit is at that moment."""
    return at.astimezone(book.working_time(unit_id).zone).year


def expense_recorded(case: Case, event: ExpenseRecorded) -> Case:
    """One expense more."""
    expense = Expense(
        stint=case.stint.number,
        admission_id=event.admission_id,
        year=event.year,
        fen=event.fen,
    )
    expenses = (*case.delegations.expenses, expense)
    return changed(case, delegations=replace(case.delegations, expenses=expenses))
