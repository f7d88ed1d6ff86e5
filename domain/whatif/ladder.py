"""Another ladder: the rung a matter enters at, and rungs left out: which turns go, which come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.state import rungs_above
from domain.whatif.lives import End, Life, Turn
from domain.words import LADDER, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """`first` is the rung that matters enter at, by item; at `skipped` rungs nothing is done."""

    first: Mapping[str, Stage] = field(default_factory=dict)
    skipped: frozenset[Stage] = frozenset()


AS_IT_IS = Ladder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A turn to be replayed: one that really was, or one of a unit that never had it."""

    turn: Turn | None
    stage: Stage
    unit_id: str


def steps(life: Life, round_: int, ladder: Ladder) -> tuple[Step, ...]:
    """The turns of that round under the ladder."""
    turns = [turn for turn in life.turns if turn.round == round_]
    kept = list(_kept(turns, life, ladder, first=round_ == 1))
    found = [Step(turn=t, stage=t.stage, unit_id=t.unit_id) for t in kept]
    before = _entered_above(kept, life, ladder) if round_ == 1 else None
    if before is not None:
        found.insert(kept.index(before[1]), _added(before[0], life))
    gone = turns[-1] if turns and turns[-1] not in kept else None
    if gone is not None and (rung := _next(gone.stage, life, ladder)) is not None:
        found.append(_added(rung, life))
    return tuple(found)


def _added(stage: Stage, life: Life) -> Step:
    return Step(turn=None, stage=stage, unit_id=life.units[stage])


def _kept(turns: list[Turn], life: Life, ladder: Ladder, *, first: bool) -> Iterator[Turn]:
    """Turns under the rung a matter enters at, and at rungs left out, are not; until it climbed.

    What ended there otherwise than by work (withdrawn, merged) or has nowhere else to go stays.
    """
    enters = ladder.first.get(life.item_id) if first else None
    entered = False
    for turn in turns:
        low = enters is not None and not entered and _below(turn.stage, enters)
        out = turn.stage in ladder.skipped or low
        entered = entered or (turn.stage is not Stage.FIRST_CONTACT and not low)
        stays = turn.end is End.ENDED or _next(turn.stage, life, ladder) is None
        if turn.stage is Stage.FIRST_CONTACT or not out or stays:
            yield turn


def _entered_above(kept: list[Turn], life: Life, ladder: Ladder) -> tuple[Stage, Turn] | None:
    """The rung that comes new, and the turn it comes before."""
    enters = ladder.first.get(life.item_id)
    climbed = next((turn for turn in kept if turn.stage is not Stage.FIRST_CONTACT), None)
    if enters is None or climbed is None or enters not in life.units:
        return None
    return (enters, climbed) if _below(enters, climbed.stage) else None


def _below(one: Stage, other: Stage) -> bool:
    return LADDER.index(one) < LADDER.index(other)


def _next(stage: Stage, life: Life, ladder: Ladder) -> Stage | None:
    """The next rung with a unit, from the one the matter enters at."""
    enters = ladder.first.get(life.item_id)
    higher = (s for s in rungs_above(stage) if s not in ladder.skipped and s in life.units)
    if enters is not None and _below(stage, enters):
        higher = (s for s in higher if not _below(s, enters))
    return next(higher, None)


def above(stage: Stage, life: Life, ladder: Ladder) -> Step | None:
    """The turn of the next rung, of the unit of the place or matter; None at the top."""
    rung = _next(stage, life, ladder)
    return None if rung is None else _added(rung, life)
