"""Who is told of first contact (R1): registered, declined, corrected, another officer."""

from domain.events import (
    Declined,
    DeclineReviewed,
    FirstContactEvent,
    OfficerLeft,
    OfficerReplaced,
    Reclassified,
    Registered,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: FirstContactEvent) -> list[Notice]:  # noqa: PLR0911 - one line for each
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case Registered():
            return [*telling.residents(topic, after), *telling.alarm(after)]
        case Declined():
            informed = [*telling.residents(topic, after), telling.officer(topic, after)]
            return [*informed, *telling.decider(topic, event, turn.book)]
        case DeclineReviewed():
            return [telling.officer(topic, after)]
        case Reclassified():
            worse = turn.before.urgency is not after.urgency
            return [*telling.both(topic, after), *(telling.alarm(after) if worse else ())]
        case OfficerLeft():
            return telling.decider(topic, event, turn.book)
        case OfficerReplaced():
            return [telling.officer(topic, after), telling.handler(topic, after)]
        case _:
            return []
