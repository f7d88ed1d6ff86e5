"""Every stream of a range of ids: hash, predecessor and version of each event, from the columns,
and a key for whatever is sealed in it.

In (case_id, version) order, so that a stream's last hash is all there is to remember.
"""

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import orjson

from store import chain
from store.codec import Stored
from store.verifying.faults import Fault, Reason, Tally

AT_ONCE = 2000
COLUMNS = """position, case_id, version, prev_hash, hash, command_id::text, recorded_at, kind,
 schema, data::text, actor, post, unit, occurred_at"""
KEYS = "select case_id, subject, length(wrapped) from subject_keys where {where}"
MADE = """select position, case_id, version from events e where {where} and not exists (
  select from commands c where {where} and c.case_id = e.case_id and c.command_id = e.command_id
  and c.accepted and e.version between c.first_version and c.last_version)
 order by case_id, version limit {most}"""
UNMADE = 100
"""Of a piece so many events are named whose command is gone."""
WRAPPED = 68
"""Bytes of a wrapped key: the master key's id, a nonce, the key, a tag."""
SEALED = re.compile('"box": "[^"]*", "subject": "([^"]*)"')
"""A sealed field as PostgreSQL writes it. In what somebody said a quote never stands bare."""
SEQS = """select e.position, q.seq from unnest($1::bigint[]) as e(position)
 left join event_sequence q using (position)"""
Met = tuple[int, Reason, str, int, str]
"""A fault before its number is looked up: position, reason, stream, version, detail."""


@dataclass(slots=True)
class Streams:
    """What a range of streams came to."""

    events: int = 0
    streams: int = 0
    tally: Tally = field(default_factory=Tally)


def _where(high: str | None) -> str:
    return "case_id >= $1" if high is None else "case_id >= $1 and case_id < $2"


def _arguments(low: str, high: str | None) -> tuple[str, ...]:
    return (low,) if high is None else (low, high)


async def check(connection: asyncpg.Connection, low: str, high: str | None) -> Streams:
    """Check the streams from `low` on, before `high`; inside a transaction."""
    where, arguments = _where(high), _arguments(low, high)
    found, walk = Streams(), _Walk(await _keys(connection, where, arguments))
    query = f"select {COLUMNS} from events where {where} order by case_id, version"  # noqa: S608 - constants
    cursor = await connection.cursor(query, *arguments)
    rows = await cursor.fetch(AT_ONCE)
    while rows:
        # The server gathers the next rows while these are checked.
        ahead = asyncio.ensure_future(cursor.fetch(AT_ONCE))
        await asyncio.sleep(0)
        walk.take(rows)
        found.events += len(rows)
        rows = await ahead
        if walk.met:
            found.tally.add(await _numbered(connection, walk.met))
            walk.met.clear()
    found.tally.add(await _unmade(connection, where, arguments))
    found.streams = walk.streams
    return found


async def _unmade(
    connection: asyncpg.Connection, where: str, arguments: Sequence[str]
) -> list[Fault]:
    """The events whose command is not recorded as what made them; one range of each table."""
    rows = await connection.fetch(MADE.format(where=where, most=UNMADE), *arguments)
    return await _numbered(
        connection, [(row[0], Reason.COMMAND_GONE, row[1], row[2], "") for row in rows]
    )


async def _keys(
    connection: asyncpg.Connection, where: str, arguments: Sequence[str]
) -> set[tuple[str, str]]:
    """Streams and subjects that have a key of the right form, or once had one."""
    rows = await connection.fetch(KEYS.format(where=where), *arguments)
    return {(stream, subject) for stream, subject, size in rows if size in {None, WRAPPED}}


class _Walk:
    """Where a walk through streams is, and what it met; `keys` are those there are."""

    def __init__(self, keys: set[tuple[str, str]]) -> None:
        self._keys = keys
        self.met: list[Met] = []
        self.streams = 0
        self._stream: str | None = None
        self._version = 0
        self._hash: bytes | None = None

    def take(self, rows: Iterable[Iterable[Any]]) -> None:
        """The next rows, in order."""
        met, link = self.met, chain.link
        name, last, previous = self._stream, self._version, self._hash
        for position, stream, version, claimed, hashed, command_id, recorded_at, *row in rows:
            kind, schema, data, actor, post, unit, at = row
            if stream != name:
                name, last, previous = stream, 0, None
                self.streams += 1
            if version != last + 1:
                met.append((position, Reason.VERSION, stream, version, f"{last}"))
            elif claimed != previous:
                met.append((position, Reason.PREVIOUS, stream, version, ""))
            try:
                stored = Stored(kind, schema, orjson.loads(data), actor, post, unit, at)
                right = link(stream, version, command_id, recorded_at, stored, claimed)
            except (TypeError, ValueError, OverflowError) as error:
                met.append((position, Reason.UNREADABLE, stream, version, str(error)))
            else:
                if right != hashed:
                    met.append((position, Reason.HASH, stream, version, ""))
            if '"box"' in data:
                self._sealed(position, stream, version, data)
            last, previous = version, hashed
        self._stream, self._version, self._hash = name, last, previous

    def _sealed(self, position: int, stream: str, version: int, data: str) -> None:
        """Note the first event of a stream that is sealed under a key there is not."""
        for subject in SEALED.findall(data):
            if (stream, subject) not in self._keys:
                self._keys.add((stream, subject))
                self.met.append((position, Reason.KEY_GONE, stream, version, subject))

    def skip(self, position: int, stream: str, version: int, hashed: bytes, why: str) -> None:
        """Pass over a row that cannot be read."""
        self.met.append((position, Reason.UNREADABLE, stream, version, why))
        self.streams += stream != self._stream
        self._stream, self._version, self._hash = stream, version, hashed


async def _numbered(connection: asyncpg.Connection, met: Sequence[Met]) -> list[Fault]:
    rows = await connection.fetch(SEQS, [each[0] for each in met])
    seqs = {row["position"]: row["seq"] for row in rows}
    return [
        Fault(reason=reason, seq=seqs[position], stream=stream, version=version, detail=detail)
        for position, reason, stream, version, detail in met
    ]


async def check_damaged(connection: asyncpg.Connection, low: str, high: str | None) -> Streams:
    """The same one row at a time, for a range in which a row cannot be read: such rows are named.

    Each read is a transaction of its own: a failed one ends it.
    """
    where, arguments = _where(high), _arguments(low, high)
    found, walk = Streams(), _Walk(await _keys(connection, where, arguments))
    keys = await connection.fetch(
        f"select position, case_id, version, hash from events where {where}"  # noqa: S608 - constants
        " order by case_id, version",
        *arguments,
    )
    for position, stream, version, hashed in keys:
        found.events += 1
        try:
            row = await connection.fetchrow(
                f"select {COLUMNS} from events where position = $1",  # noqa: S608 - constants
                position,
            )
        except (asyncpg.PostgresError, ValueError, OverflowError) as error:
            walk.skip(position, stream, version, hashed, str(error))
        else:
            walk.take([row] if row else [])
    found.tally.add(await _numbered(connection, walk.met))
    found.tally.add(await _unmade(connection, where, arguments))
    found.streams = walk.streams
    return found
