"""Keeps the scores following the journal while it runs; Temporal sees that one does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.messages import KEEP_SCORES
from store.database import raw
from store.scores.keeper import AT_ONCE, Keeper

SHIFT = timedelta(minutes=30)
PAUSE = 1.5
"""Seconds between looks: a few events cost what many do, and figures follow within five seconds."""
BEAT = 3.0
"""Seconds between signs of life: adding up the days of another zone takes longer than a look."""


class ScorerActivities:
    """The scorer's one activity."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.keep_scores]

    @activity.defn(name=KEEP_SCORES)
    async def keep_scores(self) -> None:
        """Follow the journal for one shift; the workflow starts the next one."""
        alive = asyncio.create_task(_beat())
        try:
            await self._follow()
        finally:
            alive.cancel()

    async def _follow(self) -> None:
        keeper = await Keeper.open()
        try:
            await self._keep(keeper)
        finally:
            await asyncio.to_thread(keeper.close)

    async def _keep(self, keeper: Keeper) -> None:
        end = asyncio.get_running_loop().time() + SHIFT.total_seconds()
        while asyncio.get_running_loop().time() < end and not activity.is_worker_shutdown():
            async with raw(self._engine) as connection:
                taken = await keeper.advance(connection)
            if taken < AT_ONCE:
                await asyncio.sleep(PAUSE)


async def _beat() -> None:
    while True:
        activity.heartbeat()
        await asyncio.sleep(BEAT)
