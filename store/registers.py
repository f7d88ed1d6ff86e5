"""Registers made anew from the journal alone, while the system runs. A register is a table with one
row for each stream of a noun; what stands in it, the noun's own module of the store knows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from store import admissions, bulk, erasures, reports, visits
from store.bulk import Folded
from store.database import Connection
from store.folds import ADMISSION, ERASURE, REPORT, VISIT, Fold
from store.keys import KeyRing
from store.rebuild import Made
from store.views import Row

STREAMS = """
select case_id from events where version = 1 and kind = $1 and case_id > $2
order by case_id limit $3
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A table, the column that names its streams, and what one of them begins with."""

    table: str
    stream: str
    opening: str
    fold: Fold[Any, Any]
    row: Callable[[Any], Row]
    names: str
    columns: str
    changes: str

    @property
    def shown(self) -> str:
        """The rows of some streams, with the versions they stand for."""
        return f"select {self.stream}, version from {self.table} where {self.stream} = any($1)"  # noqa: S608 - constants

    @property
    def orphans(self) -> str:
        """Rows of streams there are not are taken away."""
        return f"""delete from {self.table} t
            where not exists (select from events e where e.case_id = t.{self.stream})"""  # noqa: S608 - constants

    @property
    def replace(self) -> str:
        """The rows that are not right already, but no newer one is put back; $2 holds versions that
        no stream has come to. Gives how many there were.
        """
        ours, theirs = (
            ", ".join(f"{alias}.{name}" for name in self.names.split(", ")) for alias in "tr"
        )
        return f"""
            with put as (
              insert into {self.table} ({self.names}) select {self.names}
              from jsonb_to_recordset($1::jsonb) as r({self.columns}) where not exists (
                select from {self.table} t where t.{self.stream} = r.{self.stream}
                and row({ours}) is not distinct from row({theirs}))
              on conflict ({self.stream}) do update set {self.changes}
              where {self.table}.version <= excluded.version
                 or {self.table}.version = ($2::jsonb ->> {self.table}.{self.stream})::int
              returning 1)
            select count(*) from put"""  # noqa: S608 - constants


REGISTERS = (
    Register(
        table="admissions",
        stream="admission_id",
        opening="admission.applied",
        fold=ADMISSION,
        row=admissions.row,
        names=admissions.NAMES,
        columns=admissions.COLUMNS,
        changes=admissions.CHANGES,
    ),
    Register(
        table="visits",
        stream="visit_id",
        opening="visit.recorded",
        fold=VISIT,
        row=visits.row,
        names=visits.NAMES,
        columns=visits.COLUMNS,
        changes=visits.CHANGES,
    ),
    Register(
        table="erasures",
        stream="erasure_id",
        opening="erasure.requested",
        fold=ERASURE,
        row=erasures.row,
        names=erasures.NAMES,
        columns=erasures.COLUMNS,
        changes=erasures.CHANGES,
    ),
    Register(
        table="reports",
        stream="report_id",
        opening="report.written",
        fold=REPORT,
        row=reports.row,
        names=reports.NAMES,
        columns=reports.COLUMNS,
        changes=reports.CHANGES,
    ),
)


async def rebuild_register(
    connection: Connection, register: Register, ring: KeyRing, size: int = 500
) -> Made:
    """Rebuild every row."""
    await connection.execute(register.orphans)
    made, after = Made(), ""
    while rows := await connection.fetch(STREAMS, register.opening, after, size):
        found = [row["case_id"] for row in rows]
        made += await _page(connection, register, ring, found)
        after = found[-1]
    return made


async def _page(
    connection: Connection, register: Register, ring: KeyRing, streams: list[str]
) -> Made:
    # The rows are read before the events: one beyond them is no stream that moved on, but damage.
    shown = dict(await connection.fetch(register.shown, streams))
    found = await bulk.streams(connection, streams, ring)
    states = [Folded(register.fold, each, events).state for each, events in found.items()]
    versions = {stream: len(events) for stream, events in found.items()}
    impossible = {s: shown[s] for s in streams if shown.get(s, 0) > versions[s]}
    mended = await connection.fetchval(
        register.replace,
        orjson.dumps([register.row(state) for state in states]).decode(),
        orjson.dumps(impossible).decode(),
    )
    return Made(streams=len(streams), events=sum(versions.values()), mended=mended)
