"""One lane for each channel: bounded work, fair between mailboxes, and a pause for an endpoint that
fails. What is sent and how is not known here.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from activities.delivery.channels import Failed
from store import deliveries
from store.database import Connection, raw
from store.deliveries import Delivery

log = logging.getLogger(__name__)

MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patient delivery is; all in seconds. One that is `endless` never gives up.

    `again` are the waits between attempts: one more attempt than waits, then the delivery is dead.
    After `trips` failures in a row an endpoint is left alone for `pause`, doubled each time up to
    `longest_pause`; then one message tries it. `lease` must outlast `timeout`.
    """

    again: tuple[float, ...] = (
        *(5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE),
        *(2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR),
    )
    timeout: float = 15
    lease: float = 25
    width: int = 8
    trips: int = 5
    pause: float = 10
    longest_pause: float = 300
    look: float = 0.5
    endless: bool = False

    def wait(self, attempt: int) -> float | None:
        """How long to wait after that attempt, give or take a fifth; None for no longer."""
        if attempt > len(self.again) and not self.endless:
            return None
        return self.again[min(attempt, len(self.again)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads the load


@dataclass(slots=True)
class Circuit:
    """Whether an endpoint is worth trying. `now` is a steady clock in seconds."""

    pace: Pace
    failures: int = 0
    paused_until: float = 0

    def room(self, busy: int, now: float) -> int:
        """How many more may be tried at once."""
        if now < self.paused_until:
            return 0
        tried = self.failures >= self.pace.trips
        return (1 if tried else self.pace.width) - busy

    def succeeded(self) -> None:
        """It took a message."""
        self.failures, self.paused_until = 0, 0

    def failed(self, now: float, retry_after: float) -> None:
        """It failed, not the receiver; it may have said for how long."""
        self.failures += 1
        over = self.failures - self.pace.trips
        pause = self.pace.pause * 2.0 ** min(over, 16) if over >= 0 else 0
        pause = min(max(pause, retry_after), self.pace.longest_pause)
        if pause:
            self.paused_until = max(self.paused_until, now + pause)


@dataclass(slots=True)
class Lane:
    """The deliveries of one channel under way. `moved` is set whenever one of them ends.

    `send` gives what is worth keeping of the answer, if anything; `in_order` keeps a later message
    of a mailbox back until the earlier ones have ended.
    """

    name: str
    endpoint: str
    send: Callable[[Delivery], Awaitable[str | None]]
    engine: AsyncEngine
    pace: Pace
    moved: asyncio.Event
    in_order: bool = False
    circuit: Circuit = field(init=False)
    _busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A circuit of its own."""
        self.circuit = Circuit(self.pace)

    async def fill(self, connection: Connection) -> int:
        """Start what is due and has room; how many were started."""
        room = self.circuit.room(len(self._busy), _now())
        if room <= 0:
            return 0
        gone = bool(self.endpoint and await deliveries.gone(connection, [self.endpoint]))
        if gone:
            await deliveries.all_dead(connection, self.name, "endpoint_gone")
        claimed = await deliveries.claim(
            connection,
            *(self.name, room, self._busy, self.pace.lease),
            only_by_hand=gone,
            in_order=self.in_order,
        )
        for delivery in claimed:
            task = asyncio.create_task(self._carry_out(delivery))
            self._busy[delivery.mailbox] = task
            task.add_done_callback(partial(self._ended, delivery.mailbox))
        return len(claimed)

    async def finish(self, seconds: float) -> None:
        """Let what is under way end; what does not end in time is tried again after its lease."""
        tasks = [*self._busy.values()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, mailbox: str, _: object) -> None:
        self._busy.pop(mailbox, None)
        self.moved.set()

    async def _carry_out(self, delivery: Delivery) -> None:
        outcome = await self._attempt(delivery)
        try:
            async with raw(self.engine) as connection:
                await self._settle(connection, delivery, outcome)
        except Exception as error:  # noqa: BLE001 - the lease brings it back, with the same id
            log.warning("message %s: not settled: %s", delivery.message_id, type(error).__name__)

    async def _attempt(self, delivery: Delivery) -> Failed | str | None:
        try:
            async with asyncio.timeout(self.pace.timeout):
                return await self.send(delivery)
        except Failed as failure:
            return failure
        except TimeoutError:
            return Failed("timeout", endpoint=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            # By its kind alone: its text could hold a name, a number or an address.
            log.error("message %s: %s", delivery.message_id, type(error).__name__)  # noqa: TRY400
            return Failed(f"defect:{type(error).__name__}")

    async def _settle(
        self, connection: Connection, delivery: Delivery, outcome: Failed | str | None
    ) -> None:
        if not isinstance(outcome, Failed):
            self.circuit.succeeded()
            await deliveries.sent(connection, delivery, outcome)
            if delivery.by_hand and self.endpoint:
                await deliveries.back_again(connection, self.endpoint)
            return
        await self._failed(connection, delivery, outcome)

    async def _failed(self, connection: Connection, delivery: Delivery, failure: Failed) -> None:
        log.info(
            "message %s (%s, %s): attempt %d: %s",
            *(delivery.message_id, delivery.topic, self.name, delivery.attempt, failure.error),
        )
        if failure.endpoint:
            self.circuit.failed(_now(), failure.retry_after)
        if failure.gone:
            await deliveries.set_gone(connection, self.endpoint)
        wait = None if failure.final or failure.gone else self.pace.wait(delivery.attempt)
        if wait is None:
            await deliveries.dead(connection, delivery, failure.error)
        else:
            longer = max(wait, failure.retry_after)
            await deliveries.again(connection, delivery, failure.error, longer)


def _now() -> float:
    return asyncio.get_running_loop().time()
