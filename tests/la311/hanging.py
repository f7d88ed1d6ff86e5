"""How far promises hang together, and what is left of a rate's certainty by that. Counts alone.

What one unit has of one department, one type and one planned day is one crew's round: kept or
broken together. An interval made for independent promises is too narrow for it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.scores.figures import Tally, figure
from domain.scores.measures import Measure
from domain.scores.policy import Scores
from domain.scores.ranking import Ranking, ranking

Decided = tuple[str, Hashable, bool]
"""Unit, round, and whether the promise was kept."""
Rounds = Mapping[str, Sequence[Sequence[bool]]]
"""The promises of each unit by rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """`correlation` is that of two promises of one round about their unit's rate, `effects` by how
    much a unit's variance is multiplied by it; `ranking` is of units by intervals as much wider.
    """

    correlation: Fraction
    effects: Mapping[str, Fraction]
    ranking: Ranking

    @property
    def mean(self) -> Fraction:
        """The effects' mean, over the units ranked."""
        return sum(self.effects.values(), Fraction()) / len(self.effects)


def hanging(decided: Iterable[Decided], units: Mapping[str, Tally], scores: Scores) -> Hanging:
    """Of those units; the correlation is that of all."""
    rounds = _rounds(decided)
    correlation = _correlation(rounds)
    effects = {unit: _effect(rounds[unit], correlation) for unit in units}
    measure, any_number = Measure.PROMISE, replace(scores, minimum=1)
    figures = {
        unit: figure(measure, worth(tally, effects[unit]), any_number)
        for unit, tally in units.items()
    }
    return Hanging(correlation=correlation, effects=effects, ranking=ranking(measure, figures))


def worth(tally: Tally, effect: Fraction) -> Tally:
    """As many independent promises as these are worth."""
    return Tally(numerator=tally.numerator / effect, denominator=tally.denominator / effect)


def _rounds(decided: Iterable[Decided]) -> Rounds:
    found: dict[str, dict[Hashable, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for unit, key, kept in decided:
        found[unit][key].append(kept)
    return {unit: list(rounds.values()) for unit, rounds in found.items()}


def _correlation(rounds: Rounds) -> Fraction:
    """Over all pairs of one round: how much more alike than chance, with four decimals."""
    alike = expected = Fraction()
    for mine in rounds.values():
        count = sum(len(each) for each in mine)
        rate = Fraction(sum(sum(each) for each in mine), count)
        for each in mine:
            size, kept = len(each), sum(each)
            squares = kept * (1 - rate) ** 2 + (size - kept) * rate**2
            alike += ((kept - size * rate) ** 2 - squares) / 2
            expected += Fraction(size * (size - 1), 2) * rate * (1 - rate)
    return Fraction(round(10_000 * alike / expected), 10_000)


def _effect(rounds: Sequence[Sequence[bool]], correlation: Fraction) -> Fraction:
    """The design effect: one, and the correlation for every other promise of one's own round."""
    count = sum(len(each) for each in rounds)
    others = Fraction(sum(len(each) ** 2 for each in rounds), count) - 1
    return 1 + others * max(Fraction(), correlation)
