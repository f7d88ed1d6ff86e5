"""Who is told of residents who deliberate (R8)."""

from domain.events import (
    DeliberationEnded,
    DeliberationEvent,
    DeliberationPublished,
    ObjectionDecided,
    ObjectionRaised,
    PublicationEnded,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.state import Case


def told(turn: Turn, event: DeliberationEvent) -> list[Notice]:
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case DeliberationPublished():
            return [*telling.residents(topic, after), telling.officer(topic, after)]
        case ObjectionRaised():
            return [*telling.decider(topic, event, turn.book), telling.handler(topic, after)]
        case ObjectionDecided():
            return [*telling.both(topic, after), *_objector(topic, after, event.objection_id)]
        case PublicationEnded() | DeliberationEnded():
            return telling.both(topic, after)
        case _:
            return []


def _objector(topic: str, case: Case, objection_id: str) -> list[Notice]:
    """Who objected, where it was a resident of the matter."""
    raised = (o for d in case.deliberations for o in d.objections)
    found = next(o for o in raised if o.objection_id == objection_id)
    return [telling.rater(topic, found.subject, case)] if found.subject else []
