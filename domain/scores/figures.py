"""R12.1, R12.4: what was added up, as rates and points of one carrier. Exact fractions, no floats.

Sums come from the postings (store/scores/reading.py); nothing here knows where they are kept.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from domain.scores import points, wilson
from domain.scores.measures import ADVERSE, Measure
from domain.scores.periods import Period
from domain.scores.points import HUNDRED, Composite
from domain.scores.policy import Scores
from domain.scores.wilson import Interval

Role = Literal["owner", "helper"]
Carrier = Literal["unit", "partner", "person"]
Scope = Literal["own", "area"]
"""What the carrier itself carried, or everything carried at and below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Postings of one measure added up that weigh the same: `helpers` units shared the grade."""

    measure: Measure
    role: Role = "owner"
    helpers: int = 0
    numerator: int
    denominator: int
    unanswered: int = 0
    excluded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many counted and were so, were asked without an answer, and do not count any more."""

    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    unanswered: Fraction = Fraction(0)
    excluded: Fraction = Fraction(0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            numerator=self.numerator + other.numerator,
            denominator=self.denominator + other.denominator,
            unanswered=self.unanswered + other.unanswered,
            excluded=self.excluded + other.excluded,
        )

    @property
    def rate(self) -> Fraction | None:
        """In percent; None where nothing counted."""
        return None if not self.denominator else HUNDRED * self.numerator / self.denominator

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show at all."""
        return not (self.numerator or self.denominator or self.unanswered or self.excluded)


def weight(each: Sum, helper_share: int) -> Fraction:
    """What one posting counts: of a grade the helpers carry a share together, else one (R12.4)."""
    if each.measure is not Measure.SATISFACTION or not each.helpers:
        return Fraction(1)
    share = Fraction(helper_share, 100)
    return share / each.helpers if each.role == "helper" else 1 - share


def tallies(sums: Iterable[Sum], helper_share: int) -> dict[Measure, Tally]:
    """The sums of one carrier by measure, grades weighed; measures in their own order."""
    found: dict[Measure, Tally] = {}
    for each in sums:
        by = weight(each, helper_share)
        tally = Tally(
            numerator=by * each.numerator,
            denominator=by * each.denominator,
            unanswered=by * each.unanswered,
            excluded=by * each.excluded,
        )
        found[each.measure] = found.get(each.measure, Tally()) + tally
    return {m: found[m] for m in Measure if m in found and not found[m].empty}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure of one carrier. `rate` is None where nothing counted, `interval` then too.

    `points` is None besides where the policy has no formula for it; `few` says that of fewer
    cases something counted than the policy's minimum: the rate is mostly chance, and never ranked.
    """

    measure: Measure
    tally: Tally
    rate: Fraction | None
    interval: Interval | None
    points: Fraction | None
    few: bool

    @property
    def goodness(self) -> Interval | None:
        """The interval of what is good: of an adverse measure, of what did not happen."""
        if self.interval is None or self.measure not in ADVERSE:
            return self.interval
        return self.interval.complement


def figure(measure: Measure, tally: Tally, policy: Scores, *, few: bool = False) -> Figure:
    """The measure with what the policy makes of it; `few` where it is of fewer cases than that."""
    rate, formula = tally.rate, policy.formulas.get(measure)
    worth = None if rate is None or formula is None else points.worth(measure, rate, formula)
    return Figure(
        measure=measure,
        tally=tally,
        rate=rate,
        interval=wilson.interval(tally.numerator, tally.denominator, policy.confidence),
        points=worth,
        few=few or tally.denominator < policy.minimum,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All figures of one unit or person in a period, under one version of the policy."""

    carrier: Carrier
    carrier_id: str
    period: Period
    scope: Scope
    policy: str
    figures: Mapping[Measure, Figure]
    composite: Composite

    @property
    def empty(self) -> bool:
        """Whether nothing counted in the period, in any measure."""
        return not any(each.tally.denominator for each in self.figures.values())


def card(  # noqa: PLR0913 - what makes a card, by name
    carrier: Carrier,
    carrier_id: str,
    period: Period,
    sums: Iterable[Sum],
    policy: Scores,
    *,
    version: str,
    scope: Scope = "own",
    few: Collection[Measure] = (),
) -> Card:
    """The card of the sums; the composite of the measures in which something counted. `few` are
    measures in which too few cases counted, however often.
    """
    found = tallies(sums, policy.helper_share)
    figures = {m: figure(m, tally, policy, few=m in few) for m, tally in found.items()}
    earned = {m: each.points for m, each in figures.items() if each.points is not None}
    return Card(
        carrier=carrier,
        carrier_id=carrier_id,
        period=period,
        scope=scope,
        policy=version,
        figures=figures,
        composite=points.composite(earned, policy.formulas, policy.weights),
    )
