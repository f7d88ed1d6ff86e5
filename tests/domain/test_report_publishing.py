"""R12.6, R14.5: what of a report is public: nobody's own answer, and nobody's own card."""

from fractions import Fraction

import pytest

from domain.report.publishing import ones_own, published, withheld
from domain.scores import figures
from domain.scores.figures import Card, Sum, Tally
from domain.scores.measures import Measure
from domain.scores.periods import parse
from tests.domain.town import POLICY, TOWN, local

pytestmark = pytest.mark.rule("R12.6")
GRADES, HANDLING = Measure.SATISFACTION, Measure.HANDLING
SCORES = POLICY.scores
LEAST = SCORES.minimum


def card(period: str, counted: int, measure: Measure = GRADES) -> Card:
    so = Sum(measure=measure, numerator=counted - 1, denominator=counted, excluded=1)
    return figures.card("unit", "hills", parse(period), [so], SCORES, version="policy-1")


def shown(of: Card, *months: Card, own: frozenset[Measure] = frozenset()) -> bool:
    (measure,) = of.figures
    return not withheld(published(of, months, SCORES, own).figures[measure])


def test_answers_of_few_are_counted_and_nothing_else_is_said_of_them() -> None:
    public = published(card("2026-03", LEAST - 1), (), SCORES, frozenset())
    found = public.figures[GRADES]
    assert found.tally == Tally(denominator=Fraction(LEAST - 1))
    assert (found.rate, found.interval, found.points, public.composite.points) == (None,) * 4
    assert shown(card("2026-03", LEAST))


def test_what_staff_did_in_time_is_said_however_few_unless_it_is_one_persons() -> None:
    few = card("2026-03", 2, HANDLING)
    assert shown(few)
    assert not shown(few, own=frozenset({HANDLING}))
    assert shown(card("2026-03", LEAST, HANDLING), own=frozenset({HANDLING}))


@pytest.mark.parametrize(
    ("months", "public"),
    [
        ((LEAST, LEAST, LEAST), True),
        ((LEAST, LEAST, 2), False),
        ((LEAST, LEAST - 1, 1), True),
        ((LEAST, LEAST, 0), True),
    ],
)
def test_a_month_is_not_what_is_left_of_its_quarter(months: tuple[int, ...], public: bool) -> None:  # noqa: FBT001
    parts = [
        card(each.name, n) for each, n in zip(parse("2026-Q1").parts(), months, strict=True) if n
    ]
    assert shown(card("2026-Q1", sum(months)), *parts) is public


def test_a_month_is_not_what_is_left_of_its_year() -> None:
    """Its second quarter is published, so what is withheld of that is known together."""
    counts = (LEAST, LEAST, 2, LEAST, LEAST - 1, LEAST - 1, *(LEAST,) * 6)
    year = parse("2026")
    parts = [card(each.name, n) for each, n in zip(year.parts(), counts, strict=True)]
    assert not shown(card("2026", sum(counts)), *parts)
    assert shown(card("2026-Q2", sum(counts[3:6])), *parts[3:6])


def test_no_answers_are_published_of_a_range_of_days() -> None:
    assert not shown(card("2026-03-01..2026-03-30", 10 * LEAST))


def test_what_one_person_alone_works_for_is_theirs() -> None:
    march = local("03-01 00:00"), local("04-01 00:00")
    organisation = TOWN.organisation
    assert HANDLING not in ones_own(organisation, set(organisation.units), *march)
    assert any(HANDLING in ones_own(organisation, {unit}, *march) for unit in organisation.units)
