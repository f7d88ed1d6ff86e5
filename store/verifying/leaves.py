"""The leaves of a range of numbers held against the tiles, and the roots over parts of the range.

Whether a root is the one that was signed is asked where all ranges are together.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg

from store import merkle
from store.merkle import WIDTH, Growing
from store.verifying.faults import Fault, Reason

if TYPE_CHECKING:
    from store.verifying.order import OrderPiece

NOTHING = bytes(32)
"""Stands for a leaf whose event is not there."""
TILES = """select level, idx, hashes, root from tiles
 where (level = 0 and idx >= $1 and idx < $2) or (level = 1 and idx = $3)"""
SIGNED = """select size, signed_at from checkpoints where size >= $1 and size <= $2
 order by checkpoint_id"""
SIGNED_BEFORE = """select size, signed_at from checkpoints where size < $1
 order by size desc, checkpoint_id desc limit 1"""
Tile = tuple[bytes, bytes]
"""Its hashes, one after another, and its root."""
Mark = tuple[int, datetime]
"""A checkpoint: so many events, signed then."""


@dataclass(slots=True)
class Leaves:
    """Where a walk along the leaves is, and what it met."""

    piece: "OrderPiece"
    late: timedelta
    stored: dict[tuple[int, int], Tile]
    marks: Iterator[tuple[int, datetime | None]]
    signed: Mark | None = None
    roots: dict[int, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    tiles: int = 0
    _next: int = 0
    _mark: tuple[int, datetime | None] | None = None
    _tile: list[bytes] = field(default_factory=list)
    _tops: list[bytes] = field(default_factory=list)
    _above: Growing = field(default_factory=Growing)
    _inside: Growing = field(default_factory=Growing)

    @classmethod
    async def of(
        cls, connection: asyncpg.Connection, piece: "OrderPiece", late: timedelta
    ) -> "Leaves":
        """The walk along a range, with its tiles and checkpoints at hand."""
        begin = piece.first - 1
        tiles = await connection.fetch(TILES, begin >> 8, piece.last >> 8, begin >> 16)
        before = await connection.fetchrow(SIGNED_BEFORE, piece.first)
        marks: dict[int, datetime | None] = {
            size: None for size in piece.sizes if piece.first <= size <= piece.last
        }
        signed = await connection.fetch(SIGNED, piece.first, piece.last)
        marks |= {row["size"]: row["signed_at"] for row in signed}
        ordered = iter(sorted(marks.items()))
        return cls(
            piece=piece,
            late=late,
            stored={(t["level"], t["idx"]): (t["hashes"], t["root"]) for t in tiles},
            marks=ordered,
            signed=None if before is None else (before["size"], before["signed_at"]),
            _next=piece.first,
            _mark=next(ordered, None),
        )

    def take(self, rows: Sequence[Any]) -> None:
        """The next rows, in order."""
        hashes = [row[3] for row in rows]
        first, last = rows[0][0], rows[-1][0]
        between = self._mark is None or last < self._mark[0]
        if first == self._next and last - first == len(rows) - 1 and between and all(hashes):
            self._check_times(rows)
            self._many(hashes)
        else:
            self._one_by_one(rows)

    def _one_by_one(self, rows: Iterable[Sequence[Any]]) -> None:
        """Where a number or an event is missing, or a root is wanted in between."""
        for row in rows:
            seq, hashed = row[0], row[3]
            if seq != self._next:
                self._skip_to(seq)
            if hashed is None:
                self._add(NOTHING)
            else:
                self._check_times((row,))
                self._add(hashlib.sha256(b"\0" + hashed).digest())

    def _many(self, hashes: Sequence[bytes]) -> None:
        sha, at = hashlib.sha256, 0
        while at < len(hashes):
            some = hashes[at : at + WIDTH - len(self._tile)]
            self._tile += [sha(b"\0" + hashed).digest() for hashed in some]
            at += len(some)
            self._next += len(some)
            self._full()

    def _check_times(self, rows: Iterable[Sequence[Any]]) -> None:
        if self.signed is None:
            return
        earliest = self.signed[1] - self.late
        for row in rows:
            if row[4] < earliest:
                self._late(row[0], row[4])

    def end(self) -> None:
        """After the last row: what is missing at the end, and the tile above a whole range."""
        self._skip_to(self.piece.last + 1)
        index = (self.piece.first - 1) >> 16
        if len(self._tops) == WIDTH and not self._tile:
            self._compare((1, index), self._tops, merkle.above(self._tops), 16)

    def top(self) -> bytes:
        """The root over the whole range."""
        return merkle.folded([*self._above.peaks, *self._inner()])

    def _skip_to(self, seq: int) -> None:
        while self._next < seq:
            self._add(NOTHING)

    def _add(self, leaf: bytes) -> None:
        seq = self._next
        self._next += 1
        self._tile.append(leaf)
        self._full()
        if self._mark is not None and seq == self._mark[0]:
            self.roots[seq] = self.top()
            if self._mark[1] is not None:
                self.signed = (seq, self._mark[1])
            self._mark = next(self.marks, None)

    def _full(self) -> None:
        """Go on to the next tile where one is full."""
        if len(self._tile) == WIDTH:
            root = merkle.above(self._tile)
            self._compare((0, (self._next - 2) >> 8), self._tile, root, 8)
            self._tops.append(root)
            self._above.add(root)
            self._tile, self._inside = [], Growing()

    def _inner(self) -> tuple[bytes, ...]:
        for leaf in self._tile[self._inside.size :]:
            self._inside.add(leaf)
        return self._inside.peaks

    def _compare(
        self, place: tuple[int, int], hashes: list[bytes], root: bytes, height: int
    ) -> None:
        """A full tile with what it should hold; of leaves the false ones are named."""
        first, last = (place[1] << height) + 1, (place[1] + 1) << height
        there = self.stored.get(place)
        if there is None:
            if last <= self.piece.tiled:
                self.faults.append(Fault(reason=Reason.TILE, seq=first, until=last))
            return
        self.tiles += 1
        if there != (b"".join(hashes), root):
            named = list(_different(there[0], hashes, first)) if place[0] == 0 else []
            self.faults += named or [Fault(reason=Reason.TILE, seq=first, until=last)]

    def _late(self, seq: int, at: datetime) -> None:
        if self.signed is None or any(
            n < seq and since - self.late <= at <= until for n, since, until in self.piece.set_back
        ):
            return
        own, then = (t.astimezone(UTC).isoformat() for t in (at, self.signed[1]))
        said = f"{own}, yet what was signed at {then} is without it"
        self.faults.append(Fault(reason=Reason.BACK_DATED, seq=seq, detail=said))


def _different(stored: bytes, hashes: list[bytes], first: int) -> Iterator[Fault]:
    for number, leaf in enumerate(hashes):
        if leaf not in {stored[32 * number : 32 * number + 32], NOTHING}:
            yield Fault(reason=Reason.LEAF, seq=first + number)
