"""What every channel takes and how it fails. A failure's text never holds an address or a name."""

import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from letters.texts import Language

DUTY, CASE, EMAIL, SMS, CHAT = "duty", "case", "email", "sms", "chat"
"""`duty` looks for somebody on duty in a unit that had nobody, `case` tells another case; the
others leave the house.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A letter with its address; `message_id` is the same at every attempt.

    `person` says who `to` is where that helps the receiver: id and name of a member of staff.
    """

    message_id: str
    topic: str
    at: datetime
    case_id: str
    to: str
    person: dict[str, str] = field(default_factory=dict)
    subject: str
    text: str
    language: Language


class Failed(Exception):
    """A message did not arrive; `error` is a class of errors, fit to be stored and logged.

    `final`: trying again will not help. `endpoint`: the fault is the endpoint's, not this
    receiver's. `retry_after`: seconds for which the endpoint asks to be left alone. `gone`: it
    wants nothing any more.
    """

    def __init__(
        self,
        error: str,
        *,
        final: bool = False,
        endpoint: bool = False,
        retry_after: float = 0,
        gone: bool = False,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.final = final
        self.endpoint = endpoint
        self.retry_after = retry_after
        self.gone = gone


def trusting(authority: Path | None) -> ssl.SSLContext:
    """Who is believed to be who they say: whoever that PEM file vouches for, or the system."""
    return ssl.create_default_context(cafile=None if authority is None else str(authority))


class Channel(Protocol):
    """A way out of the house."""

    @property
    def endpoint(self) -> str:
        """Tells one address from another without showing it."""

    async def send(self, message: Message) -> None:
        """Hand the message over; `Failed` when it was not taken."""

    async def close(self) -> None:
        """Let go of connections."""


@dataclass(frozen=True, slots=True)
class NoChannel:
    """Stands where nothing is set: what should have gone this way is given up, visibly."""

    endpoint: str = ""

    async def send(self, message: Message) -> None:  # noqa: ARG002 - it takes nothing
        """Refuse."""
        raise Failed("no_channel", final=True)

    async def close(self) -> None:
        """Nothing is open."""


Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outward:
    """The channels that are set, what links begin with, and the language letters are in."""

    email: Channel = NoChannel()
    sms: Channel = NoChannel()
    chat: Channel = NoChannel()
    public_url: str = ""
    language: Language = "zh"

    def by_name(self) -> dict[str, Channel]:
        """Every channel by its name."""
        return {EMAIL: self.email, SMS: self.sms, CHAT: self.chat}

    def reach(self) -> frozenset[str]:
        """The names of those that are set."""
        return frozenset(n for n, c in self.by_name().items() if not isinstance(c, NoChannel))

    async def close(self) -> None:
        """Let go of every connection."""
        for channel in self.by_name().values():
            await channel.close()
