"""Chapters R10 and R11: what follows a bad rating, and fairness to staff.

Which module knows what; and, noted of every event, who had a part in the case: the people whom
reviews and appeals must not be decided by.
"""

from dataclasses import replace

from domain import appeals, clocks, reconsideration, recurrences, reviews, verification
from domain.book import Book
from domain.commands import (
    Appeal,
    AskReconsideration,
    DecideAppeal,
    MarkRecurrence,
    NoteRecurrence,
    Reconsider,
    RedressCommand,
    ReviewRating,
    UnmarkRecurrence,
)
from domain.events import (
    AppealDecided,
    Appealed,
    Event,
    RatingExcluded,
    RatingLapsed,
    RatingRestored,
    ReconsiderationAsked,
    ReconsiderationDecided,
    RectificationOpened,
    Recurred,
    RecurrenceMarked,
    RecurrenceUnmarked,
    RedressEvent,
    Resolved,
    ReviewDecided,
    ReviewOpened,
    SupervisionOrdered,
)
from domain.state import Case, changed
from domain.values import By
from domain.words import ClockKind


def decide(  # noqa: PLR0911 - one line for each command
    case: Case, command: RedressCommand, book: Book
) -> tuple[Event, ...]:
    """The chapters' decisions."""
    match command:
        case ReviewRating():
            decided = reviews.review_rating(case, command, book)
            return verification.after_review(case, decided, book)
        case AskReconsideration():
            return reconsideration.ask_reconsideration(case, command, book)
        case Reconsider():
            return reconsideration.reconsider(case, command, book)
        case MarkRecurrence():
            return recurrences.mark_recurrence(case, command, book)
        case NoteRecurrence():
            return recurrences.note_recurrence(case, command, book)
        case UnmarkRecurrence():
            return recurrences.unmark_recurrence(case, command, book)
        case Appeal():
            return appeals.appeal(case, command, book)
        case DecideAppeal():
            return appeals.decide_appeal(case, command, book)


def evolve(  # noqa: C901, PLR0911, PLR0912 - one line for each event
    case: Case, event: RedressEvent
) -> Case:
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
        case RecurrenceMarked():
            return recurrences.marked(case, event)
        case RecurrenceUnmarked():
            return recurrences.unmarked(case, event)
        case Recurred():
            return recurrences.recurred(case, event)
        case Appealed():
            return appeals.appealed(case, event)
        case AppealDecided():
            return appeals.decided(case, event)


# -- who had a part ---------------------------------------------------------

JUDGING = (Appealed, AppealDecided, RatingExcluded)
"""What somebody does about the case who need have no part in it."""


def noted(case: Case, event: Event) -> Case:
    """The case after the event: who answers for it now, who acted, what is held against whom."""
    hands, acted, charge = _hands(case, event), _acted(case, event), appeals.charged(case, event)
    resolved, judged = isinstance(event, Resolved), _judged(case, event)
    if not hands and not acted and not judged and charge is None and not resolved:
        return case
    known = case.redress
    noted = replace(
        known,
        hands=(*known.hands, *hands),
        acted=(*known.acted, *acted),
        judged=(*known.judged, *judged),
    )
    if resolved:
        noted = replace(noted, resolver=_resolver(case, event))
    if charge is not None:
        noted = replace(noted, charges=(*noted.charges, charge))
    return changed(case, redress=noted)


def _judged(case: Case, event: Event) -> tuple[str, ...]:
    """Who appealed or ruled, without a part in the case itself."""
    if not isinstance(event, JUDGING) or event.by.post_id is None:
        return ()
    return () if event.by.person_id in case.redress.judged else (event.by.person_id,)


def _hands(case: Case, event: Event) -> tuple[tuple[int, str], ...]:
    """Who answers for the case in its round and was not noted yet: in charge, or standing in."""
    if not case.stints:
        return ()
    stint, by, known = case.stint, event.by, case.redress.hands
    held = (stint.round, stint.person_id)
    acted = (stint.round, by.person_id) if by.post_id == stint.post_id else held
    if held in known and acted in known:  # as with nearly every event
        return ()
    return tuple(hand for hand in sorted({held, acted}) if hand not in known)


def _resolver(case: Case, event: Event) -> By:
    """Who said that it is done for the post in charge; else the person in charge."""
    stint = case.stint
    if event.by.post_id == stint.post_id:
        return event.by
    return By(person_id=stint.person_id, post_id=stint.post_id, unit_id=stint.unit_id)


def _acted(case: Case, event: Event) -> tuple[str, ...]:
    """The member of staff who did it, or in whose name an order was given.

    Appealing and adjudicating an appeal are no part in the case itself.
    """
    if isinstance(event, JUDGING):
        return ()
    person = event.by.person_id if event.by.post_id is not None else None
    if isinstance(event, SupervisionOrdered):
        person = person or event.person_id
    return () if person is None or person in case.redress.acted else (person,)
