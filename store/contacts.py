"""How residents gave themselves, opened with that person's key and no other: number and name."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import Any

from domain.events import Event
from domain.values import REPORTER, Party, Reporter
from store import codec
from store.codec import Stored, Subjects
from store.database import Connection
from store.journal import open_keys
from store.keys import KeyRing

KEY = "select wrapped from subject_keys where case_id = $1 and subject = $2"
EVENTS = """select version, kind, schema, data, actor, post, unit, occurred_at
 from events where case_id = $1 order by version"""


class Erased(Exception):
    """The person's key was destroyed: nobody can be reached any more."""


async def phone_of(connection: Connection, case_id: str, subject: str, ring: KeyRing) -> str:
    """The newest number a subject of the case gave; empty for none. `Erased` without the key."""
    given = [person.phone for person in await _given(connection, case_id, subject, ring)]
    return next(filter(None, reversed(given)), "")


async def names_of(
    connection: Connection, case_ids: Sequence[str], ring: KeyRing
) -> frozenset[str]:
    """The names of the residents who brought those cases, as far as they are known."""
    found: set[str] = set()
    for case_id in case_ids:
        with suppress(Erased):
            found |= {p.name for p in await _given(connection, case_id, REPORTER, ring)}
    return frozenset(found - {""})


async def _given(
    connection: Connection, case_id: str, subject: str, ring: KeyRing
) -> list[Reporter | Party]:
    """How a subject of the case gave themselves, every time."""
    key = await connection.fetchrow(KEY, case_id, subject)
    if key is None:
        return []
    if key["wrapped"] is None:
        raise Erased
    subjects = Subjects(open_keys(case_id, {subject: key["wrapped"]}, ring))
    found: list[Reporter | Party] = []
    for row in await connection.fetch(EVENTS, case_id):
        version, *stored = row
        event = codec.decode(Stored(*stored), subjects, f"{case_id}/{version}")
        found += [person for person in _people(event) if person.subject == subject]
    return found


def _people(value: Event | Any) -> Iterator[Reporter | Party]:  # noqa: ANN401 - any part of an event
    """Everybody an event names."""
    if isinstance(value, Reporter | Party):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _people(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _people(getattr(value, each.name))
