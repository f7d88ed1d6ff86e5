"""The journal read from end to end in `seq` order, from one snapshot, in bounded memory. No more
than reading: what is shown of an event, and in what form, is the caller's.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol, cast

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.streams import BEGINNINGS, NAMED, Noun, noun_of
from store import codec, log, reading
from store.codec import NOBODY, AnyEvent, Stored, Subjects
from store.database import IN_ORDER, Connection, raw
from store.journal import open_keys
from store.keys import KeyRing
from store.reading import History, Record

PAGE = 200
"""Events decoded at a time: some milliseconds, in which nobody else is answered."""
STREAMS = 20
"""Streams read whole at a time."""
LONG = 900.0
"""Seconds for which a count or a first page may look through the whole journal."""

COLUMNS = """e.case_id, e.version, e.kind, e.schema, e.data, e.actor, e.post, e.unit,
 e.command_id, e.occurred_at, e.recorded_at, e.prev_hash, e.hash"""
SIGHT = """(select case_id from case_units where unit_id = any({units})
 union select case_id from cases where mediators && {posts}
 union select visit_id from visits where unit_id = any({below})
 union select admission_id from admissions)"""
OF_UNIT = """(select case_id from case_units where unit_id = {unit}
 union select visit_id from visits where unit_id = any({below}))"""
"""The streams that fit, all together: a count joins them at once."""
IN_SIGHT = """(
 exists (select from case_units s where s.case_id = e.case_id and s.unit_id = any({units}))
 or exists (select from cases s where s.case_id = e.case_id and s.mediators && {posts})
 or exists (select from visits s where s.visit_id = e.case_id and s.unit_id = any({below}))
 or exists (select from admissions s where s.admission_id = e.case_id))"""
AT_UNIT = """(
 exists (select from case_units s where s.case_id = e.case_id and s.unit_id = {unit})
 or exists (select from visits s where s.visit_id = e.case_id and s.unit_id = any({below})))"""
"""The same asked of one event after the other: what is read in order is not sorted first."""
LAST = "select coalesce(max(seq), 0), clock_timestamp() from event_sequence"
KEYS = """select case_id, subject, wrapped from subject_keys
 where case_id = any($1) and wrapped is not null"""
DISPUTES = """select case_id from events where case_id = any($1) and version = 1
 and kind = 'case.registered' and data ->> 'case_type' = 'dispute'"""


class Reading(Connection, Protocol):
    """A connection in a transaction of its own, with what a long read needs of it."""

    def transaction(self, *, isolation: str, readonly: bool) -> Any:  # noqa: ANN401 - asyncpg's
        """The block of a transaction."""

    async def fetchval(self, query: str, *args: object, timeout: float | None = None) -> Any:  # noqa: ANN401, ASYNC109 - asyncpg's own
        """The first column of the first row."""

    async def cursor(self, query: str, *args: object) -> Any:  # noqa: ANN401 - asyncpg's cursor
        """A cursor of the server's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What of the journal somebody may see: cases of units, and of panels; visits in subtrees."""

    units: Sequence[str]
    mediating: Sequence[str]
    below: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of the journal; None asks for all. `below` is the subtree of `unit`.

    Times are those of recording, `until` is not counted in.
    """

    sight: Sight | None = None
    since: datetime | None = None
    until: datetime | None = None
    unit: str | None = None
    below: Sequence[str] = ()
    kinds: Sequence[str] = ()
    streams: Sequence[str] | None = None
    cases_only: bool = False

    @property
    def picks(self) -> bool:
        """Whether it leaves out some events of a stream and not others."""
        return bool(self.since or self.until or self.kinds)

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An event with its number and its stream."""

    seq: int
    stream: str
    record: Record[Any]


@dataclass(slots=True)
class _Query:
    """What is wanted as one condition, with its arguments; the first is the snapshot's number."""

    where: str = "q.seq <= $1"
    args: list[object] = field(default_factory=list)

    def put(self, value: object) -> str:
        """The place of a further argument."""
        self.args.append(value)
        return f"${len(self.args) + 1}"

    def texts(self, values: Sequence[str]) -> str:
        """The place of a further list of texts."""
        return f"{self.put([*values])}::text[]"

    def only(self, condition: str) -> None:
        """One more condition."""
        self.where += f" and {condition}"

    def select(self, what: str, then: str = "") -> str:
        """The statement for those events."""
        return (
            f"select {what} from event_sequence q join events e using (position)"  # noqa: S608 - the conditions are constants
            f" where {self.where} {then}"
        )


def _query(wanted: Wanted, *, at_once: bool = False) -> _Query:
    """`at_once` for a count, which takes the streams that fit together."""
    query = _Query()
    if (sight := wanted.sight) is not None:
        units, posts = query.texts(sight.units), query.texts(sight.mediating)
        form = f"e.case_id in {SIGHT}" if at_once else IN_SIGHT
        query.only(form.format(units=units, posts=posts, below=query.texts(sight.below)))
    if wanted.unit is not None:
        form = f"e.case_id in {OF_UNIT}" if at_once else AT_UNIT
        query.only(form.format(unit=query.put(wanted.unit), below=query.texts(wanted.below)))
    if wanted.since is not None:
        query.only(f"e.recorded_at >= {query.put(wanted.since)}")
    if wanted.until is not None:
        query.only(f"e.recorded_at < {query.put(wanted.until)}")
    if wanted.kinds:
        query.only(f"e.kind = any({query.texts(wanted.kinds)})")
    if wanted.streams is not None:
        query.only(f"e.case_id = any({query.texts(wanted.streams)})")
    if wanted.cases_only:
        query.only(f"e.case_id <> all({query.texts([*NAMED])})")
        for beginning in BEGINNINGS:
            query.only(f"not starts_with(e.case_id, {query.put(beginning)})")
    return query


