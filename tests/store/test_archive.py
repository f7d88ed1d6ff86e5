"""The archive other tests read is worth reading: every kind of event is in it."""

from collections import Counter
from typing import get_args

from domain.events import Event
from tests.store.walks import Archive


def test_every_kind_of_event_happens_in_the_archive(archive: Archive) -> None:
    found = Counter(event.kind for events in archive.events.values() for event in events)
    kinds = {cls.__dataclass_fields__["kind"].default for cls in get_args(Event)}
    assert set(found) == kinds
