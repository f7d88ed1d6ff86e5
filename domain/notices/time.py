"""Who is told when time runs out: whoever owes what the clock counts (R4.4, R6.6)."""

from domain import clocks
from domain.events import ClockBroken, ClockWarned, DecisionPassedUp, TimeEvent
from domain.notices import telling
from domain.notices.notice import Notice
from domain.notices.telling import Turn
from domain.state import Case
from domain.words import ClockKind


def told(turn: Turn, event: TimeEvent) -> list[Notice]:
    """The notices of an event."""
    topic, after = event.kind, turn.after
    match event:
        case ClockWarned() | ClockBroken():
            return [_owes(topic, turn.before, event.clock_id), telling.officer(topic, after)]
        case DecisionPassedUp():
            return [*telling.decider(topic, event, turn.book), telling.officer(topic, after)]


def _owes(topic: str, case: Case, clock_id: str) -> Notice:
    """Who owes what the clock counts: a helper, who was asked something, or who is in charge."""
    helper = next((s.helper for s in case.summons if s.clock_id == clock_id), None)
    if helper is not None:
        return telling.helper(topic, helper)
    offer = case.returns.offer
    if offer and clocks.named(case, clock_id).clock.kind is ClockKind.TRANSFER:
        return telling.person(topic, offer.person_id)
    asked = (q.person_id for q in case.questions if q.clock_id == clock_id)
    return telling.person(topic, next(filter(None, asked), case.stint.person_id))
