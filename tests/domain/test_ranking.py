"""R12.3: ranks by the lower bound, the few apart, overlap shown as tied, change said when clear."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scores.figures import Figure, Tally, figure
from domain.scores.measures import ADVERSE, Measure
from domain.scores.ranking import Division, change, divisions, ranking
from domain.words import UnitKind
from tests.domain.town import POLICY, TOWN

pytestmark = pytest.mark.rule("R12.3")
GRADES = Measure.SATISFACTION


def _figure(hits: int, of: int, measure: Measure = GRADES) -> Figure:
    tally = Tally(numerator=Fraction(hits), denominator=Fraction(of))
    return figure(measure, tally, POLICY.scores)


def _places(**counts: tuple[int, int]) -> dict[str, tuple[int, int]]:
    found = ranking(GRADES, {unit: _figure(*each) for unit, each in counts.items()})
    return {place.unit_id: (place.best, place.worst) for place in found.ranked}


def test_units_that_are_clearly_apart_have_one_place_each() -> None:
    found = _places(bad=(100, 1000), good=(950, 1000), fair=(500, 1000))
    assert found == {"good": (1, 1), "fair": (2, 2), "bad": (3, 3)}


def test_more_cases_rank_before_the_same_rate_of_fewer() -> None:
    found = ranking(GRADES, {"few": _figure(9, 10), "many": _figure(900, 1000)})
    assert [place.unit_id for place in found.ranked] == ["many", "few"]


def test_units_whose_intervals_overlap_are_tied() -> None:
    found = ranking(GRADES, {"one": _figure(90, 100), "other": _figure(88, 100)})
    assert [(p.best, p.worst, p.ties) for p in found.ranked] == [(1, 2, 1), (1, 2, 1)]
    one, other = found.ranked
    assert one.tied(other)


def test_overlap_is_not_handed_on() -> None:
    """The middle one may be as good as the best or as bad as the worst; these two are apart."""
    figures = {"best": _figure(90, 100), "middle": _figure(82, 100), "worst": _figure(70, 100)}
    best, middle, worst = ranking(GRADES, figures).ranked
    assert [p.unit_id for p in (best, middle, worst)] == ["best", "middle", "worst"]
    assert [(p.best, p.worst) for p in (best, middle, worst)] == [(1, 2), (1, 3), (2, 3)]
    assert [(p.tied_from, p.tied_to) for p in (best, middle, worst)] == [(1, 1), (1, 2), (2, 2)]
    assert best.tied(middle)
    assert middle.tied(worst)
    assert not best.tied(worst)


def test_units_under_the_minimum_are_listed_apart() -> None:
    found = ranking(GRADES, {"small": _figure(4, 4), "large": _figure(5, 5), "none": None})
    assert [place.unit_id for place in found.ranked] == ["large"]
    assert found.apart == {"small": "few", "none": "nothing"}


def test_where_nothing_but_the_unanswered_is_there_nothing_counted() -> None:
    asked = figure(GRADES, Tally(unanswered=Fraction(9)), POLICY.scores)
    assert ranking(GRADES, {"silent": asked}).apart == {"silent": "nothing"}


def test_what_is_no_share_is_not_ranked() -> None:
    cards = _figure(7, 6, Measure.YELLOW_CARDS)
    found = ranking(Measure.YELLOW_CARDS, {"hurried": cards})
    assert found.apart == {"hurried": "no_interval"}


def test_of_an_adverse_rate_the_lowest_is_best() -> None:
    measure = Measure.RETURNS
    figures = {"often": _figure(60, 100, measure), "seldom": _figure(2, 100, measure)}
    found = ranking(measure, figures)
    assert [place.unit_id for place in found.ranked] == ["seldom", "often"]


def test_an_empty_ranking_is_empty() -> None:
    assert ranking(GRADES, {}).ranked == ()


COUNTS = st.integers(min_value=5, max_value=400).flatmap(
    lambda of: st.tuples(st.integers(min_value=0, max_value=of), st.just(of))
)


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), COUNTS, max_size=12),
    st.sampled_from((GRADES, Measure.RETURNS)),
)
def test_two_are_shown_as_tied_exactly_where_they_overlap(
    counts: dict[str, tuple[int, int]], measure: Measure
) -> None:
    figures = {unit: _figure(*each, measure) for unit, each in counts.items()}
    places = ranking(measure, figures).ranked
    assert {place.unit_id for place in places} == set(counts)
    for one, other in combinations(places, 2):
        this, that = one.figure.goodness, other.figure.goodness
        assert this is not None
        assert that is not None
        assert this.low >= that.low  # the order is that of the lower bounds
        assert one.tied(other) == this.overlaps(that)
        if one.tied(other):
            assert one.best <= other.worst
            assert other.best <= one.worst
        else:
            assert one.best < other.best
            assert one.worst < other.worst
    for place in places:
        others = [p for p in places if p is not place]
        assert place.ties == sum(place.tied(p) for p in others)


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_the_question_does_not_matter(order: list[str]) -> None:
    counts = {"a": (9, 10), "b": (9, 10), "c": (90, 100), "d": (1, 4), "e": (0, 50)}
    expected = ranking(GRADES, {unit: _figure(*counts[unit]) for unit in sorted(counts)})
    assert ranking(GRADES, {unit: _figure(*counts[unit]) for unit in order}) == expected


# -- beside another period -----------------------------------------------------


def test_a_change_within_the_intervals_is_no_clear_change() -> None:
    found = change(_figure(9, 10), _figure(8, 10))
    assert (found.difference, found.trend) == (Fraction(10), "no_clear_change")


@pytest.mark.parametrize(("measure", "trend"), [(GRADES, "better"), (Measure.RETURNS, "worse")])
def test_a_clear_change_is_for_the_better_or_the_worse(measure: Measure, trend: str) -> None:
    now, before = _figure(950, 1000, measure), _figure(500, 1000, measure)
    assert change(now, before).trend == trend
    assert change(before, now).trend == ({"better", "worse"} - {trend}).pop()


def test_without_a_rate_in_both_nobody_knows() -> None:
    none = figure(GRADES, Tally(), POLICY.scores)
    for now, before in ((_figure(9, 10), None), (none, _figure(9, 10)), (None, None)):
        found = change(now, before)
        assert (found.difference, found.trend) == (None, "unknown")


def test_of_what_is_no_share_nobody_knows_whether_it_changed_clearly() -> None:
    cards = Measure.YELLOW_CARDS
    found = change(_figure(7, 6, cards), _figure(1, 100, cards))
    assert found.trend == "unknown"
    assert cards in ADVERSE


# -- who is ranked against whom --------------------------------------------------


def test_communities_are_ranked_beside_villages_and_apart_where_that_is_asked() -> None:
    together = divisions(TOWN.organisation, UnitKind.COMMUNITY)
    apart = divisions(TOWN.organisation, UnitKind.COMMUNITY, ("urban", "rural"))
    assert list(together) == [Division()]
    units = TOWN.organisation.units
    for division, members in apart.items():
        assert {units[u].setting for u in members} == {division.setting}
    assert sorted(u for each in apart.values() for u in each) == list(together[Division()])


def test_grids_are_ranked_within_their_level() -> None:
    units = TOWN.organisation.units
    for division, members in divisions(TOWN.organisation, UnitKind.GRID).items():
        assert {units[u].level for u in members} == {division.level}
