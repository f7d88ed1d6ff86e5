"""R6.6: a clock that ran out is broken in the record, at the latest with what was recorded next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.case import evolve
from domain.conformance.past import Deviation, Past, Rule, Step
from domain.events import Event
from domain.state import Case, Running
from domain.words import DUTIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One command: what it recorded, and the clocks before and after it, by their ids."""

    steps: Sequence[Step]
    before: dict[str, Running]
    after: dict[str, Running]


def turns(past: Past) -> Iterator[Turn]:
    """Each command with the clocks around it."""
    case = Case(case_id=past.opening.case_id if past.opening else "")
    for _, steps in groupby(past.steps, key=lambda step: step.entry.command_id):
        turn, before = tuple(steps), _duties(case)
        for step in turn:
            case = _after(case, step.event)
        yield Turn(steps=turn, before=before, after=_duties(case))


def _duties(case: Case) -> dict[str, Running]:
    return {r.clock.clock_id: r for r in case.clocks if r.clock.kind in DUTIES}


def _after(case: Case, event: Event) -> Case:
    """What nobody could have decided may fit nowhere; then the clocks stay as they were."""
    try:
        return evolve(case, event)
    except Exception:  # noqa: BLE001 - the fold is made for what was decided; any order comes here
        return case


def unbroken(past: Past) -> Iterator[Deviation]:
    """A clock neither stopped nor standing still, and its time over, without its breach."""
    said: set[tuple[str, datetime]] = set()
    for running, step in _silent(past):
        clock = running.clock
        if (clock.clock_id, clock.due_at) not in said:
            said.add((clock.clock_id, clock.due_at))
            facts = {"clock": clock.clock_id, "due": clock.due_at.isoformat()}
            yield step.deviates("R6.6", "breach_not_recorded", **facts)


def _silent(past: Past) -> Iterator[tuple[Running, Step]]:
    """Each clock that ran out, beside what should have said so, or the last that is recorded."""
    turn = None
    for turn in turns(past):
        for was in turn.before.values():
            step = _passed(turn, was)
            if step is not None:
                yield was, step
    for running in turn.after.values() if turn else ():
        if running.live and running.clock.due_at < past.norm.now - past.norm.tolerance:
            yield running, past.steps[-1]


def _passed(turn: Turn, was: Running) -> Step | None:
    """What was recorded first after the clock ran out, if the command says nothing of that."""
    still = turn.after.get(was.clock.clock_id)
    if not was.live or still is None or still.broken_at is not None:
        return None
    until = still.stopped_at or still.paused_at or turn.steps[-1].event.at
    if until <= was.clock.due_at:
        return None
    return next((s for s in turn.steps if s.event.at > was.clock.due_at), None)


RULES: tuple[Rule, ...] = (unbroken,)
