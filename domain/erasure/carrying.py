"""What is noted while an erasure is carried out (R14.4). The doing is the activities'."""

from dataclasses import replace
from datetime import datetime

from domain import authority
from domain.erasure.commands import NoteErased, NoteKept
from domain.erasure.events import (
    ErasureCarriedOut,
    ErasureDelayed,
    ErasureEvent,
    TargetErased,
    TargetKept,
)
from domain.erasure.state import Erasure, Swept
from domain.refusals import Refused
from domain.values import SYSTEM
from domain.words.erasure import ErasureState


def note_erased(erasure: Erasure, command: NoteErased) -> tuple[ErasureEvent, ...]:
    """One more is forgotten."""
    _need_left(erasure, command)
    erased = TargetErased(
        at=command.at,
        by=SYSTEM,
        target=command.target,
        keys=command.keys,
        histories=command.histories,
        rows=command.rows,
        remains=command.remains,
    )
    return (erased, *_end(target_erased(erasure, erased), command.at))


def note_kept(erasure: Erasure, command: NoteKept) -> tuple[ErasureEvent, ...]:
    """One of them is not: who asked may ask again when what stood against it is over."""
    _need_left(erasure, command)
    kept = TargetKept(at=command.at, by=SYSTEM, target=command.target, refusal=command.refusal)
    return (kept, *_end(target_kept(erasure, kept), command.at))


def _need_left(erasure: Erasure, command: NoteErased | NoteKept) -> None:
    authority.system(command)
    if erasure.state is not ErasureState.UNDER_WAY or command.target not in erasure.left:
        raise Refused("not_to_be_erased", "R14.4", case=command.target.case_id)


def _end(after: Erasure, at: datetime) -> tuple[ErasureEvent, ...]:
    """With the last of them it is carried out."""
    if after.left:
        return ()
    swept = after.swept
    return (
        ErasureCarriedOut(
            at=at,
            by=SYSTEM,
            erased=swept.erased,
            kept=swept.kept,
            keys=swept.keys,
            histories=swept.histories,
            rows=swept.rows,
            remains=swept.remains,
        ),
    )


def delayed(erasure: Erasure, at: datetime) -> ErasureDelayed:
    """Said once; it goes on being tried."""
    return ErasureDelayed(at=at, by=SYSTEM, due_at=erasure.due_at or at, left=len(erasure.left))


def target_erased(erasure: Erasure, event: TargetErased) -> Erasure:
    """One fewer, and the sums."""
    swept = erasure.swept
    return replace(
        erasure,
        left=tuple(each for each in erasure.left if each != event.target),
        swept=Swept(
            erased=swept.erased + 1,
            kept=swept.kept,
            keys=swept.keys + event.keys,
            histories=swept.histories + event.histories,
            rows=swept.rows + event.rows,
            remains=tuple(sorted({*swept.remains, *event.remains})),
        ),
    )


def target_kept(erasure: Erasure, event: TargetKept) -> Erasure:
    """One fewer, who stays."""
    left = tuple(each for each in erasure.left if each != event.target)
    return replace(erasure, left=left, swept=replace(erasure.swept, kept=erasure.swept.kept + 1))


def evolve(erasure: Erasure, event: ErasureDelayed | ErasureCarriedOut) -> Erasure:
    """It is late, or it is done."""
    if isinstance(event, ErasureDelayed):
        return replace(erasure, due_at=None)
    return replace(erasure, state=ErasureState.CARRIED_OUT, due_at=None, ended_at=event.at)
