"""Words of chapters R10 and R11: what a review finds, why a rating does not count, what is held
against staff.
"""

from enum import StrEnum


class Finding(StrEnum):
    """What a review finds a bad rating to be; only a justified one is rectified (R10.2–3)."""

    JUSTIFIED = "justified"
    MISTAKEN = "mistaken"
    MALICIOUS = "malicious"


class RectifyAt(StrEnum):
    """Where the new round begins: at the rung that resolved, or the one above (R10.2)."""

    RESOLVER = "resolver"
    ABOVE = "above"


class ExcludedBecause(StrEnum):
    """Why something does not count in scores."""

    MISTAKEN = "mistaken"
    MALICIOUS = "malicious"
    APPEAL = "appeal"


class ChargeKind(StrEnum):
    """What can count against a member of staff or a unit, and be appealed (R11)."""

    RATING = "rating"
    BREACH = "breach"
    YELLOW_CARD = "yellow_card"
    ORDER = "order"
    RECURRENCE = "recurrence"
