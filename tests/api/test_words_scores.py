"""Every measure of the scores has its words, and a sentence that says what counts."""

from typing import get_args

import pytest

from api.words.scores import APART, BECAUSE, CHANGED, COUNTS, MARKS, MEASURES, TRENDS
from domain.scores.comparison import Reason
from domain.scores.fairness import Interest
from domain.scores.measures import ADVERSE, Measure
from domain.scores.ranking import Apart, Trend
from domain.words.redress import ExcludedBecause

pytestmark = pytest.mark.rule("R12.1")


def test_every_measure_has_a_name_and_says_what_counts_in_both_languages() -> None:
    assert set(MEASURES) == set(COUNTS) == set(Measure)
    for chinese, english in (*MEASURES.values(), *COUNTS.values()):
        assert english.isascii()
        assert not chinese.isascii()


def test_what_is_better_when_lower_says_so() -> None:
    assert {m for m in Measure if "越低越好" in COUNTS[m][0]} == ADVERSE
    assert {m for m in Measure if "better when lower" in COUNTS[m][1]} == ADVERSE


def test_every_reason_not_to_count_has_its_words() -> None:
    assert set(ExcludedBecause) <= set(BECAUSE)


def test_every_trend_has_its_words() -> None:
    assert set(TRENDS) == set(get_args(Trend))


def test_every_mark_and_every_reason_for_a_change_or_for_no_rank_has_its_words() -> None:
    assert set(APART) == set(get_args(Apart))
    assert set(CHANGED) == set(Reason)
    assert set(Interest) <= set(MARKS)
