"""Conformance with time: a clock that ran out is broken in the record, and a call that nobody made
is missed, whether its breach was written down or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.commands import Command
from domain.conformance import Entry, check
from domain.events import ClockBroken
from domain.values import SYSTEM, Clock
from domain.words import ClockKind
from tests.domain.story import at_the_grid
from tests.domain.test_conformance import (
    AT,
    AT_GRID,
    BROKEN,
    CALLED,
    DAY,
    DONE,
    HANDED,
    NORM,
    ORDERED,
    PRAISED,
    RATED,
    TAKEN,
    at_grid,
    opened,
    resolved,
)
from tests.domain.town import local
from tests.domain.walks import lived
from tests.store.lives import LIVES

pytestmark = pytest.mark.rule("R6.6")


def timed(kind: ClockKind, due: str) -> tuple[Clock, ...]:
    """A clock of that kind, the first, due at that time of the day."""
    running = next(r for r in at_the_grid().case.clocks if r.clock.kind is ClockKind.RESIDENT)
    due_at = local(f"{DAY} {due}")
    return (replace(running.clock, kind=kind, clock_id=f"{kind}-1", due_at=due_at, marks=()),)


CALL_DUE = replace(DONE, clocks=timed(ClockKind.FOLLOW_UP, "12:00"))
CALL_MISSED = ClockBroken(at=AT, by=SYSTEM, clock_id="follow_up-1", due_at=local(f"{DAY} 12:00"))
UNSAID = ("R6.6", "breach_not_recorded")


@pytest.mark.rule("R1.4", "R6.6")
def test_a_call_that_was_never_made_and_whose_breach_is_not_in_the_record() -> None:
    record = at_grid().then("11:00", CALL_DUE).then("15:00", PRAISED, RATED)
    found = [(d.rule, d.code, d.version) for d in record.deviations()]
    assert found == [(*UNSAID, 7), ("R1.4", "not_called", 8)]


@pytest.mark.rule("R1.4", "R6.6")
def test_a_call_is_not_called_missing_before_its_time_is_over_by_the_tolerance() -> None:
    record = at_grid().then("11:00", CALL_DUE)
    noon = replace(NORM, now=local(f"{DAY} 13:00"))
    assert record.deviations(noon) == ()
    found = record.deviations(replace(noon, now=noon.now + timedelta(seconds=1)))
    assert [(d.rule, d.code, d.version) for d in found] == [
        ("R1.4", "not_called", 6),
        (*UNSAID, 6),
    ]
    record.then("12:00", CALL_MISSED).departs("R1.4", "not_called", 7, resolved="6")


@pytest.mark.rule("R1.4")
def test_a_second_resolution_does_not_hide_that_nobody_called_after_the_first() -> None:
    record = resolved().then("12:00", DONE).then("14:00", CALLED).then("15:00", PRAISED, RATED)
    record.departs("R1.4", "not_called", 7, resolved="6")


def test_a_deadline_that_passed_without_its_breach() -> None:
    taken = replace(TAKEN, clocks=timed(ClockKind.HANDLE, "10:30"))
    accepted = opened().then("09:30", HANDED, AT_GRID).then("10:00", taken)
    record = accepted.then("11:00", DONE).then("14:00", CALLED).then("15:00", PRAISED, RATED)
    record.departs(*UNSAID, 6, clock="handle-1", due="2026-03-02T02:30:00+00:00")


def test_a_deadline_that_was_kept_and_one_whose_breach_is_recorded() -> None:
    for due, events in (("11:00", ()), ("10:30", (replace(BROKEN, clock_id="handle-1"), ORDERED))):
        taken = replace(TAKEN, clocks=timed(ClockKind.HANDLE, due))
        record = opened().then("09:30", HANDED, AT_GRID).then("10:00", taken)
        record.then("11:00", *events, DONE).then("14:00", CALLED).then("15:00", PRAISED, RATED)
        record.follows_the_rules()


def _left_out(commands: Sequence[Command]) -> Iterator[tuple[ClockBroken, list[Entry], datetime]]:
    """Each breach of a life that was noticed late, the record without it, and the life's end."""
    life = lived(_nothing_drawn, commands)
    for entry in life.entries:
        event = entry.event
        if isinstance(event, ClockBroken) and entry.recorded_at > event.due_at:
            yield event, [each for each in life.entries if each is not entry], life.now


def _nothing_drawn(_: object) -> None:
    raise AssertionError("a written life leaves nothing to chance")


def test_every_breach_of_a_written_life_is_missed_when_it_is_left_out() -> None:
    kinds = set()
    for commands in LIVES.values():
        for broken, entries, now in _left_out(commands):
            found = check(entries, replace(NORM, now=now, tolerance=timedelta()))
            clocks = [d.facts["clock"] for d in found if (d.rule, d.code) == UNSAID]
            assert clocks == [broken.clock_id]
            kinds.add(broken.clock_id.rpartition("-")[0])
    assert kinds >= {"accept", "decision", "duty_check", "follow_up", "report_in", "resident"}
