"""Appends what a process records of looks, sign-ins and refusals to its own stream (R14.5).

Who records waits until it is in the journal: only then may the data leave. What waits at the same
time is written together, so that a rush costs one statement each few milliseconds.
"""

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.access.events import AccessEvent, SessionEnded
from domain.values import By
from domain.words.access import ACCESSES, Holder
from store import access_record, accounts, journal
from store.accounts import Ended
from store.database import Connection, engine_for, raw
from store.folds import ACCESS
from store.journal import Conflict, Entry
from store.keys import KeyRing

PAUSE = 0.02
"""Seconds from one append to the next at least."""
TOGETHER = 500
"""Records in one append at most."""
PATIENCE = 3.0
"""Seconds a statement may take: whoever waits longer is refused."""

Waiting = tuple[Sequence[AccessEvent], asyncio.Future[None]]


class Recorder:
    """One process's stream of the access record, under an id no other process has.

    It has a connection of its own: a look never waits for the others to give one back.
    """

    def __init__(self, url: str, ring: KeyRing) -> None:
        self.stream = ACCESSES + secrets.token_hex(8)
        self._engine: AsyncEngine = engine_for(url, size=1, seconds=PATIENCE)
        self._ring = ring
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None
        self._next = 0.0

    async def record(self, *events: AccessEvent) -> None:
        """Return once the events are in the journal; raises what kept them out of it."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((events, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await done

    async def sweep(self) -> None:
        """Take away sessions that are over and record that: both or neither."""
        async with raw(self._engine) as connection:
            await connection.execute("begin")
            try:
                ended = [_ended(each) for each in await accounts.swept(connection)]
                if ended:
                    await append(connection, self.stream, ended, self._ring)
            except BaseException:
                await connection.execute("rollback")
                raise
            await connection.execute("commit")

    async def close(self) -> None:
        """Write what waits, and let go of the connection."""
        if self._writing is not None:
            await self._writing
        await self._engine.dispose()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            await asyncio.sleep(max(0.0, self._next - loop.time()))
            self._next = loop.time() + PAUSE
            batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            failure = await self._tried([event for events, _ in batch for event in events])
            for _, done in batch:
                if done.done():  # whoever waited went away
                    continue
                done.set_result(None) if failure is None else done.set_exception(failure)

    async def _tried(self, events: Sequence[AccessEvent]) -> Exception | None:
        """Append them; what went wrong, for those who wait to raise."""
        try:
            async with raw(self._engine) as connection:
                # An append that was given up for its time may yet have come through.
                with suppress(Conflict):
                    await append(connection, self.stream, events, self._ring)
                    return None
                await append(connection, self.stream, events, self._ring)
        except Conflict:
            return ConnectionError("somebody else writes to this process's stream")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where it is waited for
            return error
        return None


def _ended(session: Ended) -> SessionEnded:
    return SessionEnded(
        at=session.at,
        by=By(person_id=session.person_id),
        session=session.session,
        holder=Holder.MACHINE if session.machine else Holder.BROWSER,
    )


async def append(
    connection: Connection, stream: str, events: Sequence[AccessEvent], ring: KeyRing
) -> None:
    """Add the events to the end of a stream; `Conflict` when somebody else did meanwhile."""
    loaded = await journal.load(connection, ACCESS, stream)
    listed = access_record.rows(stream, loaded.version + 1, loaded.now, events)
    entry = Entry(
        case_id=stream,
        command_id=uuid4(),
        command="record_access",
        fingerprint=b"",
        version=loaded.version,
        last_hash=loaded.last_hash,
        recorded_at=loaded.now,
        events=tuple(events),
        wrapped=loaded.wrapped,
        rows={"access_record": listed},
    )
    await journal.append(connection, [entry], ring)
