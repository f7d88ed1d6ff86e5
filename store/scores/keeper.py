"""Follows the journal by `seq` and adds to the scores what each event posts, exactly once. Off the
hot path; what an event posts is the engine's.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Self

from domain.streams import Noun, noun_of
from store.database import Connection
from store.scores import writing
from store.scores.halving import TOO_MANY, CannotPost, groups, post
from store.scores.kinds import events
from store.scores.writing import Place
from store.views import Row

if TYPE_CHECKING:
    from store.scores.engine import Engine

log = logging.getLogger(__name__)

AT_ONCE = 2_000
"""Events looked at in one go."""
GROUP = 10_000
"""Events of the cases that these belong to, posted in one go."""
AGAIN = 40
"""After how many looks it is tried again what could not be posted; at the first one too."""
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
select k.last_seq, k.zone, k.stuck, ({ZONE}) as wanted, e.* from score_keeper k left join lateral (
  select q.seq, e.case_id, e.version from event_sequence q join events e using (position)
  where q.seq > k.last_seq order by q.seq limit $1) e on true order by e.seq
"""  # noqa: S608 - the parts are constants
EVENTS = events("case_id = any($1)") + " order by case_id, version"
"""All there are of a case: what an event posts follows from those before it alone."""


SIZES = """select case_id, (select max(version) from events e where e.case_id = c.case_id) as size
 from unnest($1::text[]) as c (case_id)"""


@dataclass(slots=True)
class Keeper:
    """Writes postings and their sums; one engine, kept warm."""

    _engine: "Engine"
    _spill: TemporaryDirectory[str] | None = None
    _looks: int = 0
    _busy: Lock = field(default_factory=Lock)

    @classmethod
    async def open(cls) -> Self:
        """A keeper with an engine and a folder of its own; loading one takes a moment."""
        spill = TemporaryDirectory(prefix="shouwen-scorer-")
        return cls(await asyncio.to_thread(_engine, spill.name), spill)

    def close(self) -> None:
        """Give back what `open` took, once nothing is being posted any more."""
        with self._busy:
            self._engine.close()
            if self._spill is not None:
                self._spill.cleanup()

    async def advance(self, connection: Connection, most: int = AT_ONCE) -> int:
        """Take in the next events, at most so many; how many were new."""
        found = await connection.fetch(NEXT, most)
        zone = found[0]["wanted"] or NOWHERE
        if found[0]["zone"] != zone:
            await writing.add_up(connection, zone)
        events = [row for row in found if row["seq"] is not None]
        stuck: list[str] = found[0]["stuck"]
        first = _first_of(events)
        again = self._looks % AGAIN == 0
        first |= {case_id: 1 for case_id in stuck if again or case_id in first}
        self._looks += 1
        if events or first:
            last = found[0]["last_seq"]
            reached = events[-1]["seq"] if events else last
            await self._take(connection, first, Place(last, reached, zone), stuck)
        return len(events)

    async def _take(
        self, connection: Connection, first: dict[str, int], place: Place, stuck: Sequence[str]
    ) -> None:
        """Write what those cases post from these versions on; go on with the last group."""
        sizes = {r["case_id"]: r["size"] for r in await connection.fetch(SIZES, list(first))}
        parts = list(groups(sizes, GROUP, stuck)) or [[]]
        failing: set[str] = set()
        for number, part in enumerate(parts, start=1):
            rows, failed = await self._posted(connection, part)
            _say(failed, stuck)
            failing |= failed.keys() - set(stuck)
            if len(failing) >= TOO_MANY:
                raise CannotPost(next(iter(failed.values())))
            new = [row for row in rows if row["version"] >= first[row["case_id"]]]
            then = place if number == len(parts) else replace(place, reached=place.last)
            done = [case_id for case_id in part if case_id in stuck and case_id not in failed]
            if not await writing.append(connection, new, then, failed, done):
                return

    async def _posted(
        self, connection: Connection, part: Sequence[str]
    ) -> tuple[list[Row], dict[str, str]]:
        """What these cases post, and which cannot be posted."""
        if not part:
            return [], {}
        events = await connection.fetch(EVENTS, part)
        cases = [list(rows) for _, rows in groupby(events, key=itemgetter("case_id"))]
        # Elsewhere than in the loop: who steps a case in the same process does not wait for it.
        return await asyncio.to_thread(self._post, cases)

    def _post(self, cases: Sequence[Sequence[Row]]) -> tuple[list[Row], dict[str, str]]:
        with self._busy:
            return post(self._engine.postings, cases)


def _say(failed: Mapping[str, str], stuck: Sequence[str]) -> None:
    for case_id, why in failed.items():
        still = "still " if case_id in stuck else ""
        log.error("case %s is %snot in the scores: %s", case_id, still, why)


def _engine(spill: str = "") -> "Engine":
    from store.scores.engine import Engine  # noqa: PLC0415 - loads DuckDB, which few processes need

    return Engine(threads=1, memory=MEMORY, spill=spill)


def _first_of(events: Sequence[Row]) -> dict[str, int]:
    """Of each case the first version that is new."""
    first: dict[str, int] = {}
    for row in events:
        case_id, version = row["case_id"], row["version"]
        if noun_of(case_id) is Noun.CASE:
            first[case_id] = min(version, first.get(case_id, version))
    return first
