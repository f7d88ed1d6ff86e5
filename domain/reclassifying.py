"""Chapter R2.1: correcting what a case is about and where it is. Nothing here moves the case."""

from dataclasses import replace

from domain import authority, danger, emergencies, routing
from domain.book import Book
from domain.commands import Reclassify
from domain.events import Event, Reclassified
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import Area, Matter
from domain.words import DeadlineClass, Urgency


def reclassify(case: Case, command: Reclassify, book: Book) -> tuple[Event, ...]:
    """Until the case is resolved, the officer or the unit in charge corrects it.

    Where it goes from here follows the correction; clocks that run are not set anew. What turns out
    to be an emergency stands still no longer (R6.7).
    """
    by = authority.officer_or_in_unit(case, command, book)
    authority.need_open(case, "R2.1")
    was = matter_of(case)
    matter = was if command.item_id is None else _matter(command.item_id, book)
    if matter == was and command.place is None:
        raise Refused("nothing_changed", "R2.1", item=case.item_id)
    place = routing.locate(command.place, book.organisation) if command.place else None
    urgent = Urgency.EMERGENCY if matter.deadline is DeadlineClass.URGENT else case.urgency
    corrected = Reclassified(
        at=command.at,
        by=by,
        matter=matter,
        was=was,
        was_area=_area(case),
        location=place,
        urgency=urgent,
        text=command.text,
    )
    if urgent is case.urgency:
        return (corrected,)
    before, after = danger.running_again(case, command.at, book)
    after = changed(after, urgency=urgent, deadline=matter.deadline)
    there = emergencies.on_site(after, case.stint.unit_id, command.at, book)
    hastened = emergencies.hastened(after, command.at, book)
    return *before, replace(corrected, clocks=(*there, *hastened))


def matter_of(case: Case) -> Matter:
    """What the case is about now."""
    return Matter(
        item_id=case.item_id,
        class_id=case.class_id,
        deadline=case.deadline,
        department_id=case.department_id,
    )


def _matter(item_id: str, book: Book) -> Matter:
    item = routing.item(item_id, book)
    return Matter(
        item_id=item.item_id,
        class_id=item.class_id,
        deadline=item.deadline,
        department_id=item.department_id,
    )


def _area(case: Case) -> Area:
    place = case.location
    return Area(grid_id=place.grid_id, community_id=place.community_id, street_id=place.street_id)


def reclassified(case: Case, event: Reclassified) -> Case:
    """The matter, the place and what follows from them are others from here on."""
    matter = event.matter
    case = changed(
        case,
        item_id=matter.item_id,
        class_id=matter.class_id,
        deadline=matter.deadline,
        department_id=matter.department_id,
        urgency=event.urgency,
        location=event.location or case.location,
    )
    return danger.became(case, event)
