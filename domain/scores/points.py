"""R12.2: what a rate is worth. Exact fractions in, exact fractions out; rounded where shown.

Points are taken of the exact rate and rounded once, at the end. A published rate (two decimals) may
be given as well: it is then the rate. The two differ by less than k hundredths of a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.scores.measures import ADVERSE, Measure
from domain.scores.policy import Formula

HUNDRED = Fraction(100)


def points(rate: Fraction, formula: Formula) -> Fraction:
    """``max(floor, full − k·max(0, target − rate))``; the rate is in percent."""
    full, k, target, floor = (
        Fraction(each, 100) for each in (formula.full, formula.k, formula.target, formula.floor)
    )
    return max(floor, full - k * max(Fraction(0), target - rate))


def worth(measure: Measure, rate: Fraction, formula: Formula) -> Fraction:
    """The points of a measure; of an adverse one, of what is missing to a hundred percent."""
    return points(HUNDRED - rate if measure in ADVERSE else rate, formula)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """One number of several: each share of its full points times its weight, out of a hundred.

    `counted` are the weights that went in, `left_out` the measures with a weight in which nothing
    was counted: the rest is scaled up to a hundred. Without any there are no points: None.
    """

    points: Fraction | None
    counted: Mapping[Measure, int]
    left_out: tuple[Measure, ...]


def composite(
    earned: Mapping[Measure, Fraction],
    formulas: Mapping[Measure, Formula],
    weights: Mapping[Measure, int],
) -> Composite:
    """The composite of the points earned; a measure that is not in `earned` counted nothing."""
    counted = {m: weights[m] for m in Measure if m in weights and m in earned}
    left_out = tuple(m for m in Measure if m in weights and m not in earned)
    if not counted:
        return Composite(points=None, counted=counted, left_out=left_out)
    shares = (
        weight * earned[measure] * HUNDRED / Fraction(formulas[measure].full, 100)
        for measure, weight in counted.items()
    )
    whole = sum(shares, Fraction(0)) / sum(counted.values())
    return Composite(points=whole, counted=counted, left_out=left_out)
