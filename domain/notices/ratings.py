"""Who is told of a resolution, of what is asked of residents then, and of the end (R9)."""

from domain.events import Closed, RatingAskedAgain, RatingEvent, Resolved
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.words import ClosingReason


def told(turn: Turn, event: RatingEvent) -> list[Notice]:
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case Closed(reason=ClosingReason.MERGED):
            return []
        case Resolved() | Closed():
            return [*telling.raters(topic, after), telling.officer(topic, after)]
        case RatingAskedAgain():
            return [telling.rater(topic, subject, after) for subject in after.unrated]
        case _:
            return []
