"""Chapters R10 and R11: what follows a bad rating, and fairness to staff.

Which module knows what; and, noted of every event, who had a part in the case: the people whom
reviews and appeals must not be decided by.
"""

from dataclasses import replace

from domain import clocks, reconsideration, reviews
from domain.book import Book
from domain.commands import AskReconsideration, Reconsider, RedressCommand, ReviewRating
from domain.events import (
    Event,
    RatingExcluded,
    RatingLapsed,
    RatingRestored,
    ReconsiderationAsked,
    ReconsiderationDecided,
    RectificationOpened,
    RedressEvent,
    ReviewDecided,
    ReviewOpened,
    SupervisionOrdered,
)
from domain.state import Case, changed
from domain.words import ClockKind


def decide(case: Case, command: RedressCommand, book: Book) -> tuple[Event, ...]:
    """The chapters' decisions."""
    match command:
        case ReviewRating():
            return reviews.review_rating(case, command, book)
        case AskReconsideration():
            return reconsideration.ask_reconsideration(case, command, book)
        case Reconsider():
            return reconsideration.reconsider(case, command, book)


def evolve(case: Case, event: RedressEvent) -> Case:  # noqa: PLR0911 - one line for each event
    """The chapters' events."""
    match event:
        case ReviewOpened():
            return reviews.review_opened(case, event)
        case RatingLapsed():
            return clocks.stop(case, event.at, ClockKind.RATING, ClockKind.RATING_REMINDER)
        case ReviewDecided():
            return reviews.review_decided(case, event)
        case RatingExcluded():
            return reviews.rating_excluded(case, event)
        case RectificationOpened():
            return reviews.rectification_opened(case, event)
        case ReconsiderationAsked():
            return reconsideration.reconsideration_asked(case, event)
        case ReconsiderationDecided():
            return reconsideration.decided(case, event)
        case RatingRestored():
            return reconsideration.rating_restored(case, event)


# -- who had a part ---------------------------------------------------------


def noted(case: Case, event: Event) -> Case:
    """The case after the event, with who answers for it now and who acted in the event."""
    hands, acted = _hands(case, event), _acted(case, event)
    if not hands and not acted:
        return case
    known = case.redress
    return changed(
        case,
        redress=replace(known, hands=(*known.hands, *hands), acted=(*known.acted, *acted)),
    )


def _hands(case: Case, event: Event) -> tuple[tuple[int, str], ...]:
    """Who answers for the case in its round and was not noted yet: in charge, or standing in."""
    if not case.stints:
        return ()
    stint, by = case.stint, event.by
    in_charge = {stint.person_id}
    if by.post_id == stint.post_id:
        in_charge.add(by.person_id)
    known = case.redress.hands
    return tuple((stint.round, p) for p in sorted(in_charge) if (stint.round, p) not in known)


def _acted(case: Case, event: Event) -> tuple[str, ...]:
    """The member of staff who did it, or in whose name an order was given."""
    person = event.by.person_id if event.by.post_id is not None else None
    if isinstance(event, SupervisionOrdered):
        person = person or event.person_id
    return () if person is None or person in case.redress.acted else (person,)
