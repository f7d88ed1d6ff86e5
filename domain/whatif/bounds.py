"""What the replay of a case adds for sure, and how much more it may where too little is known.

From the moment up to which a turn is known, it may break or hold, and be settled or climb: the
least is what came before, the most what follows if it breaks. Nothing is drawn here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.state import rungs_above
from domain.whatif.lives import REPLAYED, End, Life
from domain.whatif.replay import Replay
from domain.whatif.steps import Kept, Ran
from domain.whatif.sums import Counts, Mine, counted
from domain.words import ClockKind, Stage

Bounds = tuple[Counts, Counts]
"""What is sure, and what may come on top of it."""


def bounds(life: Life, found: Replay, mine: Mine, until: datetime) -> Bounds:
    """What one replay of one case adds at least, and how much more at most."""
    whole = counted(life, found, mine, until)
    turn = next((turn for turn in found.turns if turn.unsaid), None)
    least, more = whole, Counter[str]()
    if turn is not None and turn.known_until is not None:
        least = counted(life, _known(found, turn, turn.known_until), mine, until)
        more = _beyond(life, found, turn, mine) | (whole - least)
        more |= _in_hand(life, turn, mine, min(until, life.seen_until))
    more += Counter(f"breaches.{k.kind}" for k in _unseen(found) if mine(k.unit_id))
    more["breaches"] = sum(more[f"breaches.{kind}"] for kind in REPLAYED)
    more["late_cases"] = int(more["breaches"] > 0 and not least["late_cases"])
    return least, more


def _unseen(found: Replay) -> Iterator[Kept]:
    """Clocks that nobody stopped, due after the last that is known."""
    return (kept for kept in found.clocks if kept.unknown and not kept.broken)


def _known(found: Replay, last: Ran, until: datetime) -> Replay:
    """The replay up to then."""
    upto = found.turns.index(last)
    clocks = (kept for kept in found.clocks if not kept.unknown and _over(kept, until))
    return replace(
        found,
        turns=(*found.turns[:upto], replace(last, left=until, end=End.OPEN)),
        clocks=tuple(clocks),
        resolved={r: over for r, over in found.resolved.items() if r < last.round},
    )


def _over(kept: Kept, until: datetime) -> bool:
    if kept.broken and kept.due is not None and kept.due <= until:
        return True
    return kept.ended is not None and kept.ended <= until


def _beyond(life: Life, found: Replay, turn: Ran, mine: Mine) -> Counts:
    """What may be though the case, ending as it really did, does not show it."""
    more: Counts = Counter()
    for kept in found.clocks:
        resident = kept.kind is ClockKind.RESIDENT and kept.round >= turn.round
        if resident and kept.due is not None and turn.known_until is not None:
            more["breaches.resident"] += turn.known_until < kept.due <= life.seen_until
    places = tuple(_places(life, turn))
    if not any(mine(unit) for _, unit in places):
        return more
    rungs = 1 if turn.number > 0 else len(places)
    waits = not any(kept.kind is ClockKind.ACCEPT and not kept.unknown for kept in turn.clocks)
    more["breaches.handle"] = more["yellow_cards"] = rungs
    more["climbs"] = min(rungs, len(places) - 1)
    more["breaches.accept"] = rungs if waits else rungs - 1
    more["resolved"] = 1
    more["breaches.follow_up"] = int(turn.round not in life.resolved and not life.imported)
    return more


def _in_hand(life: Life, turn: Ran, mine: Mine, until: datetime) -> Counts:
    """How long it may be in hand after all that is known, at that rung or one above."""
    since = max(turn.entered, turn.known_until or turn.entered)
    seconds = max(0, int((until - since).total_seconds()))
    stages = {stage for stage, unit in _places(life, turn) if mine(unit)}
    more = Counter({f"held.{stage}": seconds for stage in stages})
    return more + Counter({"held": seconds if stages else 0})


def _places(life: Life, turn: Ran) -> Iterator[tuple[Stage, str]]:
    """The rung and unit of the turn, and those it may climb to."""
    yield turn.stage, turn.unit_id
    for stage in rungs_above(turn.stage):
        if stage in life.units:
            yield stage, life.units[stage]
