"""The ledger of the scores made of all events at once, from the journal alone, in bounded memory.

Events stream out of PostgreSQL into files, cases whole in one part; then part by part the engines
make the postings, by the same statements as of a few. Writes nothing to the database.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine import URL

from domain.streams import BEGINNINGS, NAMED
from store.arrow import Rows
from store.database import Connection
from store.scores.columns import POSTING
from store.scores.engine import TYPES, Engine
from store.scores.kinds import events
from store.scores.writing import COUNTED, GROUPED

PART = 200_000
"""Events made into postings at a time, about, by each engine."""
ENGINES = 2
"""As many parts are made at a time, on one processor each: two statements at once are done sooner
than one that is shared between two processors, for making plans is not shared.
"""
FLUSHED = 8_192
"""Rows of a part kept in memory while it is read: there are many parts."""
PATIENCE = 0.05
"""Seconds between telling an engine to stop and looking whether it has."""

_POSTING = (
    dict.fromkeys(POSTING, "VARCHAR")
    | dict.fromkeys(("helpers", *COUNTED, "round"), "SMALLINT")
    | dict.fromkeys(("version", "part", "corrects"), "INTEGER")
    | dict.fromkeys(("counted_at", "known_at"), "TIMESTAMPTZ")
    | dict.fromkeys(("proactive", "imported"), "BOOLEAN")
)
_OTHERS = " and ".join(
    [f"case_id <> '{name}'" for name in NAMED]
    + [f"case_id not like '{beginning}%'" for beginning in BEGINNINGS]
)
EVENTS = events(_OTHERS)
KEPT = f"select {', '.join(POSTING)} from score_postings"  # noqa: S608 - constants
MOST = "select coalesce(max(position), 0) from events"
"""As many as there are events, or more: positions have gaps. Counting takes seconds."""
_DAY = (
    {"day": "DATE"} | {name: _POSTING[name] for name in GROUPED} | dict.fromkeys(COUNTED, "INTEGER")
)
DAYS = f"select {', '.join(_DAY)} from score_days"  # noqa: S608 - constants
TABLES = {"events": TYPES, "kept": _POSTING, "days": _DAY}
_SUMS = ", ".join(f"sum({name})::integer as {name}" for name in COUNTED)
_BY_DAY = f"""
select (counted_at at time zone '{{zone}}')::date as day, {", ".join(GROUPED)}, {_SUMS}
from {{source}} group by all"""  # noqa: S608 - constants


@dataclass(slots=True)
class Whole:
    """A journal read into files of `folder`, of which each engine makes one part at a time."""

    folder: Path
    parts: int
    memory: int
    engines: tuple[Engine, ...]
    _url: URL
    _snapshot: str
    _jobs: set[asyncio.Task[None]] = field(default_factory=set)
    _sums: int = 0

    async def read_events(self) -> None:
        """Take all events of cases out of the journal."""
        await self._read(EVENTS, "events")

    async def read_kept(self) -> None:
        """Take all of the ledger that is kept out of the database."""
        await self._read(KEPT, "kept")

    async def read_days(self) -> None:
        """Take all sums by day that are kept."""
        await self._read(DAYS, "days", key="unit_id")

    async def made(self, *, kept: bool = False) -> AsyncIterator[Engine]:
        """Part after part: the engine whose tables `events` and `postings` are of it, and `kept`
        of what is kept of its cases. It is the caller's until the next one is asked for, while
        the others go on; in no order.
        """
        parts = iter(range(self.parts))
        making: dict[asyncio.Task[None], Engine] = {}

        def begin(engine: Engine) -> None:
            if (part := next(parts, None)) is not None:
                work = self.apart(engine, lambda: self._make(engine, part, kept=kept))
                making[asyncio.create_task(work)] = engine
                self._jobs.update(making)

        for engine in self.engines:
            begin(engine)
        while making:
            done, _ = await asyncio.wait(making, return_when=asyncio.FIRST_COMPLETED)
            for job in done:
                engine = making.pop(job)
                self._jobs.discard(job)
                job.result()
                yield engine
                begin(engine)

    async def apart(self, engine: Engine, work: Callable[[], None]) -> None:
        """Do something with that engine, while the loop goes on; cancelled, it ends at once."""
        await _apart(work, engine.connection.interrupt)

    def add_sums(self, engine: Engine, source: str, zone: str) -> None:
        """Add up a table of postings by unit and day of that zone, and keep that."""
        query = _BY_DAY.format(source=source, zone=zone)
        target = self._folder("sums") / f"{self._sums}.parquet"
        engine.connection.execute(f"copy ({query}) to '{target}' (format parquet)")
        self._sums += 1

    def load_days(self, engine: Engine) -> None:
        """Make the tables `made_days` of all sums that were added, `kept_days` of those read."""
        self._load(engine, "days", "*", "kept_days")
        names, files = ", ".join(("day", *GROUPED)), self.folder / "sums" / "*.parquet"
        made = f"select {names}, {_SUMS} from read_parquet('{files}') group by all"  # noqa: S608 - our own folder
        if not self._sums:
            made = "from kept_days where false"
        engine.connection.execute(f"create or replace temp table made_days as {made}")

    async def end(self) -> None:
        """Stop what is being made, and wait for it."""
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def _make(self, engine: Engine, part: int, *, kept: bool) -> None:
        engine.forget()
        if kept:
            self._load(engine, "kept", part)
        self._load(engine, "events", part)
        engine.post()

    def _load(self, engine: Engine, name: str, part: int | str, table: str = "") -> None:
        files = f"{name}/piece={part}/*.parquet"
        what = f"select * exclude (piece) from read_parquet('{self.folder / files}')"  # noqa: S608 - our own folder
        if not any(self.folder.glob(files)):
            types = TABLES[name].items()
            nothing = ", ".join(f"null::{kind} as {column}" for column, kind in types)
            what = f"select {nothing} where false"
        engine.connection.execute(f"create or replace temp table {table or name} as {what}")

    async def _read(self, query: str, name: str, key: str = "case_id") -> None:
        """What is read is written in parts at the same time, and nothing twice."""
        statement = f"""copy (select *, hash({key}) % {self.parts} as piece from rows)
         to '{self.folder / name}' (format parquet, compression lz4_raw, partition_by (piece))"""  # noqa: S608 - constants and our own folder
        rows = Rows(self._url, query, self._snapshot)
        with Engine(memory=f"{self.memory}MB", spill=f"{self.folder}/spill") as engine:
            engine.connection.execute(f"set partitioned_write_flush_threshold = {FLUSHED}")

            def stop() -> None:
                rows.stop()
                engine.connection.interrupt()

            await _apart(lambda: rows.read(engine.connection, statement), stop)


@asynccontextmanager
async def whole(
    connection: Connection, url: URL, *, snapshot: str = "", memory: int = 800, size: int = PART
) -> AsyncIterator[Whole]:
    """Room for the journal of that address; files that only this user reads, gone at the end.

    `snapshot` is one that the connection exported, and is read from; `memory` is in megabytes.
    """
    parts = await connection.fetchval(MOST) // size + 1
    with TemporaryDirectory(prefix="shouwen-scores-") as name, ExitStack() as stack:
        share = f"{memory // ENGINES}MB"
        made = [Engine(threads=1, memory=share, spill=f"{name}/{n}") for n in range(ENGINES)]
        engines = tuple(stack.enter_context(engine) for engine in made)
        found = Whole(Path(name), parts, memory, engines, url, snapshot)
        try:
            yield found
        finally:
            await found.end()


async def _apart(work: Callable[[], None], stop: Callable[[], None]) -> None:
    """Do it in a thread. If nobody waits for it any more it is stopped, and over on return."""
    job = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        await asyncio.shield(job)
    except asyncio.CancelledError:
        while not job.done():
            stop()  # again and again: between two statements there is nothing to stop
            with suppress(asyncio.CancelledError):
                await asyncio.wait([job], timeout=PATIENCE)
        job.exception()
        raise


def count(engine: Engine, table: str) -> int:
    """How many rows a table of the engine's has."""
    found = engine.connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - a name of ours
    return 0 if found is None else int(found[0])


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
