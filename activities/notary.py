"""Keeps the tree of all events and signs checkpoints of it; one runs, which Temporal sees to.

Signs nothing that contradicts what was signed before: neither in the database nor beside it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities import diary
from activities.kept import Contradiction, Kept, goes_on
from activities.messages import NOTARISE
from domain import log as logs
from domain.log import Look
from domain.log.events import BooksNoted, LogEvent
from domain.log.state import LOG, Log
from store import checkpoints, tree
from store.checkpoints import Signed, Standing
from store.database import Connection, raw
from store.journal import Conflict
from store.keys import KeyRing
from store.notes import Checkpoint, sign

log = logging.getLogger(__name__)

SHIFT = timedelta(minutes=30)
PAUSE = 0.5
"""Seconds between looks when there is nothing to do."""
AT_LATEST = timedelta(hours=1)
"""So long at most between two checkpoints, even if nothing happened: whoever watches sees that
the notary is alive, and that nothing was added meanwhile."""
EVENTS = 10_000
"""So many new events at most before a checkpoint: what a burst could hide stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the notary works with: its keys, the first one first, each 32 secret bytes; the file
    that keeps the last checkpoint outside the database; and how long new events wait at most.
    """

    seeds: tuple[bytes, ...]
    kept: Path
    every: timedelta

    @classmethod
    def of(cls, keys: str, kept: Path, seconds: int) -> "Desk":
        """From settings: keys in base64, with commas."""
        return cls(seeds=diary.seeds_of(keys), kept=kept, every=timedelta(seconds=seconds))


class NotaryActivities:
    """The notary's one activity."""

    def __init__(self, engine: AsyncEngine, ring: KeyRing, desk: Desk) -> None:
        self._engine = engine
        self._ring = ring
        self._desk = desk
        self._kept = Kept(desk.kept)
        self._signed_at: float | None = None
        self._said = ""

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.notarise]

    @activity.defn(name=NOTARISE)
    async def notarise(self) -> None:
        """Sign for one shift; the workflow starts the next one."""
        loop = asyncio.get_running_loop()
        end = loop.time() + SHIFT.total_seconds()
        first = True
        while loop.time() < end and not activity.is_worker_shutdown():
            activity.heartbeat()
            if not await self.look(first=first):
                await asyncio.sleep(PAUSE)
            first = False

    async def look(self, *, first: bool = False) -> bool:
        """Do the next thing there is to do; whether there was any. `first`: as if it were due."""
        async with raw(self._engine) as connection:
            standing = await checkpoints.standing(connection, LOG)
            last = await checkpoints.newest(connection)
            due = self._due(standing, last)
            if not (first or due) or not standing.settled:
                return False
            if not await tree.extend(connection, standing.numbered):
                return True
            try:
                return await self._work(connection, standing.numbered, last, due=due)
            except Conflict:  # another notary was faster; the next look goes by what it wrote
                return False
            except Contradiction as found:
                self._say(str(found))
                return False

    def _due(self, standing: Standing, last: Signed | None) -> bool:
        if last is None:
            return True
        passed = standing.now - last.signed_at
        if passed < timedelta():  # the clock was set back and says nothing: our own must do
            since = self._signed_at
            now = asyncio.get_running_loop().time()
            passed = AT_LATEST if since is None else timedelta(seconds=now - since)
        new = standing.numbered - last.size
        if new < 0:  # fewer than were signed: that is said at once
            return True
        return passed >= AT_LATEST or (new > 0 and (passed >= self._desk.every or new >= EVENTS))

    async def _work(
        self, connection: Connection, size: int, last: Signed | None, *, due: bool
    ) -> bool:
        """Write down what happened to the log itself, or else sign; nothing new only when due."""
        loaded = await diary.read(connection)
        state = loaded.state
        keys = await diary.known(connection, state.origin, self._desk.seeds, self._ring)
        kept = await self._kept.check(connection, state.origin, size, keys)
        there = kept.size if kept else 0
        if last is not None and await goes_on(connection, last, state, size) and there < last.size:
            self._keep(last.note)  # another worker signed it, or this machine lacks the file
        look = await diary.look(connection, loaded, last, self._desk.seeds)
        if happened := logs.decide(state, look):
            await diary.write(connection, loaded, happened, self._ring)
            _tell(happened)
            return True
        if last is not None and last.size == size and not due:
            return False
        await self._sign(connection, state, look, size, last)
        return True

    async def _sign(
        self, connection: Connection, state: Log, look: Look, size: int, last: Signed | None
    ) -> None:
        checkpoint = Checkpoint(
            origin=state.origin,
            size=size,
            root=await tree.root(connection, size),
            # Of a clock that was set back the log says so itself; its checkpoints never go back.
            time=max(look.at, last.signed_at) if last else look.at,
        )
        note = sign(checkpoint, diary.signers(state.origin, self._desk.seeds))
        signed = Signed(
            checkpoint_id=last.checkpoint_id + 1 if last else 1,
            size=size,
            root=checkpoint.root,
            signed_at=checkpoint.time,
            note=str(note),
        )
        await checkpoints.add(connection, signed)
        self._signed_at = asyncio.get_running_loop().time()
        self._keep(str(note))
        self._say("")

    def _keep(self, note: str) -> None:
        """A full disk is said aloud and stops nobody: the checkpoint is in the database."""
        try:
            self._kept.keep(note)
        except OSError as error:
            log.error(  # noqa: TRY400 - the reason says it all
                "the last checkpoint is not kept outside the database: %s", error
            )

    def _say(self, trouble: str) -> None:
        """Once for each trouble, and once that it is over."""
        if trouble and trouble != self._said:
            log.error("no checkpoint is signed: %s", trouble)
        elif self._said and not trouble:
            log.warning("checkpoints are signed again")
        self._said = trouble


def _tell(happened: Sequence[LogEvent]) -> None:
    rare = [event.kind for event in happened if not isinstance(event, BooksNoted)]
    if rare:
        log.warning("the log: %s", ", ".join(rare))
