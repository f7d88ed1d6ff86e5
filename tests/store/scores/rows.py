"""Lives as the journal has them, without a database: rows that the engine of the scores reads."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import orjson

from domain.case import decide, evolve, initial
from domain.commands import Command
from domain.events import Event
from store import codec
from store.codec import Subjects
from store.scores.kinds import taken
from tests.domain.town import TOWN
from tests.store.lives import LIVES

Row = dict[str, Any]


def rows_of(
    case_id: str, events: Iterable[Event], recorded: Mapping[int, datetime] | None = None
) -> list[Row]:
    """The rows of one case; recorded as they happened, unless said otherwise."""
    return [_row(case_id, n, event, recorded or {}) for n, event in enumerate(events, start=1)]


def _row(case_id: str, version: int, event: Event, recorded: Mapping[int, datetime]) -> Row:
    keys = Subjects(dict.fromkeys(codec.subjects_in(event), bytes(32)))
    stored = codec.encode(event, keys, f"{case_id}/{version}")
    return {
        "case_id": case_id,
        "version": version,
        "kind": stored.kind,
        "said": said(stored.kind, stored.data),
        "actor": stored.actor,
        "post": stored.post,
        "unit": stored.unit,
        "occurred_at": stored.occurred_at,
        "recorded_at": recorded.get(version, stored.occurred_at),
    }


def said(kind: str, data: Mapping[str, Any]) -> str | None:
    """What PostgreSQL hands on of an event's data."""
    found = [_text(data, *name.split(".")) for name in taken(kind)]
    return orjson.dumps(found).decode() if found else None


def _text(data: Mapping[str, Any], name: str, of_each: str = "") -> str | None:
    found = data[name]
    if of_each:
        found = [one[of_each] for one in found]
    if found is None or isinstance(found, str):
        return found
    return orjson.dumps(found).decode()


def lived(commands: Iterable[Command], case_id: str = "case-1") -> tuple[Event, ...]:
    """The events of those commands, none of them refused."""
    case, found = initial(case_id), tuple[Event, ...]()
    for command in commands:
        events = decide(case, command, TOWN)
        for event in events:
            case = evolve(case, event)
        found += events
    return found


@cache
def written() -> Mapping[str, tuple[Event, ...]]:
    """Every written life."""
    return {name: lived(commands, name) for name, commands in LIVES.items()}
