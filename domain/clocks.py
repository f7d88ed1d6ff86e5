"""Chapter R6.1–3, R6.6: setting, stopping and explaining clocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from domain import owing
from domain.book import Book
from domain.calendar import Segment, WorkingTime
from domain.events import ClockBroken, ClockWarned
from domain.policy import Policy, Span, due_after
from domain.state import Case, Running, Stretch, changed
from domain.values import SYSTEM, Clock, Mark
from domain.words import DUTIES, OUTLIVING, Basis, ClockKind, WarningLevel

OF_STINT = frozenset(
    {ClockKind.ACCEPT, ClockKind.HANDLE, ClockKind.SUSPENSION, ClockKind.EXTENSION}
    | {ClockKind.CONSENT, ClockKind.MEDIATION, ClockKind.CONFIRM}
    | {ClockKind.SHELVE_REVIEW}
)
"""Clocks that end with the stint that ran them."""
OF_RESOLUTION = (ClockKind.RATING, ClockKind.RATING_REMINDER, ClockKind.FOLLOW_UP)
"""Clocks that a new round ends."""
ANSWERED_BY_STINT = OF_STINT | {ClockKind.SUPERVISION}
"""Clocks whose breach stays with the stint they were set for, wherever the case is by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """A clock that ran out at `at`, noticed at `now`."""

    case: Case
    running: Running
    at: datetime
    now: datetime
    book: Book

    def broken(self) -> ClockBroken:
        """The breach of it."""
        clock = self.running.clock
        return ClockBroken(
            at=self.at,
            by=SYSTEM,
            clock_id=clock.clock_id,
            due_at=clock.due_at,
            person_id=owing.person(self.case, clock.clock_id, clock.due_at, self.book),
        )


# -- setting -----------------------------------------------------------------


class Clocked(Protocol):
    """The part of a case, or of another noun with clocks, that a new clock is made of."""

    @property
    def policy(self) -> str:
        """The policy version it goes by."""

    def next_id(self, kind: ClockKind) -> str:
        """The id a new clock of that kind gets."""


def start(
    case: Clocked, kind: ClockKind, span: Span, unit_id: str, at: datetime, book: Book
) -> Clock:
    """A new clock of the case, due `span` after `at` by the unit's hours."""
    allowance = span.allowance(at, book.working_time(unit_id))
    blank = Clock(
        clock_id=case.next_id(kind),
        kind=kind,
        unit_id=unit_id,
        basis=span.basis,
        allowance=allowance,
        started_at=at,
        running_from=at,
        due_at=at,
        calendar=book.calendar.version,
        policy=case.policy,
    )
    return timed(blank, book)


def start_until(
    case: Case, kind: ClockKind, due_at: datetime, unit_id: str, at: datetime, book: Book
) -> Clock:
    """A new clock whose due time was promised elsewhere."""
    seconds = max(1, int((due_at - at).total_seconds()))
    return start(case, kind, Span(amount=seconds, unit="seconds"), unit_id, at, book)


def end_of(span: Span, start_at: datetime, unit_id: str, book: Book) -> datetime:
    """When `span` has passed since `start_at` by the unit's hours, for what has no clock."""
    time = book.working_time(unit_id)
    return due_after(span.basis, span.allowance(start_at, time), start_at, time).at


def restarted(running: Running, at: datetime, book: Book, *, more: int = 0) -> Clock:
    """The same clock, counting on from `at`, with `more` seconds added to its allowance."""
    clock = running.clock
    time = book.time_of(clock)
    until = running.paused_at or at
    return timed(
        replace(
            clock,
            allowance=clock.allowance + more,
            consumed=clock.consumed + counted(clock.basis, clock.running_from, until, time),
            running_from=at,
            calendar=book.calendar.version,
        ),
        book,
    )


def timed(clock: Clock, book: Book) -> Clock:
    """The clock with its due time and the marks still ahead of it computed."""
    time = book.working_time(clock.unit_id)
    policy = book.policies[clock.policy]

    def reaches(seconds: int) -> datetime:
        return due_after(clock.basis, seconds - clock.consumed, clock.running_from, time).at

    left = max(0, clock.allowance - clock.consumed)  # less than nothing under a revised calendar
    due = due_after(clock.basis, left, clock.running_from, time)
    marks = tuple(
        Mark(level=level, at=reaches(seconds))
        for level, seconds in _levels(clock, policy, time)
        if clock.consumed < seconds < clock.allowance
    )
    return replace(clock, due_at=due.at, unpublished=due.unpublished, marks=marks)


def _levels(clock: Clock, policy: Policy, time: WorkingTime) -> Iterator[tuple[WarningLevel, int]]:
    if clock.kind not in DUTIES:
        return
    yield WarningLevel.HALF, clock.allowance * policy.half_percent // 100
    yield WarningLevel.LATE, clock.allowance * policy.late_percent // 100
    day = policy.yellow_before.allowance(clock.started_at, time)
    if clock.basis is Basis.WALL:
        day = 86_400 if policy.yellow_before.basis is Basis.WORKING else day
    if clock.allowance > day:
        yield WarningLevel.YELLOW, clock.allowance - day


def counted(basis: Basis, start_at: datetime, end: datetime, time: WorkingTime) -> int:
    """Seconds of that basis between two instants."""
    if basis is Basis.WORKING:
        return time.elapsed(start_at, end)
    return max(0, int((end - start_at).total_seconds()))


