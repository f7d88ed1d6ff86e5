"""Who is told of a look at what nobody asked for, and of a resident's agent (R13)."""

from domain.events import (
    AgencyEnded,
    AgencyResumed,
    AgencyStepTaken,
    AgentAuthorised,
    ProactiveEvent,
    VerificationOpened,
    Verified,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def told(turn: Turn, event: ProactiveEvent) -> list[Notice]:
    """The notices of an event; of an agent only the resident they act for, nobody else's."""
    topic, after = event.kind, turn.after
    match event:
        case VerificationOpened():
            return [*telling.decider(topic, event, turn.book), telling.officer(topic, after)]
        case Verified() | AgencyStepTaken():
            return telling.both(topic, after)
        case AgentAuthorised() | AgencyEnded() | AgencyResumed():
            staff = [telling.person(topic, event.person_id), telling.officer(topic, after)]
            return [*staff, telling.resident(topic)]
