"""Recording a visit, and opening what it found (R13): the intent stands in the visit's own record.

What a case would refuse, the visit refuses: each case is decided on here as it will be there.
"""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, routing
from domain import case as cases
from domain.book import Book
from domain.commands import Actor, Contact, Place, Register
from domain.organisation import Post
from domain.refusals import Refused
from domain.values import Area, By, Versions
from domain.visit.commands import Finding, RecordVisit
from domain.visit.events import ToOpen, VisitRecorded
from domain.visit.state import Visit, narrowest
from domain.words import ActorKind, CaseType, Channel, Role

VISITORS = authority.RECEIVERS - {Role.DEPARTMENT_HANDLER}
"""Roles that visit in their unit: they may receive what a visit finds."""


def record_visit(visit: Visit, command: RecordVisit, book: Book) -> tuple[VisitRecorded, ...]:
    """A visit of one's own, at a place of one's unit, not long ago."""
    if visit.recorded_at is not None:
        raise Refused("visit_exists", "R13", visit=visit.visit_id)
    area = located(command.place, book)
    by = _visitor(command, area, book)
    need_time(command.visited_at, command.at, narrowest(area), book.policy, book)
    if book.organisation.posts[by.post_id or ""].holder(command.visited_at) != by.person_id:
        raise Refused("no_post_then", "§2", forbidden=True, post=by.post_id or "")
    recorded = VisitRecorded(
        at=command.at,
        by=by,
        occasion=command.occasion,
        visited_at=command.visited_at,
        area=area,
        met=command.met,
        asked=command.asked,
        found=command.found,
        cases=tuple(_to_open(finding, command, area) for finding in command.findings),
        versions=Versions(
            policy=book.policy,
            catalogue=book.catalogue.version,
            organisation=book.organisation.version,
            calendar=book.calendar.version,
        ),
    )
    _need_openable(visit, recorded, book)
    return (recorded,)


def located(place: Place, book: Book) -> Area:
    """The units of the place; no finer than a grid, so that no record points at a door."""
    found = routing.locate(place, book.organisation)
    area = Area(grid_id=found.grid_id, community_id=found.community_id, street_id=found.street_id)
    if not narrowest(area):
        raise Refused("place_unknown", "R13")
    return area


def _visitor(command: RecordVisit, area: Area, book: Book) -> By:
    """Somebody at a post of the place's units (§2)."""
    units = {area.grid_id, area.community_id, area.street_id}

    def fits(post: Post) -> bool:
        return post.role in VISITORS and post.unit_id in units

    return authority.acting(command, book, fits, f"a post that visits in {narrowest(area)}")


def need_time(
    visited_at: datetime, recorded_at: datetime, unit_id: str, policy: str, book: Book
) -> None:
    """Refuse what has not been yet, and what was too long before it was written down."""
    if visited_at > recorded_at:
        raise Refused("not_visited_yet", "R13")
    span = book.policies[policy].visit_recorded_within
    if recorded_at > (until := clocks.end_of(span, visited_at, unit_id, book)):
        raise Refused("recorded_too_late", "R13", until=until.isoformat())


def _to_open(finding: Finding, command: RecordVisit, area: Area) -> ToOpen:
    """The case with its place: that of the visit, if it has none of its own."""
    place = finding.place or command.place
    point = "" if place.point is None else f"{place.point[0]},{place.point[1]}"
    return ToOpen(
        case_id=finding.case_id,
        item_id=finding.item_id,
        title=finding.title,
        text=finding.text,
        urgency=finding.urgency,
        address=place.address,
        point=point,
        unit_id=place.unit_id or narrowest(area),
        receipt_hash=finding.receipt_hash,
    )


def _need_openable(visit: Visit, recorded: VisitRecorded, book: Book) -> None:
    """Refuse the visit with what the first of its cases would be refused with."""
    book = replace(book, visits={visit.visit_id: recorded.by.person_id})
    for each in recorded.cases:
        command = registering(visit.visit_id, recorded, each.case_id, command_id="")
        cases.decide(cases.initial(each.case_id), command, book)


def registering(
    visit_id: str, recorded: VisitRecorded, case_id: str, *, command_id: str
) -> Register:
    """The command that opens a case of the visit, in the visitor's name and at the record's time.

    However late it is carried out, it asks the same: its clocks count from when it was found.
    """
    found = next(each for each in recorded.cases if each.case_id == case_id)
    by = recorded.by
    return Register(
        command_id=command_id,
        at=recorded.at,
        actor=Actor(kind=ActorKind.STAFF, person_id=by.person_id, post_id=by.post_id),
        case_type=CaseType.REQUEST,
        channel=Channel.GRID_VISIT,
        item_id=found.item_id,
        title=found.title,
        text=found.text,
        urgency=found.urgency,
        place=Place(address=found.address, point=_point(found), unit_id=found.unit_id),
        reporter=Contact(),
        proactive=True,
        visit_id=visit_id,
        receipt_hash=found.receipt_hash,
    )


def _point(found: ToOpen) -> tuple[int, int] | None:
    east, _, north = found.point.partition(",")
    return (int(east), int(north)) if north else None


def recorded(visit: Visit, event: VisitRecorded) -> Visit:
    """The record as it was first made."""
    return replace(
        visit,
        visitor=event.by,
        occasion=event.occasion,
        visited_at=event.visited_at,
        recorded_at=event.at,
        area=event.area,
        met=event.met,
        cases=tuple(each.case_id for each in event.cases),
        policy=event.versions.policy,
    )
