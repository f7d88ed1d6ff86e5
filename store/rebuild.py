"""The views made anew from the journal alone; row for row what the live system wrote.

Works while the system runs: a case that moved on meanwhile keeps its newer row.
"""

from dataclasses import dataclass

import orjson

from domain.organisation import Organisation
from store import books, open_questions, reading, rebuild_money, spans, views
from store.database import Connection
from store.events_of import opening_of
from store.keys import KeyRing
from store.registers import REGISTERS, rebuild_register
from store.statements import VIEW_COLUMNS

CASES = """
select e.case_id, (select version from cases c where c.case_id = e.case_id) as shown
from (select case_id from events where version = 1 and kind = 'case.registered' and case_id > $1
      order by case_id limit $2) e
order by e.case_id
"""

_NAMES = ", ".join(VIEW_COLUMNS)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in VIEW_COLUMNS if name != "case_id")
_QUESTION_CHANGES = ", ".join(
    f"{name} = excluded.{name}" for name in open_questions.NAMES.split(", ")
)
REPLACE = f"""
with gone as (
  delete from case_units u using jsonb_to_recordset($2::jsonb) as r(case_id text, version int)
  where u.case_id = r.case_id and not exists (
    select from events e where e.case_id = u.case_id and e.version > r.version) and not exists (
    select from jsonb_to_recordset($1::jsonb) as s(unit_id text, case_id text)
    where s.unit_id = u.unit_id and s.case_id = u.case_id)),
 seen as (
  insert into case_units (unit_id, case_id) select unit_id, case_id
  from jsonb_to_recordset($1::jsonb) as s(unit_id text, case_id text) on conflict do nothing)
insert into cases ({_NAMES}) select {_NAMES}
from jsonb_populate_recordset(null::cases, $2::jsonb)
on conflict (case_id) do update set {_CHANGES}
where cases.version <= excluded.version or cases.version = ($3::jsonb ->> cases.case_id)::int
"""  # noqa: S608 - the names are constants


REPLACE_QUESTIONS = f"""
with shown as (select * from jsonb_to_recordset($2::jsonb) as r(case_id text, version int) where
  not exists (select from events e where e.case_id = r.case_id and e.version > r.version)),
 asked as (select * from jsonb_to_recordset($1::jsonb) as r({open_questions.COLUMNS})),
 gone as (
  delete from open_questions q using shown s where q.case_id = s.case_id and not exists (
    select from asked a where a.case_id = q.case_id and a.clock_id = q.clock_id))
insert into open_questions ({open_questions.NAMES})
select {open_questions.NAMES} from asked where case_id in (select case_id from shown)
on conflict (case_id, clock_id) do update set {_QUESTION_CHANGES}
"""  # noqa: S608 - the names are constants


@dataclass(slots=True)
class Rebuilder:
    """Rebuilds views page by page; keeps each version of the organisation it needs."""

    connection: Connection
    ring: KeyRing
    _organisations: dict[str, Organisation]

    @classmethod
    def on(cls, connection: Connection, ring: KeyRing) -> "Rebuilder":
        """A rebuilder with nothing read yet."""
        return cls(connection, ring, {})

    async def page(self, after: str, size: int = 200) -> list[str]:
        """Rebuild the next cases in id order; their ids, none at the end."""
        found = await self.connection.fetch(CASES, after, size)
        rows: list[views.Row] = []
        units: list[views.Row] = []
        asked: list[views.Row] = []
        impossible: views.Row = {}
        for case_id, shown in found:
            row, seen, questions = await self._case(case_id)
            rows.append(row)
            asked += questions
            units += [{"unit_id": unit, "case_id": case_id} for unit in sorted(seen)]
            if shown is not None and shown > row["version"]:
                # The row was read before the events: this is no case that moved on, it is damage.
                impossible[case_id] = shown
        if found:
            await self.connection.execute(REPLACE, _json(units), _json(rows), _json(impossible))
            await self.connection.execute(REPLACE_QUESTIONS, _json(asked), _json(rows))
        return [case_id for case_id, _ in found]

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

    async def _case(self, case_id: str) -> tuple[views.Row, frozenset[str], list[views.Row]]:
        history = await reading.history(self.connection, case_id, self.ring)
        if history is None:
            raise LookupError(case_id)
        events = tuple(line.event for line in history.lines)
        seen: frozenset[str] = frozenset()
        opening = opening_of(events)
        version = opening.versions.organisation
        for event in events:
            version = getattr(event, "organisation", "") or version
            if isinstance(event, views.GIVES_SIGHT):
                seen |= views.units_seen((event,), await self._organisation(version))
        fixed = {**views.opening(opening), **views.moved(events)}
        return views.row(history.case, fixed), seen, open_questions.standing(history.case)

    async def _organisation(self, version: str) -> Organisation:
        if version not in self._organisations:
            self._organisations[version] = await books.organisation(self.connection, version)
        return self._organisations[version]


async def rebuild_all(connection: Connection, ring: KeyRing) -> int:
    """Rebuild every case, the register of admissions and the visits; how many cases there are."""
    rebuilder = Rebuilder.on(connection, ring)
    await rebuilder.orphans()
    count, after = 0, ""
    while found := await rebuilder.page(after):
        count, after = count + len(found), found[-1]
    for register in REGISTERS:
        await rebuild_register(connection, register, ring)
    await rebuild_money.rebuild_sums(connection)
    await spans.rebuild(connection)
    return count


def _json(value: list[views.Row] | views.Row) -> str:
    return orjson.dumps(value).decode()
