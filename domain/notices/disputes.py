"""Who is to be told of what happens in a dispute (R7): facts for the outbox, no words of it."""

from domain.events import (
    AgreementConfirmed,
    AgreementDrafted,
    AgreementEvent,
    AgreementInForce,
    AgreementLapsed,
    AgreementRejected,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    DangerReported,
    DisputeEvent,
    DisputeReferred,
    DisputeReopened,
    DutyChecked,
    DutyCheckPassedUp,
    DutyFellDue,
    LongerAsked,
    MediationExtended,
    MediationFailed,
    MediationLimitReached,
    MediationOpened,
    MediatorLeft,
    PanelFormed,
    RelationDeclared,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.state import Case
from domain.state.disputes import Duty, Mediation
from domain.words.disputes import Given

People = tuple[str, ...]


def told(turn: Turn, event: DisputeEvent | AgreementEvent) -> list[Notice]:
    """The notices of an event: to parties by their own links, to staff, to units. Where there is
    danger, also to grid, community and street at once (R7.5).
    """
    topic, after = event.kind, turn.after
    return [
        *(Notice(topic=topic, to="party", recipient=s) for s in _parties(after, event)),
        *(telling.person(topic, p) for p in _staff(turn.before, event)),
        *(telling.unit(topic, u) for u in _units(event)),
        *(telling.alarm(after) if isinstance(event, DangerReported) else ()),
    ]


def _parties(  # noqa: PLR0911 - one line for each kind of event
    after: Case, event: DisputeEvent | AgreementEvent
) -> People:
    """Which parties hear of it, by subject; each by its own link. Of a word in its own name only
    where somebody else recorded it.
    """
    match event:
        case MediationOpened() | PanelFormed() | LongerAsked() | MediationExtended():
            return after.raters
        case MediationFailed() | DisputeReferred() | DisputeReopened():
            return after.raters
        case AgreementDrafted() | AgreementLapsed() | AgreementRejected():
            return after.raters
        case AgreementInForce() | DutyChecked():
            return after.raters
        case ConsentGiven() | ConsentRefused() | ConsentWithdrawn() | AgreementConfirmed():
            return () if event.how is Given.OWN_LINK else (event.subject,)
        case MediatorLeft(how=Given.IN_PERSON | Given.IN_WRITING):
            return (event.subject,)
        case DutyFellDue():
            return tuple(d.owes for d in _duties(after) if d.duty_id == event.duty_id)
        case _:
            return ()


def _staff(  # noqa: PLR0911 - one line for each kind of event
    before: Case, event: DisputeEvent | AgreementEvent
) -> People:
    """Which members of staff hear of it, besides those whose unit is alarmed."""
    handler, officer = before.stint.person_id, before.officer.person_id
    match event:
        case ConsentGiven() | ConsentRefused() | ConsentWithdrawn():
            return (handler, *_mediators(before))
        case PanelFormed():
            return tuple(member.person_id for member in event.members)
        case MediatorLeft():
            return handler, event.person_id
        case RelationDeclared():
            return handler, officer
        case MediationLimitReached() | AgreementRejected() | AgreementLapsed():
            return (handler, *_mediators(before))
        case MediationFailed() | AgreementInForce():
            return (handler, officer, *_mediators(before))
        case DutyFellDue() | DutyCheckPassedUp():
            found = (event.person_id, *_mediators(before))
            return tuple(person for person in found if person)
        case DutyChecked() | DisputeReopened() | DisputeReferred():
            return handler, officer
        case DangerReported():
            return (handler, officer, *_mediators(before))
        case _:
            return ()


def _units(event: DisputeEvent | AgreementEvent) -> People:
    """The mediators' unit, where a duty has to be checked."""
    match event:
        case DutyFellDue() | DutyCheckPassedUp():
            return (event.unit_id,)
        case _:
            return ()


def _mediators(case: Case) -> People:
    last: Mediation | None = case.dispute.last if case.dispute else None
    return tuple(seat.person_id for seat in last.panel) if last else ()


def _duties(case: Case) -> tuple[Duty, ...]:
    return case.dispute.duties if case.dispute else ()
