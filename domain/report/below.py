"""R12.3 in a report: the units directly below a unit, ranked by the rung they stand on."""

from collections.abc import Mapping

from domain.organisation import Organisation, Unit
from domain.report.contents import Placed, Ranking
from domain.report.publishing import withheld
from domain.scores import exact, ranking
from domain.scores.figures import Card, Figure
from domain.scores.policy import Scores
from domain.scores.ranking import RUNGS, Place


def rankings(
    organisation: Organisation, cards: Mapping[str, Card], scores: Scores
) -> tuple[Ranking, ...]:
    """A ranking for each rung (grids: each level) of which there are at least two units."""
    groups: dict[tuple[str, int], list[str]] = {}
    for unit_id, card in cards.items():
        unit = organisation.units[unit_id]
        if not (unit.closed and card.empty):
            groups.setdefault(_group(unit), []).append(unit_id)
    return tuple(
        _ranking(group, {unit_id: cards[unit_id] for unit_id in units}, organisation, scores)
        for group, units in sorted(groups.items())
        if len(units) > 1
    )


def _group(unit: Unit) -> tuple[str, int]:
    return min(RUNGS[unit.kind]), unit.level or 0


def _ranking(
    group: tuple[str, int],
    cards: Mapping[str, Card],
    organisation: Organisation,
    scores: Scores,
) -> Ranking:
    by = scores.rank_by
    figures = {unit_id: card.figures.get(by) for unit_id, card in cards.items()}
    found = ranking.ranking(by, figures)
    units = {unit_id: organisation.units[unit_id] for unit_id in cards}
    apart = [unit_id for unit_id, why in found.apart.items() if why != "nothing"]
    return Ranking(
        kind=group[0],
        level=group[1],
        measure=by,
        ranked=tuple(_placed(each, found.ranked, units, cards) for each in found.ranked),
        few=tuple(_apart(unit_id, figures[unit_id], units, cards) for unit_id in apart),
        nothing=tuple(
            units[unit_id].name for unit_id, why in found.apart.items() if why == "nothing"
        ),
    )


def _placed(
    place: Place, ranked: tuple[Place, ...], units: Mapping[str, Unit], cards: Mapping[str, Card]
) -> Placed:
    ties = (other for other in ranked if other is not place and place.tied(other))
    tied = tuple(units[other.unit_id].name for other in ties)
    return _line(place.unit_id, place.figure, units, cards, (place.best, place.worst, tied))


def _apart(
    unit_id: str, figure: Figure | None, units: Mapping[str, Unit], cards: Mapping[str, Card]
) -> Placed:
    assert figure is not None  # noqa: S101 - in what has no figure nothing counted
    return _line(unit_id, figure, units, cards, (0, 0, ()))


def _line(
    unit_id: str,
    figure: Figure,
    units: Mapping[str, Unit],
    cards: Mapping[str, Card],
    place: tuple[int, int, tuple[str, ...]],
) -> Placed:
    best, worst, tied = place
    composite, interval = cards[unit_id].composite.points, figure.interval
    return Placed(
        unit_id=unit_id,
        name=units[unit_id].name,
        closed=units[unit_id].closed,
        best=best,
        worst=worst,
        tied=tied,
        numerator="" if withheld(figure) else exact.count(figure.tally.numerator),
        denominator=exact.count(figure.tally.denominator),
        unanswered=exact.count(figure.tally.unanswered),
        rate="" if figure.rate is None else exact.percent(figure.rate),
        low="" if interval is None else exact.percent(100 * interval.low),
        high="" if interval is None else exact.percent(100 * interval.high),
        composite="" if composite is None else exact.points(composite),
    )
