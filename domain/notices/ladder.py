"""Who is told of the way a case takes from unit to unit, and of what the resident adds (R4)."""

from domain.events import (
    Arrived,
    Assigned,
    Escalated,
    InformationAdded,
    LadderEvent,
    Reminded,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: LadderEvent) -> list[Notice]:
    """The notices of an event."""
    topic, before, after = event.kind, turn.before, turn.after
    match event:
        case Arrived() | Assigned():
            return [telling.person(topic, event.person_id), telling.officer(topic, after)]
        case Escalated(automatic=True):
            units = turn.book.organisation.path(before.stint.unit_id)[:2]
            return [telling.officer(topic, after), *(telling.unit(topic, u) for u in units)]
        case Escalated() if before.urgency is not after.urgency:
            return telling.alarm(after)
        case Reminded() | InformationAdded():
            return telling.both(topic, after)
        case _:
            return []
