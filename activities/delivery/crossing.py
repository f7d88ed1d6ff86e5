"""What a case or a visit tells a case, carried to its workflow and, if refused, back.

It ends when the other case has answered: told twice it has one effect, and a refusal is an answer.
"""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from activities.delivery.channels import Failed
from activities.messages import StepResult
from domain.commands import Command
from domain.crossing import Message, Sent
from domain.events import Event
from domain.visit.commands import NoteUnopened
from domain.visit.events import VisitEvent
from store import reading
from store.database import raw
from store.deliveries import Delivery
from store.folds import CASE
from store.keys import KeyRing

SPACE = uuid.UUID("c1f0a6d4-7a39-4c52-9a3e-5d1f2b7e8a10")
Tell = Callable[[str, Command | NoteUnopened], Awaitable[StepResult]]
"""(stream, command) → its outcome, from the stream's own workflow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Tells cases; `Failed` when no answer came, `LookupError` for a topic nobody knows."""

    engine: AsyncEngine
    ring: KeyRing
    tell: Tell
    messages: Mapping[str, Message]

    async def deliver(self, delivery: Delivery) -> str | None:
        """The refusal's code, or None for done."""
        message = self.messages[delivery.topic]
        sent = await self._sent(delivery)
        try:
            code = await self._refusal(delivery.receiver, message, sent)
            if code is not None and message.refused is not None:
                back = await self._sent(delivery, answer=True)
                await self.tell(delivery.case_id, message.refused(back, code))
        except WorkflowUpdateFailedError:
            raise Failed("step_failed") from None
        except (RPCError, RuntimeError, WorkflowUpdateRPCTimeoutOrCancelledError):
            raise Failed("temporal_away", endpoint=True) from None
        return code

    async def _refusal(self, receiver: str, message: Message, sent: Sent) -> str | None:
        """The code of the other case's no, None for a yes; what is no case answers no to all."""
        if not await self._may_hear(receiver, message):
            return "no_such_case"
        result = await self.tell(receiver, message.tell(sent))
        return result.refusal.code if result.refusal else None

    async def _may_hear(self, receiver: str, message: Message) -> bool:
        """Whether it is a case, and one there is unless this opens it."""
        if message.opens:
            return CASE.owns(receiver)
        async with raw(self.engine) as connection:
            return await reading.begun(connection, CASE, receiver)

    async def _sent(self, delivery: Delivery, *, answer: bool = False) -> Sent:
        """The message; a repeat and its answer each have an id of their own, always the same."""
        parts = [delivery.case_id, str(delivery.version), delivery.topic, delivery.receiver]
        parts += ["answer"] if answer else []
        async with raw(self.engine) as connection:
            event, now = await reading.event_at(
                connection, delivery.case_id, delivery.version, self.ring
            )
        return Sent(
            sender=delivery.case_id,
            receiver=delivery.receiver,
            topic=delivery.topic,
            event=cast("Event | VisitEvent", event),
            command_id=str(uuid.uuid5(SPACE, "\0".join(parts))),
            at=now,
        )
