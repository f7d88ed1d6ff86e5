"""Words of erasures (R14.4)."""

from enum import StrEnum

ERASURES = "erasure-"
"""What the ids of erasures begin with."""


class ErasureState(StrEnum):
    """Where an erasure is: waiting for people, under way, or over, and how it ended.

    What time itself proposes is taken up by one person and approved by another.
    """

    PROPOSED = "proposed"
    AWAITING_APPROVAL = "awaiting_approval"
    UNDER_WAY = "under_way"
    CARRIED_OUT = "carried_out"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


AWAITING = frozenset({ErasureState.PROPOSED, ErasureState.AWAITING_APPROVAL})


class Ground(StrEnum):
    """Why somebody is forgotten; a closed list."""

    ASKED_FOR = "asked_for"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    PURPOSE_OVER = "purpose_over"
    PERIOD_OVER = "period_over"
    UNLAWFUL = "unlawful"
    ORDERED = "ordered"


class Remains(StrEnum):
    """What no erasure reaches: it is said, and to whoever asked."""

    BACKUPS = "backups"
    HANDED_OUT = "handed_out"
    CLEAR_LOOKUP = "clear_lookup"
    CLEAR_TEXT = "clear_text"
    EXTERNAL_REFERENCE = "external_reference"
