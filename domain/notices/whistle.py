"""Who is told of summoned helpers (R5)."""

from domain.events import (
    HelpRecorded,
    NotReportedIn,
    Released,
    ReportedIn,
    Summoned,
    WhistleEvent,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.state import Case
from domain.values import Helper


def told(turn: Turn, event: WhistleEvent) -> list[Notice]:
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case Summoned():
            return [telling.helper(topic, event.helper), telling.handler(topic, after)]
        case ReportedIn() | HelpRecorded():
            return _summoner(topic, after, event.helper)
        case NotReportedIn(person_id=person):
            named = telling.unit(topic, event.unit_id)
            above = named if person is None else telling.person(topic, person)
            return [*_summoner(topic, after, event.helper), above]
        case Released():
            return [telling.helper(topic, event.helper)]


def _summoner(topic: str, case: Case, helper: Helper) -> list[Notice]:
    """Who called the helper, and who is in charge now."""
    callers = [s.by.person_id for s in case.summons if s.helper == helper]
    return [telling.person(topic, person) for person in (*callers, case.stint.person_id)]
