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
            return [telling.unit(topic, event.unit_id)] if event.unit_id else []
