"""Chapter R4.2, R6.3: a unit that gets a case again counts on; no clock is set back by it."""

from dataclasses import replace
from datetime import datetime

from domain import clocks
from domain.book import Book
from domain.state import Case, Running
from domain.values import Clock, Seat
from domain.words import ClockKind


def handling(case: Case, seat: Seat, at: datetime, book: Book) -> tuple[Clock, ...]:
    """The handling clock of that unit: a new one, or counting on from where it stood (R4.2)."""
    span = book.policies[case.policy].handling(seat.stage, case.urgency, case.deadline)
    if span is None:
        return ()
    fresh = clocks.start(case, ClockKind.HANDLE, span, seat.unit_id, at, book)
    turns = {stint.number for stint in case.turns_before(seat)}
    had = (r for r in reversed(case.clocks) if r.clock.kind is fresh.kind and r.stint in turns)
    earlier = next(had, None)
    return (fresh if earlier is None else _continued(earlier, fresh, book),)


def _continued(earlier: Running, fresh: Clock, book: Book) -> Clock:
    """`fresh`, counting on from where the unit's earlier clock stood when it let the case go.

    Not one that broke: its breach stays, and who gave the case back gave new time.
    """
    clock = earlier.clock
    until = earlier.paused_at or earlier.stopped_at or fresh.started_at
    if clock.basis is not fresh.basis or earlier.broken_at is not None:
        return fresh
    stood = clock.consumed + clocks.counted(
        clock.basis, clock.running_from, until, book.time_of(clock)
    )
    again = replace(
        fresh,
        allowance=clock.allowance,
        consumed=stood,
        carried=stood,
        continues=clock.clock_id,
    )
    return clocks.timed(again, book)
