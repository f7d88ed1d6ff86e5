"""R12.3: units of one kind in order of what their rate is at least, ties and uncertainty shown.

Overlap is not transitive: A may overlap B, and B overlap C, while A is clearly better than C. So no
unit is given one place: each has the places it could hold, and the groups of ties it belongs to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from domain.organisation import Organisation
from domain.scores.figures import Figure
from domain.scores.measures import Measure
from domain.scores.wilson import Interval
from domain.words import UnitKind

Apart = Literal["few", "nothing", "no_interval"]
"""Why a unit is not ranked: fewer counted than the minimum, nothing did, or it is no share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A ranked unit: `best` is one more than the units clearly better, `worst` the number of all
    without those clearly worse.

    A tie group is a largest set of units that all overlap one another, numbered from the top. A
    unit belongs to the groups `tied_from` to `tied_to`, without a gap; two units are tied exactly
    where they share one. `ties` is how many others it is tied with.
    """

    unit_id: str
    figure: Figure
    best: int
    worst: int
    tied_from: int
    tied_to: int
    ties: int

    def tied(self, other: "Place") -> bool:
        """Whether the two cannot be told apart."""
        return self.tied_from <= other.tied_to and other.tied_from <= self.tied_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Ranked by the lower bound of what is good, the best first; and who is listed apart, by id."""

    measure: Measure
    ranked: tuple[Place, ...]
    apart: Mapping[str, Apart]


def ranking(measure: Measure, figures: Mapping[str, Figure | None]) -> Ranking:
    """The units by id with their figures of that measure; None where there is none."""
    apart = {u: why for u in sorted(figures) if (why := _apart(figures[u])) is not None}
    spans = {
        unit_id: each.goodness
        for unit_id, each in figures.items()
        if unit_id not in apart and each is not None and each.goodness is not None
    }
    places = _places(spans)
    order = sorted(spans, key=lambda unit_id: _order(unit_id, spans[unit_id]))
    found = (_place(unit_id, figures[unit_id], places[unit_id]) for unit_id in order)
    return Ranking(measure=measure, ranked=tuple(found), apart=apart)


def _apart(figure: Figure | None) -> Apart | None:
    if figure is None or not figure.tally.denominator:
        return "nothing"
    if figure.few:
        return "few"
    return "no_interval" if figure.interval is None else None


def _order(unit_id: str, of: Interval) -> tuple[Fraction, Fraction, str]:
    """The higher lower bound first; of the same the higher upper bound, then the id."""
    return -of.low, -of.high, unit_id


@dataclass(slots=True)
class _Held:
    """What the sweep finds out of one unit."""

    best: int
    tied_from: int
    worst: int = 0
    tied_to: int = 0


def _places(spans: Mapping[str, Interval]) -> dict[str, _Held]:
    """One sweep over the ends of all intervals from the top.

    A group is complete when one of its units ends after another has begun. Of equal ends what
    begins comes first: touching is overlapping.
    """
    begins = [(-span.high, 0, unit_id) for unit_id, span in spans.items()]
    ends = [(-span.low, 1, unit_id) for unit_id, span in spans.items()]
    held: dict[str, _Held] = {}
    ended = groups = 0
    grown = False
    for _, ends_here, unit_id in sorted([*begins, *ends]):
        if not ends_here:
            held[unit_id] = _Held(best=ended + 1, tied_from=groups + 1)
            grown = True
            continue
        if grown:
            groups, grown = groups + 1, False
        held[unit_id].tied_to = groups
        held[unit_id].worst = len(held)
        ended += 1
    return held


def _place(unit_id: str, figure: Figure | None, held: _Held) -> Place:
    assert figure is not None  # noqa: S101 - who has no figure is listed apart
    return Place(
        unit_id=unit_id,
        figure=figure,
        best=held.best,
        worst=held.worst,
        tied_from=held.tied_from,
        tied_to=held.tied_to,
        ties=held.worst - held.best,
    )


# -- beside another period ------------------------------------------------------

Trend = Literal["better", "worse", "no_clear_change", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a rate differs from the one before, in percent; None where either is missing.

    Where the intervals overlap it is no clear change, whichever way the rate went; where one is
    missing nobody knows.
    """

    before: Figure | None
    difference: Fraction | None
    trend: Trend


def change(now: Figure | None, before: Figure | None) -> Change:
    """The figure held against the one of an earlier period."""
    if now is None or before is None or now.rate is None or before.rate is None:
        return Change(before=before, difference=None, trend="unknown")
    return Change(before=before, difference=now.rate - before.rate, trend=_trend(now, before))


def _trend(now: Figure, before: Figure) -> Trend:
    this, that = now.goodness, before.goodness
    if this is None or that is None:
        return "unknown"
    if this.overlaps(that):
        return "no_clear_change"
    return "better" if this.low > that.high else "worse"


# -- who is ranked against whom ---------------------------------------------------

RUNGS: Mapping[UnitKind, frozenset[UnitKind]] = {
    **{kind: frozenset({kind}) for kind in UnitKind},
    UnitKind.COMMUNITY: frozenset({UnitKind.COMMUNITY, UnitKind.VILLAGE}),
    UnitKind.STREET: frozenset({UnitKind.STREET, UnitKind.TOWNSHIP}),
}
"""Communities stand beside villages and streets beside townships, unless settings are apart."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Division:
    """Those ranked together: of one rung, grids of one level; `setting` is empty for both."""

    level: int = 0
    setting: str = ""


def divisions(
    organisation: Organisation, kind: UnitKind, settings: Sequence[str] = ()
) -> dict[Division, tuple[str, ...]]:
    """The units of that kind by division, closed ones included; with settings, those apart."""
    found: dict[Division, list[str]] = {}
    for unit_id, unit in sorted(organisation.units.items()):
        if unit.kind not in RUNGS[kind] or (settings and unit.setting not in settings):
            continue
        setting = unit.setting if settings else ""
        found.setdefault(Division(level=unit.level or 0, setting=setting), []).append(unit_id)
    return {division: tuple(found[division]) for division in sorted(found)}
