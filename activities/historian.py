"""Keeps the spans of all cases following the journal while it runs; Temporal sees that one does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.messages import KEEP_SPANS
from store.database import raw
from store.spans import AT_ONCE, Keeper

SHIFT = timedelta(minutes=30)
PAUSE = 0.5
"""Seconds between looks: many events at once cost less than one at a time."""


class HistorianActivities:
    """The historian's one activity."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.keep_spans]

    @activity.defn(name=KEEP_SPANS)
    async def keep_spans(self) -> None:
        """Follow the journal for one shift; the workflow starts the next one."""
        keeper = Keeper()
        end = asyncio.get_running_loop().time() + SHIFT.total_seconds()
        while asyncio.get_running_loop().time() < end and not activity.is_worker_shutdown():
            activity.heartbeat()
            async with raw(self._engine) as connection:
                written = await keeper.advance(connection)
            if written < AT_ONCE:
                await asyncio.sleep(PAUSE)
