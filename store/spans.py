"""Where every case was when: the rows of the worklist with the moments between which each held.

Follows `seq`, off the hot path; a pure function of the events, so that it can be made anew. It
holds no word anybody said: titles and texts are the views'.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, cast

import orjson

from domain.events import Event
from domain.state import Case
from domain.streams import Noun, noun_of
from store import codec, views
from store.codec import Stored
from store.database import Connection
from store.events_of import opening_of
from store.folds import CASE
from store.rebuild import Made
from store.trees import Trees
from store.views import FIXED, Row

SHOWN = (
    *("case_type", "channel", "class_id", "item_id", "urgency", "stage", "phase", "round"),
    *("unit_id", "person_id", "post_id", "mediators", "proactive", "opened_at", "changed_at"),
    *("overdue_at", "yellow_at", "resident_due", "breaches", "closed_at", "closing", "version"),
)
"""Columns of `cases` that the worklist shows or filters by, without what was said."""

AT_ONCE = 500
"""Events looked at in one go."""
KEPT = 500
"""Cases kept at hand."""
BEGINNING = datetime.min.replace(tzinfo=UTC)
BLANK: Mapping[str, Any] = dict.fromkeys(FIXED)
_NAMES = ", ".join(("case_id", "since", "until", *SHOWN))
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in ("until", *SHOWN))

NEXT = """
select k.last_seq, e.seq, e.case_id, e.version from span_keeper k left join lateral (
  select q.seq, e.case_id, e.version from event_sequence q join events e using (position)
  where q.seq > k.last_seq order by q.seq limit $1) e on true order by e.seq
"""
REACHED = (
    "select case_id, max(version) as version from case_spans where case_id = any($1) group by 1"
)
EVENTS = """select e.case_id, e.version, e.recorded_at, e.kind, e.schema, e.data, e.actor, e.post,
 e.unit, e.occurred_at from unnest($1::text[], $2::int[]) w(case_id, version)
 join events e on e.case_id = w.case_id and e.version > w.version order by e.case_id, e.version"""
WRITE = f"""
with held as (select last_seq from span_keeper where last_seq = $3 for update),
 spans as (
  insert into case_spans ({_NAMES}) select {_NAMES}
  from jsonb_populate_recordset(null::case_spans, $1::jsonb) r, held
  on conflict (case_id, since) do update set {_CHANGES}),
 sights as (
  insert into case_sights (unit_id, case_id, since) select r.unit_id, r.case_id, r.since
  from jsonb_populate_recordset(null::case_sights, $2::jsonb) r, held
  on conflict (unit_id, case_id) do update set since = excluded.since)
update span_keeper k set last_seq = $4 from held returning k.last_seq
"""  # noqa: S608 - the names are constants
REPLACE = f"""
with held as (select last_seq from span_keeper where last_seq = $3 for update),
 made as materialized (
  select {_NAMES} from jsonb_populate_recordset(null::case_spans, $1::jsonb), held),
 seen as materialized (select unit_id, case_id, since
  from jsonb_populate_recordset(null::case_sights, $2::jsonb), held),
 gone as (
  delete from case_spans s using (
    select case_id, since from case_spans, held where case_id = any($4)
    except select case_id, since from made) x
  where (s.case_id, s.since) = (x.case_id, x.since) returning 1),
 blind as (
  delete from case_sights s using (
    select case_id, unit_id from case_sights, held where case_id = any($4)
    except select case_id, unit_id from seen) x
  where (s.case_id, s.unit_id) = (x.case_id, x.unit_id) returning 1),
 spans as (
  insert into case_spans ({_NAMES}) select {_NAMES} from made
  except select {_NAMES} from case_spans where case_id = any($4)
  on conflict (case_id, since) do update set {_CHANGES} returning 1),
 sights as (
  insert into case_sights (unit_id, case_id, since) select unit_id, case_id, since from seen
  except select unit_id, case_id, since from case_sights where case_id = any($4)
  on conflict (unit_id, case_id) do update set since = excluded.since returning 1)
select (select count(*) from gone) + (select count(*) from blind)
  + (select count(*) from spans) + (select count(*) from sights) from held
"""  # noqa: S608 - the names are constants
ORPHANS = """
with s as (delete from case_spans s where not exists (
  select from events e where e.case_id = s.case_id)),
 u as (delete from case_sights s where not exists (
  select from events e where e.case_id = s.case_id))
