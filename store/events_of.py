"""Small readings of event lists that several rooms need."""

from collections.abc import Iterable

from domain.events import Event, Registered


def opening_of(events: Iterable[Event]) -> Registered:
    """The event that opened the case."""
    return next(event for event in events if isinstance(event, Registered))
