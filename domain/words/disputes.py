"""Words of chapter R7: disputes, mediation, agreements."""

from enum import StrEnum


class MediationStep(StrEnum):
    """How far a mediation at one rung has come."""

    ASKED = "asked"
    CONSENTED = "consented"
    UNDER_WAY = "under_way"
    DRAFTED = "drafted"
    AGREED = "agreed"
    FAILED = "failed"


TALKING = (MediationStep.UNDER_WAY, MediationStep.DRAFTED)
"""While a panel mediates."""


class Matter(StrEnum):
    """What a party's consent is asked for: to mediate at all, or to go on beyond the limit."""

    MEDIATION = "mediation"
    LONGER = "longer"


class Given(StrEnum):
    """How a party's word was given: by itself, or to somebody who recorded it."""

    OWN_LINK = "own_link"
    IN_PERSON = "in_person"
    IN_WRITING = "in_writing"


class Relation(StrEnum):
    """Why somebody may not mediate; nothing more is asked or recorded."""

    PARTY = "party"
    RELATIVE = "relative"
    COMPLAINED_ABOUT = "complained_about"


class LeavingReason(StrEnum):
    """Why a mediator left a panel."""

    REJECTED = "rejected"
    RELATED = "related"


class FailureReason(StrEnum):
    """Why a mediation ended without an agreement in force."""

    REFUSED = "consent_refused"
    SILENCE = "silence"
    WITHDRAWN = "consent_withdrawn"
    LIMIT = "limit"
    GIVEN_UP = "given_up"
    MOVED = "moved"
    OVERDUE = "overdue"
    SHELVED = "shelved"
    CLOSED = "closed"


CUT_SHORT = frozenset(
    {FailureReason.MOVED, FailureReason.OVERDUE, FailureReason.SHELVED, FailureReason.CLOSED}
)
"""It ended for what happened to the case: nobody tried to the end."""


class AgreementForm(StrEnum):
    """Written by the parties, or oral and recorded by the mediator."""

    WRITTEN = "written"
    ORAL = "oral"


class ReopeningReason(StrEnum):
    """Why a dispute that was over goes on."""

    NOT_PERFORMED = "not_performed"
    DANGER = "danger"


JOINT = frozenset({"lawyer", "police_officer"})
"""Kinds of mediator of whom a street's joint panel needs one."""
