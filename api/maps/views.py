"""Maps drawn up for whoever asks: shades, words, addresses of lists. Nothing is read here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from urllib.parse import quote, urlencode

from api import words
from api.maps import shades
from api.maps.borders import Area
from api.maps.models import (
    AreaFeature,
    AreaProperties,
    BorderFeature,
    BorderProperties,
    By,
    CountFigures,
    RateFigures,
    ShadeView,
    UnitBorders,
    UnitMap,
)
from api.maps.shades import Counted, Rated
from api.models_named import Named
from api.scores import views as scores
from api.scores.asked import Reading
from api.words import Language
from api.words.maps import BY, ELSEWHERE, FIGURES, KINDS, SHADES
from api.words.table import Table
from domain.book import Book
from domain.scores import exact
from domain.scores.figures import Card, Figure, Tally
from domain.scores.measures import Measure
from domain.words import UnitKind
from store.board import Count

MEASURE = Measure.SATISFACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One map in the making: whose, of what, its shapes, in which language."""

    unit_id: str
    by: By
    areas: Sequence[Area]
    book: Book
    lang: Language


# -- counts ----------------------------------------------------------------------


def of_counts(of: Sheet, counted: Mapping[str, Count], at: datetime) -> UnitMap:
    """The map of open or of overdue cases; `counted` are those that lie in each unit itself."""
    inside = {
        area.unit_id: sum((counted.get(unit, Count()) for unit in area.units), Count())
        for area in of.areas
    }
    scale = shades.quarters(_number(of, each) for each in inside.values())
    features = [
        _feature(
            of,
            area,
            scale.of(_number(of, inside[area.unit_id])),
            _count_figures(area, inside[area.unit_id]),
            {},
        )
        for area in of.areas
    ]
    shown = {unit for area in of.areas for unit in area.units}
    left = sum(_number(of, each) for unit, each in counted.items() if unit not in shown)
    found = _map(of, features, _told_numbers(scale, of.lang), at)
    words_ = _fill(ELSEWHERE, of.by, of.lang, count=left) if left else ""
    return found.model_copy(update={"elsewhere": left, "elsewhere_words": words_})


def _number(of: Sheet, count: Count) -> int:
    return count.overdue if of.by == "overdue" else count.open


def _count_figures(area: Area, found: Count) -> CountFigures:
    own = {"own": "true"} if len(area.units) == 1 else {}
    asked = {"place": area.unit_id, **own, "open": "true", "order": "due"}
    return CountFigures(
        open=found.open, overdue=found.overdue, list=f"/api/v1/cases?{urlencode(asked)}"
    )


def _told_numbers(scale: Counted, lang: Language) -> list[str]:
    ranges = (
        _fill(SHADES, "one" if least == most else "range", lang, least=least, most=most)
        for least, most in scale.ranges()
    )
    return [words.say(SHADES, "none", lang), *ranges]


# -- rates -----------------------------------------------------------------------


def of_rates(of: Sheet, cards: Mapping[str, Card], reading: Reading) -> UnitMap:
    """The map of satisfaction as the scores give it."""
    target = Fraction(reading.basis.scores.formulas[MEASURE].target, 100)
    scale = shades.under(target)
    asked = {"period": reading.basis.period.name}
    features = []
    for area in of.areas:
        figure = cards[area.unit_id].figures.get(MEASURE)
        comparable = figure is not None and not figure.few
        shade = scale.of(figure.rate) if figure is not None and comparable else 0
        figures = _rate_figures(area, cards[area.unit_id], reading)
        features.append(_feature(of, area, shade, figures, asked))
    found = _map(of, features, _told_rates(scale, of.lang), reading.moment)
    return found.model_copy(update={"basis": scores.basis(reading)})


