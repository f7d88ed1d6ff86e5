"""Whoever handed a case down stays told of what becomes of it there (R3.2)."""

from domain.events import (
    Accepted,
    ClockBroken,
    Closed,
    Escalated,
    Event,
    ExpenseRecorded,
    Resolved,
    Returned,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn


def delegator(turn: Turn, event: Event) -> list[Notice]:
    """The notices of an event to the unit that handed the case down."""
    before = turn.before
    way = before.delegations.of(before.stint.number) if before.stints else None
    if way is None or way.by.unit_id is None:
        return []
    match event:
        case Accepted() | ClockBroken() | Escalated() | Returned() | Resolved() | Closed():
            return [telling.unit(event.kind, way.by.unit_id)]
        case ExpenseRecorded():
            return [telling.unit(event.kind, way.by.unit_id)]
        case _:
            return []
