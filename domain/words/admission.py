"""Words of admissions (R3.2)."""

from enum import StrEnum

ADMISSIONS = "admission-"
"""What the ids of admissions begin with."""


class AdmissionState(StrEnum):
    """Where an admission is: asked for, approved by two, or over, and how it ended."""

    AWAITING_FIRST = "awaiting_first"
    AWAITING_SECOND = "awaiting_second"
    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"
    EXPIRED = "expired"
    LAPSED = "lapsed"


AWAITING = frozenset({AdmissionState.AWAITING_FIRST, AdmissionState.AWAITING_SECOND})
