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
            waiting = turn.before.open_orders
            hear = dict.fromkeys(person for order in waiting for person in order.told)
            return [telling.officer(topic, after), *(telling.person(topic, one) for one in hear)]
