"""Chapter R4.1, R4.3, R4.4: acceptance, work, escalation and supervision orders."""

from datetime import datetime

from domain import (
    authority,
    carrying,
    clocks,
    emergencies,
    questions,
    routing,
    taking_over,
    working,
)
from domain.book import Book
from domain.commands import (
    Accept,
    Actor,
    AddInformation,
    ArriveOnSite,
    Assign,
    Escalate,
    LadderCommand,
    RecordProgress,
    Remind,
    Reveal,
)
from domain.events import (
    Accepted,
    Arrived,
    Assigned,
    Escalated,
    Event,
    InformationAdded,
    LadderEvent,
    OnSite,
    ProgressRecorded,
    Reminded,
    Revealed,
)
from domain.organisation import HANDLERS, Post
from domain.refusals import Refused
from domain.routing import Desk
from domain.state import Case, Stint, changed, rungs_above
from domain.values import REPORTER, By, Clock, Seat
from domain.words import (
    OWN_REASONS,
    ActorKind,
    ClockKind,
    EscalationReason,
    LeftWhy,
    Phase,
    Stage,
    Urgency,
)


def decide(case: Case, command: LadderCommand, book: Book) -> tuple[Event, ...]:  # noqa: PLR0911 - one line for each command
    """The chapter's decisions."""
    match command:
        case Accept():
            return accept(case, command, book)
        case Assign(actor=Actor(kind=ActorKind.SYSTEM)):
            return taking_over.take_over(case, command, book)
        case Assign():
            return assign(case, command, book)
        case RecordProgress():
            return working.record_progress(case, command, book)
        case ArriveOnSite():
            return working.arrive_on_site(case, command, book)
        case Escalate():
            return escalate(case, command, book)
        case Remind():
            return working.remind(case, command, book)
        case AddInformation():
            return working.add_information(case, command, book)
        case Reveal():
            return working.reveal(case, command, book)


def evolve(case: Case, event: LadderEvent) -> Case:  # noqa: PLR0911 - one line for each event
    """The chapter's events."""
    match event:
        case Arrived():
            return arrived(case, event)
        case Accepted():
            return accepted(case, event)
        case Assigned():
            return assigned(case, event)
        case ProgressRecorded():
            return case.with_stint(progress=case.stint.progress + 1)
        case OnSite():
            return clocks.stop(case, event.at, ClockKind.ON_SITE)
        case Escalated():
            return escalated(case, event)
        case Reminded():
            return changed(case, reminded_at=event.at) if event.subject == REPORTER else case
        case InformationAdded() | Revealed():
            return case


# -- arriving and accepting --------------------------------------------------


def arrival(
    case: Case, desk: Desk, at: datetime, by: By, book: Book, *, accepted: bool = False
) -> Arrived:
    """The event that begins a stint, with the clock it runs first (R4.1).

    The case must know why it leaves, where it is accepted at once.
    """
    set_now = (
        *_clocks(case, desk, at, book, accepted=accepted),
        *emergencies.on_site(case, desk.unit_id, at, book),
        *emergencies.helpers(case, desk.unit_id, at, book),
    )
    return Arrived(
        at=at,
        by=by,
        stage=desk.stage,
        unit_id=desk.unit_id,
        person_id=desk.person_id,
        post_id=desk.post_id,
        accepted=accepted,
        passed=desk.passed,
        organisation=book.organisation.version,
        clocks=set_now,
    )


def _clocks(
    case: Case, desk: Desk, at: datetime, book: Book, *, accepted: bool
) -> tuple[Clock, ...]:
    if authority.is_declined(case):  # taken on once a supervisor has looked at it
        return ()
    seat = Seat(stage=desk.stage, unit_id=desk.unit_id)
    if accepted:
        return carrying.handling(case, seat, at, book)
    return acceptance(case, seat, at, book)


def acceptance(case: Case, seat: Seat, at: datetime, book: Book) -> tuple[Clock, ...]:
    """The clock within which that unit has to accept (R4.1)."""
    span = book.policies[case.policy].acceptance(seat.stage, case.urgency)
    if span is None:
        return ()
    return (clocks.start(case, ClockKind.ACCEPT, span, seat.unit_id, at, book),)


def arrived(case: Case, event: Arrived) -> Case:
    """The earlier stint ends with its clocks; the new one begins."""
    if case.stints:
        case = clocks.stop(
            case.with_stint(left_at=event.at), event.at, *clocks.OF_STINT, ClockKind.TRANSFER
        )
        case = questions.lapsed(case, event.at, *questions.OF_STINT)
    had = next(case.turns_before(Seat(stage=event.stage, unit_id=event.unit_id)), None)
    stint = Stint(
        number=len(case.stints) + 1,
        round=case.round,
        stage=event.stage,
        unit_id=event.unit_id,
        person_id=event.person_id,
        post_id=event.post_id,
        entered_at=event.at,
        accepted_at=event.at if event.accepted else None,
        grounds=had.grounds if had else (),
        extension_asked=had is not None and had.extension_asked,
    )
    if event.stage is Stage.DEPARTMENT:
        case = changed(case, department_id=event.unit_id)
    phase = Phase.IN_PROGRESS if event.accepted else Phase.AWAITING_ACCEPTANCE
    if authority.is_declined(case):
        phase = Phase.UNDER_REVIEW
    case = changed(case, stints=(*case.stints, stint), phase=phase, extension=None)
    return emergencies.set_anew(case, event.clocks)


