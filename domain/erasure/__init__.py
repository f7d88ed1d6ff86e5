"""An erasure (R14.4): four pure functions, as of a case. What a case forgets: `domain/erasing`."""

from dataclasses import replace
from typing import assert_never

from domain import authority
from domain.book import Book
from domain.commands import Tick
from domain.erasure import approval, asking, carrying
from domain.erasure.commands import (
    ApproveErasure,
    ErasureCommand,
    NoteErased,
    NoteKept,
    RefuseErasure,
    RequestErasure,
    WithdrawErasure,
)
from domain.erasure.events import (
    ErasureApproved,
    ErasureCarriedOut,
    ErasureDelayed,
    ErasureEvent,
    ErasureOverdue,
    ErasurePassedUp,
    ErasureRefused,
    ErasureRequested,
    ErasureTakenUp,
    ErasureWarned,
    ErasureWithdrawn,
    TargetErased,
    TargetKept,
)
from domain.erasure.state import Erasure
from domain.refusals import Refused


def initial(erasure_id: str) -> Erasure:
    """An erasure nobody has asked for yet."""
    return Erasure(erasure_id=erasure_id)


def decide(erasure: Erasure, command: ErasureCommand, book: Book) -> tuple[ErasureEvent, ...]:
    """The events the command causes, after those time has caused by then; raises `Refused`."""
    if erasure.last_at is not None and command.at < erasure.last_at:
        command = replace(command, at=erasure.last_at)
    found: list[ErasureEvent] = []
    while due := _settle(erasure, command, book):
        found += due
        for event in due:
            erasure = evolve(erasure, event)
    return (*found, *_decide(erasure, command, book))


def _settle(erasure: Erasure, command: ErasureCommand, book: Book) -> tuple[ErasureEvent, ...]:
    """The events of the earliest instant due by then; none when nothing is due."""
    now, due = command.at, erasure.next_due()
    if due is None or due > now:
        return ()
    at = max(due, erasure.last_at or due)
    if due == erasure.due_at:
        return (carrying.delayed(erasure, at),)
    return () if erasure.asked is None else approval.due(erasure, erasure.asked, at, now, book)


def _decide(  # noqa: PLR0911 - one line for each command
    erasure: Erasure, command: ErasureCommand, book: Book
) -> tuple[ErasureEvent, ...]:
    if isinstance(command, RequestErasure):
        return (asking.request_erasure(erasure, command, book),)
    if erasure.asked_at is None:
        raise Refused("no_such_erasure", "R14.4", erasure=erasure.erasure_id)
    match command:
        case ApproveErasure():
            return approval.approve_erasure(erasure, command, book)
        case RefuseErasure():
            return approval.refuse_erasure(erasure, command, book)
        case WithdrawErasure():
            return approval.withdraw_erasure(erasure, command, book)
        case NoteErased():
            return carrying.note_erased(erasure, command)
        case NoteKept():
            return carrying.note_kept(erasure, command)
        case Tick():
            authority.system(command)
            return ()
    assert_never(command)


def evolve(  # noqa: PLR0911 - one line for each event
    erasure: Erasure, event: ErasureEvent
) -> Erasure:
    """The erasure after the event. Total."""
    erasure = replace(erasure, version=erasure.version + 1, last_at=event.at)
    match event:
        case ErasureRequested():
            return asking.requested(erasure, event)
        case ErasureTakenUp():
            return approval.taken_up(erasure, event)
        case ErasureApproved():
            return approval.approved(erasure, event)
        case ErasureRefused() | ErasureWithdrawn():
            return approval.ended(erasure, event)
        case ErasurePassedUp():
            return approval.asked(erasure, event)
        case ErasureWarned() | ErasureOverdue():
            return approval.marked(erasure, event)
        case TargetErased():
            return carrying.target_erased(erasure, event)
        case TargetKept():
            return carrying.target_kept(erasure, event)
        case ErasureDelayed() | ErasureCarriedOut():
            return carrying.evolve(erasure, event)
    assert_never(event)
