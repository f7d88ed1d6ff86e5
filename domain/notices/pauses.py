"""Who is told of holds and of more time (R6.4, R6.5)."""

from domain.events import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    PauseEvent,
    Resumed,
    Suspended,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: PauseEvent) -> list[Notice]:
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case Suspended() | Resumed():
            return [telling.officer(topic, after)]
        case ExtensionGranted() | ExtensionRefused():
            return telling.both(topic, after)
        case ExtensionRequested():
            above = turn.book.organisation.path(after.stint.unit_id)[1:2]
            return [telling.unit(topic, unit_id) for unit_id in above]