select last_seq from span_keeper
"""
CASES = """select case_id from events where version = 1 and kind = 'case.registered'
 and case_id > $1 and ($2::text is null or case_id <= $2) order by case_id limit $3"""


@dataclass(slots=True)
class Lived:
    """A case as far as its events were taken in: where it stands, its last span, who sees it."""

    case: Case
    version: int = 0
    since: datetime = BEGINNING
    organisation: str = ""
    last: Row | None = None
    sights: dict[str, datetime] = field(default_factory=dict)

    async def take_in(
        self, connection: Connection, rows: Sequence[Any], trees: Trees
    ) -> tuple[list[Row], list[Row]]:
        """The spans that the next events change, the last one first; and what more units see."""
        told = [cast("Event", codec.decode(Stored.of(row))) for row in rows]
        times = (row["recorded_at"].astimezone(UTC) for row in rows)
        # Where a clock was set back, an event is not known before the one before it.
        known = list(accumulate(times, max, initial=self.since))[1:]
        if not self.version:
            self.organisation = opening_of(told).versions.organisation
        sights = [row async for row in self._seen(connection, told, known, trees)]
        self.since, self.version = known[-1], rows[-1]["version"]
        return self._spans(told, known), sights

    def _spans(self, told: Sequence[Event], known: Sequence[datetime]) -> list[Row]:
        """One for each moment at which something was recorded; the last one holds still."""
        found: list[Row] = []
        for place, (event, since) in enumerate(zip(told, known, strict=True), start=1):
            self.case = CASE.evolve(self.case, event)
            if place < len(known) and known[place] == since:
                continue
            if self.last is not None and self.last["since"] != since:
                found.append({**self.last, "until": since})
            row = views.row(self.case, BLANK)
            shown = {name: row[name] for name in SHOWN}
            self.last = {"case_id": self.case.case_id, "since": since, "until": None, **shown}
        return found if self.last is None else [*found, self.last]

    async def _seen(
        self,
        connection: Connection,
        told: Sequence[Event],
        known: Sequence[datetime],
        trees: Trees,
    ) -> AsyncIterator[Row]:
        for event, since in zip(told, known, strict=True):
            self.organisation = getattr(event, "organisation", "") or self.organisation
            if not isinstance(event, views.GIVES_SIGHT):
                continue
            tree = await trees.at(connection, self.organisation)
            for unit in sorted(views.units_seen((event,), tree) - self.sights.keys()):
                self.sights[unit] = since
                yield {"unit_id": unit, "case_id": self.case.case_id, "since": since}


@dataclass(slots=True)
class Changed:
    """What is to be written of some cases, and of how many events it was made."""

    spans: list[Row] = field(default_factory=list)
    sights: list[Row] = field(default_factory=list)
    events: int = 0


@dataclass(slots=True)
class Keeper:
    """Writes spans; keeps the cases it met last, so that an event costs what an event costs."""

    _trees: Trees = field(default_factory=Trees)
    _lives: OrderedDict[str, Lived] = field(default_factory=OrderedDict)

    async def advance(self, connection: Connection, most: int = AT_ONCE) -> int:
        """Take in the next events, at most so many; how many were new."""
        found = await connection.fetch(NEXT, most)
        events = [row for row in found if row["seq"] is not None]
        if not events:
            return 0
        last = {row["case_id"]: row["version"] for row in events}
        cases = [case_id for case_id in last if noun_of(case_id) is Noun.CASE]
        reached = await self._reached(connection, cases)
        behind = [case_id for case_id in cases if reached.get(case_id, 0) < last[case_id]]
        written = None
        try:
            new = await self._take_in(connection, behind, self._lives)
            spans = [s for s in new.spans if s["version"] >= reached.get(s["case_id"], 0)]
            place = (found[0]["last_seq"], events[-1]["seq"])
            written = await connection.fetchval(WRITE, _json(spans), _json(new.sights), *place)
        finally:
            if written is None:  # what was taken in is not in the tables: begin again from there
                self._lives.clear()
        while len(self._lives) > KEPT:
            self._lives.popitem(last=False)
        return len(events)

    async def replace(self, connection: Connection, case_ids: Sequence[str]) -> Made:
        """Make the spans of those cases anew; again where the keeper moved on meanwhile."""
        while True:
            done = await connection.fetchval("select last_seq from span_keeper")
            lives: OrderedDict[str, Lived] = OrderedDict()
            new = await self._take_in(connection, case_ids, lives)
            rows = (_json(new.spans), _json(new.sights))
            mended = await connection.fetchval(REPLACE, *rows, done, list(case_ids))
            if mended is not None:
                return Made(streams=len(lives), events=new.events, mended=mended)

    async def _reached(self, connection: Connection, case_ids: Sequence[str]) -> dict[str, int]:
        rows = await connection.fetch(REACHED, list(case_ids))
        return {row["case_id"]: row["version"] for row in rows}

    async def _take_in(
        self, connection: Connection, case_ids: Sequence[str], lives: OrderedDict[str, Lived]
    ) -> Changed:
        """The events of those cases that were not taken in yet."""
        known = [lives[case_id].version if case_id in lives else 0 for case_id in case_ids]
        rows: dict[str, list[Any]] = {}
        for row in await connection.fetch(EVENTS, list(case_ids), known):
            rows.setdefault(row["case_id"], []).append(row)
        changed = Changed()
        for case_id, found in rows.items():
            await asyncio.sleep(0)  # who steps a case in the same process goes first
            lived = lives.pop(case_id, None) or Lived(CASE.initial(case_id))
            lives[case_id] = lived
            spans, sights = await lived.take_in(connection, found, self._trees)
            changed.spans += spans
            changed.sights += sights
            changed.events += len(found)
        return changed


async def rebuild(
    connection: Connection, after: str = "", upto: str | None = None, size: int = 50
) -> Made:
    """Make the spans of the cases between two ids anew, page by page; the keeper may go on."""
    keeper, made = Keeper(), Made()
    while found := await connection.fetch(CASES, after, upto, size):
        made += await keeper.replace(connection, [row["case_id"] for row in found])
        after = found[-1]["case_id"]
    return made


async def orphans(connection: Connection) -> None:
    """Remove rows no event speaks of."""
    await connection.execute(ORPHANS)


def _json(rows: list[Row]) -> str:
    return orjson.dumps(rows).decode()


SEEN = """select unit_id, since, (select max(version) from case_spans where case_id = $1) as version
from case_sights where case_id = $1"""


async def seen(
    connection: Connection, case_id: str, version: int
) -> tuple[dict[str, datetime], bool]:
    """Since when each unit may see the case, and whether that is written up to that version."""
    rows = await connection.fetch(SEEN, case_id)
    since = {row["unit_id"]: row["since"].astimezone(UTC) for row in rows}
    return since, bool(rows) and rows[0]["version"] >= version