def accept(case: Case, command: Accept, book: Book) -> tuple[Event, ...]:
    """Take the case on; anybody of the unit's handling posts may (R4.1)."""
    by = authority.in_unit(case, command, book)
    authority.need_phase(case, "R4.1", Phase.AWAITING_ACCEPTANCE)
    set_now: tuple[Clock, ...] = ()
    if case.running(ClockKind.HANDLE) is None:  # a rectification's runs since the arrival (R10.2)
        set_now = carrying.handling(case, case.stint.seat, command.at, book)
    return (
        Accepted(
            at=command.at,
            by=by,
            person_id=by.person_id,
            post_id=by.post_id or "",
            clocks=set_now,
        ),
    )


def accepted(case: Case, event: Accepted) -> Case:
    """The acceptance clock stops, the handling clock runs."""
    case = clocks.stop(case, event.at, ClockKind.ACCEPT).with_stint(
        accepted_at=event.at, person_id=event.person_id, post_id=event.post_id
    )
    return clocks.set_clocks(changed(case, phase=Phase.IN_PROGRESS), event.clocks)


def assign(case: Case, command: Assign, book: Book) -> tuple[Event, ...]:
    """Give the case to another post of the unit: the one named, or the least loaded (R2.2)."""
    by = authority.in_charge_or_above(case, command, book)
    authority.need_open(case, "R2.2")
    post = _chosen(case, command, book)
    person = post.holder(command.at) if post is not None else None
    if post is None or person is None:
        raise Refused("no_such_post_here", "R2.2", unit=case.stint.unit_id)
    return (
        Assigned(
            at=command.at,
            by=by,
            person_id=person,
            post_id=post.post_id,
            by_hand=command.post_id is not None,
            text=command.text,
        ),
    )


def _chosen(case: Case, command: Assign, book: Book) -> Post | None:
    stint = case.stint
    role = HANDLERS[stint.stage]
    if command.post_id is None:
        return routing.least_loaded(stint.unit_id, role, command.at, book)
    here = book.organisation.acting(stint.unit_id, role, command.at)
    return next((p for p in here if p.post_id == command.post_id), None)


def assigned(case: Case, event: Assigned) -> Case:
    """Another person answers; no clock changes."""
    return case.with_stint(person_id=event.person_id, post_id=event.post_id)


# -- up the ladder -----------------------------------------------------------


def escalate(case: Case, command: Escalate, book: Book) -> tuple[Event, ...]:
    """One rung up, with a reason and at least one progress record, except in an emergency."""
    by = authority.in_charge(case, command, book)
    authority.need_phase(case, "R4.3", Phase.IN_PROGRESS)
    if case.stage is Stage.FIRST_CONTACT:
        raise Refused("hand_over_instead", "R1.3")
    if command.reason in OWN_REASONS:
        raise Refused("reason_is_automatic", "R4.4", reason=command.reason)
    emergency = Urgency.EMERGENCY in {case.urgency, _urgency(command.reason)}
    if not emergency:
        questions.need_no_adjudication(case)
    if not emergency and case.mediation is not None:
        raise Refused("mediation_under_way", "R7.4")
    if not emergency and case.stint.progress == 0:
        raise Refused("no_progress_recorded", "R4.3", stage=case.stage)
    desk = _target(case, command, book, emergency=emergency)
    left = Escalated(at=command.at, by=by, reason=command.reason, text=command.text)
    return left, arrival(escalated(case, left), desk, command.at, by, book)


def _urgency(reason: EscalationReason) -> Urgency:
    return Urgency.EMERGENCY if reason is EscalationReason.EMERGENCY else Urgency.NORMAL


def _target(case: Case, command: Escalate, book: Book, *, emergency: bool) -> Desk:
    higher = rungs_above(case.stage)
    if not higher:
        raise Refused("top_of_ladder", "R4.3", stage=case.stage)
    to = command.to_stage or higher[0]
    if to not in higher:
        raise Refused("not_upwards", "R4.3", stage=case.stage, to=to)
    skips = to is not higher[0]
    item = book.catalogue.items.get(case.item_id)
    if skips and not emergency and not (item and item.skips_rungs):
        raise Refused("rung_skipped", "R4.3", next=higher[0], asked=to)
    desk = routing.desk_from(case, higher[higher.index(to) :], command.at, book)
    if desk is None:
        raise Refused("no_one_in_charge", "R4.4", department=case.department_id)
    return desk


def escalated(case: Case, event: Escalated) -> Case:
    """An emergency stays one from here on; the resident's clock is not touched."""
    case = case.with_stint(left_why=LeftWhy.OVERDUE if event.automatic else LeftWhy.ESCALATED)
    if event.reason is EscalationReason.EMERGENCY:
        return changed(case, urgency=Urgency.EMERGENCY)
    return case
