"""How satisfied residents would be, as far as the same cases tell: the share satisfied of cases
kept and of cases late, at the rung that resolved. A relation that was seen, never a cause.
"""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from domain.scores.wilson import Interval, interval
from domain.whatif.lives import Life
from domain.whatif.replay import Replay
from domain.words import ClockKind, Stage

Group = tuple[Stage, bool]
"""The rung that resolved, and whether a clock had broken by then."""
COUNTING = (ClockKind.ACCEPT, ClockKind.HANDLE, ClockKind.RESIDENT)


@dataclass(slots=True)
class Relation:
    """Of those who rated: how many there are in a group, and how many of them are satisfied."""

    rated: Counter[Group] = field(default_factory=Counter)
    satisfied: Counter[Group] = field(default_factory=Counter)

    def add(self, life: Life, real: Replay) -> None:
        """What the answers of a case tell."""
        for answer in life.answers:
            group = group_of(real, answer.round)
            if group is not None:
                self.rated[group] += 1
                self.satisfied[group] += answer.satisfied

    def share(self, group: Group, fewest: int, confidence: int) -> Interval | None:
        """Between which shares that group is satisfied; None where too few rated."""
        if self.rated[group] < fewest:
            return None
        of = Fraction(self.rated[group])
        return interval(Fraction(self.satisfied[group]), of, confidence)


def group_of(found: Replay, round_: int) -> Group | None:
    """The group that an answer of that round is in; None where the round was not resolved."""
    by = found.resolver.get(round_)
    if by is None:
        return None
    late = any(
        kept.broken and kept.kind in COUNTING and kept.round == round_ for kept in found.clocks
    )
    return by.stage, late


@dataclass(slots=True)
class Answers:
    """The answers of all cases under the other rules."""

    stay: int = 0
    satisfied: int = 0
    moved: Counter[Group] = field(default_factory=Counter)
    lost: int = 0
    unsaid: int = 0

    def add(self, life: Life, before: Replay, after: Replay) -> None:
        """Whoever would be in the same group answers as they did; of others the group is noted.
        Of cases of which too little is known the group is not.
        """
        for answer in life.answers:
            was, now = group_of(before, answer.round), group_of(after, answer.round)
            if after.unsaid and (was or now) is not None:
                self.unsaid += 1
            elif was == now and was is not None:
                self.stay += 1
                self.satisfied += answer.satisfied
            elif now is not None:
                self.moved[now] += 1
            elif was is not None:
                self.lost += 1

    def estimate(
        self, relation: Relation, fewest: int, confidence: int
    ) -> tuple[Fraction | None, Fraction, Fraction] | None:
        """The share satisfied, at least, at most; None where a group has too few to tell.

        `unsaid` answers may all be of the satisfied, or none: then there is no share in between.
        """
        rated = self.stay + sum(self.moved.values()) + self.unsaid
        low = middle = high = Fraction(self.satisfied)
        for group, count in sorted(self.moved.items()):
            share = relation.share(group, fewest, confidence)
            if share is None:
                return None
            middle += count * Fraction(relation.satisfied[group], relation.rated[group])
            low, high = low + count * share.low, high + count * share.high
        if not rated:
            return None
        between = None if self.unsaid else middle / rated
        return between, low / rated, (high + self.unsaid) / rated
