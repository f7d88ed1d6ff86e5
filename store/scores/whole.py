"""The ledger of the scores made of all events at once, from the journal alone, in bounded memory.

Events stream out of PostgreSQL into files, cases whole in one part; then part by part the engine
makes the postings, by the same statements as of a few. Writes nothing to the database.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol, cast

from domain.streams import BEGINNINGS, NAMED
from store.database import Connection
from store.scores.columns import EVENT, POSTING
from store.scores.engine import Engine
from store.scores.writing import COUNTED, GROUPED

PART = 500_000
"""Events made into postings at a time, about."""
FLUSHED = 16_384
"""Rows of a part kept in memory while it is read: there are many parts."""
LONG = 3_600.0
"""Seconds in which the whole journal is read."""
BUFFER = 1 << 20

_EVENT = dict.fromkeys(EVENT, "VARCHAR") | {
    "version": "INTEGER",
    "occurred_at": "TIMESTAMPTZ",
    "recorded_at": "TIMESTAMPTZ",
}
_POSTING = (
    dict.fromkeys(POSTING, "VARCHAR")
    | dict.fromkeys(("helpers", *COUNTED, "round"), "SMALLINT")
    | dict.fromkeys(("version", "part", "corrects"), "INTEGER")
    | dict.fromkeys(("counted_at", "known_at"), "TIMESTAMPTZ")
    | dict.fromkeys(("proactive", "imported"), "BOOLEAN")
)
_OTHERS = " and ".join(
    [f"case_id <> '{name}'" for name in NAMED]
    + [f"not starts_with(case_id, '{beginning}')" for beginning in BEGINNINGS]
)
UNREAD = ("text", "title", "reporter", "location", "evidence", "receipt_hash", "versions")
"""Fields that no score is made of, and that are most of an event's bytes."""
LARGE = 250
"""Bytes from which on leaving out costs PostgreSQL less than sending everything."""
UNREAD_OF_CLOCKS = (
    *("marks", "basis", "policy", "calendar", "carried", "consumed", "allowance"),
    *("unpublished", "started_at", "running_from"),
)
_LESS = f"data - '{{{', '.join(UNREAD)}}}'::text[]"
_CLOCKS = f"""coalesce((select jsonb_agg(c - '{{{", ".join(UNREAD_OF_CLOCKS)}}}'::text[])
 from jsonb_array_elements(data -> 'clocks') c), '[]')"""  # noqa: S608 - constants
_DATA = f"""case when pg_column_size(data) <= {LARGE} then data
 when jsonb_typeof(data -> 'clocks') is distinct from 'array' then {_LESS}
 else jsonb_set({_LESS}, '{{clocks}}', {_CLOCKS}) end as data"""
_COLUMNS = ", ".join(_DATA if name == "data" else name for name in EVENT)
EVENTS = f"select {_COLUMNS} from events where {_OTHERS}"  # noqa: S608 - constants
KEPT = f"select {', '.join(POSTING)} from score_postings"  # noqa: S608 - constants
COUNT = "select count(*) from events"
_DAY = (
    {"day": "DATE"} | {name: _POSTING[name] for name in GROUPED} | dict.fromkeys(COUNTED, "INTEGER")
)
DAYS = f"select {', '.join(_DAY)} from score_days"  # noqa: S608 - constants
_SUMS = ", ".join(f"sum({name})::integer as {name}" for name in COUNTED)
_BY_DAY = f"""
select (counted_at at time zone '{{zone}}')::date as day, {", ".join(GROUPED)}, {_SUMS}
from {{source}} group by all"""  # noqa: S608 - constants


class Copying(Protocol):
    """What a connection does beyond statements: rows as text, as fast as they come."""

    async def copy_from_query(
        self,
        query: str,
        *,
        output: BinaryIO,
        format: str,  # noqa: A002 - asyncpg's
        timeout: float,  # noqa: ASYNC109 - asyncpg's
    ) -> str:
        """Write what the query gives to a file."""


