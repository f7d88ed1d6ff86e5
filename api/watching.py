"""Which cases somebody has open in a browser, and that one of them moved on. Says nothing of what
happened: who is told looks again, with their own rights.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncEngine

from store import reading
from store.database import raw

EVERY = 0.5
"""Seconds between two looks at all cases that are open anywhere in this process: one query."""


@dataclass(slots=True, eq=False)
class Watcher:
    """One browser's look at one case: the version it shows, and the newer ones it is told."""

    case_id: str
    version: int | None
    news: asyncio.Queue[int] = field(default_factory=asyncio.Queue)

    def hear(self, version: int) -> None:
        """Take in what the case's version is now."""
        if self.version not in {None, version}:
            self.news.put_nowait(version)
        self.version = version


@dataclass(slots=True)
class Watch:
    """All watchers of a process."""

    _watchers: set[Watcher] = field(default_factory=set)

    @contextmanager
    def over(self, case_id: str, version: int | None) -> Iterator[Watcher]:
        """A watcher who knows that version, or takes the first one it hears of; gone at the end."""
        watcher = Watcher(case_id, version)
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    async def look(self, engine: AsyncEngine) -> None:
        """Tell every watcher what has moved on; nothing is asked while nobody watches."""
        wanted = {watcher.case_id for watcher in self._watchers}
        if not wanted:
            return
        async with raw(engine) as connection:
            versions = await reading.versions(connection, sorted(wanted))
        for watcher in tuple(self._watchers):
            if watcher.case_id in versions:
                watcher.hear(versions[watcher.case_id])
