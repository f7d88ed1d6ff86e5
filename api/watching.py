"""What somebody has open in a browser, and that it moved on. Says nothing of what happened: who is
told looks again, with their own rights.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncEngine

from store.database import Connection, raw

EVERY = 0.5
"""Seconds between two looks at everything that is open anywhere in this process: one query each."""
Look = Callable[[Connection, Sequence[str]], Awaitable[Mapping[str, int]]]
"""How far each of these has come; what does not exist is left out."""


@dataclass(slots=True, eq=False)
class Watcher:
    """One browser's look at one thing: the version it shows, and the newer ones it is told."""

    what: str
    version: int | None
    news: asyncio.Queue[int] = field(default_factory=asyncio.Queue)

    def hear(self, version: int) -> None:
        """Take in what the version is now."""
        if self.version not in {None, version}:
            self.news.put_nowait(version)
        self.version = version


@dataclass(slots=True)
class Watch:
    """All watchers of a process, of things of one kind."""

    read: Look
    _watchers: set[Watcher] = field(default_factory=set)

    @contextmanager
    def over(self, what: str, version: int | None) -> Iterator[Watcher]:
        """A watcher who knows that version, or takes the first one it hears of; gone at the end."""
        watcher = Watcher(what, version)
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    async def look(self, engine: AsyncEngine) -> None:
        """Tell every watcher what has moved on; nothing is asked while nobody watches."""
        wanted = {watcher.what for watcher in self._watchers}
        if not wanted:
            return
        async with raw(engine) as connection:
            versions = await self.read(connection, sorted(wanted))
        for watcher in tuple(self._watchers):
            if watcher.what in versions:
                watcher.hear(versions[watcher.what])
