"""Who is told of supervision orders (R4.6)."""

from domain.events import SupervisionAnswered, SupervisionEvent, SupervisionOrdered
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: SupervisionEvent) -> list[Notice]:
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case SupervisionOrdered(person_id=person):
            informed = [telling.handler(topic, after), telling.unit(topic, event.unit_id)]
            return informed if person is None else [*informed, telling.person(topic, person)]
        case SupervisionAnswered():
            by = turn.before.ordered_by
            ordered = [] if by is None else [telling.person(topic, by)]
            return [telling.officer(topic, after), *ordered]
