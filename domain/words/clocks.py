"""Words of time: the clocks, what superiors are asked, and what warns. No rule here."""

from enum import StrEnum


class ClockKind(StrEnum):
    """The clocks a case can run (R6)."""

    ACCEPT = "accept"
    HANDLE = "handle"
    RESIDENT = "resident"
    ON_SITE = "on_site"
    SUPERVISION = "supervision"
    SUPERVISION_REVIEW = "supervision_review"
    SUSPENSION = "suspension"
    EXTENSION = "extension"
    DECISION = "decision"
    REPORT_IN = "report_in"
    TRANSFER = "transfer"
    PUBLICATION = "publication"
    SHELVE_REVIEW = "shelve_review"
    RATING_REMINDER = "rating_reminder"
    RATING = "rating"
    FOLLOW_UP = "follow_up"
    CONSENT = "consent"
    MEDIATION = "mediation"
    CONFIRM = "confirm"
    DUTY = "duty"
    DUTY_CHECK = "duty_check"


DUTIES = frozenset(
    {
        ClockKind.ACCEPT,
        ClockKind.HANDLE,
        ClockKind.RESIDENT,
        ClockKind.ON_SITE,
        ClockKind.SUPERVISION,
        ClockKind.DECISION,
        ClockKind.REPORT_IN,
        ClockKind.TRANSFER,
        ClockKind.MEDIATION,
        ClockKind.DUTY_CHECK,
        ClockKind.SHELVE_REVIEW,
        ClockKind.FOLLOW_UP,
    }
)
"""Clocks somebody owes work to: they warn, get cards and can be broken."""


class QuestionKind(StrEnum):
    """What superiors decide; each is also the name of its span in the policy's `decisions`.

    An objection is adjudicated, and so is whose the reception is after an officer left: they have
    the span of an adjudication.
    """

    DECLINE_REVIEW = "decline_review"
    VERIFICATION = "verification"
    ADJUDICATION = "adjudication"
    SHELVING = "shelving"
    REVIEW = "review"
    RECONSIDERATION = "reconsideration"
    APPEAL = "appeal"
    OBJECTION = "objection"
    SUCCESSION = "succession"
    WITHDRAWAL = "withdrawal"
    ADMISSION = "admission"
    ERASURE = "erasure"


OUTLIVING = frozenset(
    {ClockKind.DUTY, ClockKind.DUTY_CHECK, ClockKind.SUPERVISION, ClockKind.FOLLOW_UP}
)
"""Clocks that go on after the case has closed; so do those of questions that outlive it."""


class Basis(StrEnum):
    """What a clock counts: working time of a unit, or every second."""

    WORKING = "working"
    WALL = "wall"


class WarningLevel(StrEnum):
    """Warnings before a due time (R6.6); the red card is the breach itself."""

    HALF = "half"
    LATE = "late"
    YELLOW = "yellow"
