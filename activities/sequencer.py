"""Keeps numbering committed events while it runs; exactly one runs, which Temporal sees to."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.messages import SEQUENCE
from store import sequencer
from store.database import raw

SHIFT = timedelta(minutes=30)
PAUSE = 0.5
"""Seconds between looks when nothing was ready."""


class SequencerActivities:
    """The sequencer's one activity."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.sequence]

    @activity.defn(name=SEQUENCE)
    async def sequence(self) -> None:
        """Number events for one shift; the workflow starts the next one."""
        end = asyncio.get_running_loop().time() + SHIFT.total_seconds()
        while asyncio.get_running_loop().time() < end and not activity.is_worker_shutdown():
            activity.heartbeat()
            async with raw(self._engine) as connection:
                numbered = await sequencer.advance(connection)
            if not numbered:
                await asyncio.sleep(PAUSE)
