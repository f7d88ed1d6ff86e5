"""What can only be said of the journal as a whole, and the plan of the pieces it is checked in.

One snapshot for all pieces: the system may go on writing meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias, cast

import asyncpg

from store.database import engine_for, raw
from store.verifying import destroyed, kept_files, order, papers, streams
from store.verifying.faults import Fault, Reason, Tally
from store.verifying.order import Order, OrderPiece
from store.verifying.streams import Streams

EVENTS_A_PIECE = 20_000
NAMED = 100

LATE = timedelta(minutes=15)
"""So long an event may have been on its way when a checkpoint was signed: a step has 15 seconds,
and gets its number when every older transaction has ended."""

STATE = """select last_seq, last_xid, last_position, floor_position,
 (select coalesce(max(size), 0) from checkpoints) as signed,
 (select coalesce(max(idx) + 1, 0) * 256 from tiles where level = 0) as tiled,
 (select coalesce(max(seq), 0) from event_sequence) as numbered,
 (select count(*) from events) as events from sequencer"""
BOUNDS = """select case_id from (select case_id, row_number() over (order by case_id) as n,
  count(*) over () as all_rows from events tablesample system (2) repeatable (1)) s
 where n % greatest(all_rows / {pieces}, 1) = 0 order by case_id"""
WAITING = """select count(*) from events
 where (xid, position) > ($1, $2) and position > $3"""
LEFT_OUT = """select case_id, version from events e where not exists
  (select from event_sequence q where q.position = e.position)
 and not ((xid, position) > ($1, $2) and position > $3) order by position limit $4"""
COMMANDS = """select case_id, c.last, coalesce(e.last, 0) as there from
 (select case_id, max(last_version) as last from commands where accepted group by case_id) c
 left join (select case_id, max(version) as last from events group by case_id) e using (case_id)
 where c.last > coalesce(e.last, 0) order by case_id limit $1"""
ACCEPTED = "select count(*) from commands where accepted"


@dataclass(frozen=True, slots=True)
class StreamPiece:
    """The streams from `low` on, before `high`."""

    low: str
    high: str | None


Piece: TypeAlias = StreamPiece | OrderPiece


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The journal's size and the sequencer's position; how many events are signed, and in tiles."""

    last_seq: int
    last: order.Place
    floor: int
    numbered: int
    events: int
    signed: int
    tiled: int


@dataclass(slots=True)
class Report:
    """What was checked, what could not be, and what is false.

    `remarks` are worth knowing; `doubts` say what keeps it from being proven.
    """

    events: int = 0
    streams: int = 0
    numbered: int = 0
    waiting: int = 0
    commands: int = 0
    books: int = 0
    not_noted: int = 0
    tiles: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    signed_at: datetime | None = None
    remarks: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def join(self, part: Streams | Order) -> None:
        """Add what a piece came to."""
        self.tally.join(part.tally)
        if isinstance(part, Streams):
            self.events += part.events
            self.streams += part.streams
        else:
            self.numbered += part.events
            self.tiles += part.tiles


