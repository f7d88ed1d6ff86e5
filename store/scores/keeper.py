"""Follows the journal by `seq` and adds to the scores what each event posts, exactly once. Off the
hot path; what an event posts is the engine's.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from domain.streams import Noun, noun_of
from store.database import Connection
from store.scores import writing
from store.scores.columns import EVENT
from store.views import Row

if TYPE_CHECKING:
    from store.scores.engine import Engine

AT_ONCE = 2_000
"""Events looked at in one go."""
MEMORY = "256MB"
"""What the engine may take of the worker's memory."""
NOWHERE = "UTC"
"""The zone of an office that has no calendar yet."""

ZONE = """
select s ->> 'timezone' from (
  select body from books where kind = 'calendar' and effective_from <= clock_timestamp()
  order by effective_from desc, book_id desc limit 1) b,
 jsonb_array_elements(b.body -> 'schedules') s
where s ->> 'unit_id' = '*'
"""
NEXT = f"""
select k.last_seq, k.zone, ({ZONE}) as wanted, e.* from score_keeper k left join lateral (
  select q.seq, e.case_id, e.version from event_sequence q join events e using (position)
  where q.seq > k.last_seq order by q.seq limit $1) e on true order by e.seq
"""  # noqa: S608 - the parts are constants
_COLUMNS = ", ".join("data::text as data" if name == "data" else name for name in EVENT)
EVENTS = f"select {_COLUMNS} from events where case_id = any($1) order by case_id, version"  # noqa: S608 - constants
"""All there are of a case: what an event posts follows from those before it alone."""


@dataclass(slots=True)
class Keeper:
    """Writes postings and their sums; one engine, kept warm."""

    _engine: "Engine"

    @classmethod
    async def open(cls) -> Self:
        """A keeper with an engine of its own; loading one takes a moment."""
        return cls(await asyncio.to_thread(_engine))

    async def advance(self, connection: Connection, most: int = AT_ONCE) -> int:
        """Take in the next events, at most so many; how many were new."""
        found = await connection.fetch(NEXT, most)
        zone = found[0]["wanted"] or NOWHERE
        if found[0]["zone"] != zone:
            await writing.add_up(connection, zone)
        events = [row for row in found if row["seq"] is not None]
        if not events:
            return 0
        rows = await self._posted(connection, _first_of(events))
        await writing.append(connection, rows, (found[0]["last_seq"], events[-1]["seq"]), zone)
        return len(events)

    async def _posted(self, connection: Connection, first: dict[str, int]) -> list[Row]:
        """What those cases' events post, from these versions on."""
        if not first:
            return []
        events = await connection.fetch(EVENTS, list(first))
        # Elsewhere than in the loop: who steps a case in the same process does not wait for it.
        rows = await asyncio.to_thread(self._engine.postings, events)
        return [row for row in rows if row["version"] >= first[row["case_id"]]]


def _engine() -> "Engine":
    from store.scores.engine import Engine  # noqa: PLC0415 - loads DuckDB, which few processes need

    return Engine(threads=1, memory=MEMORY)


def _first_of(events: Sequence[Row]) -> dict[str, int]:
    """Of each case the first version that is new."""
    first: dict[str, int] = {}
    for row in events:
        case_id, version = row["case_id"], row["version"]
        if noun_of(case_id) is Noun.CASE:
            first[case_id] = min(version, first.get(case_id, version))
    return first
