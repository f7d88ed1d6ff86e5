"""Who is to be told of an event (R1.4, R4.4, R6.6, R6.7, R9.1), by chapter: facts for the outbox,
no texts.
"""

from typing import assert_never

from domain.book import Book
from domain.events import (
    AgreementEvent,
    Arrived,
    DangerReported,
    DelegationEvent,
    DeliberationEvent,
    DisputeEvent,
    Event,
    FileAttached,
    FirstContactEvent,
    LadderEvent,
    MergingEvent,
    PauseEvent,
    ProactiveEvent,
    RatingEvent,
    Reclassified,
    RedressEvent,
    ReturnEvent,
    ShelvingEvent,
    SubjectErased,
    SupervisionEvent,
    TimeEvent,
    WhistleEvent,
)
from domain.notices import (
    delegation,
    deliberation,
    disputes,
    first_contact,
    ladder,
    merging,
    pauses,
    proactive,
    ratings,
    redress,
    returns,
    shelving,
    supervision,
    telling,
    time,
    whistle,
)
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.state import Case

__all__ = ["Notice", "notices"]

HASTEN = (Arrived, DangerReported, Reclassified)
"""With these a case becomes an emergency, and what was set going before is due sooner."""


def notices(before: Case, after: Case, event: Event, book: Book) -> tuple[Notice, ...]:
    """The messages an event owes, each receiver once."""
    turn = Turn(before=before, after=after, book=book)
    told = (*_of_chapter(turn, event), *delegation.delegator(turn, event))
    if isinstance(event, HASTEN):
        told = (*told, *telling.hastened(after, event))
    others = (*merging.other_officers(turn, event), *merging.crossing(turn, event))
    return tuple(dict.fromkeys((*told, *others)))


def _of_chapter(  # noqa: C901, PLR0911, PLR0912 - one line for each chapter
    turn: Turn, event: Event
) -> list[Notice]:
    if isinstance(event, FirstContactEvent):
        return first_contact.told(turn, event)
    if isinstance(event, LadderEvent):
        return ladder.told(turn, event)
    if isinstance(event, TimeEvent):
        return time.told(turn, event)
    if isinstance(event, ReturnEvent):
        return returns.told(turn, event)
    if isinstance(event, ShelvingEvent):
        return shelving.told(turn, event)
    if isinstance(event, PauseEvent):
        return pauses.told(turn, event)
    if isinstance(event, SupervisionEvent):
        return supervision.told(turn, event)
    if isinstance(event, ProactiveEvent):
        return proactive.told(turn, event)
    if isinstance(event, WhistleEvent):
        return whistle.told(turn, event)
    if isinstance(event, MergingEvent):
        return merging.told(turn, event)
    if isinstance(event, DeliberationEvent):
        return deliberation.told(turn, event)
    if isinstance(event, DisputeEvent | AgreementEvent):
        return disputes.told(turn, event)
    if isinstance(event, RatingEvent):
        return ratings.told(turn, event)
    if isinstance(event, RedressEvent):
        return redress.told(turn, event)
    if isinstance(event, DelegationEvent | SubjectErased | FileAttached):
        return []
    assert_never(event)
