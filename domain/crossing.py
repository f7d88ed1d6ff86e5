"""What one case tells another: the command a notice to a case becomes. Delivery is elsewhere.

A chapter owes `Notice(topic=…, to="case", recipient=<the other case>)` for one of its events and
puts one line for the topic here. The dispatcher makes the command of the event, sends it to the
other case until that has answered, and tells the sender if the answer was a refusal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.commands import Command
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message under way: whose event it is about, and the id and time its command will have."""

    sender: str
    topic: str
    event: Event
    command_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """How a topic is told, and what its sender hears of a refusal (given its code), if anything.

    Both must make the same command of the same event every time: a repeat is known by its id.
    """

    tell: Callable[[Sent], Command]
    refused: Callable[[Sent, str], Command] | None = None


MESSAGES: Mapping[str, Message] = {}
"""Every topic one case tells another."""
