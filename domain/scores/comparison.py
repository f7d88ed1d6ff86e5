"""R12.5: two readings of one period: which units' figures differ, by which cases, and why.

A reading differs by what was known (as of another date), by the policy, or by the tree of units.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from domain.differences import Difference, policies
from domain.organisation import Organisation
from domain.policy import Policy
from domain.scores.figures import Card, Figure, Role, Sum, Tally, weight
from domain.scores.measures import Measure
from domain.scores.policy import Scores
from domain.scores.ranking import Ranking


class Reason(StrEnum):
    """Why a case counts otherwise: what came between the readings, or what weighs otherwise."""

    EXCLUDED = "excluded"
    RESTORED = "restored"
    RECURRENCE = "recurrence"
    ANSWERED = "answered"
    CORRECTED = "corrected"
    RECORDED_LATER = "recorded_later"
    HELPER_SHARE = "helper_share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A posting, as far as a comparison has to know it."""

    case_id: str
    version: int
    unit_id: str
    person_id: str
    measure: Measure
    role: Role
    helpers: int
    known_at: datetime
    corrects: int | None
    because: str
    numerator: int
    denominator: int
    unanswered: int
    excluded: int

    @property
    def sum(self) -> Sum:
        """As the sum of one."""
        return Sum(
            measure=self.measure,
            role=self.role,
            helpers=self.helpers,
            numerator=self.numerator,
            denominator=self.denominator,
            unanswered=self.unanswered,
            excluded=self.excluded,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChange:
    """What a case counts differently for a unit in a measure, and by which of its events.

    `tally` is what it counts after, less what it counted before; `versions` name the events.
    """

    case_id: str
    unit_id: str
    measure: Measure
    tally: Tally
    reasons: tuple[Reason, ...]
    versions: tuple[int, ...]


def cases(
    later: Iterable[Entry], earlier: Iterable[Entry], before: Scores, after: Scores
) -> tuple[CaseChange, ...]:
    """The cases that count otherwise in the second reading.

    `later` are the postings that only it knows, `earlier` those that both know: of them the grades
    shared with helpers weigh otherwise where the policy's share differs. What was taken back again
    in between counts the same in both, and is no change.
    """
    share = after.helper_share
    known = ((each, weight(each.sum, share), _reason(each)) for each in later)
    weighed = (
        (each, weight(each.sum, share) - weight(each.sum, before.helper_share), _SHARED)
        for each in earlier
    )
    return _changes(each for each in chain(known, weighed) if each[1])


_SHARED = Reason.HELPER_SHARE


def _changes(weighed: Iterable[tuple[Entry, Fraction, Reason]]) -> tuple[CaseChange, ...]:
    found: dict[tuple[str, str, Measure], tuple[Tally, set[Reason], set[int]]] = {}
    for each, by, reason in weighed:
        key = (each.case_id, each.unit_id, each.measure)
        tally, reasons, versions = found.get(key, (Tally(), set(), set()))
        added = Tally(
            numerator=by * each.numerator,
            denominator=by * each.denominator,
            unanswered=by * each.unanswered,
            excluded=by * each.excluded,
        )
        found[key] = (tally + added, {*reasons, reason}, {*versions, each.version})
    return tuple(
        CaseChange(
            case_id=case_id,
            unit_id=unit_id,
            measure=measure,
            tally=tally,
            reasons=tuple(sorted(reasons)),
            versions=tuple(sorted(versions)),
        )
        for (case_id, unit_id, measure), (tally, reasons, versions) in sorted(found.items())
        if not tally.empty
    )


_BECAUSE = {
    "mistaken": Reason.EXCLUDED,
    "malicious": Reason.EXCLUDED,
    "appeal": Reason.EXCLUDED,
    "restored": Reason.RESTORED,
    "recurrence": Reason.RECURRENCE,
    "answered": Reason.ANSWERED,
}


def _reason(each: Entry) -> Reason:
    """What it took back says why; what takes nothing back was recorded later, and no more."""
    known = _BECAUSE.get(each.because)
    if known is not None:
        return known
    return Reason.RECORDED_LATER if each.corrects is None else Reason.CORRECTED


# -- figures that differ ----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A measure of one carrier in both readings; None where one has nothing to show."""

    measure: Measure
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierChange:
    """A unit or person whose figures differ; the composites None where nothing counted."""

    carrier_id: str
    figures: tuple[FigureChange, ...]
    before: Fraction | None
    after: Fraction | None


def carriers(before: Mapping[str, Card], after: Mapping[str, Card]) -> tuple[CarrierChange, ...]:
    """Those with a tally, rate or points that differ, or another composite; by id."""
    found = (_carrier(each, before.get(each), after.get(each)) for each in {**before, **after})
    changed = [each for each in found if each.figures or each.before != each.after]
    return tuple(sorted(changed, key=lambda each: each.carrier_id))


def _carrier(carrier_id: str, before: Card | None, after: Card | None) -> CarrierChange:
    was = {} if before is None else before.figures
    now = {} if after is None else after.figures
    return CarrierChange(
        carrier_id=carrier_id,
        figures=tuple(
            FigureChange(measure=measure, before=was.get(measure), after=now.get(measure))
            for measure in Measure
            if _shown(was.get(measure)) != _shown(now.get(measure))
        ),
        before=None if before is None else before.composite.points,
        after=None if after is None else after.composite.points,
    )


def _shown(figure: Figure | None) -> tuple[object, ...] | None:
    return None if figure is None else (figure.tally, figure.points, figure.interval, figure.few)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChange:
    """The places a unit could hold in both readings; None where it is listed apart or missing."""

    unit_id: str
    before: tuple[int, int] | None
    after: tuple[int, int] | None


def places(before: Ranking, after: Ranking) -> tuple[PlaceChange, ...]:
    """The units that could hold other places, by id."""
    was = {place.unit_id: (place.best, place.worst) for place in before.ranked}
    now = {place.unit_id: (place.best, place.worst) for place in after.ranked}
    return tuple(
        PlaceChange(unit_id=unit_id, before=was.get(unit_id), after=now.get(unit_id))
        for unit_id in sorted({**was, **now})
        if was.get(unit_id) != now.get(unit_id)
    )


# -- what differs beside the cases ------------------------------------------------


def numbers(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """The numbers of scores that differ between two policies; formulas in hundredths."""
    return tuple(each for each in policies(before, after) if each.path[0] == "scores")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A unit that lies under another one in the second reading; None where it is missing."""

    unit_id: str
    before: str | None
    after: str | None


def moved(before: Organisation, after: Organisation) -> tuple[Moved, ...]:
    """The units whose superior differs, by id: areas are then made of other units."""
    was = {unit_id: unit.counted_under for unit_id, unit in before.units.items()}
    now = {unit_id: unit.counted_under for unit_id, unit in after.units.items()}
    return tuple(
        Moved(unit_id=unit_id, before=was.get(unit_id), after=now.get(unit_id))
        for unit_id in sorted({**was, **now})
        if was.get(unit_id) != now.get(unit_id) or (unit_id in was) != (unit_id in now)
    )
