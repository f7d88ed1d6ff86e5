"""From the events of a case to its life as it can be replayed. Reads nothing but them.

Events are folded by the case's own `evolve`; what is noted beside it is what a clock was set for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.case import evolve, initial
from domain.events import (
    Escalated,
    Event,
    ExtensionGranted,
    Rated,
    RectificationOpened,
    Registered,
    Resolved,
)
from domain.state import Case, Running, Stint
from domain.values import Clock
from domain.whatif.lives import REPLAYED, Answer, Ask, End, Life, Turn
from domain.words import (
    Basis,
    DeadlineClass,
    LeftWhy,
    Stage,
    Urgency,
    WarningLevel,
)
from domain.words.redress import ChargeKind

SATISFIED = 3
"""The lowest grade that counts as satisfied (R12.1)."""
_PASSED = frozenset(
    {LeftWhy.HANDED_OVER, LeftWhy.ESCALATED, LeftWhy.TRANSFERRED, LeftWhy.DELEGATED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """What a clock was set for."""

    clock: Clock
    round: int
    stage: Stage
    urgency: Urgency
    deadline: DeadlineClass
    rectifying: bool


@dataclass(slots=True)
class _Notes:
    """What the fold does not keep."""

    set: dict[str, _Set] = field(default_factory=dict)
    extended: dict[str, list[tuple[datetime, int]]] = field(default_factory=dict)
    cuts: dict[int, str] = field(default_factory=dict)
    begun: dict[int, datetime] = field(default_factory=dict)
    resolved: dict[int, datetime] = field(default_factory=dict)
    rated: list[Rated] = field(default_factory=list)
    opened: Registered | None = None


def life(case_id: str, events: Iterable[Event], seen_until: datetime) -> Life | None:
    """The life of a case; None where it was not registered or nobody ever had it."""
    case, notes = initial(case_id), _Notes()
    for event in events:
        before, case = case, evolve(case, event)
        _note(notes, before, case, event)
    if notes.opened is None or case.opened_at is None or not case.stints:
        return None
    asks = tuple(_ask(r, notes) for r in case.clocks if r.clock.kind in REPLAYED)
    wall = {ask.turn for ask in asks if ask.turn and ask.basis is Basis.WALL}
    return Life(
        case_id=case_id,
        item_id=case.item_id,
        policy=case.policy,
        urgency=case.urgency,
        deadline=case.deadline,
        opened=case.opened_at,
        seen_until=max(seen_until, case.last_at or seen_until),
        closed=case.closed_at,
        units=_units(case),
        turns=tuple(_turn(case, stint, notes, wall) for stint in case.stints),
        asks=asks,
        begun=notes.begun,
        resolved=notes.resolved,
        answers=_answers(case, notes),
        imported=notes.opened.external is not None,
        proactive=notes.opened.proactive,
    )


def _note(notes: _Notes, before: Case, case: Case, event: Event) -> None:
    if isinstance(event, Registered):
        notes.opened = event
    if case.opened_at is not None:
        notes.begun.setdefault(case.round, event.at)
    for clock in getattr(event, "clocks", ()):
        again = isinstance(event, RectificationOpened)
        notes.set.setdefault(clock.clock_id, _set(case, clock, again=again))
    if isinstance(event, ExtensionGranted):
        for clock in event.clocks:
            was = next(r.clock for r in before.clocks if r.clock.clock_id == clock.clock_id)
            more = clock.allowance - was.allowance
            notes.extended.setdefault(clock.clock_id, []).append((event.at, more))
    if isinstance(event, Escalated) and event.automatic:
        notes.cuts[len(before.stints)] = event.clock_id or ""
    if isinstance(event, Resolved):
        notes.resolved[case.round] = event.at
    if isinstance(event, Rated):
        notes.rated.append(event)


def _set(case: Case, clock: Clock, *, again: bool) -> _Set:
    stint = case.stints[-1] if case.stints else None
    turned = case.stints[-2].left_why if len(case.stints) > 1 else None
    return _Set(
        clock=clock,
        round=case.round,
        stage=Stage.FIRST_CONTACT if stint is None else stint.stage,
        urgency=case.urgency,
        deadline=case.deadline,
        rectifying=again or turned is LeftWhy.RECTIFIED,
    )


def _ask(running: Running, notes: _Notes) -> Ask:
    clock = running.clock
    was = notes.set[clock.clock_id]
    first = was.clock
    while first.carried and first.continues in notes.set:
        first = notes.set[first.continues].clock
    return Ask(
        clock_id=clock.clock_id,
        kind=clock.kind,
        turn=running.stint,
        round=was.round,
        stage=was.stage,
        unit_id=clock.unit_id,
        urgency=was.urgency,
        deadline=was.deadline,
        rectifying=was.rectifying,
        policy=clock.policy,
        calendar=clock.calendar,
        basis=clock.basis,
        allowance=was.clock.allowance,
        carried=was.clock.carried,
        measured_from=first.started_at,
        started=clock.started_at,
        extended=tuple(notes.extended.get(clock.clock_id, ())),
        pauses=_pauses(running),
        due=clock.due_at,
        stopped=running.stopped_at,
        broken=running.broken_at is not None,
        yellow=WarningLevel.YELLOW in running.warned,
    )


def _pauses(running: Running) -> tuple[tuple[datetime, datetime | None], ...]:
    """When it stood still: between two stretches, and now where it stands."""
    again = (*(s.start for s in running.stretches[1:]), running.clock.running_from)
    ended = tuple(s.end for s in running.stretches)
    stood: list[tuple[datetime, datetime | None]] = [
        (end, start) for end, start in zip(ended, again, strict=False) if start > end
    ]
    if running.paused_at is not None:
        stood.append((running.paused_at, None))
    return tuple(stood)


def _turn(case: Case, stint: Stint, notes: _Notes, wall: set[int]) -> Turn:
    last_of_round = stint is case.stints[-1] or case.stints[stint.number].round != stint.round
    resolved = notes.resolved.get(stint.round) if last_of_round else None
    cut = notes.cuts.get(stint.number, "")
    left, end = resolved, End.SETTLED
    if left is None:
        left, end = stint.left_at, _end(stint, cut)
    if left is None and case.closed_at is not None:
        left, end = case.closed_at, End.ENDED
    return Turn(
        number=stint.number,
        round=stint.round,
        stage=stint.stage,
        unit_id=stint.unit_id,
        entered=stint.entered_at,
        accepted=stint.accepted_at,
        left=left,
        end=end,
        cut_by=cut,
        wall=stint.number in wall,
    )


def _end(stint: Stint, cut: str) -> End:
    if stint.left_at is None:
        return End.OPEN
    if cut:
        return End.OVERDUE
    return End.PASSED if stint.left_why in _PASSED else End.MOVED


def _units(case: Case) -> Mapping[Stage, str]:
    place = case.location
    known = {
        Stage.GRID: place.grid_id,
        Stage.COMMUNITY: place.community_id,
        Stage.STREET: place.street_id,
        Stage.DEPARTMENT: case.department_id,
    }
    return {stage: unit for stage, unit in known.items() if unit}


def _answers(case: Case, notes: _Notes) -> tuple[Answer, ...]:
    """The ratings that count: not those excluded with a reason (R10.3, R11)."""
    return tuple(
        Answer(round=rated.round, satisfied=rated.grade >= SATISFIED)
        for rated in notes.rated
        if not case.redress.excluded(ChargeKind.RATING, f"{rated.round}/{rated.subject}")
    )
