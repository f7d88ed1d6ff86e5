"""The scores of policy.toml: formulas such as "full 25, target 95, k 0.5, floor 12.5", weights."""

import re
from decimal import Decimal

from domain.papers.findings import listed, quoted
from domain.papers.sections import Section
from domain.scores.measures import Measure
from domain.scores.policy import CONFIDENCES, WHOLE, Formula, Scores

KEYS = ("minimum", "helper_share", "confidence", "rank_by")
_NUMBER = r"([0-9]{1,4}(?:\.[0-9]{1,2})?)"
_FORMULA = re.compile(rf"full {_NUMBER}, target {_NUMBER}, k {_NUMBER}, floor {_NUMBER}")
_EXAMPLE = 'write it as "full 25, target 95, k 0.5, floor 12.5", at most two decimals'
_FALLBACK = Formula(full=WHOLE, k=WHOLE, target=WHOLE, floor=0)


def read_scores(scores: Section, points: Section, weights: Section) -> Scores:
    """The numbers of scores; what is wrong becomes a finding."""
    formulas = {m: _formula(points, m) for m in Measure if m in points.data}
    return Scores(
        formulas=formulas,
        weights=_weights(weights, formulas),
        minimum=scores.whole("minimum", range(1, 100_001)),
        helper_share=scores.whole("helper_share", range(101)),
        confidence=_confidence(scores),
        rank_by=_measure(scores, "rank_by"),
    )


def _formula(section: Section, measure: Measure) -> Formula:
    value = section.data[measure]
    found = _FORMULA.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        section.error(measure, f"= {quoted(value)} is no formula of points; {_EXAMPLE}")
        return _FALLBACK
    full, target, k, floor = (int(Decimal(number) * 100) for number in found.groups())
    if floor > full:
        section.error(measure, f"= {quoted(value)} has a floor above its full points")
    if target > WHOLE * 100:
        section.error(measure, f"= {quoted(value)} aims at more than 100 percent")
    return Formula(full=full, k=k, target=target, floor=floor)


def _weights(section: Section, formulas: dict[Measure, Formula]) -> dict[Measure, int]:
    found = {m: section.whole(m, range(1, WHOLE + 1)) for m in Measure if m in section.data}
    for measure in found.keys() - formulas.keys():
        section.error(measure, f"has a weight but no formula; add {measure} below [points]")
    for measure in (m for m in found if m in formulas and formulas[m].full == 0):
        section.error(measure, "has a weight, but its full points are 0")
    total = sum(found.values())
    if total != WHOLE:
        section.error("", f"add up to {total}; make them add up to {WHOLE}")
    return found


def _confidence(section: Section) -> int:
    value = section.whole("confidence", range(min(CONFIDENCES), max(CONFIDENCES) + 1))
    if value not in CONFIDENCES:
        allowed = listed(tuple(map(str, CONFIDENCES)))
        section.error("confidence", f"= {value} is not valid; use one of {allowed}")
        return CONFIDENCES[0]
    return value


def _measure(section: Section, key: str) -> Measure:
    value = section.data.get(key, Measure.SATISFACTION)
    if value not in tuple(Measure):
        section.error(key, f"= {quoted(value)} is not known; use one of {listed(tuple(Measure))}")
        return Measure.SATISFACTION
    return Measure(value)
