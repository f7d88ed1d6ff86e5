"""A dispatcher on a database of its own, whose looks a test takes by hand."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from activities.delivery.channels import Outward
from activities.delivery.crossing import Tell
from activities.delivery.lanes import Pace
from activities.dispatcher import DispatcherActivities
from domain.commands import Command
from domain.crossing import Message
from store import sequencer
from tests.store.house import RING, Database, Scribe

QUICK = Pace(again=(0.2,) * 8, timeout=1, lease=2, pause=0.3, look=0.02)


@dataclass(slots=True)
class Bureau:
    """Writes cases as the activity does, and delivers what they owe."""

    database: Database
    outward: Outward = field(default_factory=Outward)
    pace: Pace = QUICK
    dispatcher: DispatcherActivities = field(init=False)

    def __post_init__(self) -> None:
        self.dispatcher = DispatcherActivities(self.database.engine, RING, self.outward, self.pace)

    def tells(self, tell: Tell, messages: Mapping[str, Message]) -> None:
        """From now on cases are told, each topic as given."""
        self.dispatcher = DispatcherActivities(
            self.database.engine, RING, self.outward, self.pace, tell, messages
        )

    async def happens(self, case_id: str, *commands: Command) -> None:
        """The commands take effect, and what they bring is numbered."""
        async with self.database.connection() as connection:
            await Scribe(connection).write(case_id, *commands)
            await sequencer.advance(connection)

    async def look(self) -> None:
        """One look, and the end of everything it started."""
        while await self.dispatcher.look():
            pass
        await self.dispatcher.look()
        await self.dispatcher.finish()

    async def until(self, done: Callable[[], Awaitable[bool]], seconds: float = 20) -> None:
        """Deliver as the activity does until it is done."""
        async with asyncio.timeout(seconds):
            while not await done():
                if not await self.dispatcher.look():
                    await self.dispatcher._rest()
        await self.dispatcher.finish()

    async def fetch(self, query: str, *args: Any) -> list[dict[str, Any]]:
        async with self.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(query, *args)]

    async def execute(self, statement: str, *args: Any) -> None:
        async with self.database.connection() as connection:
            await connection.execute(statement, *args)

    async def inbox(self, topic: str) -> set[str]:
        """Who has a notice of that topic in the inbox."""
        rows = await self.fetch("select person_id from inbox where topic = $1", topic)
        return {row["person_id"] for row in rows}

    async def states(self, channel: str) -> list[str]:
        """What became of a channel's deliveries, oldest first."""
        rows = await self.fetch(
            """select topic, receiver, status, coalesce(error, '-') as error from deliveries
               where channel = $1 order by delivery_id""",
            channel,
        )
        return [" ".join(row.values()) for row in rows]

    async def settled(self) -> bool:
        """Whether nothing waits any more."""
        rows = await self.fetch(
            """select (select count(*) from deliveries where status = 'pending')
                    + (select s.last_seq - d.last_seq from sequencer s, dispatcher d) as waiting"""
        )
        return bool(rows[0]["waiting"] == 0)
