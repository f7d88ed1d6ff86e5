"""R12.6: what a report says, made of the cards of a unit and of those below it. Pure functions.

Numbers are written as they are published; a change is the difference of two published numbers, so
that a reader who takes one from the other finds it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from domain.organisation import Organisation, Unit
from domain.report import below as ranked
from domain.report.contents import (
    Breaches,
    Changed,
    Compared,
    Comparison,
    Contents,
    Head,
    Month,
    Rate,
    Scope,
)
from domain.report.notes import notes
from domain.report.publishing import any_withheld, withheld
from domain.scores import exact, ranking
from domain.scores.figures import Card, Figure
from domain.scores.measures import Measure
from domain.scores.periods import Period
from domain.scores.policy import Scores

LATE = (
    Measure.ACCEPTANCE,
    Measure.HANDLING,
    Measure.PROMISE,
    Measure.FOLLOW_UP,
    Measure.REPORT_IN,
)
"""Measures in which what counted and was not so ran out of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was read for a report. `area` has everything below in it, `own` the unit alone; `below`
    are the areas of the units directly below, `months` the last ones up to the period's end.

    `astray` postings were left out, `marked` exclusions were decided by who gains by them.
    """

    head: Head
    scores: Scores
    organisation: Organisation
    area: Card
    own: Card
    before: Card
    year_before: Card
    below: Mapping[str, Card]
    months: tuple[tuple[Period, Card], ...]
    over: bool
    astray: int = 0
    marked: int = 0


def contents(given: Given) -> Contents:
    """The report."""
    scopes = [_scope("area" if given.below else "own", given.area, given.scores)]
    if given.below:
        scopes.append(_scope("own", given.own, given.scores))
    return Contents(
        head=given.head,
        scopes=tuple(scopes),
        comparisons=(
            _comparison("before", given.area, given.before),
            _comparison("year_before", given.area, given.year_before),
        ),
        rankings=ranked.rankings(given.organisation, given.below, given.scores),
        trend=tuple(_month(period, card, given.scores) for period, card in given.months),
        breaches=tuple(_breaches(given)),
        notes=notes(
            given.head, given.area, (given.before, given.year_before), over=given.over,
            left_out=(given.astray, given.marked), withheld=_any_withheld(given),
        ),
    )  # fmt: skip


def _any_withheld(given: Given) -> bool:
    months = [card for _, card in given.months]
    here = [given.area, given.own, given.before, given.year_before]
    return any_withheld([*here, *given.below.values(), *months])


def _scope(name: str, card: Card, scores: Scores) -> Scope:
    return Scope(
        scope=name,
        rates=tuple(rate(each, scores) for each in card.figures.values()),
        composite=composite(card),
        left_out=card.composite.left_out,
    )


def composite(card: Card) -> str:
    """The composite as it is published, empty for none."""
    found = card.composite.points
    return "" if found is None else exact.points(found)


def rate(figure: Figure, scores: Scores) -> Rate:
    """A figure as it is published."""
    tally, formula = figure.tally, scores.formulas.get(figure.measure)
    low, high = bounds(figure)
    return Rate(
        measure=figure.measure,
        numerator=so_many(figure),
        denominator=exact.count(tally.denominator),
        unanswered=exact.count(tally.unanswered),
        excluded="" if withheld(figure) else exact.count(tally.excluded),
        rate=percent(figure.rate),
        low=low,
        high=high,
        points="" if figure.points is None else exact.points(figure.points),
        full="" if formula is None else exact.points(Fraction(formula.full, 100)),
        target="" if formula is None else exact.percent(Fraction(formula.target, 100)),
        weight=scores.weights.get(figure.measure, 0),
        few=figure.few,
        withheld=withheld(figure),
    )


def so_many(figure: Figure) -> str:
    """How many were so, empty where that is not published."""
    return "" if withheld(figure) else exact.count(figure.tally.numerator)


def percent(value: Fraction | None) -> str:
    """A rate as it is published, empty for none."""
    return "" if value is None else exact.percent(value)


def bounds(figure: Figure) -> tuple[str, str]:
    """The interval in percent, empty for none."""
    if figure.interval is None:
        return "", ""
    return exact.percent(100 * figure.interval.low), exact.percent(100 * figure.interval.high)


def _comparison(which: str, now: Card, other: Card) -> Comparison:
    return Comparison(
        which=which,
        period=other.period.name,
        composite=composite(other),
        composite_change=_change(composite(now), composite(other)),
        measures=tuple(
            _compared(now.figures.get(measure), figure) for measure, figure in other.figures.items()
        ),
    )


def _compared(now: Figure | None, other: Figure) -> Compared:
    return Compared(
        measure=other.measure,
        rate=percent(other.rate),
        numerator=so_many(other),
        denominator=exact.count(other.tally.denominator),
        change=_change(percent(now.rate if now else None), percent(other.rate)),
        trend=ranking.change(now, other).trend,
    )


def _change(now: str, before: str) -> str:
    return f"{Decimal(now) - Decimal(before):+}" if now and before else ""


def _month(period: Period, card: Card, scores: Scores) -> Month:
    """What has a weight: the rest would crowd it out."""
    weighed = (each for m, each in card.figures.items() if m in scores.weights)
    shown = [each for each in weighed if each.rate is not None]
    return Month(
        period=period.name,
        composite=composite(card),
        rates=tuple(rate(each, scores) for each in shown),
    )


def _breaches(given: Given) -> Iterator[Breaches]:
    head = given.head
    units = given.organisation.units
    yield _late(units[head.unit_id], "own", given.own)
    for unit_id, card in given.below.items():
        if not card.empty:
            yield _late(units[unit_id], "area", card)


def _late(unit: Unit, scope: str, card: Card) -> Breaches:
    def so(measure: Measure) -> int | None:
        figure = card.figures.get(measure)
        if withheld(figure):
            return None
        return 0 if figure is None else int(figure.tally.numerator)

    def missed(measure: Measure) -> int | None:
        figure, hits = card.figures.get(measure), so(measure)
        if figure is None or hits is None:
            return hits
        return int(figure.tally.denominator) - hits

    return Breaches(
        unit_id=unit.unit_id,
        name=unit.name,
        closed=unit.closed,
        scope=scope,
        late=tuple((measure, missed(measure)) for measure in LATE),
        yellow=so(Measure.YELLOW_CARDS),
        red=so(Measure.RED_CARDS),
        returned=so(Measure.RETURNS),
        reopened=so(Measure.REOPENINGS),
        recurred=so(Measure.RECURRENCES),
    )


# -- beside an edition of before ---------------------------------------------------


def matter(report: Contents) -> Contents:
    """What it says, apart from when it says so: with the same matter there is nothing new."""
    head = replace(report.head, edition=0, as_of="", position=0)
    return replace(report, head=head, changed=())


def corrected(report: Contents, before: Mapping[str, Any]) -> Contents:
    """The same as a further edition; `before` are the figures of the last one, as JSON has them."""
    was = {(s["scope"], r["measure"]): _of(r) for s in before["scopes"] for r in s["rates"]}
    now = {(s.scope, r.measure.value): _said(r) for s in report.scopes for r in s.rates}
    keys: Collection[tuple[str, str]] = sorted({**was, **now})
    changed = tuple(
        Changed(
            scope=scope,
            measure=Measure(measure),
            before=was.get((scope, measure), "0/0"),
            after=now.get((scope, measure), "0/0"),
        )
        for scope, measure in keys
        if was.get((scope, measure)) != now.get((scope, measure))
    )
    return replace(report, changed=changed)


def _said(each: Rate) -> str:
    return f"{each.numerator or '–'}/{each.denominator}"


def _of(each: Mapping[str, Any]) -> str:
    return f"{each['numerator'] or '–'}/{each['denominator']}"


def children(organisation: Organisation, unit_id: str) -> tuple[Unit, ...]:
    """The units directly below, closed ones where they stood, in the order of their ids."""
    return tuple(organisation.units[each] for each in sorted(organisation.counted_below(unit_id)))
