"""Correcting a visit's record (R13): an event of its own; what was written before stays."""

from dataclasses import replace

from domain import authority
from domain.book import Book
from domain.organisation import Post
from domain.refusals import Refused
from domain.values import SYSTEM, By
from domain.visit import recording
from domain.visit.commands import AmendVisit, NoteUnopened
from domain.visit.events import CaseNotOpened, VisitAmended
from domain.visit.state import Visit
from domain.words import Role


def amend_visit(visit: Visit, command: AmendVisit, book: Book) -> tuple[VisitAmended, ...]:
    """By who visited, or by a supervisor over the place."""
    by = _who(visit, command, book)
    amended = VisitAmended(
        at=command.at,
        by=by,
        text=command.text,
        occasion=command.occasion,
        visited_at=command.visited_at,
        area=None if command.place is None else recording.located(command.place, book),
        met=command.met,
        asked=command.asked,
        found=command.found,
    )
    said = (amended.occasion, amended.visited_at, amended.area, amended.met)
    if all(each is None for each in (*said, amended.asked, amended.found)):
        raise Refused("nothing_to_amend", "R13")
    _need_sound(visit, amended, book)
    return (amended,)


def _who(visit: Visit, command: AmendVisit, book: Book) -> By:
    path = book.organisation.path(visit.unit_id)

    def fits(post: Post) -> bool:
        own = command.actor.person_id == visit.visitor.person_id
        return own or (post.role is Role.SUPERVISOR and post.unit_id in path)

    return authority.acting(command, book, fits, "who visited, or a supervisor over the place")


def _need_sound(visit: Visit, amended: VisitAmended, book: Book) -> None:
    """What is corrected is held to what a new record is, at the time the record was made."""
    area = amended.area
    if area is not None:
        units = {area.grid_id, area.community_id, area.street_id}
        if visit.visitor.unit_id not in units:
            raise Refused("not_of_the_place", "R13", unit=visit.visitor.unit_id or "")
    if amended.visited_at is not None and visit.recorded_at is not None:
        at, made, unit_id = amended.visited_at, visit.recorded_at, visit.unit_id
        recording.need_time(at, made, unit_id, visit.policy, book)


def amended(visit: Visit, event: VisitAmended) -> Visit:
    """The record as it now reads."""
    return replace(
        visit,
        occasion=event.occasion or visit.occasion,
        visited_at=event.visited_at or visit.visited_at,
        area=event.area or visit.area,
        met=visit.met if event.met is None else event.met,
        amended=visit.amended + 1,
    )


def note_unopened(visit: Visit, command: NoteUnopened) -> tuple[CaseNotOpened, ...]:
    """What was to be a case is none: said in the record, and to who visited."""
    authority.system(command)
    if command.case_id not in visit.cases:
        raise Refused("not_of_this_visit", "R13", case=command.case_id)
    if command.case_id in dict(visit.unopened):
        raise Refused("already_noted", "R13", case=command.case_id)
    refusal = command.refusal
    return (CaseNotOpened(at=command.at, by=SYSTEM, case_id=command.case_id, refusal=refusal),)


def not_opened(visit: Visit, event: CaseNotOpened) -> Visit:
    """The case is not there."""
    return replace(visit, unopened=(*visit.unopened, (event.case_id, event.refusal)))
