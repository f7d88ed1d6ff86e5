"""R12.6: what a report is made of the cards of units."""

import pytest

from domain.report.making import _month
from domain.scores import figures
from domain.scores.figures import Sum
from domain.scores.measures import Measure
from domain.scores.periods import parse
from tests.domain.town import POLICY

pytestmark = pytest.mark.rule("R12.6")


def test_a_month_in_which_nobody_was_satisfied_is_a_month_of_the_trend() -> None:
    worst = Sum(measure=Measure.SATISFACTION, numerator=0, denominator=40)
    march = parse("2026-03")
    card = figures.card("unit", "bridge", march, [worst], POLICY.scores, version="policy-1")
    (rate,) = _month(march, card, POLICY.scores).rates
    assert (rate.measure, rate.rate) == (Measure.SATISFACTION, "0.0000")
