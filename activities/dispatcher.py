"""Reads the outbox and keeps deliveries moving while it runs; Temporal sees to it that one does.

Nothing of a message passes through Temporal: what is owed stands in the database.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.delivery.channels import CASE, DUTY, Channel, Failed, Outward
from activities.delivery.compose import Composer
from activities.delivery.crossing import Crossing, Tell
from activities.delivery.lanes import Lane, Pace
from activities.delivery.plan import Plan, plan, plan_for
from activities.messages import DISPATCH
from domain.book import Book
from domain.crossing import MESSAGES, Message
from domain.receivers import receivers
from store import books, deliveries, outbox, reading
from store.database import Connection, raw
from store.deliveries import Delivery
from store.keys import KeyRing

SHIFT = timedelta(minutes=30)
TO_FINISH = 3.0
"""Seconds for which a worker that is told to stop waits for what is under way."""


class DispatcherActivities:
    """The dispatcher's one activity, with a lane for each channel."""

    def __init__(
        self,
        engine: AsyncEngine,
        ring: KeyRing,
        outward: Outward | None = None,
        pace: Pace | None = None,
        tell: Tell | None = None,
        messages: Mapping[str, Message] = MESSAGES,
    ) -> None:
        """Without `tell` what cases tell each other waits for a dispatcher that has it."""
        self._engine = engine
        self._outward = outward or Outward()
        self._reach = self._outward.reach()
        self._pace = pace or Pace()
        self._composer = Composer(ring=ring, outward=self._outward)
        self._shelf = books.Shelf()
        self._moved = asyncio.Event()
        ways = self._outward.by_name()
        self._lanes = {name: self._lane(name, channel) for name, channel in ways.items()}
        self._lanes[DUTY] = Lane(DUTY, "", self._look_for_duty, engine, self._pace, self._moved)
        if tell is not None:
            self._lanes[CASE] = self._between_cases(
                Crossing(engine=engine, ring=ring, tell=tell, messages=messages)
            )

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.dispatch]

    @activity.defn(name=DISPATCH)
    async def dispatch(self) -> None:
        """Deliver for one shift; the workflow starts the next one."""
        end = asyncio.get_running_loop().time() + SHIFT.total_seconds()
        try:
            while asyncio.get_running_loop().time() < end and not activity.is_worker_shutdown():
                activity.heartbeat()
                if not await self.look():
                    await self._rest()
        finally:
            await self.finish()

    async def look(self) -> bool:
        """Take in what is new and start what is due; whether there may be more at once."""
        async with raw(self._engine) as connection:
            taken = await self._take_in(connection)
            self._moved.clear()
            for name in await deliveries.due_channels(connection, self._lanes):
                await self._lanes[name].fill(connection)
        return taken

    async def finish(self) -> None:
        """Wait a little for what is under way."""
        await asyncio.gather(*(lane.finish(TO_FINISH) for lane in self._lanes.values()))

    async def _rest(self) -> None:
        """Until a message has ended and left its place, or it is time to look again."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), timeout=self._pace.look)

    async def _take_in(self, connection: Connection) -> bool:
        batch = await outbox.next_batch(connection)
        if batch is None:
            return False
        made = Plan()
        if batch.owed:
            book, now = await self._book(connection)
            made = plan(batch.owed, book.organisation, self._reach, now)
        return await outbox.settle_batch(connection, batch, made.inbox, made.deliveries)

    def _lane(self, name: str, channel: Channel) -> Lane:
        async def send(delivery: Delivery) -> None:
            async with raw(self._engine) as connection:
                book, now = await self._book(connection)
                message = await self._composer.message(connection, delivery, book, now)
            await channel.send(message)

        return Lane(name, channel.endpoint, send, self._engine, self._pace, self._moved)

    def _between_cases(self, crossing: Crossing) -> Lane:
        """What one case tells another is never given up, and arrives in the order it was said."""
        pace = replace(self._pace, again=self._pace.again[:5], endless=True)
        way = crossing.deliver
        return Lane(CASE, "", way, self._engine, pace, self._moved, in_order=True)

    async def _look_for_duty(self, delivery: Delivery) -> None:
        """A unit had nobody on duty: perhaps it has now."""
        async with raw(self._engine) as connection:
            book, now = await self._book(connection)
            found = receivers("unit", delivery.receiver, book.organisation, now)
            if not found:
                raise Failed("nobody_on_duty")
            made = plan_for(delivery, found, book.organisation, self._reach)
            await outbox.write(connection, made.inbox, made.deliveries)

    async def _book(self, connection: Connection) -> tuple[Book, datetime]:
        """The book in force, and the database's time."""
        newest, now = await reading.newest_book(connection)
        return await self._shelf.book(connection, newest, now), now
