"""Figures as they are shown: exact numbers as text, words in Chinese or English. No rules here."""

from typing import TypedDict
from urllib.parse import urlencode

from api import words
from api.models_named import Named
from api.scores import models
from api.scores.asked import Reading
from api.scores.models import Change, CompositeView, IntervalView, MeasureView, Opens, UnitView
from api.words import Language
from api.words.scores import COUNTS, MEASURES, TRENDS
from domain.organisation import Organisation
from domain.scores import exact, ranking
from domain.scores.figures import Card, Figure, Tally
from domain.scores.measures import ADVERSE, Measure
from domain.scores.periods import Period
from domain.scores.points import HUNDRED
from domain.scores.wilson import Interval
from store.chain import instant

PARTS = ("numerator", "denominator", "unanswered", "excluded")


def basis(of: Reading) -> models.Basis:
    """What the figures were made with."""
    found = of.basis
    period = models.PeriodView(
        name=found.period.name,
        first=found.period.first,
        last=found.period.last,
        over=found.over,
    )
    return models.Basis(
        period=period,
        as_of=of.moment,
        policy=found.policy.version,
        organisation=found.organisation.version,
        proactive=found.proactive,
    )


def unit(unit_id: str, organisation: Organisation, today: Organisation) -> UnitView:
    """The unit by the name it had; of one that is closed by now, who took over."""
    found, standing = organisation.units[unit_id], today.standing(unit_id)
    return UnitView(
        id=unit_id,
        name=words.unit_name(unit_id, organisation),
        kind=found.kind,
        setting=found.setting,
        taken_over_by=named(standing, today) if standing != unit_id else None,
    )


def named(unit_id: str, organisation: Organisation) -> Named:
    """A unit's id and name."""
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))


def person(person_id: str, organisation: Organisation) -> Named:
    """A member of staff's id and name."""
    return Named(id=person_id, name=words.person_name(person_id, organisation))


def composite(card: Card) -> CompositeView:
    """One number of several."""
    found = card.composite
    return CompositeView(
        points=None if found.points is None else exact.points(found.points),
        counted={str(measure): weight for measure, weight in found.counted.items()},
        left_out=[str(measure) for measure in found.left_out],
    )


def _few(card: Card, measure: Measure) -> bool:
    found = card.figures.get(measure)
    return found is None or found.few


def measures(
    of: Reading, card: Card, before: Card, year_before: Card, path: str
) -> list[MeasureView]:
    """Every measure there is, in one order, so that figures of two units stand side by side."""
    lang, policy = of.asked.lang, of.basis.scores
    return [
        MeasureView(
            measure=measure,
            words=words.say(MEASURES, measure, lang),
            counts=words.say(COUNTS, measure, lang),
            adverse=measure in ADVERSE,
            **tally(_tally(card, measure)),
            **worth(card.figures.get(measure), policy.confidence),
            weight=policy.weights.get(measure),
            few=_few(card, measure),
            before=_change(card, before, measure, lang),
            year_before=_change(card, year_before, measure, lang),
            events=opens(of, card, path, measure),
        )
        for measure in Measure
    ]


class Counted(TypedDict):
    """How many, by the names they have in every answer."""

    numerator: str
    denominator: str
    unanswered: str
    excluded: str


class Worth(TypedDict):
    """What a policy makes of it."""

    rate: str | None
    interval: IntervalView | None
    points: str | None


def tally(found: Tally) -> Counted:
    """How many."""
    return Counted(
        numerator=exact.count(found.numerator),
        denominator=exact.count(found.denominator),
        unanswered=exact.count(found.unanswered),
        excluded=exact.count(found.excluded),
    )


def _tally(card: Card, measure: Measure) -> Tally:
    figure = card.figures.get(measure)
    return Tally() if figure is None else figure.tally


def worth(figure: Figure | None, confidence: int) -> Worth:
    """What the policy makes of it."""
    if figure is None:
        return Worth(rate=None, interval=None, points=None)
    return Worth(
        rate=None if figure.rate is None else exact.percent(figure.rate),
        interval=interval(figure.interval, confidence),
        points=None if figure.points is None else exact.points(figure.points),
    )


def interval(found: Interval | None, confidence: int) -> IntervalView | None:
    """In percent; None for none."""
    if found is None:
        return None
    low, high = (exact.percent(HUNDRED * bound) for bound in (found.low, found.high))
    return IntervalView(low=low, high=high, confidence=confidence)


def change(found: ranking.Change, period: Period, lang: Language) -> Change:
    """A rate beside the one of another period."""
    there = Tally() if found.before is None else found.before.tally
    return Change(
        period=period.name,
        numerator=exact.count(there.numerator),
        denominator=exact.count(there.denominator),
        rate=None if there.rate is None else exact.percent(there.rate),
        difference=None if found.difference is None else exact.percent(found.difference),
        trend=found.trend,
        words=words.say(TRENDS, found.trend, lang),
    )


def _change(card: Card, other: Card, measure: Measure, lang: Language) -> Change:
    found = ranking.change(card.figures.get(measure), other.figures.get(measure))
    return change(found, other.period, lang)


def opens(of: Reading, card: Card, path: str, measure: Measure) -> Opens:
    """Where the events behind each part are, by the moment and version that were asked for."""
    asked = {"period": of.basis.period.name, "measure": str(measure)}
    asked |= {"scope": card.scope} if card.carrier == "unit" else {}
    asked |= said(of)
    return Opens(**{part: f"{path}/events?{urlencode(asked | {'part': part})}" for part in PARTS})


def said(of: Reading) -> dict[str, str]:
    """What was asked for besides the period, as it is said in an address."""
    found = {"proactive": "true"} if of.asked.proactive else {}
    found |= {"as_of": instant(of.moment)} if of.asked.as_of is not None else {}
    return found | ({"policy": of.basis.policy.version} if of.asked.policy is not None else {})
