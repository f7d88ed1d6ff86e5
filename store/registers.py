"""Registers made anew from the journal alone, while the system runs. A register is a table with one
row for each stream of a noun; what stands in it, the noun's own module of the store knows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from store import admissions, erasures, reading, visits
from store.database import Connection
from store.folds import ADMISSION, ERASURE, VISIT, Fold
from store.keys import KeyRing
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
        """The rows, but no newer one is put back; $2 holds versions that no stream has come to."""
        return f"""
            insert into {self.table} ({self.names}) select {self.names}
            from jsonb_to_recordset($1::jsonb) as r({self.columns})
            on conflict ({self.stream}) do update set {self.changes}
            where {self.table}.version <= excluded.version
               or {self.table}.version = ($2::jsonb ->> {self.table}.{self.stream})::int"""  # noqa: S608 - constants


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
)


async def rebuild_register(
    connection: Connection, register: Register, ring: KeyRing, size: int = 200
) -> int:
    """Rebuild every row; how many streams there are."""
    await connection.execute(register.orphans)
    count, after = 0, ""
    while rows := await connection.fetch(STREAMS, register.opening, after, size):
        found = [row["case_id"] for row in rows]
        await _page(connection, register, ring, found)
        count, after = count + len(found), found[-1]
    return count


async def _page(
    connection: Connection, register: Register, ring: KeyRing, streams: list[str]
) -> None:
    there = await connection.fetch(register.shown, streams)
    shown = {row[register.stream]: row["version"] for row in there}
    rows: list[Row] = []
    impossible: Row = {}
    for stream in streams:
        past = await reading.past(connection, register.fold, stream, ring)
        if past is None:
            raise LookupError(stream)
        rows.append(register.row(past.state))
        if shown.get(stream, 0) > past.state.version:
            # The row was read before the events: it did not move on, it is damage.
            impossible[stream] = shown[stream]
    await connection.execute(
        register.replace, orjson.dumps(rows).decode(), orjson.dumps(impossible).decode()
    )