def _rate_figures(area: Area, card: Card, of: Reading) -> RateFigures:
    figure: Figure | None = card.figures.get(MEASURE)
    worth = scores.worth(figure, of.basis.scores.confidence)
    asked = {"period": of.basis.period.name, "scope": card.scope}
    return RateFigures(
        **scores.tally(Tally() if figure is None else figure.tally),
        rate=worth["rate"],
        interval=worth["interval"],
        few=figure is None or figure.few,
        card=f"/api/v1/scores/units/{quote(area.unit_id, safe='')}?{urlencode(asked)}",
    )


def _told_rates(scale: Rated, lang: Language) -> list[str]:
    first, *others = (_short(each) for each in scale.lowest)
    steps = zip([first, *others], others, strict=False)
    return [
        words.say(SHADES, "no_rate", lang),
        _fill(SHADES, "from", lang, least=first),
        *(_fill(SHADES, "between", lang, least=low, most=high) for high, low in steps),
        _fill(SHADES, "under", lang, most=others[-1]),
    ]


def _short(rate: Fraction | str) -> str:
    """Percent for the eye, without needless zeros."""
    return exact.fixed(Fraction(rate), 1).removesuffix(".0")


# -- both ------------------------------------------------------------------------


def _feature(
    of: Sheet,
    area: Area,
    shade: int,
    figures: CountFigures | RateFigures,
    asked: Mapping[str, str],
) -> AreaFeature:
    unit = of.book.organisation.units[area.unit_id]
    query = urlencode({"unit": unit.unit_id, "by": of.by, **asked})
    return AreaFeature(
        id=unit.unit_id,
        geometry=area.geometry,
        properties=AreaProperties(
            unit=Named(id=unit.unit_id, name=unit.name),
            kind=unit.kind,
            kind_words=words.say(KINDS, unit.kind, of.lang),
            level=unit.level,
            shade=shade,
            words=_figures_told(figures, of.lang),
            figures=figures,
            map=None if unit.kind is UnitKind.GRID else f"/api/v1/map?{query}",
        ),
    )


def _figures_told(figures: CountFigures | RateFigures, lang: Language) -> str:
    if isinstance(figures, CountFigures):
        return _fill(FIGURES, "count", lang, open=figures.open, overdue=figures.overdue)
    key = "no_rate" if figures.rate is None else "few" if figures.few else "rate"
    said = figures.model_dump(include={"numerator", "denominator", "unanswered"})
    return _fill(FIGURES, key, lang, **said, rate=_short(figures.rate or "0"))


def _map(of: Sheet, features: list[AreaFeature], told: Iterable[str], at: datetime) -> UnitMap:
    unit = of.book.organisation.units[of.unit_id]
    found = [each.properties.shade for each in features]
    return UnitMap(
        features=features,
        unit=Named(id=unit.unit_id, name=unit.name),
        kind=unit.kind,
        by=of.by,
        words=words.say(BY, of.by, of.lang),
        at=at,
        basis=None,
        shades=[
            ShadeView(shade=shade, words=words_, areas=found.count(shade))
            for shade, words_ in enumerate(told)
        ],
        elsewhere=None,
        elsewhere_words="",
    )


def of_borders(unit_id: str, areas: Sequence[Area], book: Book, lang: Language) -> UnitBorders:
    """The shapes by their names alone."""
    units = book.organisation.units
    return UnitBorders(
        features=[
            BorderFeature(
                id=area.unit_id,
                geometry=area.geometry,
                properties=BorderProperties(
                    unit=Named(id=area.unit_id, name=units[area.unit_id].name),
                    kind=units[area.unit_id].kind,
                    kind_words=words.say(KINDS, units[area.unit_id].kind, lang),
                    level=units[area.unit_id].level,
                    inside=_inside(area.unit_id, book),
                ),
            )
            for area in areas
        ],
        unit=Named(id=unit_id, name=units[unit_id].name),
        kind=units[unit_id].kind,
    )


def _inside(unit_id: str, book: Book) -> str | None:
    grid = book.organisation.units[unit_id].kind is UnitKind.GRID
    return None if grid else f"/api/v1/borders?{urlencode({'unit': unit_id})}"


def _fill(table: Table, key: str, lang: Language, **values: object) -> str:
    return words.say(table, key, lang).format(**values)
