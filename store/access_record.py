"""The list of the access record: one row for each event, a function of that event.

Written in the statement that appends the events; nothing else writes it.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.access.events import AccessEvent
from store.views import Row

COLUMNS = """stream text, version int, kind text, recorded_at timestamptz, person_id text,
 whom text, about text"""
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(","))
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in NAMES.split(", "))


def rows(
    stream: str, first: int, recorded_at: datetime, events: Iterable[AccessEvent]
) -> list[Row]:
    """The rows of events that get the versions from `first` on."""
    return [
        {
            "stream": stream,
            "version": version,
            "kind": event.kind,
            "recorded_at": recorded_at,
            "person_id": event.by.person_id,
            "whom": getattr(event, "person_id", ""),
            "about": getattr(event, "about", ""),
        }
        for version, event in enumerate(events, start=first)
    ]
