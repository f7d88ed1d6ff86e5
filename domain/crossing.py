"""What a case or a visit tells a case: the command a notice to a case becomes. Not how it travels.

A chapter owes `Notice(topic=…, to="case", recipient=<the other case>)` for one of its events and
puts one line for the topic here. The dispatcher makes the command of the event, sends it to the
other case until that has answered, and tells the sender if the answer was a refusal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from domain.commands import (
    Actor,
    AddInformation,
    Command,
    GiveBack,
    Join,
    NoteRecurrence,
    Part,
    Remind,
    UnmarkRecurrence,
    Withdraw,
)
from domain.events import (
    Event,
    InformationAdded,
    Merged,
    RecurrenceMarked,
    Reminded,
    ResidentLeft,
)
from domain.visit.commands import NoteUnopened
from domain.visit.events import VisitEvent, VisitRecorded
from domain.visit.recording import registering
from domain.words import ActorKind

E = TypeVar("E", bound=Event | VisitEvent)
CASE = Actor(kind=ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message under way: whose event it is about, and the id and time its command will have."""

    sender: str
    receiver: str
    topic: str
    event: Event | VisitEvent
    command_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """How a topic is told, and what its sender hears of a refusal (given its code), if anything.

    One that `opens` is told to a case nobody has opened yet; all others to one there is.

    Both must make the same command of the same event every time: a repeat is known by its id.
    """

    tell: Callable[[Sent], Command]
    refused: Callable[[Sent, str], Command | NoteUnopened] | None = None
    opens: bool = False


def _note_recurrence(sent: Sent) -> Command:
    event = _of(RecurrenceMarked, sent)
    return NoteRecurrence(
        command_id=sent.command_id,
        at=sent.at,
        actor=CASE,
        later=sent.sender,
        reported_at=event.reported_at,
        matter=event.matter,
        decided=event.decided,
    )


def _unmark_recurrence(sent: Sent, code: str) -> Command:
    return UnmarkRecurrence(
        command_id=sent.command_id,
        at=sent.at,
        actor=CASE,
        refusal=code,
    )


def _join(sent: Sent) -> Command:
    event = _of(Merged, sent)
    return Join(
        command_id=sent.command_id,
        at=sent.at,
        actor=CASE,
        case_id=sent.sender,
        residents=event.residents,
        officer=event.officer,
        urgency=event.urgency,
        promised=event.promised,
    )


def _give_back(sent: Sent, code: str) -> Command:
    return GiveBack(command_id=sent.command_id, at=sent.at, actor=CASE, refusal=code)


def _part(sent: Sent) -> Command:
    return Part(command_id=sent.command_id, at=sent.at, actor=CASE, case_id=sent.sender)


def _remind(sent: Sent) -> Command:
    text = _of(Reminded, sent).text
    return Remind(command_id=sent.command_id, at=sent.at, actor=_resident_of(sent), text=text)


def _add_information(sent: Sent) -> Command:
    event = _of(InformationAdded, sent)
    return AddInformation(
        command_id=sent.command_id,
        at=sent.at,
        actor=_resident_of(sent),
        text=event.text,
        evidence=event.evidence,
    )


def _withdraw(sent: Sent) -> Command:
    text = _of(ResidentLeft, sent).text
    return Withdraw(command_id=sent.command_id, at=sent.at, actor=_resident_of(sent), text=text)


def _open_case(sent: Sent) -> Command:
    recorded = _of(VisitRecorded, sent)
    return registering(sent.sender, recorded, sent.receiver, command_id=sent.command_id)


def _note_unopened(sent: Sent, code: str) -> NoteUnopened:
    return NoteUnopened(
        command_id=sent.command_id,
        at=sent.at,
        actor=CASE,
        case_id=sent.receiver,
        refusal=code,
    )


def _of(kind: type[E], sent: Sent) -> E:
    if not isinstance(sent.event, kind):
        msg = f"{sent.topic} is not told of {sent.event.kind}"
        raise TypeError(msg)
    return sent.event


def _resident_of(sent: Sent) -> Actor:
    """The resident of the case that tells, as the lead knows them."""
    return Actor(kind=ActorKind.RESIDENT, subject=sent.sender)


MESSAGES: Mapping[str, Message] = {
    "case.merged": Message(tell=_join, refused=_give_back),
    "merge.undone": Message(tell=_part),
    "case.reminded": Message(tell=_remind),
    "case.information_added": Message(tell=_add_information),
    "resident.left": Message(tell=_withdraw),
    "recurrence.marked": Message(tell=_note_recurrence, refused=_unmark_recurrence),
    "visit.recorded": Message(tell=_open_case, refused=_note_unopened, opens=True),
}
"""Every topic one case tells another."""
