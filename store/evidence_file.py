"""The evidence file: the whole journal in its sealed form, with its signed checkpoints, by `seq`.

Nothing in it is opened, and no key is needed to write or check it. docs/evidence.md has its form.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Self

import asyncpg
import orjson

from domain.log.events import KeyChanged, LogFounded
from domain.log.state import LOG
from store import chain, codec
from store.codec import Stored
from store.database import IN_ORDER

FORM = 1
AT_ONCE = 2000
EVENTS = """select q.seq, e.case_id, e.version, e.command_id::text as command_id, e.recorded_at,
 e.prev_hash, e.hash, e.kind, e.schema, e.data, e.actor, e.post, e.unit, e.occurred_at
 from event_sequence q join events e using (position) order by q.seq"""
CHECKPOINTS = """select size, note, coalesce((select array_agg(line order by received_at, name)
  from cosignatures s where s.checkpoint_id = c.checkpoint_id), '{}') as lines
 from checkpoints c order by checkpoint_id"""
OF_LOG = """select e.kind, e.schema, e.data, e.actor, e.post, e.unit, e.occurred_at from events e
 join event_sequence q using (position) where e.case_id = $1 order by e.version"""


async def pieces(connection: asyncpg.Connection) -> AsyncIterator[tuple[bytes, int]]:
    """The file piece by piece, each with the number of events so far; inside one snapshot."""
    origin, keys = await _named(connection)
    yield _line({"type": "shouwen.journal", "form": FORM, "origin": origin, "keys": keys}), 0
    signed = await _Signed.on(connection)
    await connection.execute(IN_ORDER)
    events = await connection.cursor(EVENTS)
    count = 0
    while rows := await events.fetch(AT_ONCE):
        found = []
        for row in rows:
            count += 1
            found.append(_event(dict(row)))
            while 0 < signed.size <= row["seq"]:
                found.append(await signed.step())
        yield b"".join(found), count
    while signed.size:
        yield await signed.step(), count
    yield _line({"type": "end", "events": count}), count


class _Signed:
    """The checkpoints, one after another; `size` is that of the next one, 0 after the last."""

    def __init__(self, cursor: Any) -> None:  # noqa: ANN401 - asyncpg's cursor
        self._cursor = cursor
        self._rows: list[Mapping[str, Any]] = []
        self.size = 0

    @classmethod
    async def on(cls, connection: asyncpg.Connection) -> Self:
        """Before the first one."""
        found = cls(await connection.cursor(CHECKPOINTS))
        await found._read()
        return found

    async def step(self) -> bytes:
        """The line of the next one; goes on behind it."""
        row, *self._rows = self._rows
        await self._read()
        told = {"type": "checkpoint", "note": row["note"], "cosignatures": list(row["lines"])}
        return _line(told)

    async def _read(self) -> None:
        self._rows = self._rows or await self._cursor.fetch(AT_ONCE)
        self.size = self._rows[0]["size"] if self._rows else 0


async def _named(connection: asyncpg.Connection) -> tuple[str, Iterable[str]]:
    """The log's name, and the keys that sign now."""
    origin, keys = "", tuple[str, ...]()
    for row in await connection.fetch(OF_LOG, LOG):
        match codec.decode(Stored.of(dict(row))):
            case LogFounded() as event:
                origin, keys = event.origin, event.keys
            case KeyChanged() as event:
                keys = event.new
    return origin, keys


def _event(row: Mapping[str, Any]) -> bytes:
    """The event with its number and its hash before what is hashed."""
    written = chain.written(
        row["case_id"],
        row["version"],
        row["command_id"],
        row["recorded_at"],
        Stored.of(row),
        row["prev_hash"],
    )
    head = b'{"type":"event","seq":%d,"hash":"%s",' % (row["seq"], row["hash"].hex().encode())
    return head + written[1:] + b"\n"


def _line(value: Mapping[str, object]) -> bytes:
    return orjson.dumps(value) + b"\n"
