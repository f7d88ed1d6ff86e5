"""Who is told of what follows a bad rating, of recurrences and appeals (R10, R11)."""

from domain.events import (
    AppealDecided,
    Appealed,
    RatingExcluded,
    ReconsiderationAsked,
    ReconsiderationDecided,
    RectificationOpened,
    Recurred,
    RecurrenceMarked,
    RecurrenceUnmarked,
    RedressEvent,
    ReviewDecided,
    ReviewOpened,
)
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.state import Case


def told(turn: Turn, event: RedressEvent) -> list[Notice]:  # noqa: PLR0911 - one line for each
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case ReviewOpened() | ReconsiderationAsked():
            return [*telling.decider(topic, event, turn.book), telling.officer(topic, after)]
        case ReviewDecided() | Recurred():
            return telling.both(topic, after)
        case RatingExcluded() | ReconsiderationDecided():
            return [telling.rater(topic, event.subject, after), telling.officer(topic, after)]
        case RectificationOpened():
            return [*telling.raters(topic, after), *telling.alarm(after)]
        case RecurrenceMarked():
            return [telling.officer(topic, after), telling.other_case(topic, event.earlier)]
        case RecurrenceUnmarked():
            return [telling.officer(topic, after)]
        case Appealed():
            return telling.decider(topic, event, turn.book)
        case AppealDecided():
            return _concerned(topic, after, event)
        case _:
            return []


def _concerned(topic: str, case: Case, event: AppealDecided) -> list[Notice]:
    """Who appealed, and against whom the thing was held."""
    charge = case.redress.charge(event.against, event.about)
    people = (charge.appellant, charge.person_id) if charge else ()
    return [telling.person(topic, person) for person in people if person]
