"""The views of cases made anew from the journal alone; row for row what the live system wrote.

Works while the system runs: a case that moved on meanwhile keeps its newer row. Rows that are right
already are not touched.
"""

from dataclasses import dataclass
from typing import Any

import orjson

from domain.events import Event
from domain.sealing import CASE as STAFF
from domain.values import REPORTER
from store import bulk, open_questions, views
from store.bulk import Folded
from store.database import Connection
from store.events_of import opening_of
from store.folds import CASE
from store.keys import KeyRing
from store.statements import VIEW_COLUMNS
from store.trees import Trees

PAGE = 500
"""Cases read, folded and written at a time: some megabytes."""
CASES = """
select e.case_id, (select version from cases c where c.case_id = e.case_id) as shown
from (select case_id from events where version = 1 and kind = 'case.registered' and case_id > $1
      and ($2::text is null or case_id <= $2) order by case_id limit $3) e
order by e.case_id
"""
OPENED = frozenset({"case.registered", "case.reclassified"})
"""The events whose words stand in a view."""

_NAMES = ", ".join(VIEW_COLUMNS)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in VIEW_COLUMNS if name != "case_id")
_QUESTIONS = open_questions.NAMES.split(", ")
_QUESTION_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _QUESTIONS)


def _row(alias: str, names: tuple[str, ...] | list[str]) -> str:
    return f"row({', '.join(f'{alias}.{name}' for name in names)})"


REPLACE = f"""
with r as materialized (select * from jsonb_populate_recordset(null::cases, $2::jsonb)),
 s as materialized (select * from jsonb_to_recordset($1::jsonb) as s(unit_id text, case_id text)),
 gone as (
  delete from case_units u using r where u.case_id = r.case_id and not exists (
    select from events e where e.case_id = u.case_id and e.version > r.version) and not exists (
    select from s where s.unit_id = u.unit_id and s.case_id = u.case_id) returning 1),
 seen as (
  insert into case_units (unit_id, case_id) select unit_id, case_id from s where not exists (
    select from case_units u where u.unit_id = s.unit_id and u.case_id = s.case_id)
  on conflict do nothing returning 1),
 put as (
  insert into cases ({_NAMES}) select {_NAMES} from r where not exists (
    select from cases c where c.case_id = r.case_id
    and {_row("c", VIEW_COLUMNS)} is not distinct from {_row("r", VIEW_COLUMNS)})
  on conflict (case_id) do update set {_CHANGES}
  where cases.version <= excluded.version
     or cases.version = ($3::jsonb ->> cases.case_id)::int returning 1)
select (select count(*) from put), (select count(*) from gone) + (select count(*) from seen)
"""  # noqa: S608 - the names are constants


REPLACE_QUESTIONS = f"""
with shown as materialized (
  select * from jsonb_to_recordset($2::jsonb) as r(case_id text, version int) where
  not exists (select from events e where e.case_id = r.case_id and e.version > r.version)),
 asked as materialized (
  select * from jsonb_to_recordset($1::jsonb) as r({open_questions.COLUMNS})),
 gone as (
  delete from open_questions q using shown s where q.case_id = s.case_id and not exists (
    select from asked a where a.case_id = q.case_id and a.clock_id = q.clock_id) returning 1),
 put as (
  insert into open_questions ({open_questions.NAMES})
  select {open_questions.NAMES} from asked a where case_id in (select case_id from shown)
  and not exists (select from open_questions q
    where q.case_id = a.case_id and q.clock_id = a.clock_id
    and {_row("q", _QUESTIONS)} is not distinct from {_row("a", _QUESTIONS)})
  on conflict (case_id, clock_id) do update set {_QUESTION_CHANGES} returning 1)
select (select count(*) from put) + (select count(*) from gone)
"""  # noqa: S608 - the names are constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What of a table was made anew: from how many streams and events; rows that were put right."""

    streams: int = 0
    events: int = 0
    mended: int = 0

    def __add__(self, other: "Made") -> "Made":
        return Made(
            streams=self.streams + other.streams,
            events=self.events + other.events,
            mended=self.mended + other.mended,
        )


@dataclass(slots=True)
class Rebuilder:
    """Rebuilds the views of cases page by page, over whatever connection it was given."""

    connection: Connection
    ring: KeyRing
    trees: Trees

    @classmethod
    def on(cls, connection: Connection, ring: KeyRing) -> "Rebuilder":
        """A rebuilder with nothing read yet."""
        return cls(connection, ring, Trees())

    async def page(
        self, after: str, upto: str | None = None, size: int = PAGE
    ) -> tuple[list[str], Made]:
        """Rebuild the next cases in id order; their ids, none at the end, and what was done."""
        # The rows are read before the events: one beyond them is no case that moved on, but damage.
        found = await self.connection.fetch(CASES, after, upto, size)
        if not found:
            return [], Made()
        shown = dict(found)
        streams = await self.read(list(shown))
        rows: list[views.Row] = []
        units: list[views.Row] = []
        asked: list[views.Row] = []
        for case_id, events in streams.items():
            folded = Folded(CASE, case_id, events)
            rows.append(_case_row(folded))
            asked += open_questions.standing(folded.state)
            seen = await self._units(folded.events)
            units += [{"unit_id": unit, "case_id": case_id} for unit in sorted(seen)]
        impossible = {
            row["case_id"]: shown[row["case_id"]]
            for row in rows
            if (shown[row["case_id"]] or 0) > row["version"]
        }
        mended = await self._write(rows, units, asked, impossible)
        count = sum(map(len, streams.values()))
        return list(shown), Made(streams=len(rows), events=count, mended=mended)

    async def read(self, ids: list[str]) -> dict[str, list[Any]]:
        """The events of those cases, in the clear as far as a view shows them."""
        return await bulk.streams(
            self.connection, ids, self.ring, opened=OPENED, subjects=(REPORTER, STAFF)
        )

    async def _write(
        self,
        rows: list[views.Row],
        units: list[views.Row],
        asked: list[views.Row],
        impossible: views.Row,
    ) -> int:
        cases, seen = await self.connection.fetchrow(
            REPLACE, _json(units), _json(rows), _json(impossible)
        )
        versions = [{"case_id": row["case_id"], "version": row["version"]} for row in rows]
        questions = await self.connection.fetchval(REPLACE_QUESTIONS, _json(asked), _json(versions))
        return int(cases + seen + questions)

    async def orphans(self) -> int:
        """Remove rows no event speaks of; how many there were."""
        gone = await self.connection.fetchval(
            """with gone as (delete from cases c where not exists
                 (select from events e where e.case_id = c.case_id) returning case_id),
               units as (delete from case_units u where not exists
                 (select from events e where e.case_id = u.case_id)),
               asked as (delete from open_questions q where not exists
                 (select from events e where e.case_id = q.case_id))
               select count(*) from gone"""
        )
        return int(gone)

    async def _units(self, events: tuple[Event, ...]) -> frozenset[str]:
        """Every unit that ever had or was asked about the case, by the tree of that moment."""
        seen: frozenset[str] = frozenset()
        version = opening_of(events).versions.organisation
        for event in events:
            version = getattr(event, "organisation", "") or version
            if isinstance(event, views.GIVES_SIGHT):
                seen |= views.units_seen((event,), await self.trees.at(self.connection, version))
        return seen


def _case_row(folded: Folded[Any, Any]) -> views.Row:
    fixed = {**views.opening(opening_of(folded.events)), **views.moved(folded.events)}
    return views.row(folded.state, fixed)


def _json(value: list[views.Row] | views.Row) -> str:
    return orjson.dumps(value).decode()
