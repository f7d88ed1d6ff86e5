"""Words of chapter R5: how a summons ends."""

from enum import StrEnum


class ReleaseReason(StrEnum):
    """Why a summoned unit owes nothing more; all but the first are the system's own."""

    RELEASED = "released"
    RESOLVED = "resolved"
    CLOSED = "closed"
    TOOK_OVER = "took_over"
