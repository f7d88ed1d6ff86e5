"""A case replayed from its first moment, turn by turn and round by round: always the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.state import rungs_above
from domain.whatif import ladder as ladders
from domain.whatif.ladder import AS_IT_IS, Ladder, Step
from domain.whatif.lives import Ask, End, Life, Turn
from domain.whatif.running import Runner
from domain.whatif.spans import Moved
from domain.whatif.steps import Kept, Ran, Rules
from domain.words import ClockKind

_MOST = 100
"""Turns of one round; more than the rules allow to add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What became of a case. `drew` where something was drawn; `unsaid` where nothing could be."""

    turns: tuple[Ran, ...]
    clocks: tuple[Kept, ...]
    resolved: dict[int, datetime]
    resolver: dict[int, Ran]
    drew: bool
    unsaid: bool


def replay(life: Life, rules: Rules, ladder: Ladder = AS_IT_IS, drawing: int = 0) -> Replay:
    """The case under those rules, in the drawing of that number."""
    runner = Runner(life, rules, drawing)
    ran: list[Ran] = []
    resolved: dict[int, datetime] = {}
    resolver: dict[int, Ran] = {}
    shift = timedelta()
    whole: list[Kept] = []
    for round_, began in sorted(life.begun.items()):
        turns = list(_round(runner, ladder, round_, began + shift))
        ran += turns
        over = _resolved(life, round_, turns)
        if over is not None:
            resolved[round_], resolver[round_] = over, turns[-1]
        whole += _whole(runner, round_, shift, over)
        if turns:
            whole += runner.promised(began + shift, over, turns[-1].unit_id)
        was = life.resolved.get(round_)
        shift = over - was if over is not None and was is not None else shift
    return Replay(
        turns=tuple(ran),
        clocks=(*(kept for turn in ran for kept in turn.clocks), *whole),
        resolved=resolved,
        resolver=resolver,
        drew=any(turn.drew for turn in ran),
        unsaid=any(turn.unsaid for turn in ran),
    )


def as_it_was(life: Life) -> Replay:
    """What really happened, in the same form."""
    turns = tuple(_really(turn, life) for turn in life.turns)
    last = {turn.round: turns[turn.number - 1] for turn in life.turns}
    return Replay(
        turns=turns,
        clocks=tuple(_set(ask) for ask in life.asks),
        resolved=dict(life.resolved),
        resolver={round_: last[round_] for round_ in life.resolved if round_ in last},
        drew=False,
        unsaid=False,
    )


def _really(turn: Turn, life: Life) -> Ran:
    return Ran(
        number=turn.number,
        stage=turn.stage,
        unit_id=turn.unit_id,
        entered=turn.entered,
        left=turn.left,
        end=turn.end,
        clocks=tuple(_set(ask) for ask in life.asks if ask.turn == turn.number),
        round=turn.round,
    )


def _set(ask: Ask) -> Kept:
    return Kept(
        clock_id=ask.clock_id,
        kind=ask.kind,
        stage=ask.stage,
        unit_id=ask.unit_id,
        started=ask.started,
        due=ask.due,
        ended=ask.stopped,
        broken=ask.broken,
        yellow=ask.yellow,
        round=ask.round,
    )


def _round(runner: Runner, ladder: Ladder, round_: int, at: datetime) -> Iterator[Ran]:
    """One round's turns."""
    life = runner.life
    runner.round = round_
    ahead = list(ladders.steps(life, round_, ladder))
    for place in range(_MOST):
        if not ahead:
            return
        step, *ahead = ahead
        if step.turn is not None:
            at += _gap(life, step.turn)
        ran = replace(_ran(runner, step, at, round_ * _MOST + place), round=round_)
        yield ran
        if ran.left is None or ran.end in {End.SETTLED, End.ENDED, End.OPEN}:
            return
        at = ran.left
        if ran.end is End.OVERDUE and not ran.unsaid:
            ahead = _higher(ran, ahead, life, ladder)
        elif ran.unsaid and step.turn is None:
            return


def _ran(runner: Runner, step: Step, at: datetime, place: int) -> Ran:
    if step.turn is None:
        return runner.added(place, step.stage, step.unit_id, at)
    return runner.turn(step.turn, at)


def _gap(life: Life, turn: Turn) -> timedelta:
    """What really lay before the turn: hardly ever anything."""
    before = life.turns[turn.number - 2] if turn.number > 1 else None
    if before is None or before.round != turn.round:
        return turn.entered - life.begun[turn.round]
    return turn.entered - before.left if before.left is not None else timedelta()


def _higher(ran: Ran, ahead: list[Step], life: Life, ladder: Ladder) -> list[Step]:
    """It went up by itself: to the turn that really followed on a higher rung, or to a new one."""
    higher = rungs_above(ran.stage)
    place = next((n for n, step in enumerate(ahead) if step.stage in higher), None)
    if place is not None:
        return ahead[place:]
    new = ladders.above(ran.stage, life, ladder)
    return [] if new is None else [new]


def _resolved(life: Life, round_: int, turns: list[Ran]) -> datetime | None:
    """When the round was resolved; as it really was where that cannot be said."""
    if not turns:
        return life.resolved.get(round_)
    last = turns[-1]
    if last.end is End.SETTLED:
        return last.left
    return life.resolved.get(round_) if last.unsaid else None


def _whole(runner: Runner, round_: int, shift: timedelta, over: datetime | None) -> Iterator[Kept]:
    """The clocks of the case itself: the resident's runs to the resolution of its round."""
    life = runner.life

    def shifted(moment: datetime) -> datetime:
        return moment + shift

    for ask in life.asks:
        if ask.turn or ask.round != round_:
            continue
        moved: Moved = shifted if ask.kind is ClockKind.RESIDENT else _as_it_was
        kept = runner.clock(ask, moved)
        if ask.kind is ClockKind.RESIDENT and over is not None:
            gone = _gone(ask, life.resolved.get(round_))
            kept = runner.ended(kept, over if gone is None else min(over, shifted(gone)))
        yield kept


def _gone(ask: Ask, resolved: datetime | None) -> datetime | None:
    """When nobody was left whom it was promised to, where that was before the resolution."""
    if ask.stopped is None or (resolved is not None and ask.stopped >= resolved):
        return None
    return ask.stopped


def _as_it_was(moment: datetime) -> datetime:
    return moment
