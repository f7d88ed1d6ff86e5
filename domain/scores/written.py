"""Figures as they are written for machines: names and texts with fixed decimals, no floats.

The same figures are the same bytes on every machine. Words for people stand elsewhere.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from domain.scores import exact
from domain.scores.comparison import CarrierChange, CaseChange, Moved, PlaceChange
from domain.scores.fairness import Exclusion, Fairness, Stray
from domain.scores.figures import Card, Figure, Tally
from domain.scores.points import HUNDRED
from domain.scores.ranking import Change, Place
from domain.scores.wilson import Interval

Written = dict[str, Any]
"""What JSON knows: texts, whole numbers, true and false, lists and names."""


def canonical(value: Written) -> bytes:
    """One line of UTF-8 with sorted keys and no white space but its end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def tally(found: Tally) -> Written:
    """How many, as texts: of grades that are shared they may be parts of one."""
    return {
        "numerator": exact.count(found.numerator),
        "denominator": exact.count(found.denominator),
        "unanswered": exact.count(found.unanswered),
        "excluded": exact.count(found.excluded),
    }


def figure(found: Figure) -> Written:
    """A rate in percent with what it is made of; null where there is none."""
    return {
        **tally(found.tally),
        "rate": _or_none(found.rate, exact.percent),
        "interval": None if found.interval is None else interval(found.interval),
        "points": _or_none(found.points, exact.points),
        "few": found.few,
    }


def figure_or_none(found: Figure | None) -> Written | None:
    """The same; null for none."""
    return None if found is None else figure(found)


def interval(found: Interval) -> list[str]:
    """Both bounds in percent."""
    return [exact.percent(HUNDRED * bound) for bound in (found.low, found.high)]


def card(found: Card) -> Written:
    """All figures of one carrier; `left_out` are measures of the composite that counted nothing."""
    composite = found.composite
    return {
        "carrier": found.carrier,
        "id": found.carrier_id,
        "scope": found.scope,
        "empty": found.empty,
        "measures": {str(m): figure(each) for m, each in found.figures.items()},
        "composite": {
            "points": _or_none(composite.points, exact.points),
            "weights": {str(m): weight for m, weight in composite.counted.items()},
            "left_out": [str(m) for m in composite.left_out],
        },
    }


def place(found: Place) -> Written:
    """A ranked unit: the places it could hold, and the groups of ties it belongs to."""
    return {
        "unit": found.unit_id,
        "figure": figure(found.figure),
        "places": [found.best, found.worst],
        "tie_groups": [found.tied_from, found.tied_to],
        "ties": found.ties,
    }


def change(found: Change) -> Written:
    """A figure of an earlier period and the difference of the rates, in percent."""
    return {
        "figure": None if found.before is None else figure(found.before),
        "difference": _or_none(found.difference, exact.percent),
        "trend": found.trend,
    }


def fairness(found: Fairness) -> Written:
    """What was left out, and who decided in their own interest; each with its event."""
    return {
        "left_out": [_event(each) for each in found.strays],
        "interested": [
            {
                **_event(each.exclusion),
                "interest": str(each.interest),
                "because": each.exclusion.because,
                "decided_at": each.exclusion.decided_at.isoformat(),
                "by_person": each.exclusion.by_person,
                "by_unit": each.exclusion.by_unit,
            }
            for each in found.interested
        ],
    }


def _event(each: Stray | Exclusion) -> Written:
    return {
        "case_id": each.case_id,
        "version": each.version,
        "measure": str(each.measure),
        "unit": each.unit_id,
    }


def carrier_change(found: CarrierChange) -> Written:
    """Both readings of what differs."""
    return {
        "id": found.carrier_id,
        "composite": [_or_none(each, exact.points) for each in (found.before, found.after)],
        "measures": {
            str(each.measure): [figure_or_none(each.before), figure_or_none(each.after)]
            for each in found.figures
        },
    }


def case_change(found: CaseChange) -> Written:
    """What the case counts more or less in the second reading, why, and by which events."""
    return {
        "case_id": found.case_id,
        "unit": found.unit_id,
        "measure": str(found.measure),
        **tally(found.tally),
        "reasons": [str(each) for each in found.reasons],
        "versions": list(found.versions),
    }


def place_changes(found: Sequence[PlaceChange]) -> Mapping[str, list[list[int] | None]]:
    """The places a unit could hold in both readings; null where it is not ranked."""
    return {
        each.unit_id: [
            None if each_ is None else list(each_) for each_ in (each.before, each.after)
        ]
        for each in found
    }


def moves(found: Sequence[Moved]) -> Mapping[str, list[str | None]]:
    """Under which unit each one lies in both readings."""
    return {each.unit_id: [each.before, each.after] for each in found}


def _or_none(value: Fraction | None, write: Callable[[Fraction], str]) -> str | None:
    return None if value is None else write(value)