@dataclass(slots=True)
class Whole:
    """A journal read into files of `folder`, of which one part at a time is made into postings."""

    engine: Engine
    folder: Path
    parts: int

    async def read_events(self, connection: Connection) -> None:
        """Take all events of cases out of the journal."""
        await self._read(connection, EVENTS, "events", _EVENT)

    async def read_kept(self, connection: Connection) -> None:
        """Take all of the ledger that is kept out of the database."""
        await self._read(connection, KEPT, "kept", _POSTING)

    async def read_days(self, connection: Connection) -> None:
        """Make the table `kept_days` of all sums by day that are kept."""
        await self._read(connection, DAYS, "days", _DAY, key="unit_id")
        await asyncio.to_thread(self._load, "days", "*", _DAY, "kept_days")

    def make(self, part: int) -> None:
        """Make the table `postings` of that part's events; takes a while."""
        self._load("events", part, _EVENT)
        self.engine.post()

    def load(self, part: int) -> None:
        """Make the same, and the table `kept` of what is kept of that part's cases."""
        self._load("kept", part, _POSTING)
        self.make(part)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        found = self.engine.connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - a name of ours
        return 0 if found is None else int(found[0])

    def sums(self, source: str, zone: str) -> str:
        """The query for the sums of a table of postings by unit and day of that zone."""
        return _BY_DAY.format(source=source, zone=zone)

    def _load(self, name: str, part: int | str, types: Mapping[str, str], table: str = "") -> None:
        files = f"{name}/piece={part}/*.parquet"
        what = f"select * exclude (piece) from read_parquet('{self.folder / files}')"  # noqa: S608 - our own folder
        if not any(self.folder.glob(files)):
            nothing = ", ".join(f"null::{kind} as {column}" for column, kind in types.items())
            what = f"select {nothing} where false"
        self.engine.connection.execute(f"create or replace temp table {table or name} as {what}")

    async def _read(
        self,
        connection: Connection,
        query: str,
        name: str,
        types: Mapping[str, str],
        key: str = "case_id",
    ) -> None:
        """Through a pipe: what is read is written in parts at the same time, and nothing twice."""
        outlet, inlet = os.pipe()
        job = asyncio.create_task(asyncio.to_thread(self._part, outlet, name, types, key))
        try:
            with open(inlet, "wb", BUFFER) as sink:  # noqa: ASYNC230, PTH123 - a pipe
                await cast("Copying", connection).copy_from_query(
                    query, output=sink, format="csv", timeout=LONG
                )
        finally:
            await job

    def _part(self, outlet: int, name: str, types: Mapping[str, str], key: str) -> None:
        columns = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
        query = f"""copy (select *, hash({key}) % {self.parts} as piece from
         read_csv('/dev/fd/{outlet}', auto_detect = false, header = false, delim = ',',
          quote = '"', escape = '"', allow_quoted_nulls = false, columns = {{{columns}}}))
         to '{self.folder / name}' (format parquet, compression lz4_raw, partition_by (piece))"""  # noqa: S608 - constants and our own folder
        try:
            self.engine.connection.execute(query)
        finally:
            os.close(outlet)  # whoever still writes is told, and does not wait for ever


@asynccontextmanager
async def whole(
    connection: Connection, *, memory: str = "1GB", size: int = PART
) -> AsyncIterator[Whole]:
    """Room for a journal of that size; files that only this user reads, gone at the end."""
    events = await connection.fetchval(COUNT)
    with (
        TemporaryDirectory(prefix="shouwen-scores-") as name,
        Engine(memory=memory, spill=f"{name}/spill") as engine,
    ):
        engine.connection.execute(f"set partitioned_write_flush_threshold = {FLUSHED}")
        yield Whole(engine, Path(name), events // size + 1)


def shown(names: Iterable[str]) -> str:
    """Columns to be read here: moments as text, since times would need one more package."""
    moments = {"counted_at", "known_at", "day"}
    return ", ".join(f"{name}::varchar as {name}" if name in moments else name for name in names)


def rows_of(engine: Engine, query: str, size: int) -> Iterator[list[dict[str, object]]]:
    """What a query of the engine's gives, so many rows at a time."""
    found = engine.connection.execute(query)
    names = [column[0] for column in found.description or ()]
    while some := found.fetchmany(size):
        yield [dict(zip(names, row, strict=True)) for row in some]
