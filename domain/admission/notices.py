"""Who is told of what becomes of an admission: facts for the outbox. No channels, no texts here."""

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
from domain.notices import Notice


def notices(before: Admission, after: Admission, event: AdmissionEvent) -> tuple[Notice, ...]:
    """The messages an event owes, each receiver once."""
    topic = event.kind
    match event:
        case AdmissionApplied() | FirstApproved() | ApprovalPassedUp():
            found = [_asked(topic, after)]
        case ApprovalWarned():
            found = [_asked(topic, before)]
        case ApprovalOverdue():
            found = [_asked(topic, before), _applicant(topic, after)]
        case AdmissionRefused():
            found = [_applicant(topic, after)]
        case ExpiryNear():
            found = [_applicant(topic, after), _unit(topic, after.applicant.unit_id or "")]
        case AdmissionApproved() | AdmissionRevoked() | AdmissionEnded():
            concerned = after.units if after.in_force_from is not None else ()
            found = [_applicant(topic, after), *(_unit(topic, unit) for unit in concerned)]
    return tuple(dict.fromkeys(found))


def _asked(topic: str, admission: Admission) -> Notice:
    """Whoever has to decide: a person, or the unit where nobody is."""
    question = admission.question
    if question is None or question.person_id is None:
        unit_id = admission.approver_unit if question is None else question.unit_id
        return _unit(topic, unit_id)
    return Notice(topic=topic, to="person", recipient=question.person_id)


def _applicant(topic: str, admission: Admission) -> Notice:
    return Notice(topic=topic, to="person", recipient=admission.applicant.person_id)


def _unit(topic: str, unit_id: str) -> Notice:
    return Notice(topic=topic, to="unit", recipient=unit_id)
