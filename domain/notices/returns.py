"""Who is told of returns, disputed units and transfers (R4.2, R4.5)."""

from domain.events import (
    Adjudicated,
    AdjudicationRequested,
    Returned,
    ReturnEvent,
    TransferAccepted,
    TransferOffered,
    TransferRefused,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: ReturnEvent) -> list[Notice]:
    """The notices of an event."""
    topic, officer = event.kind, telling.officer(event.kind, turn.after)
    handler = telling.handler(topic, turn.before)
    match event:
        case Returned():
            return [officer]
        case TransferOffered():
            return [telling.person(topic, event.person_id), officer]
        case AdjudicationRequested():
            return [*telling.decider(topic, event, turn.book), handler, officer]
        case Adjudicated() | TransferAccepted() | TransferRefused():
            return [handler, officer]
