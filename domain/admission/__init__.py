"""An admission (准入, R3.2): four pure functions, as of a case. What it allows is for the cases."""

from dataclasses import replace
from typing import assert_never

from domain.admission import application, approval, ending
from domain.admission.commands import (
    AdmissionCommand,
    ApplyForAdmission,
    ApproveAdmission,
    RefuseAdmission,
    RevokeAdmission,
)
from domain.admission.events import (
    AdmissionApplied,
    AdmissionApproved,
    AdmissionEnded,
    AdmissionEvent,
    AdmissionRefused,
    AdmissionRevoked,
    ApprovalOverdue,
    ApprovalPassedUp,
    ApprovalWarned,
    ExpiryNear,
    FirstApproved,
)
from domain.admission.state import Admission
from domain.admitted import Admitted
from domain.book import Book
from domain.commands import Tick
from domain.refusals import Refused
from domain.words import ActorKind


def initial(admission_id: str) -> Admission:
    """An admission nobody has asked for yet."""
    return Admission(admission_id=admission_id)


def decide(
    admission: Admission, command: AdmissionCommand, book: Book
) -> tuple[AdmissionEvent, ...]:
    """The events the command causes, after those time has caused by then; raises `Refused`."""
    if admission.last_at is not None and command.at < admission.last_at:
        command = replace(command, at=admission.last_at)
    found: list[AdmissionEvent] = []
    while due := ending.settle(admission, command.at, book):
        found += due
        for event in due:
            admission = evolve(admission, event)
    return (*found, *_decide(admission, command, book))


def _decide(
    admission: Admission, command: AdmissionCommand, book: Book
) -> tuple[AdmissionEvent, ...]:
    if isinstance(command, ApplyForAdmission):
        return application.apply(admission, command, book)
    if admission.applied_at is None:
        raise Refused("no_such_admission", "R3.2", admission=admission.admission_id)
    match command:
        case ApproveAdmission():
            return approval.approve(admission, command, book)
        case RefuseAdmission():
            return approval.refuse(admission, command, book)
        case RevokeAdmission():
            return ending.revoke(admission, command, book)
        case Tick():
            if command.actor.kind is not ActorKind.SYSTEM:
                raise Refused("system_only", "R4.4", forbidden=True)
            return ()
    assert_never(command)


def evolve(  # noqa: PLR0911 - one line for each event
    admission: Admission, event: AdmissionEvent
) -> Admission:
    """The admission after the event. Total."""
    admission = replace(admission, version=admission.version + 1, last_at=event.at)
    match event:
        case AdmissionApplied():
            return application.applied(admission, event)
        case FirstApproved():
            return approval.first_approved(admission, event)
        case AdmissionApproved():
            return approval.approved(admission, event)
        case AdmissionRefused():
            return approval.refused(admission, event)
        case ApprovalPassedUp():
            return approval.passed_up(admission, event)
        case ApprovalWarned() | ApprovalOverdue():
            return approval.marked(admission, event)
        case AdmissionRevoked() | ExpiryNear() | AdmissionEnded():
            return ending.evolve(admission, event)
    assert_never(event)


def admitted(admission: Admission) -> Admitted | None:
    """What cases are told of it: nothing before two have approved."""
    if admission.in_force_from is None or admission.ends_at is None:
        return None
    return Admitted(
        admission_id=admission.admission_id,
        item_id=admission.item_id,
        units=admission.units,
        valid_from=admission.in_force_from,
        ends_at=admission.ends_at,
        yearly=admission.yearly,
    )
