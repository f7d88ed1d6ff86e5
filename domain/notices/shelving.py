"""Who is told of the shelf (R4.7)."""

from domain.events import ShelfReviewed, Shelved, ShelvingEvent, ShelvingRefused, ShelvingRequested
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: ShelvingEvent) -> list[Notice]:
    """The notices of an event."""
    topic, officer = event.kind, telling.officer(event.kind, turn.after)
    handler = telling.handler(topic, turn.before)
    match event:
        case ShelvingRequested():
            return [*telling.decider(topic, event, turn.book), officer]
        case Shelved() | ShelfReviewed():
            return [telling.resident(topic), handler, officer]
        case ShelvingRefused():
            return [handler, officer]
