"""Who is told of a visit: the cases it opens, and who visited. No channels, no texts here."""

from domain.notices import Notice
from domain.visit.events import (
    CaseForgotten,
    CaseNotOpened,
    VisitAmended,
    VisitEvent,
    VisitRecorded,
)
from domain.visit.state import Visit


def notices(after: Visit, event: VisitEvent) -> tuple[Notice, ...]:
    """The messages an event owes; one to a case opens it, as `domain/crossing.py` says."""
    topic = event.kind
    match event:
        case VisitRecorded():
            return tuple(Notice(topic=topic, to="case", recipient=each) for each in after.cases)
        case CaseForgotten():
            return ()
        case VisitAmended() if event.by.person_id == after.visitor.person_id:
            return ()
        case VisitAmended() | CaseNotOpened():
            return (Notice(topic=topic, to="person", recipient=after.visitor.person_id),)
