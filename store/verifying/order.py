"""A range of numbers: none is left out, each has its event, and they follow the order of commits;
their leaves are those of the tiles, and none bears a time before what was signed without it.

Events that came from another cluster (a restore) have transaction ids of another count; there a
number may go on with a lower id, but only with positions that all lie above those before.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from store.verifying.faults import Fault, Reason, Tally
from store.verifying.leaves import Leaves

AT_ONCE = 5120
PIECE = 1 << 16
"""Numbers in a range; a power of two, so that a whole range is one node of the tree."""
DROPS = 20
"""More seams of restores than this in one range are not looked into: they are no restores."""

ROWS = """select q.seq, q.position, e.xid, e.hash, e.recorded_at from event_sequence q
 left join events e using (position) where q.seq >= $1 and q.seq <= $2 order by q.seq"""
BEFORE = """select e.xid, e.position from event_sequence q join events e using (position)
 where q.seq < $1 order by q.seq desc limit 1"""
SEAM = """select (select max(position) from event_sequence where seq < $1) as before,
 (select min(position) from event_sequence where seq >= $1) as here"""
OVERTAKEN = """select min(q.seq) from event_sequence q join events e using (position)
 where q.seq < $1 and (e.xid, e.position) > ($2, $3) and e.position > $4"""
EVENT = """select e.case_id, e.version from event_sequence q join events e using (position)
 where q.seq = $1"""

Place = tuple[int, int]
"""Transaction id and position: the order of commits."""


@dataclass(frozen=True, slots=True)
class OrderPiece:
    """The numbers `first` to `last` and what is known of the whole.

    `floor` is the last position of another cluster; `tiled` up to which number tiles must be there;
    `sizes` of trees whose roots are wanted besides those of checkpoints; `set_back` what the log
    says of its clock (`ClockSetBack`): after so many events, since, and the time it had been.
    """

    first: int
    last: int
    floor: int = 0
    tiled: int = 0
    sizes: tuple[int, ...] = ()
    set_back: tuple[tuple[int, datetime, datetime], ...] = ()


@dataclass(slots=True)
class Order:
    """What a range of numbers came to.

    `roots` has for each size of interest the root over this range's part of such a tree; `top` the
    root over the whole range.
    """

    first: int
    events: int = 0
    tiles: int = 0
    top: bytes = b""
    roots: dict[int, bytes] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)


async def check(connection: asyncpg.Connection, piece: OrderPiece, late: timedelta) -> Order:
    """Check the numbers of a range; `late` is how long an event may have been on its way."""
    found = Order(first=piece.first)
    row = await connection.fetchrow(BEFORE, piece.first)
    walk = _Walk(piece.first, None if row is None else (row["xid"], row["position"]))
    leaves = await Leaves.of(connection, piece, late)
    cursor = await connection.cursor(ROWS, piece.first, piece.last)
    rows = await cursor.fetch(AT_ONCE)
    while rows:
        ahead = asyncio.ensure_future(cursor.fetch(AT_ONCE))
        await asyncio.sleep(0)
        walk.take(rows)
        leaves.take(rows)
        rows = await ahead
    walk.gap_to(piece.last + 1)
    leaves.end()
    found.events, found.tiles = walk.events, leaves.tiles
    found.top, found.roots = leaves.top(), leaves.roots
    found.tally.add(walk.faults)
    found.tally.add([await _placed(connection, fault) for fault in leaves.faults])
    found.tally.add(await _disordered(connection, walk, piece.floor))
    return found


class _Walk:
    """Where a walk along the numbers is, and what it met."""

    def __init__(self, first: int, before: Place | None) -> None:
        self.faults: list[Fault] = []
        self.drops: list[tuple[int, Place]] = []
        self.events = 0
        self._next = first
        self._last: Place = before or (0, 0)

    def gap_to(self, seq: int) -> None:
        """Note the numbers that are left out before this one."""
        if seq > self._next:
            self.faults.append(Fault(reason=Reason.MISSING, seq=self._next, until=seq - 1))
        self._next = seq

    def take(self, rows: Iterable[Iterable[Any]]) -> None:
        """The next rows, in order."""
        last = self._last
        for seq, position, xid, hashed, _recorded_at in rows:
            if seq != self._next:
                self.gap_to(seq)
            self._next = seq + 1
            if hashed is None:
                self.faults.append(Fault(reason=Reason.GONE, seq=seq))
                continue
            self.events += 1
            place = (xid, position)
            if place <= last:
                self.drops.append((seq, place))
            last = place
        self._last = last


async def _disordered(connection: asyncpg.Connection, walk: _Walk, floor: int) -> list[Fault]:
    """The drops that no restore explains, each where the first event stands that was overtaken."""
    found: list[Fault] = []
    for number, (seq, place) in enumerate(walk.drops):
        if number < DROPS and await _seam(connection, seq, floor):
            continue
        first = seq
        if not found:
            above = floor if place[1] > floor else 0
            first = await connection.fetchval(OVERTAKEN, seq, *place, above) or seq
        stream, version = await named(connection, first)
        detail = f"{seq}"
        found.append(
            Fault(reason=Reason.ORDER, seq=first, stream=stream, version=version, detail=detail)
        )
    return found


async def _seam(connection: asyncpg.Connection, seq: int, floor: int) -> bool:
    """Whether a restore into another cluster explains that ids begin anew here."""
    if not floor:
        return False
    row = await connection.fetchrow(SEAM, seq)
    if row is None or row["before"] is None:
        return False
    return bool(row["before"] < row["here"] and row["before"] <= floor)


async def _placed(connection: asyncpg.Connection, fault: Fault) -> Fault:
    """With the name of its event."""
    if fault.seq is None or fault.until is not None:
        return fault
    stream, version = await named(connection, fault.seq)
    return replace(fault, stream=stream, version=version)


async def named(connection: asyncpg.Connection, seq: int) -> tuple[str, int]:
    """Stream and version of the event with that number; nothing where there is none."""
    row = await connection.fetchrow(EVENT, seq)
    return ("", 0) if row is None else (row["case_id"], row["version"])
