"""Who is told of an erasure: who asked, and who has to agree. No channels, no texts here."""

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
from domain.notices import Notice
from domain.values import SYSTEM


def notices(before: Erasure, after: Erasure, event: ErasureEvent) -> tuple[Notice, ...]:
    """The messages an event owes, each receiver once."""
    topic = event.kind
    match event:
        case ErasureRequested() | ErasureTakenUp() | ErasurePassedUp():
            found = [_asked(topic, after)]
        case ErasureWarned() | ErasureWithdrawn():
            found = [_asked(topic, before)]
        case ErasureOverdue():
            found = [_asked(topic, before), *_asker(topic, after)]
        case ErasureApproved() | ErasureRefused() | TargetKept():
            found = _asker(topic, after)
        case ErasureDelayed() | ErasureCarriedOut():
            approver = Notice(topic=topic, to="person", recipient=after.approver.person_id)
            found = [*_asker(topic, after), approver]
        case TargetErased():
            found = []
    return tuple(dict.fromkeys(found))


def _asked(topic: str, erasure: Erasure) -> Notice:
    """Whoever has to decide: a person, or the unit where nobody is."""
    question = erasure.question
    if question is None or question.person_id is None:
        unit_id = erasure.unit_id if question is None else question.unit_id
        return Notice(topic=topic, to="unit", recipient=unit_id)
    return Notice(topic=topic, to="person", recipient=question.person_id)


def _asker(topic: str, erasure: Erasure) -> list[Notice]:
    person = erasure.asker.person_id
    told = person not in {"", SYSTEM.person_id}
    return [Notice(topic=topic, to="person", recipient=person)] if told else []
