"""Whether a figure is fair to whom it is about (R11, R12): what is marked, what is left out.

Few cases are marked on the figure itself (`Figure.few`). Nothing here reads the journal.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.organisation import Organisation
from domain.scores.figures import Carrier
from domain.scores.measures import ADVERSE, Measure

GRANTED = frozenset({"withdrawal.decided", "decline.reviewed"})
"""Decisions that take nothing out, and are in somebody's interest all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A posting on a unit that the journal gave neither the case nor a duty in it.

    It counts in no figure; whoever reads the figure is told of it.
    """

    case_id: str
    version: int
    measure: Measure
    unit_id: str
    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A posting that takes something out of the figures, or that a decision granted: of whom, and
    who decided it.

    `numerator` and `denominator` are the posting's, so that of a miss the denominator alone is
    less. `kind` is the event's, `by_person` and `by_unit` are who decided.
    """

    case_id: str
    version: int
    kind: str
    because: str
    decided_at: datetime
    by_person: str
    by_unit: str
    measure: Measure
    unit_id: str
    person_id: str
    numerator: int
    denominator: int

    @property
    def gains(self) -> bool:
        """Whether the figure is better for it: what went was a miss, or an adverse thing; what
        was withdrawn can become no miss any more, and a decline that is upheld is a hit.
        """
        if self.kind in GRANTED:
            return True
        if self.measure in ADVERSE:
            return self.numerator < 0
        return self.denominator < 0 and self.numerator == 0


class Interest(StrEnum):
    """What whoever decided has to do with the figure that gained."""

    OWN_FIGURE = "own_figure"
    OWN_UNIT = "own_unit"
    OWN_CHAIN = "own_chain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interested:
    """An exclusion decided by somebody whose own figures gain from it: marked, with its event."""

    exclusion: Exclusion
    interest: Interest


def interested(
    exclusions: Iterable[Exclusion], organisation: Organisation
) -> tuple[Interested, ...]:
    """Those of which the person, unit or chain that decided gains, in the order of the events.

    The chain is every superior but the topmost, under whom everything lies: the figures of its
    area gain with those of the unit. That R10.1 gives the review to the unit above does not
    change that it is its own area; it is said, not held against anybody.
    """
    found = []
    for each in exclusions:
        interest = _interest(each, organisation) if each.gains else None
        if interest is not None:
            found.append(Interested(exclusion=each, interest=interest))
    return tuple(sorted(found, key=_place))


def _place(of: Interested) -> tuple[str, int, str, str]:
    each = of.exclusion
    return each.case_id, each.version, each.measure, each.unit_id


def _interest(each: Exclusion, organisation: Organisation) -> Interest | None:
    if each.person_id and each.by_person == each.person_id:
        return Interest.OWN_FIGURE
    if not each.by_unit:
        return None
    if each.by_unit == each.unit_id or each.unit_id in organisation.counted_path(each.by_unit):
        return Interest.OWN_UNIT
    path = organisation.counted_path(each.unit_id)
    return Interest.OWN_CHAIN if each.by_unit in path[:-1] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """What is to be known of the figures of one carrier: what was left out, what is marked."""

    strays: tuple[Stray, ...] = ()
    interested: tuple[Interested, ...] = ()


def by_carrier(
    carrier: Carrier,
    members: Mapping[str, Collection[str]],
    strays: Iterable[Stray],
    marked: Iterable[Interested],
) -> dict[str, Fairness]:
    """What concerns each carrier; `members` are those whose postings make up its figures."""
    of: dict[str, tuple[list[Stray], list[Interested]]] = {}
    for stray in strays:
        of.setdefault(_member(carrier, stray), ([], []))[0].append(stray)
    for mark in marked:
        of.setdefault(_member(carrier, mark.exclusion), ([], []))[1].append(mark)
    found = {}
    for each, names in members.items():
        held = [of[name] for name in sorted(names) if name in of]
        if held:
            found[each] = Fairness(
                strays=tuple(stray for astray, _ in held for stray in astray),
                interested=tuple(mark for _, marks in held for mark in marks),
            )
    return found


def _member(carrier: Carrier, of: Stray | Exclusion) -> str:
    return of.person_id if carrier == "person" else of.unit_id
