"""What happened to an admission, in the past tense. `kind` and `SCHEMA` are kept for ever."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.sealing import FreeText
from domain.values import Happened, PutsQuestion, Told, Versions
from domain.words import WarningLevel
from domain.words.admission import AdmissionState


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionApplied(PutsQuestion):
    """A street or department asked; `approver_unit` is the lowest district or city over all."""

    kind: Literal["admission.applied"] = "admission.applied"
    item_id: str
    units: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime
    authority: FreeText
    yearly: int
    reason: FreeText
    approver_unit: str
    versions: Versions


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstApproved(PutsQuestion):
    """One person said yes; another one is asked."""

    kind: Literal["admission.first_approved"] = "admission.first_approved"
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionApproved(Told):
    """A second person said yes: in force from `in_force_from`; the applicant is reminded of its
    end at `remind_at`, None where there is no time for that.
    """

    kind: Literal["admission.approved"] = "admission.approved"
    in_force_from: datetime
    remind_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionRefused(Told):
    """Somebody said no."""

    kind: Literal["admission.refused"] = "admission.refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionRevoked(Told):
    """It was taken back from `effective_from` on."""

    kind: Literal["admission.revoked"] = "admission.revoked"
    effective_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryNear(Happened):
    """Its end is near."""

    kind: Literal["admission.expiry_near"] = "admission.expiry_near"
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionEnded(Happened):
    """It is over: its period ended, its revocation took effect, or nobody decided in its period."""

    kind: Literal["admission.ended"] = "admission.ended"
    state: AdmissionState


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWarned(Happened):
    """Whoever must decide has used up part of the time for it."""

    kind: Literal["admission.warned"] = "admission.warned"
    clock_id: str
    level: WarningLevel
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalOverdue(Happened):
    """Nobody decided in time: a breach of whoever was asked."""

    kind: Literal["admission.overdue"] = "admission.overdue"
    clock_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPassedUp(PutsQuestion):
    """The next superior is asked instead."""

    kind: Literal["admission.passed_up"] = "admission.passed_up"


AdmissionEvent = (
    AdmissionApplied
    | FirstApproved
    | AdmissionApproved
    | AdmissionRefused
    | AdmissionRevoked
    | ExpiryNear
    | AdmissionEnded
    | ApprovalWarned
    | ApprovalOverdue
    | ApprovalPassedUp
)
