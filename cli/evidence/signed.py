"""Checkpoints of the journal held against its events: who signed what, and is it still that.

The rules are those of the offline verifier, so that both say the same of one journal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import asyncpg

from cli.evidence.offline import Checkpoint, Log, Untrue
from store import merkle
from store.merkle import Growing
from store.verifying.faults import Fault, Reason
from store.verifying.order import PIECE, Order
from store.verifying.whole import Report, State

AT_ONCE = 1000
STALE = timedelta(hours=2)
"""A checkpoint is signed each hour at least: an older one says that nobody signs."""
OF_LOG = """select q.seq, e.kind, e.data, e.recorded_at from events e
 join event_sequence q using (position) where e.case_id = 'log' order by e.version"""
CHECKPOINTS = """select checkpoint_id, size, root, signed_at, note, coalesce(
  (select array_agg(line order by received_at, name) from cosignatures s
   where s.checkpoint_id = c.checkpoint_id), '{}') as lines
 from checkpoints c order by checkpoint_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An event of the log's own stream."""

    seq: int
    kind: str
    data: dict[str, Any]
    recorded_at: datetime


async def of_log(connection: asyncpg.Connection) -> list[Said]:
    """What the log says of itself."""
    return [Said(**row) for row in await connection.fetch(OF_LOG)]


def origin_of(said: Sequence[Said]) -> str:
    """The log's name; empty for a journal without one."""
    names = [str(e.data.get("origin", "")) for e in said if e.kind == "log.founded"]
    return names[-1] if names else ""


def set_back(said: Sequence[Said]) -> tuple[tuple[int, datetime, datetime], ...]:
    """When its clock was set back: after so many events, since, and the time it had been."""
    return tuple(
        (e.data["size"], e.recorded_at, datetime.fromisoformat(e.data["signed_at"]))
        for e in said
        if e.kind == "log.clock_set_back"
    )


@dataclass(slots=True)
class Signatures:
    """The checkpoints, in the order in which they were signed.

    `parts` are the ranges of numbers by their first; `kept` checkpoints from outside the database.
    """

    log: Log
    said: Sequence[Said]
    parts: Mapping[int, Order]
    state: State
    report: Report
    kept: list[Checkpoint] = field(default_factory=list)
    _told: int = 0
    _id: int = 0
    _before: Growing = field(default_factory=Growing)

    async def check(self, connection: asyncpg.Connection) -> None:
        """Check them all, and what they leave open."""
        kept = bool(self.kept)
        self.kept.sort(key=lambda each: each.size)
        cursor = await connection.cursor(CHECKPOINTS)
        while rows := await cursor.fetch(AT_ONCE):
            for row in rows:
                self._until(row["size"])
                self._note(self._signed, row)
        self._until(max([self.state.numbered, *(each.size for each in self.kept)]))
        self._note(partial(self.log.end, kept=kept), self.state.numbered)
        if self.log.time is not None:
            now: datetime = await connection.fetchval("select clock_timestamp()")
            self.report.signed_at = self.log.time
            if now - self.log.time > STALE:
                why = "this is an old copy, or the notary is not at work"
                since = self.log.time.isoformat()
                self.log.doubts.append(f"nobody has signed since {since}: {why}")
        self.report.checkpoints, self.report.witnessed = self.log.checkpoints, self.log.witnessed
        self.report.remarks += self.log.remarks
        self.report.doubts += self.log.doubts

    def _note(self, rule: Any, *arguments: Any) -> None:  # noqa: ANN401 - any of the rules
        try:
            rule(*arguments)
        except Untrue as untrue:
            fault = Fault(
                reason=Reason(untrue.reason),
                seq=untrue.seq or None,
                until=untrue.until if untrue.until != untrue.seq else None,
                detail=untrue.why,
            )
            self.report.tally.add([fault])

    def _until(self, size: int) -> None:
        """Tell what the log said and what was kept of the first so many events."""
        while self.kept and self.kept[0].size <= size:
            kept = self.kept.pop(0)
            self._say(kept.size)
            self._note(self._compare, kept)
        self._say(size)

    def _say(self, size: int) -> None:
        while self._told < len(self.said) and self.said[self._told].seq <= size:
            event = self.said[self._told]
            self._told += 1
            self._note(
                self.log.event, event.seq, event.kind, event.data, event.recorded_at.isoformat()
            )

    def _signed(self, row: Mapping[str, Any]) -> None:
        number, size = row["checkpoint_id"], row["size"]
        missing, self._id = number - self._id - 1, number
        if size > self.state.numbered:
            return  # the end was cut off: said once, for the whole
        self.log.checkpoint(row["note"], row["lines"], self._root(size) or b"", size)
        if (row["root"], row["signed_at"]) != (self._root(size), self.log.time):
            raise Untrue("checkpoint", "its row says other than what was signed", size)
        if missing:
            why = f"{missing} checkpoints before number {number} are gone"
            raise Untrue("checkpoint", why, size)

    def _compare(self, kept: Checkpoint) -> None:
        said = f"at {kept.time.isoformat()}, as the checkpoint kept outside the database shows"
        if kept.size > self.state.numbered:
            why = f"these had been signed {said}: this is an older copy, or its end was cut off"
            raise Untrue("cut", why, self.state.numbered + 1, kept.size)
        if self.log.known(kept.note).root != self._root(kept.size):
            first = self.log.size + 1 if self.log.size < kept.size else 1
            why = f"these are not the events that were signed {said}"
            raise Untrue("root", why, first, kept.size)

    def _root(self, size: int) -> bytes | None:
        """The root over the first so many events; None where they are not all there."""
        piece = (size - 1) // PIECE
        if self._before.size > piece:
            self._before = Growing()
        while self._before.size < piece:
            self._before.add(self.parts[self._before.size * PIECE + 1].top)
        part = self.parts[piece * PIECE + 1].roots.get(size)
        return part and merkle.folded([*self._before.peaks, part])
