"""Chapter R6.7: an emergency's time, for all that was set going before the case became one.

What stands still and runs again is in `danger`; nothing here moves the case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from domain import clocks, questions
from domain.book import Book
from domain.policy import Span
from domain.state import Case, Running, changed
from domain.values import Clock
from domain.words import ClockKind, Phase, Urgency

OWN = {Phase.AWAITING_ACCEPTANCE: ClockKind.ACCEPT, Phase.IN_PROGRESS: ClockKind.HANDLE}
"""What the unit that has the case owes first."""


def on_site(case: Case, unit_id: str, at: datetime, book: Book) -> tuple[Clock, ...]:
    """Somebody on site is owed once a round, also where a case becomes an emergency on its way."""
    if case.urgency is not Urgency.EMERGENCY or _owed_on_site(case):
        return ()
    span = book.policies[case.policy].urgent.on_site
    return (clocks.start(case, ClockKind.ON_SITE, span, unit_id, at, book),)


def _owed_on_site(case: Case) -> bool:
    """Whether it was owed in this round, or still is."""
    began = next((s.entered_at for s in case.stints if s.round == case.round), None)
    here = (r for r in case.clocks if r.clock.kind is ClockKind.ON_SITE)
    return any(r.stopped_at is None or (began and r.clock.started_at >= began) for r in here)


def hastened(case: Case, at: datetime, book: Book) -> tuple[Clock, ...]:
    """Clocks in the place of those that run, where an emergency's end before them; never later.

    The case must know that it is an emergency. A breach stays as it is.
    """
    return (*_first(case, at, book), *_anew(case, _waited_for(case, book), at, book))


def _first(case: Case, at: datetime, book: Book) -> tuple[Clock, ...]:
    """Acceptance or handling, where the usual policy gave no clock for it."""
    kind = OWN.get(case.phase)
    if kind is None or case.running(kind) is not None:
        return ()
    span = _of_stint(case, book)[kind]
    return () if span is None else (clocks.start(case, kind, span, case.stint.unit_id, at, book),)


def _of_stint(case: Case, book: Book) -> dict[ClockKind, Span | None]:
    policy, stage = book.policies[case.policy], case.stage
    return {
        ClockKind.ACCEPT: policy.acceptance(stage, case.urgency),
        ClockKind.HANDLE: policy.handling(stage, case.urgency, case.deadline),
        ClockKind.TRANSFER: policy.urgent.accept,
    }


def _waited_for(case: Case, book: Book) -> Iterator[tuple[Running, Span]]:
    """All that the case waits for now, each with the time an emergency has for it."""
    for kind, span in _of_stint(case, book).items():
        running = case.running(kind)
        if running is not None and span is not None:
            yield running, span
    for question in case.questions:
        if question.kind in questions.BEFORE_RESOLUTION:
            span = questions.span_for(case, question.kind, book)
            yield clocks.named(case, question.clock_id), span
    yield from _called(case, book)


def helpers(case: Case, entering: str, at: datetime, book: Book) -> tuple[Clock, ...]:
    """Those who were called before it was one, where a unit gets the case as an emergency.

    Who gets it itself helps no longer.
    """
    if case.urgency is not Urgency.EMERGENCY:
        return ()
    return _anew(case, _called(case, book, entering), at, book)


def _called(case: Case, book: Book, entering: str = "") -> Iterator[tuple[Running, Span]]:
    urgent = book.policies[case.policy].whistle.urgent
    for summons in case.summons:
        if summons.open and summons.helper.unit_id != entering:
            yield clocks.named(case, summons.clock_id), urgent


def _anew(
    case: Case, waited_for: Iterable[tuple[Running, Span]], at: datetime, book: Book
) -> tuple[Clock, ...]:
    found: list[Clock] = []
    for running, span in waited_for:
        was = running.clock
        fresh = clocks.start(case, was.kind, span, was.unit_id, at, book)
        if running.live and fresh.due_at < was.due_at:
            found.append(replace(fresh, continues=was.clock_id))
            case = clocks.set_clocks(case, (fresh,))
    return tuple(found)


def set_anew(case: Case, clocks_set: Iterable[Clock]) -> Case:
    """Each new clock takes the place of the one it continues, if that still runs."""
    for clock in clocks_set:
        if clock.continues and clocks.named(case, clock.continues).stopped_at is None:
            case = _replaced(case, clock)
        case = clocks.set_clocks(case, (clock,))
    return case


def _replaced(case: Case, clock: Clock) -> Case:
    """Who is asked or called has the new clock; more time asked for on the old one is no more."""
    was, now = clock.continues, clock.clock_id
    case = clocks.stop_named(case, was, clock.started_at)
    if clock.kind is ClockKind.HANDLE:
        case = changed(clocks.stop(case, clock.started_at, ClockKind.EXTENSION), extension=None)
    asked = (replace(q, clock_id=now) if q.clock_id == was else q for q in case.questions)
    called = (replace(s, clock_id=now) if s.clock_id == was else s for s in case.summons)
    return changed(case, questions=tuple(asked), summons=tuple(called))
