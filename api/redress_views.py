"""What is shown of ratings, reviews, recurrences, and of what is held against staff."""

from datetime import datetime

from pydantic import BaseModel

from api import words
from api.models_named import Named
from api.words import Language
from domain import clocks, reconsideration
from domain.book import Book
from domain.events import Rated
from domain.organisation import Organisation
from domain.state import Case
from domain.state.redress import Charge, Exclusion, Review, rating_name
from domain.words.redress import ChargeKind
from store.reading import History


class RatingView(BaseModel):
    """A resident's answers of a round; they stay, also when `excluded` says why not to count."""

    round: int
    subject: str
    at: datetime
    contacted: bool
    solved: bool
    grade: int
    excluded: str | None


class ReviewView(BaseModel):
    """The bad ratings looked at together, and what they were found to be."""

    round: int
    subjects: list[str]
    finding: str | None


class ExclusionView(BaseModel):
    """What does not count in scores, why, and the event that says so."""

    kind: str
    about: str
    why: str
    at: datetime
    version: int
    unit: Named


class ChargeView(BaseModel):
    """What is held against whom; it may be appealed until then, unless it was."""

    kind: str
    about: str
    at: datetime
    unit: Named
    person: Named | None
    appeal_until: datetime | None


class RedressView(BaseModel):
    """Ratings and what followed them, what staff may contest, and the same matter again."""

    ratings: list[RatingView]
    reviews: list[ReviewView]
    exclusions: list[ExclusionView]
    charges: list[ChargeView]
    recurrence_of: str | None
    recurred: list[str]


class ExcludedRating(BaseModel):
    """A resident's own rating that does not count, and until when they may ask again, if still."""

    because: str
    ask_until: datetime | None


def redress_view(history: History, book: Book) -> RedressView | None:
    """For staff; None where nothing of it happened."""
    case, known = history.case, history.case.redress
    events = (line.event for line in history.lines)
    ratings = [_rating(event, case) for event in events if isinstance(event, Rated)]
    if not (ratings or known.charges or known.recurrence_of or known.recurred):
        return None
    return RedressView(
        ratings=ratings,
        reviews=[_review(review) for review in known.reviews],
        exclusions=[_exclusion(each, book.organisation) for each in known.exclusions],
        charges=[_charge(each, case, book) for each in known.charges],
        recurrence_of=known.recurrence_of or None,
        recurred=list(known.recurred),
    )


def _rating(event: Rated, case: Case) -> RatingView:
    about = rating_name(event.round, event.subject)
    exclusion = case.redress.excluded(ChargeKind.RATING, about)
    return RatingView(
        round=event.round,
        subject=event.subject,
        at=event.at,
        contacted=event.contacted,
        solved=event.solved,
        grade=event.grade,
        excluded=exclusion.why if exclusion else None,
    )


def _review(review: Review) -> ReviewView:
    subjects = list(review.subjects)
    return ReviewView(round=review.round, subjects=subjects, finding=review.finding)


def _exclusion(exclusion: Exclusion, organisation: Organisation) -> ExclusionView:
    return ExclusionView(
        kind=exclusion.kind,
        about=exclusion.about,
        why=exclusion.why,
        at=exclusion.at,
        version=exclusion.version,
        unit=_unit(exclusion.unit_id, organisation),
    )


def _charge(charge: Charge, case: Case, book: Book) -> ChargeView:
    organisation, person = book.organisation, charge.person_id
    settled = charge.appellant or case.redress.excluded(charge.kind, charge.about)
    span = book.policies[case.policy].redress.appeal_within
    until = None if settled else clocks.end_of(span, charge.at, charge.unit_id, book)
    name = words.person_name(person, organisation)
    return ChargeView(
        kind=charge.kind,
        about=charge.about,
        at=charge.at,
        unit=_unit(charge.unit_id, organisation),
        person=Named(id=person, name=name) if person else None,
        appeal_until=until,
    )


def _unit(unit_id: str, organisation: Organisation) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))


def excluded_rating(
    case: Case, subject: str, book: Book, language: Language
) -> ExcludedRating | None:
    """The latest rating of the resident that does not count; None where all do."""
    found = reconsideration.excluded_of(case, subject)
    if found is None:
        return None
    _, exclusion = found
    asked = exclusion.about in case.redress.reconsidered
    return ExcludedRating(
        because=words.say(words.REASONS, exclusion.why, language),
        ask_until=None if asked else reconsideration.open_until(case, exclusion, book),
    )
