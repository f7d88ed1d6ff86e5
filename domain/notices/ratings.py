"""Who is told of a resolution, of what is asked of residents then, and of the end (R9)."""

from domain import questions
from domain.events import (
    Closed,
    RatingAskedAgain,
    RatingEvent,
    Resolved,
    WithdrawalDecided,
    WithdrawalDenied,
    WithdrawalRecorded,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.state import Case
from domain.words import ClosingReason, QuestionKind


def told(turn: Turn, event: RatingEvent) -> list[Notice]:  # noqa: PLR0911 - one line for each
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case Closed(reason=ClosingReason.MERGED):
            return []
        case Resolved() | Closed():
            return [*telling.raters(topic, after), telling.officer(topic, after)]
        case RatingAskedAgain():
            return [telling.rater(topic, subject, after) for subject in after.unrated]
        case WithdrawalRecorded():
            asked = telling.decider(topic, event, turn.book)
            return [telling.resident(topic), *asked, *telling.both(topic, after)]
        case WithdrawalDecided():
            return [telling.resident(topic), *telling.both(topic, after)]
        case WithdrawalDenied():
            asked = _asked(topic, turn.before)
            return [*asked, *telling.both(topic, after)]
        case _:
            return []


def _asked(topic: str, case: Case) -> list[Notice]:
    """Who need not decide any more."""
    question = questions.find(case, QuestionKind.WITHDRAWAL)
    person = question.person_id if question else None
    return [telling.person(topic, person)] if person else []
