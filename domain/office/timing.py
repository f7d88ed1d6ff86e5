"""From when a change holds, and whether what is planned for later still makes sense with it."""

from datetime import datetime, timedelta
from typing import Protocol

from domain.office import authority, changes
from domain.office.commands import CancelChange
from domain.office.events import (
    Change,
    ChangeCancelled,
    DutyAssigned,
    GridDrawn,
    ItemAdded,
    ItemChanged,
    OfficeEvent,
    PostEnded,
    PostOpened,
    UnitAdded,
    UnitChanged,
    UnitClosed,
)
from domain.office.records import Records
from domain.organisation import Organisation
from domain.refusals import Refused

LATE = timedelta(minutes=1)
"""How old "now" may be when it arrives."""


class Dated(Protocol):
    """The part of a command that says from when it shall hold."""

    @property
    def at(self) -> datetime:
        """When it was asked."""

    @property
    def effective_from(self) -> datetime | None:
        """From when, or None for now."""


def effective(command: Dated, records: Records) -> datetime:
    """From when the command holds: never before what is in force already (R14.1)."""
    asked = command.effective_from
    if asked is not None and asked < command.at - LATE:
        raise Refused("effective_in_the_past", "R14.1", now=command.at.isoformat())
    return max(asked or records.now, records.now, records.since)


def settled(event: Change, records: Records) -> tuple[Change]:
    """The event, after everything planned for later was tried on top of it."""
    at = event.effective_from
    organisation = changes.organisation(records.organisation_at(at), [event])
    for planned in records.later_than(at):
        organisation = changes.organisation(organisation, [planned.event])
        if not _sound(organisation, planned.event):
            raise Refused("planned_change_depends", "§2", change=str(planned.number))
    return (event,)


def cancel_change(command: CancelChange, records: Records) -> tuple[OfficeEvent, ...]:
    """Take back what is not in force yet, unless something planned after it rests on it."""
    mine = next((p for p in records.planned if p.number == command.change), None)
    own = mine is not None and mine.event.by.person_id == command.actor.person_id
    by = (authority.anybody if own else authority.over_all)(command, records)
    if mine is None:
        raise Refused("no_such_planned_change", "§2", change=str(command.change))
    organisation = records.book.organisation
    for planned in records.planned:
        if planned is not mine:
            organisation = changes.organisation(organisation, [planned.event])
            if not _sound(organisation, planned.event):
                raise Refused("planned_change_depends", "§2", change=str(planned.number))
    post_id = mine.event.post_id if isinstance(mine.event, PostEnded) else None
    return (
        ChangeCancelled(
            at=command.at, by=by, text=command.text, change=mine.number, post_id=post_id
        ),
    )


def _sound(organisation: Organisation, event: Change) -> bool:  # noqa: PLR0911 - one for each kind
    """Whether what the change names is there after it."""
    match event:
        case UnitAdded(parent_id=parent) | UnitChanged(parent_id=str(parent)):
            return is_open(parent, organisation)
        case UnitClosed():
            return not _open_under(event.unit_id, organisation)
        case GridDrawn():
            return is_open(event.unit_id, organisation)
        case PostOpened():
            return is_open(event.unit_id, organisation) and event.person_id in organisation.people
        case DutyAssigned(post_id=str(post)):
            return post in organisation.posts
        case ItemAdded() | ItemChanged():
            return is_open(event.department_id, organisation)
        case _:
            return True


def is_open(unit_id: str, organisation: Organisation) -> bool:
    """Whether the unit is there and not closed."""
    unit = organisation.units.get(unit_id)
    return unit is not None and not unit.closed


def _open_under(unit_id: str, organisation: Organisation) -> bool:
    units = organisation.units.values()
    return any(unit.parent_id == unit_id and not unit.closed for unit in units)
