"""Which of a policy's times a clock was set by, and when it would be due under another one."""

from collections.abc import Callable, Iterator
from datetime import datetime

from domain.calendar import WorkingTime
from domain.clocks import counted
from domain.policy import Policy, Span, due_after
from domain.whatif.lives import Ask
from domain.words import Basis, ClockKind

Times = Callable[[str, str], WorkingTime]
"""The working time of a unit in a version of the calendar: `Book.time_in`."""
Moved = Callable[[datetime], datetime]
"""Where a moment of the case lies in the replay."""
_DAY = 86_400
NEAR = 10


def span_of(policy: Policy, ask: Ask) -> Span | None:
    """The time that policy gives for it; None where it gives none."""
    if ask.kind is ClockKind.ACCEPT:
        return policy.acceptance(ask.stage, ask.urgency)
    if ask.kind is ClockKind.ON_SITE:
        return policy.urgent.on_site
    if ask.kind is ClockKind.FOLLOW_UP:
        return policy.follow_up
    if ask.rectifying:
        whole, handle = policy.rectifying(ask.stage, ask.urgency)
        return whole if ask.kind is ClockKind.RESIDENT else handle
    if ask.kind is ClockKind.RESIDENT:
        return policy.resolution(ask.urgency)
    return policy.handling(ask.stage, ask.urgency, ask.deadline)


def set_by(policy: Policy, ask: Ask, times: Times) -> bool:
    """Whether the clock had the time that its own policy gives: not one promised elsewhere."""
    span = span_of(policy, ask)
    if span is None or span.basis is not ask.basis:
        return False
    return span.allowance(ask.measured_from, times(ask.calendar, ask.unit_id)) == ask.allowance


def due(
    ask: Ask, span: Span, policy: Policy, times: Times, moved: Moved
) -> tuple[datetime | None, datetime | None]:
    """When the clock would be due, and when its yellow card; None while it stands still.

    It stood still when it really did, and got as many seconds more as it really got, up to what
    that policy allows of its own span.
    """
    time = times(ask.calendar, ask.unit_id)
    whole = span.allowance(moved(ask.measured_from), time)
    left = whole - (ask.carried if span.basis is ask.basis else 0)
    most = whole * policy.extension_percent // 100
    at = moved(ask.started)
    yellow: datetime | None = None
    for when, until, more in _steps(ask):
        there = moved(when)
        used = counted(span.basis, at, there, time)
        if used >= left:
            break
        yellow = yellow or yellow_card(span, policy, (whole, left), (at, there), time)
        left, at = left - used, there
        if more:
            left, whole = left + min(more, most), whole + min(more, most)
        elif until is None:
            return None, yellow
        else:
            at = moved(until)
    end = due_after(span.basis, max(0, left), at, time).at
    return end, yellow or yellow_card(span, policy, (whole, left), (at, end), time)


def near_due(ask: Ask, stopped: datetime, times: Times) -> bool:
    """Whether it was stopped when a tenth of its time or less was left."""
    time = times(ask.calendar, ask.unit_id)
    left = counted(ask.basis, stopped, ask.due, time)
    return left * NEAR <= ask.allowance


def _steps(ask: Ask) -> Iterator[tuple[datetime, datetime | None, int]]:
    """What happened to it, in order: it stood until then, or got so many seconds more."""
    stood = [(start, until, 0) for start, until in ask.pauses]
    same = [(when, when, more) for when, more in ask.extended]
    yield from sorted([*stood, *same], key=lambda step: step[0])


def yellow_card(
    span: Span,
    policy: Policy,
    seconds: tuple[int, int],
    stretch: tuple[datetime, datetime],
    time: WorkingTime,
) -> datetime | None:
    """When the yellow card falls in that stretch; `seconds` are those of it, and those left."""
    whole, left = seconds
    at, until = stretch
    day = policy.yellow_before.allowance(at, time)
    if span.basis is Basis.WALL:
        day = _DAY if policy.yellow_before.basis is Basis.WORKING else day
    if not day < whole or left <= day:
        return None
    mark = due_after(span.basis, left - day, at, time).at
    return mark if mark < until else None
