"""What one case tells another: the command a notice to a case becomes. Delivery is elsewhere.

A chapter owes `Notice(topic=…, to="case", recipient=<the other case>)` for one of its events and
puts one line for the topic here. The dispatcher makes the command of the event, sends it to the
other case until that has answered, and tells the sender if the answer was a refusal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.commands import Actor, Command, NoteRecurrence, UnmarkRecurrence
from domain.events import Event, RecurrenceMarked
from domain.words import ActorKind


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


def _note_recurrence(sent: Sent) -> Command:
    event = sent.event
    if not isinstance(event, RecurrenceMarked):
        raise TypeError(event.kind)
    return NoteRecurrence(
        command_id=sent.command_id,
        at=sent.at,
        actor=Actor(kind=ActorKind.SYSTEM),
        later=sent.sender,
        reported_at=event.reported_at,
    )


def _unmark_recurrence(sent: Sent, code: str) -> Command:
    return UnmarkRecurrence(
        command_id=sent.command_id,
        at=sent.at,
        actor=Actor(kind=ActorKind.SYSTEM),
        refusal=code,
    )


MESSAGES: Mapping[str, Message] = {
    "recurrence.marked": Message(tell=_note_recurrence, refused=_unmark_recurrence),
}
"""Every topic one case tells another."""
