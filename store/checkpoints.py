"""Checkpoints of the tree and what witnesses signed of them; they are only ever added."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import asyncpg

from store.database import Connection
from store.journal import Conflict

COLUMNS = "checkpoint_id, size, root, signed_at, note"
NEWEST = f"select {COLUMNS} from checkpoints order by checkpoint_id desc limit 1"  # noqa: S608 - constants
PAGE = f"""select {COLUMNS} from checkpoints where checkpoint_id < $1
 order by checkpoint_id desc limit $2"""  # noqa: S608 - constants
OF_SIZE = f"""select {COLUMNS} from checkpoints where size = $1
 order by checkpoint_id desc limit 1"""  # noqa: S608 - constants
ALL_OF_SIZE = f"""select {COLUMNS} from checkpoints where size = $1
 order by checkpoint_id desc limit 1000"""  # noqa: S608 - constants
ADD = f"insert into checkpoints ({COLUMNS}) values ($1, $2, $3, $4, $5)"  # noqa: S608 - constants
STANDING = """select clock_timestamp() as now, (select last_seq from sequencer) as numbered,
 not exists (select from (select position from events where case_id = $1
   order by version desc limit 1) e where not exists (
   select from event_sequence q where q.position = e.position)) as settled"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A checkpoint as it was signed. `checkpoint_id` counts them without a gap, from 1."""

    checkpoint_id: int
    size: int
    root: bytes
    signed_at: datetime
    note: str

    @classmethod
    def of(cls, row: Any) -> Self:  # noqa: ANN401 - a record
        """The checkpoint of a row."""
        return cls(**{**row, "signed_at": row["signed_at"].astimezone(UTC)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The database's time, how many events have numbers, and whether all of the stream have."""

    now: datetime
    numbered: int
    settled: bool


async def standing(connection: Connection, stream: str) -> Standing:
    """Where the journal is now."""
    row = await connection.fetchrow(STANDING, stream)
    return Standing(
        now=row["now"].astimezone(UTC), numbered=row["numbered"], settled=row["settled"]
    )


async def newest(connection: Connection) -> Signed | None:
    """The last one signed."""
    row = await connection.fetchrow(NEWEST)
    return None if row is None else Signed.of(row)


async def of_size(connection: Connection, size: int) -> Signed | None:
    """The last one signed of that size."""
    row = await connection.fetchrow(OF_SIZE, size)
    return None if row is None else Signed.of(row)


async def all_of_size(connection: Connection, size: int) -> list[Signed]:
    """Those of that size, the newest first: of a quiet night one an hour."""
    return [Signed.of(row) for row in await connection.fetch(ALL_OF_SIZE, size)]


async def page(connection: Connection, before: int, most: int) -> list[Signed]:
    """Those before a number, the newest first."""
    return [Signed.of(row) for row in await connection.fetch(PAGE, before, most)]


async def add(connection: Connection, signed: Signed) -> None:
    """Keep one; `Conflict` when another notary was faster."""
    try:
        await connection.execute(
            ADD, signed.checkpoint_id, signed.size, signed.root, signed.signed_at, signed.note
        )
    except asyncpg.UniqueViolationError as error:
        raise Conflict(str(error)) from error


async def cosign(connection: Connection, checkpoint_id: int, name: str, line: str) -> bool:
    """Keep what a witness signed; whether it is its first for this checkpoint."""
    tag = await connection.execute(
        """insert into cosignatures (checkpoint_id, name, line) values ($1, $2, $3)
           on conflict do nothing""",
        checkpoint_id,
        name,
        line,
    )
    return tag.endswith(" 1")


async def cosignatures(connection: Connection, ids: list[int]) -> dict[int, list[str]]:
    """The witnesses' lines by checkpoint."""
    rows = await connection.fetch(
        """select checkpoint_id, line from cosignatures where checkpoint_id = any($1)
           order by received_at, name""",
        ids,
    )
    found: dict[int, list[str]] = {each: [] for each in ids}
    for row in rows:
        found[row["checkpoint_id"]].append(row["line"])
    return found
