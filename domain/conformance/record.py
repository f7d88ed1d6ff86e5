"""R14.1: things are recorded when they happen, in their order. What came from another system was
recorded afterwards by its nature, and is said of the case as a whole.
"""

from collections.abc import Iterator
from datetime import timedelta

from domain.conformance.past import Deviation, Past, Rule
from domain.values import SYSTEM

AHEAD = timedelta(minutes=1)
"""How far the clocks of two machines may differ."""


def late(past: Past) -> Iterator[Deviation]:
    """Written down longer afterwards than the tolerance: by somebody, or noticed by the system."""
    if past.imported:
        return
    for step in past.steps:
        behind = step.entry.recorded_at - step.event.at
        if behind > past.norm.tolerance:
            code = "noticed_late" if step.event.by == SYSTEM else "recorded_late"
            yield step.deviates("R14.1", code, seconds=int(behind.total_seconds()))


def ahead(past: Past) -> Iterator[Deviation]:
    """Dated after it was written down."""
    for step in past.steps:
        before = step.event.at - step.entry.recorded_at
        if before > AHEAD:
            yield step.deviates("R14.1", "dated_ahead", seconds=int(before.total_seconds()))


def back_dated(past: Past) -> Iterator[Deviation]:
    """Dated before what stands before it in the record."""
    last = None
    for step in past.steps:
        at = step.event.at
        if last is not None and at < last:
            yield step.deviates("R14.1", "back_dated", seconds=int((last - at).total_seconds()))
        last = at if last is None else max(last, at)


RULES: tuple[Rule, ...] = (late, ahead, back_dated)
