"""Who is told when time runs out: whoever owes what the clock counts (R4.4, R6.6)."""

from domain import clocks, routing
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
        case ClockWarned():
            return [_owes(topic, turn.before, event.clock_id), telling.officer(topic, after)]
        case ClockBroken():
            owing = [_owes(topic, turn.before, event.clock_id), telling.officer(topic, after)]
            return [*owing, *_over_the_officer(topic, turn, event)]
        case DecisionPassedUp():
            return [*telling.decider(topic, event, turn.book), telling.officer(topic, after)]


def _over_the_officer(topic: str, turn: Turn, event: ClockBroken) -> list[Notice]:
    """The officer's supervisor, where the officer owed the call (R1.4)."""
    case = turn.before
    if clocks.named(case, event.clock_id).clock.kind is not ClockKind.FOLLOW_UP:
        return []
    unit_id = case.officer.unit_id or case.stint.unit_id
    post = routing.supervisor_at(unit_id, event.at, turn.book)
    holder = post.holder(event.at) if post else None
    return [telling.person(topic, holder)] if holder else [telling.unit(topic, unit_id)]


def _owes(topic: str, case: Case, clock_id: str) -> Notice:
    """Who owes what the clock counts: a helper, who was asked something, or who is in charge."""
    helper = next((s.helper for s in case.summons if s.clock_id == clock_id), None)
    if helper is not None:
        return telling.helper(topic, helper)
    kind, offer = clocks.named(case, clock_id).clock.kind, case.returns.offer
    if kind is ClockKind.FOLLOW_UP:
        return telling.officer(topic, case)
    if offer and kind is ClockKind.TRANSFER:
        return telling.person(topic, offer.person_id)
    asked = (q.person_id for q in case.questions if q.clock_id == clock_id)
    return telling.person(topic, next(filter(None, asked), case.stint.person_id))
