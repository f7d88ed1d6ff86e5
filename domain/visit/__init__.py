"""A visit (五访, R13): four pure functions, as of a case. Nothing waits here: no clock, no end."""

from dataclasses import replace
from typing import assert_never

from domain import authority
from domain.book import Book
from domain.commands import Tick
from domain.refusals import Refused
from domain.visit import correcting, forgetting, recording
from domain.visit.commands import (
    AmendVisit,
    ForgetCase,
    NoteUnopened,
    RecordVisit,
    VisitCommand,
)
from domain.visit.events import (
    CaseForgotten,
    CaseNotOpened,
    VisitAmended,
    VisitEvent,
    VisitRecorded,
)
from domain.visit.state import Visit


def initial(visit_id: str) -> Visit:
    """A visit nobody has recorded yet."""
    return Visit(visit_id=visit_id)


def decide(visit: Visit, command: VisitCommand, book: Book) -> tuple[VisitEvent, ...]:
    """The events the command causes; raises `Refused`."""
    if visit.last_at is not None and command.at < visit.last_at:
        command = replace(command, at=visit.last_at)
    if isinstance(command, RecordVisit):
        return recording.record_visit(visit, command, book)
    if visit.recorded_at is None:
        raise Refused("no_such_visit", "R13", visit=visit.visit_id)
    match command:
        case AmendVisit():
            return correcting.amend_visit(visit, command, book)
        case NoteUnopened():
            return correcting.note_unopened(visit, command)
        case ForgetCase():
            return forgetting.forget_case(visit, command)
        case Tick():
            authority.system(command)
            return ()
    assert_never(command)


def evolve(visit: Visit, event: VisitEvent) -> Visit:
    """The visit after the event. Total."""
    visit = replace(visit, version=visit.version + 1, last_at=event.at)
    match event:
        case VisitRecorded():
            return recording.recorded(visit, event)
        case VisitAmended():
            return correcting.amended(visit, event)
        case CaseNotOpened():
            return correcting.not_opened(visit, event)
        case CaseForgotten():
            return forgetting.forgotten(visit, event)
    assert_never(event)
