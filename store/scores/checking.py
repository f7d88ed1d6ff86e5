"""The ledger of the scores and its sums by day held against the events, all from one snapshot:
whatever differs is counted, and the first of it named. Changes nothing.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import duckdb
import orjson
from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import Connection, raw
from store.exporting import Reading
from store.scores import writing
from store.scores.columns import POSTING
from store.scores.engine import Engine
from store.scores.whole import PART, Whole, count, shown, whole
from store.scores.writing import COUNTED, GROUPED, KEY, LONG

FAR = 100_000
"""Events that may be not taken in yet when the ledger is held against all of them."""
DAY_KEY = ("day", *GROUPED)

KEPT_BY = "select last_seq, zone, stuck from score_keeper"
AHEAD = f"""
select e.case_id, e.version from event_sequence q join events e using (position)
where q.seq > $1
union select e.case_id, e.version from events e, sequencer s
where (e.xid, e.position) > (s.last_xid, s.last_position) and e.position > s.floor_position
limit {FAR + 1}
"""  # noqa: S608 - a number
SNAPSHOT = "select pg_export_snapshot()"
MISMARKED = f"""select json_agg(json_build_array(case_id, version, part, astray)
 order by case_id, version, part)::text from ({writing.MISMARKED}) w"""  # noqa: S608 - constants
_AHEAD = """create or replace temp table ahead as select unnest(from_json($1,
 '[{"case_id": "VARCHAR", "version": "INTEGER"}]'), recursive := true)"""
_MADE = """create or replace temp table made as select p.* from postings p
 where not exists (from ahead a where (a.case_id, a.version) = (p.case_id, p.version))
 or exists (from kept k where (k.case_id, k.version, k.part) = (p.case_id, p.version, p.part))"""
"""Of an event that is not taken in yet the ledger may hold the postings, and need not."""

_DIFFERING = """create or replace temp table differing as
with more as (select {shown} from (select {names} from {made} except select {names} from {kept})),
 less as (select {shown} from (select {names} from {kept} except select {names} from {made}))
select ({key}) as key, case when l.{first} is null then null else l end as kept,
 case when m.{first} is null then null else m end as made
from more m full join less l using ({key})"""


class FarBehind(Exception):
    """Too many events are not taken in yet."""


class CannotBeMade(Exception):
    """The engine fails on the events: why, and on which cases it did before."""

    def __init__(self, why: str, stuck: Sequence[str]) -> None:
        super().__init__(why)
        self.stuck = stuck


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a table that is not as the events say: as it is kept, as they make it."""

    table: str
    key: tuple[Any, ...]
    kept: Mapping[str, Any] | None
    made: Mapping[str, Any] | None


@dataclass(slots=True)
class Checked:
    """What was looked at, how many rows differ, and the first of them by its key; `stuck` are the
    cases that could not be posted when they last were.
    """

    ahead: int
    stuck: tuple[str, ...] = ()
    events: int = 0
    postings: int = 0
    days: int = 0
    differing: int = 0
    first: Difference | None = None


async def check(engine: AsyncEngine, size: int = PART) -> Checked:
    """Make everything from the events and compare; FarBehind where much is still to be taken in."""
    async with _still(engine) as connection:
        last, zone, stuck = await connection.fetchrow(KEPT_BY)
        ahead = await connection.fetch(AHEAD, last)
        if len(ahead) > FAR:
            raise FarBehind
        snapshot = await connection.fetchval(SNAPSHOT)
        async with whole(connection, engine.url, snapshot=snapshot, size=size) as found:
            await found.read_kept()
            await found.read_events()
            await found.read_days()
            checked = Checked(ahead=len(ahead), stuck=tuple(stuck))
            try:
                await _Comparing(found, zone, checked).run([dict(row) for row in ahead])
            except duckdb.Error as error:
                raise CannotBeMade(str(error), tuple(stuck)) from error
        if not checked.differing:  # of postings that no event made nothing more need be said
            await _held_to_their_marks(connection, checked)
        return checked


async def _held_to_their_marks(connection: Connection, checked: Checked) -> None:
    """Whether just those are left out of figures whose unit had no part in the case."""
    rows = await cast("Reading", connection).fetchval(MISMARKED, timeout=LONG)
    wrong = [] if rows is None else orjson.loads(rows)
    checked.differing += len(wrong)
    if wrong:
        *key, astray = wrong[0]
        kept, made = {"astray": astray}, {"astray": not astray}
        checked.first = Difference("score_postings", tuple(key), kept, made)


@asynccontextmanager
async def _still(engine: AsyncEngine) -> AsyncIterator[Connection]:
    async with raw(engine) as connection:
        reading = cast("Reading", connection)
        async with reading.transaction(isolation="repeatable_read", readonly=True):
            yield connection


@dataclass(slots=True)
class _Comparing:
    """Part by part, in the engine that made it; the sums of all parts at the end."""

    found: Whole
    zone: str
    checked: Checked

    async def run(self, ahead: Sequence[Mapping[str, Any]]) -> None:
        """Compare everything; takes as long as making it."""
        for engine in self.found.engines:
            engine.connection.execute(_AHEAD, [orjson.dumps(ahead).decode()])
        async for engine in self.found.made(kept=True):
            await self.found.apart(engine, partial(self._part, engine))
        engine = self.found.engines[0]
        await self.found.apart(engine, partial(self._days, engine))

    def _part(self, engine: Engine) -> None:
        engine.connection.execute(_MADE)
        self.checked.events += count(engine, "events")
        self.checked.postings += count(engine, "kept")
        self._compare(engine, "score_postings", "made", "kept", POSTING, KEY)
        if self.zone:
            self.found.add_sums(engine, "made", self.zone)

    def _days(self, engine: Engine) -> None:
        self.found.load_days(engine)
        self.checked.days = count(engine, "kept_days")
        names = (*DAY_KEY, *COUNTED)
        self._compare(engine, "score_days", "made_days", "kept_days", names, DAY_KEY)

    def _compare(
        self,
        engine: Engine,
        table: str,
        made: str,
        kept: str,
        names: Sequence[str],
        key: Sequence[str],
    ) -> None:
        """Count what only one of both has; the first by key is what people are told."""
        run = engine.connection.execute
        words = {"made": made, "kept": kept, "names": ", ".join(names), "shown": shown(names)}
        run(_DIFFERING.format(**words, key=", ".join(key), first=key[0]))
        self.checked.differing += count(engine, "differing")
        row = run("select * from differing order by key limit 1").fetchone()
        if row is None:
            return
        first = Difference(table, *row)
        other = self.checked.first
        if other is None or (other.table == table and first.key < other.key):
            self.checked.first = first
