"""How an admission ends: by itself with its period, or taken back (R3.2)."""

from dataclasses import replace
from datetime import datetime

from domain import authority
from domain.admission import approval
from domain.admission.commands import RevokeAdmission
from domain.admission.events import AdmissionEnded, AdmissionEvent, AdmissionRevoked, ExpiryNear
from domain.admission.state import Admission
from domain.book import Book
from domain.organisation import Post
from domain.refusals import Refused
from domain.values import SYSTEM
from domain.words.admission import AdmissionState


def settle(admission: Admission, now: datetime, book: Book) -> tuple[AdmissionEvent, ...]:
    """The events of the earliest instant due by `now`; none when nothing is due.

    What time does is dated when it was due, what somebody must act on when it was given.
    """
    due = admission.next_due()
    if due is None or due > now:
        return ()
    at = max(due, admission.last_at or due)
    if due == admission.ends_at:
        return (AdmissionEnded(at=at, by=SYSTEM, state=_end(admission)),)
    if due == admission.remind_at:
        return (ExpiryNear(at=at, by=SYSTEM, ends_at=admission.ends_at or at),)
    if admission.asked is None:
        return ()
    return approval.due(admission, admission.asked, at, now, book)


def _end(admission: Admission) -> AdmissionState:
    if admission.awaiting:
        return AdmissionState.LAPSED
    revoked = admission.revoked_from is not None
    return AdmissionState.REVOKED if revoked else AdmissionState.EXPIRED


def revoke(
    admission: Admission, command: RevokeAdmission, book: Book
) -> tuple[AdmissionEvent, ...]:
    """Take it back, at once or from a later day on; what was done under it stays as it is."""
    path = book.organisation.path(admission.approver_unit)

    def fits(post: Post) -> bool:
        return post.role in approval.DECIDERS and post.unit_id in path

    need = f"a supervisor or administrator of {admission.approver_unit} or above"
    by = authority.acting(command, book, fits, need)
    if admission.state is not AdmissionState.APPROVED:
        raise Refused("not_approved", "R3.2", state=admission.state)
    if admission.revoked_from is not None:
        raise Refused("already_revoked", "R3.2", since=admission.revoked_from.isoformat())
    start = command.effective_from or command.at
    if start < command.at:
        raise Refused("effective_in_the_past", "R14.1", now=command.at.isoformat())
    if admission.ends_at is not None and start >= admission.ends_at:
        raise Refused("ends_before", "R3.2", ends=admission.ends_at.isoformat())
    revoked = AdmissionRevoked(at=command.at, by=by, text=command.text, effective_from=start)
    if start > command.at:
        return (revoked,)
    return revoked, AdmissionEnded(at=command.at, by=SYSTEM, state=AdmissionState.REVOKED)


def evolve(
    admission: Admission, event: AdmissionRevoked | ExpiryNear | AdmissionEnded
) -> Admission:
    """The chapter's events."""
    match event:
        case AdmissionRevoked(effective_from=start):
            return replace(admission, revoked_from=start, ends_at=start, remind_at=None)
        case ExpiryNear():
            return replace(admission, remind_at=None)
        case AdmissionEnded(state=state):
            return replace(approval.answered(admission, event.at), state=state)