# -- what has become of them -------------------------------------------------


def set_clocks(case: Case, clocks: tuple[Clock, ...]) -> Case:
    """Add new clocks; put restarted ones in the place of their earlier setting."""
    for clock in clocks:
        known = next((r for r in case.clocks if r.clock.clock_id == clock.clock_id), None)
        if known is None:
            stint = len(case.stints) if clock.kind in ANSWERED_BY_STINT else 0
            fresh = Running(clock=clock, stint=stint)
            case = changed(case, clocks=(*case.clocks, fresh))
        else:
            ran = Stretch(
                start=known.clock.running_from,
                end=known.paused_at or clock.running_from,
                calendar=known.clock.calendar,
            )
            stretches = (*known.stretches, ran)
            case = put(case, changed(known, clock=clock, paused_at=None, stretches=stretches))
    return case


def stop(case: Case, at: datetime, *kinds: ClockKind) -> Case:
    """Stop every clock of those kinds."""
    stopped = tuple(
        changed(r, stopped_at=at) if r.stopped_at is None and r.clock.kind in kinds else r
        for r in case.clocks
    )
    return changed(case, clocks=stopped)


def stop_named(case: Case, clock_id: str, at: datetime) -> Case:
    """Stop that one clock."""
    return put(case, changed(named(case, clock_id), stopped_at=at))


def pause(case: Case, kind: ClockKind, at: datetime) -> Case:
    """Let the clock of that kind stand still, unless it is broken: a breach is not undone."""
    running = case.running(kind)
    if running is None or running.broken_at is not None:
        return case
    return put(case, changed(running, paused_at=at))


def unpaused(case: Case, kind: ClockKind, at: datetime, book: Book) -> tuple[Clock, ...]:
    """The clock of that kind as it counts on from where it stood; nothing if it did not stand."""
    running = case.running(kind)
    if running is None or running.paused_at is None:
        return ()
    return (restarted(running, at, book),)


def stop_all(case: Case, at: datetime) -> Case:
    """Stop every clock of the case but those that outlive it; open questions go with theirs."""
    kept = tuple(q for q in case.questions if q.outlives)
    ids = {q.clock_id for q in kept}
    stopped = tuple(
        changed(r, stopped_at=at)
        if r.stopped_at is None and r.clock.kind not in OUTLIVING and r.clock.clock_id not in ids
        else r
        for r in case.clocks
    )
    return changed(case, clocks=stopped, questions=kept)


def put(case: Case, running: Running) -> Case:
    """The case with that clock in the place of its earlier state."""
    same = running.clock.clock_id
    clocks = tuple(running if r.clock.clock_id == same else r for r in case.clocks)
    return changed(case, clocks=clocks)


def named(case: Case, clock_id: str) -> Running:
    """The clock of that id."""
    return next(r for r in case.clocks if r.clock.clock_id == clock_id)


def warned(case: Case, event: ClockWarned) -> Case:
    """Remember the warning, so that it is given once."""
    running = named(case, event.clock_id)
    return put(case, changed(running, warned=(*running.warned, event.level)))


def broken(case: Case, event: ClockBroken) -> Case:
    """The clock is past its due time; it stays owed."""
    return put(case, changed(named(case, event.clock_id), broken_at=event.due_at))


def next_due(case: Case) -> tuple[datetime, Running | None, WarningLevel | None] | None:
    """The next instant at which the case needs a tick, or None when nothing of it is left to do.

    An open case without a live clock is due at once: nobody is forgotten. A closed one goes on
    for as long as a clock outlives it.
    """
    if case.last_at is None:
        return None
    ahead = [(*r.next_mark(), r) for r in case.clocks if r.live]
    if not ahead and case.closed_at is not None:
        return None
    if not ahead:
        return case.last_at, None, None
    at, level, running = min(ahead, key=lambda a: (a[0], a[1] is None))
    return at, running, level


def overdue_at(case: Case) -> datetime | None:
    """The earliest due time still owed, broken or not; None when nothing is owed."""
    owed = (r.clock.due_at for r in case.clocks if r.owed and r.paused_at is None)
    return min(owed, default=None)


def segments(running: Running, until: datetime, book: Book) -> Iterator[Segment]:
    """Every stretch of a clock from its start to `until`, counted or not, and why (R6.2).

    Each is counted by the calendar that was in force when the clock was set for it.
    """
    clock = running.clock
    present = Stretch(
        start=clock.running_from, end=running.paused_at or until, calendar=clock.calendar
    )
    ran = (*running.stretches, present)
    resumed = (*(stretch.start for stretch in ran[1:]), until)
    for stretch, resumed_at in zip(ran, resumed, strict=True):
        if stretch.start >= until:
            return
        stood, again = min(stretch.end, until), min(resumed_at, until)
        time = book.time_in(stretch.calendar, clock.unit_id)
        yield from _stretch(clock.basis, stretch.start, stood, time)
        if stood < again:
            yield Segment(start=stood, end=again, counted=False, why="suspended")


def _stretch(
    basis: Basis, start_at: datetime, end: datetime, time: WorkingTime
) -> Iterator[Segment]:
    if start_at >= end:
        return
    if basis is Basis.WALL:
        yield Segment(start=start_at, end=end, counted=True, why="wall clock")
    else:
        yield from time.segments(start_at, end)
