"""Receipts: a resident's own events as they are hashed, with the proof that they are in the record.

Which events are whose, the callers know. Nothing here is opened: what is sealed stays so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from store import chain, checkpoints, tree
from store.checkpoints import Signed
from store.codec import Stored
from store.database import Connection
from store.merkle import Proof

TYPE = "shouwen.receipt"
FORM = 1
EVENTS = """select e.case_id, e.version, e.kind, e.schema, e.data, e.actor, e.post, e.unit,
 e.command_id, e.occurred_at, e.recorded_at, e.prev_hash, e.hash, q.seq
 from events e left join event_sequence q using (position)
 where e.case_id = $1 and e.version = any($2::int[]) order by e.version"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """An event as it is hashed, its hash, and once a checkpoint covers it its number and proof."""

    body: dict[str, Any]
    hash: bytes
    seq: int | None
    proof: Proof | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Own events under the newest checkpoint, with its witnesses' lines, and the time."""

    events: tuple[Proven, ...]
    note: str | None
    now: datetime

    @property
    def pending(self) -> bool:
        """Whether one of them is not under a checkpoint yet."""
        return any(event.proof is None for event in self.events)


async def make(connection: Connection, wanted: Sequence[tuple[str, Sequence[int]]]) -> Receipt:
    """The receipt for these versions of these streams, in this order."""
    now = await connection.fetchval("select clock_timestamp()")
    signed = await checkpoints.newest(connection)
    rows = [
        row
        for stream, versions in wanted
        for row in await connection.fetch(EVENTS, stream, list(versions))
    ]
    events = tuple([await _proven(connection, row, signed) for row in rows])
    note = None if signed is None else await _note(connection, signed)
    return Receipt(events=events, note=note, now=now.astimezone(UTC))


async def _proven(connection: Connection, row: Mapping[str, Any], signed: Signed | None) -> Proven:
    seq, proof = row["seq"], None
    if seq is not None and signed is not None and seq <= signed.size:
        proof = await tree.inclusion(connection, seq, signed.size)
    return Proven(
        body=hashed_form(row), hash=row["hash"], seq=seq if proof is not None else None, proof=proof
    )


async def _note(connection: Connection, signed: Signed) -> str:
    lines = await checkpoints.cosignatures(connection, [signed.checkpoint_id])
    return signed.note + "".join(f"{line}\n" for line in lines[signed.checkpoint_id])


def hashed_form(row: Mapping[str, Any]) -> dict[str, Any]:
    """The stored event as JSON whose canonical form is what is hashed."""
    return {
        "form": chain.FORM,
        "case_id": row["case_id"],
        "version": row["version"],
        **{name: row[name] for name in Stored._fields if name != "occurred_at"},
        "command_id": str(row["command_id"]),
        "occurred_at": chain.instant(row["occurred_at"]),
        "recorded_at": chain.instant(row["recorded_at"]),
        "prev_hash": row["prev_hash"].hex() if row["prev_hash"] else None,
    }


async def still_there(connection: Connection, stream: str, version: int, hashed: bytes) -> bool:
    """Whether the journal holds that very event, its content still giving its hash."""
    rows = await connection.fetch(EVENTS, stream, [version])
    return any(row["hash"] == hashed == chain.hashed(hashed_form(row)) for row in rows)