@asynccontextmanager
async def snapshot(url: str, shared: str | None = None) -> AsyncIterator[asyncpg.Connection]:
    """A connection that sees the journal as it stands now, or as another one sees it.

    It holds no transaction id, so that it holds up nobody's numbering.
    """
    async with (
        _alone(url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        if shared is not None:
            await connection.execute(f"set transaction snapshot '{shared}'")
        yield connection


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[asyncpg.Connection]:
    engine = engine_for(url, size=1, seconds=None)
    try:
        async with raw(engine) as connection:
            yield cast("asyncpg.Connection", connection)
    finally:
        await engine.dispose()


async def shared_name(connection: asyncpg.Connection) -> str:
    """The name under which others may see what this connection sees."""
    return str(await connection.fetchval("select pg_export_snapshot()"))


async def state_of(connection: asyncpg.Connection) -> State:
    """How large the journal is."""
    row = await connection.fetchrow(STATE)
    if row is None:
        msg = "the sequencer's one row is missing"
        raise LookupError(msg)
    return State(
        last_seq=row["last_seq"],
        last=(row["last_xid"], row["last_position"]),
        floor=row["floor_position"],
        numbered=row["numbered"],
        events=row["events"],
        signed=row["signed"],
        tiled=row["tiled"],
    )


async def plan(
    connection: asyncpg.Connection,
    state: State,
    sizes: tuple[int, ...] = (),
    set_back: tuple[tuple[int, datetime, datetime], ...] = (),
) -> list[Piece]:
    """The pieces, each small; together the whole journal twice: by numbers, and by streams.

    `sizes` and `set_back` are what `OrderPiece` says.
    """
    pieces = max(1, state.events // EVENTS_A_PIECE)
    bounds: list[str] = []
    if pieces > 1:
        rows = await connection.fetch(BOUNDS.format(pieces=pieces))
        bounds = [*dict.fromkeys(row["case_id"] for row in rows)]
    lows, highs = ["", *bounds], [*bounds, None]
    by_stream = [StreamPiece(low, high) for low, high in zip(lows, highs, strict=True)]
    by_number = [
        OrderPiece(
            first,
            min(first + order.PIECE - 1, state.numbered),
            state.floor,
            state.signed,
            sizes,
            set_back,
        )
        for first in range(1, state.numbered + 1, order.PIECE)
    ]
    return [*by_number, *by_stream]


async def check(url: str, shared: str | None, piece: Piece) -> Streams | Order:
    """Check one piece, on a connection of its own."""
    try:
        async with snapshot(url, shared) as connection:
            if isinstance(piece, OrderPiece):
                return await order.check(connection, piece, LATE)
            return await streams.check(connection, piece.low, piece.high)
    except (asyncpg.DataError, asyncpg.InternalServerError, ValueError, OverflowError):
        if isinstance(piece, OrderPiece):
            raise
    async with _alone(url) as connection:
        return await streams.check_damaged(connection, piece.low, piece.high)


async def ends(connection: asyncpg.Connection, state: State, report: Report) -> None:
    """After all pieces: the end of the order, what waits for a number, what commands made, the
    keys, and the books.
    """
    await _last(connection, state, report)
    place = (*state.last, state.floor)
    report.waiting = int(await connection.fetchval(WAITING, *place))
    if report.events - report.numbered != report.waiting:
        rows = await connection.fetch(LEFT_OUT, *place, NAMED)
        report.tally.add(
            Fault(reason=Reason.UNNUMBERED, stream=stream, version=version)
            for stream, version in rows
        )
    report.commands = int(await connection.fetchval(ACCEPTED))
    report.tally.add(
        Fault(reason=Reason.COMMAND, stream=stream, version=there + 1, detail=f"{last}")
        for stream, last, there in await connection.fetch(COMMANDS, NAMED)
    )
    report.tally.add(await destroyed.check(connection))
    report.tally.add(await kept_files.check(connection))
    books = await papers.check(connection)
    report.books, report.not_noted = books.entries - books.waiting, books.waiting
    report.tally.join(books.tally)
    if books.late:
        report.doubts.append(f"{books.late} entries of the books, which the log never noted")


async def _last(connection: asyncpg.Connection, state: State, report: Report) -> None:
    """The last number is the sequencer's: neither was the tail cut, nor were numbers added."""
    reached = max(state.last_seq, state.signed, state.tiled)
    if state.numbered < reached:
        fault = Fault(reason=Reason.CUT, seq=state.numbered + 1, until=reached)
        report.tally.add([fault])
    elif state.numbered > state.last_seq:
        first = state.last_seq + 1
        stream, version = await order.named(connection, first)
        report.tally.add([Fault(reason=Reason.ADDED, seq=first, stream=stream, version=version)])


def check_now(url: str, shared: str | None, piece: Piece) -> Streams | Order:
    """The same for a process without an event loop."""
    return asyncio.run(check(url, shared, piece))
