"""Many streams read at once, for what is made anew from the journal. What is made, others know.

A view needs few texts in the clear: only the kinds that are asked for are opened, with the keys of
the subjects that are asked for; all else reads as erased, as for the steps of the running system.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Generic

from store import codec
from store.codec import Stored, Subjects
from store.database import Connection
from store.folds import E, Fold, S
from store.journal import open_keys
from store.keys import KeyRing

EVENTS = """select case_id, version, kind, schema, data, actor, post, unit, occurred_at
from events where case_id = any($1) order by case_id, version"""
KEYS = """select case_id, subject, wrapped from subject_keys
where case_id = any($1) and subject = any($2) and wrapped is not null"""


async def streams(
    connection: Connection,
    ids: Sequence[str],
    ring: KeyRing,
    *,
    opened: Collection[str] = (),
    subjects: Sequence[str] = (),
) -> dict[str, list[Any]]:
    """The events of those streams, by stream; those of the kinds `opened` in the clear."""
    rows = await connection.fetch(EVENTS, list(ids))
    # After the events: who is forgotten in between is not in them, and no key is opened of who is.
    keys = await _keys(connection, ids, ring, subjects) if opened else {}
    found: dict[str, list[Any]] = {}
    for row in rows:
        stream, version, *stored = row
        known = keys.get(stream, codec.NOBODY) if stored[0] in opened else codec.NOBODY
        event = codec.decode(Stored(*stored), known, f"{stream}/{version}")
        found.setdefault(stream, []).append(event)
    return found


async def _keys(
    connection: Connection, ids: Sequence[str], ring: KeyRing, subjects: Sequence[str]
) -> Mapping[str, Subjects]:
    wrapped: dict[str, dict[str, bytes]] = {}
    for stream, subject, key in await connection.fetch(KEYS, list(ids), list(subjects)):
        wrapped.setdefault(stream, {})[subject] = key
    return {stream: Subjects(open_keys(stream, keys, ring)) for stream, keys in wrapped.items()}


class Folded(Generic[S, E]):
    """A stream's state and the events it was folded from."""

    def __init__(self, fold: Fold[S, E], stream: str, events: Sequence[E]) -> None:
        state = fold.initial(stream)
        for event in events:
            state = fold.evolve(state, event)
        self.state = state
        self.events = tuple(events)
