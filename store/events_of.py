"""Small readings of event lists that several rooms need."""

from collections.abc import Iterable
from typing import cast

from domain.events import Event, Reclassified, Registered
from domain.values import Location
from store.codec import AnyEvent


def of_case(events: Iterable[AnyEvent]) -> tuple[Event, ...]:
    """The same events, of which the caller knows that they are of a case's stream."""
    return cast("tuple[Event, ...]", tuple(events))


def place_of(events: Iterable[Event]) -> Location:
    """The place as it was last told: at the opening, or corrected since."""
    told = [e.location for e in events if isinstance(e, Registered | Reclassified) and e.location]
    return told[-1]


def opening_of(events: Iterable[Event]) -> Registered:
    """The event that opened the case; `LookupError` when it is not among them."""
    for event in events:
        if isinstance(event, Registered):
            return event
    raise LookupError("the opening is not among the events; was a view lost? rebuild views")
