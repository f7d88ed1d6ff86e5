"""What replays add up to: breaches, cards, climbs, load and time, for the units that are asked for.

Whole numbers; what is drawn several times is added up once for each drawing.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.whatif.lives import End, Life
from domain.whatif.replay import Replay
from domain.words import ClockKind

DRAWINGS = 20
"""How often what has to be drawn is drawn; the range shown is that of these."""
Counts = Counter[str]
Mine = Callable[[str], bool]
"""Whether a unit's doings are asked for."""


@dataclass(slots=True)
class Sums:
    """Sums of many cases: what is sure, what each drawing adds, and what either may be more."""

    sure: Counts = field(default_factory=Counter)
    drawn: list[Counts] = field(default_factory=lambda: [Counter() for _ in range(DRAWINGS)])
    more: Counts = field(default_factory=Counter)
    drawn_more: list[Counts] = field(default_factory=lambda: [Counter() for _ in range(DRAWINGS)])

    def add(self, bounds: tuple[Counts, Counts], drawing: int | None = None) -> None:
        """A case at least, and how much more at most; in that drawing, or in all."""
        if drawing is None:
            self.sure += bounds[0]
            self.more += bounds[1]
        else:
            self.drawn[drawing] += bounds[0]
            self.drawn_more[drawing] += bounds[1]

    def each(self) -> list[tuple[Counts, Counts]]:
        """The sums of each drawing, at least and at most."""
        drawings = (
            zip(self.drawn, self.drawn_more, strict=True)
            if any(self.drawn)
            else [(Counter(), Counter())]
        )
        found = ((self.sure + least, self.more + more) for least, more in drawings)
        return [(least, least + more) for least, more in found]


def counted(life: Life, found: Replay, mine: Mine, until: datetime) -> Counts:
    """What one replay of one case adds; time in hand counts up to `until`."""
    counts: Counts = Counter(cases=1)
    carrier = found.turns[-1].unit_id if found.turns else ""
    for kept in found.clocks:
        unit = carrier if kept.kind is ClockKind.RESIDENT else kept.unit_id
        if not mine(unit):
            continue
        counts["clocks"] += 1
        counts["breaches"] += kept.broken
        counts[f"breaches.{kept.kind}"] += kept.broken
        counts["yellow_cards"] += kept.yellow
    counts["late_cases"] += counts["breaches"] > 0
    _turns(counts, life, found, mine, until)
    for round_, over in found.resolved.items():
        begun = life.begun[round_]
        if over <= life.seen_until and mine(carrier):
            counts["resolved"] += 1
            counts["seconds"] += _seconds(begun, over)
    return counts


def _turns(counts: Counts, life: Life, found: Replay, mine: Mine, until: datetime) -> None:
    until = min(until, life.seen_until)
    for turn in found.turns:
        if not mine(turn.unit_id) or turn.entered > life.seen_until:
            continue
        held = _seconds(turn.entered, min(turn.left or until, until))
        counts["turns"] += 1
        counts["held"] += held
        counts[f"held.{turn.stage}"] += held
        over = turn.left is not None and turn.left <= life.seen_until
        counts["climbs"] += turn.end is End.OVERDUE and over


def _seconds(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds()))