@dataclass(slots=True)
class Snapshot:
    """The journal as it stood at one moment, up to the number `last`."""

    connection: Reading
    ring: KeyRing
    last: int
    at: datetime

    async def origin(self) -> str:
        """The log's name, by which its events are told from another system's; empty without one."""
        found = await log.about(self.connection, self.ring)
        return "" if found is None else found.origin

    async def count(self, wanted: Wanted) -> int:
        """How many events there are."""
        if wanted.everything:
            return self.last
        query = _query(wanted, at_once=True)
        statement = query.select("count(*)")
        return int(await self.connection.fetchval(statement, self.last, *query.args, timeout=LONG))

    async def events(self, wanted: Wanted) -> AsyncIterator[list[Placed]]:
        """The events in `seq` order, page by page, opened as far as their keys exist."""
        query = _query(wanted)
        statement = query.select(f"q.seq, {COLUMNS}", "order by q.seq")
        async for rows in self._pages(wanted, PAGE, statement, *query.args):
            yield await self._opened(rows)

    async def openings(self, wanted: Wanted) -> AsyncIterator[list[Placed]]:
        """The first event of every stream that has one of those events, in `seq` order."""
        query = _query(replace(wanted, since=None, until=None, kinds=()))
        query.only("e.version = 1")
        statement = query.select(f"q.seq, {COLUMNS}", "order by q.seq")
        async for rows in self._pages(wanted, STREAMS, statement, *query.args):
            have = await self._having(wanted, [row["case_id"] for row in rows])
            yield await self._opened([row for row in rows if row["case_id"] in have])

    async def begun(self, wanted: Wanted) -> AsyncIterator[list[str]]:
        """The streams that have one of those events, in the order in which they began."""
        query = _query(replace(wanted, since=None, until=None, kinds=()))
        query.only("e.version = 1")
        statement = query.select("e.case_id", "order by q.seq")
        async for rows in self._pages(wanted, STREAMS, statement, *query.args):
            streams = [row["case_id"] for row in rows]
            have = await self._having(wanted, streams)
            yield [stream for stream in streams if stream in have]

    async def sealed(self, streams: Sequence[str]) -> list[Placed]:
        """Every event of a few streams in their order; what is sealed reads as erased."""
        query = _query(Wanted(streams=streams))
        statement = query.select(f"q.seq, {COLUMNS}", "order by e.case_id, e.version")
        rows = await self.connection.fetch(statement, self.last, *query.args)
        return [_placed(row, NOBODY) for row in rows]

    async def _having(self, wanted: Wanted, streams: Sequence[str]) -> set[str]:
        if not wanted.picks:
            return {*streams}
        query = _query(replace(wanted, streams=streams))
        rows = await self.connection.fetch(
            query.select("distinct e.case_id"), self.last, *query.args
        )
        return {row["case_id"] for row in rows}

    async def of(self, wanted: Wanted, streams: Sequence[str]) -> list[Placed]:
        """Those events of a few streams, each stream's in their order."""
        query = _query(replace(wanted, streams=streams))
        statement = query.select(f"q.seq, {COLUMNS}", "order by e.case_id, e.version")
        return await self._opened(await self.connection.fetch(statement, self.last, *query.args))

    async def _pages(
        self, wanted: Wanted, size: int, statement: str, *args: object
    ) -> AsyncIterator[list[Any]]:
        if wanted.streams is None:
            await self.connection.execute(IN_ORDER)
        cursor = await self.connection.cursor(statement, self.last, *args)
        while rows := await cursor.fetch(size, timeout=LONG):
            yield rows

    async def _opened(self, rows: Sequence[Mapping[str, Any]]) -> list[Placed]:
        streams = sorted({row["case_id"] for row in rows})
        keys: dict[str, dict[str, bytes]] = {stream: {} for stream in streams}
        for key in await self.connection.fetch(KEYS, streams):
            keys[key["case_id"]][key["subject"]] = key["wrapped"]
        subjects = {
            stream: Subjects(open_keys(stream, wrapped, self.ring))
            for stream, wrapped in keys.items()
        }
        return [_placed(row, subjects[row["case_id"]]) for row in rows]

    async def disputes(self, streams: Sequence[str]) -> set[str]:
        """Which of these are disputes."""
        rows = await self.connection.fetch(DISPUTES, [*streams])
        return {row["case_id"] for row in rows}

    async def history(self, case_id: str) -> History:
        """A case with every event of it."""
        found = await reading.history(self.connection, case_id, self.ring)
        if found is None:
            raise LookupError(case_id)
        return found


def _placed(row: Mapping[str, Any], subjects: Subjects) -> Placed:
    stream, version = row["case_id"], row["version"]
    event: AnyEvent = codec.decode(Stored.of(row), subjects, f"{stream}/{version}")
    record = Record(
        version=version,
        event=event,
        recorded_at=row["recorded_at"].astimezone(UTC),
        command_id=row["command_id"],
        hash=row["hash"],
        prev_hash=row["prev_hash"],
    )
    return Placed(seq=row["seq"], stream=stream, record=record)


def is_case(stream: str) -> bool:
    """Whether it is the stream of a case."""
    return noun_of(stream) is Noun.CASE


@asynccontextmanager
async def snapshot(engine: AsyncEngine, ring: KeyRing) -> AsyncIterator[Snapshot]:
    """The journal as it is now, for as long as the block lasts; writers notice nothing of it."""
    async with raw(engine) as connection:
        reading_ = cast("Reading", connection)
        async with reading_.transaction(isolation="repeatable_read", readonly=True):
            last, at = await reading_.fetchrow(LAST)
            yield Snapshot(reading_, ring, last, at.astimezone(UTC))
