"""Topics: which cases are on one matter, whether they grow more, what tells of them, whose it is.

What is counted over which time, and what is drawn, is in tests/store/test_topics.py.
"""

from datetime import timedelta
from fractions import Fraction
from math import comb, isqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scores.periods import parse
from domain.topics import drawing
from domain.topics.area import area
from domain.topics.matters import ALIKE, Report, likeness, matters
from domain.topics.rare import MANY, at_most
from domain.topics.root import Because, Settler, common_superior, settler
from domain.topics.telling import Around, around, telling, words
from domain.topics.trend import Direction, direction
from domain.topics.window import window
from tests.domain.town import IN_ORCHARD_1, SHANGHAI, TOWN, local

ORGANISATION = TOWN.organisation
X, Y = IN_ORCHARD_1
METRE = 9
"""Microdegrees of latitude."""


def report(name: str, text: str, north: int | None = None) -> Report:
    """A case whose trigrams are the letters of a text, so many metres north of Orchard-1."""
    point = None if north is None else (X, Y + north * METRE)
    return Report(case_id=name, voice=name, title=text, trigrams=frozenset(text), point=point)


def found(*reports: Report) -> list[list[str]]:
    return [[each.case_id for each in m.reports] for m in matters(reports, 200)]


# -- matters -----------------------------------------------------------------


def test_cases_with_like_words_are_one_matter_and_a_case_like_no_other_is_in_none() -> None:
    assert found(
        report("lamp-1", "路灯不亮"), report("dog", "流浪狗"), report("lamp-2", "路灯坏")
    ) == [["lamp-1", "lamp-2"]]


def test_two_texts_that_share_a_fifth_of_their_trigrams_are_alike() -> None:
    assert ALIKE == 20
    assert likeness(report("a", "abc"), report("b", "cde")) == 20
    assert likeness(report("a", "abc"), report("b", "cdef")) == 16
    assert likeness(report("a", ""), report("b", "")) == 0
    assert found(report("a", "abc"), report("b", "cde")) == [["a", "b"]]
    assert found(report("a", "abc"), report("b", "cdef")) == []


def test_a_chain_of_likeness_does_not_run_from_one_matter_into_another() -> None:
    """Each is like the next and the ends have nothing in common: no case is drawn along by it."""
    chain = [report(f"n{n}", "".join(chr(97 + n + k) for k in range(3))) for n in range(7)]
    for members in matters(chain, 200):
        assert all(likeness(members.centre, each) >= ALIKE for each in members.reports)
    assert found(*chain) == [["n2", "n0", "n1", "n3", "n4"], ["n5", "n6"]]


def test_what_lies_further_apart_than_the_policy_says_is_another_matter() -> None:
    assert found(report("a", "路灯", 0), report("b", "路灯", 199), report("c", "路灯", 900)) == [
        ["a", "b"]
    ]
    assert found(report("a", "路灯", 0), report("b", "路灯")) == [["a", "b"]]


def test_the_largest_matter_comes_first_and_of_two_as_large_the_one_begun_first() -> None:
    assert found(
        *(report("a1", "ab"), report("b1", "xy"), report("a2", "ab"), report("b2", "xy")),
        *(report("c1", "op"), report("c2", "op"), report("c3", "op")),
    ) == [["c1", "c2", "c3"], ["a1", "a2"], ["b1", "b2"]]


@given(st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=5), max_size=25))
def test_every_case_is_in_one_matter_at_most_and_like_its_centre(texts: list[str]) -> None:
    reports = [report(str(n), text) for n, text in enumerate(texts)]
    made = matters(reports, 200)
    members = [each.case_id for matter in made for each in matter.reports]
    assert len(members) == len(set(members))
    sizes = [len(matter.reports) for matter in made]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size >= 2 for size in sizes)
    for matter in made:
        assert all(likeness(matter.centre, each) >= ALIKE for each in matter.reports)
    outside = [each for each in reports if each.case_id not in members]
    assert matters(outside, 200) == []


@given(*[st.text(alphabet="abcdefghijk", max_size=9)] * 2)
def test_two_cases_are_one_matter_exactly_where_their_texts_are_alike(one: str, two: str) -> None:
    alike = likeness(report("a", one), report("b", two)) >= ALIKE
    assert found(report("a", one), report("b", two)) == ([["a", "b"]] if alike else [])


# -- trend -------------------------------------------------------------------

DAY = 24
MONTH, YEAR = 30 * DAY, 360 * DAY


@pytest.mark.parametrize(
    ("count", "before", "expected"),
    [
        (40, 120, Direction.RISES),
        (10, 120, Direction.NO_SIGN),
        (17, 120, Direction.NO_SIGN),
        (20, 120, Direction.RISES),
        (1, 120, Direction.FALLS),
        (4, 120, Direction.NO_SIGN),
        (9, 0, Direction.TOO_FEW),
        (10, 0, Direction.RISES),
        (0, 0, Direction.TOO_FEW),
    ],
)
def test_a_month_is_held_against_the_twelve_before(
    count: int, before: int, expected: Direction
) -> None:
    assert direction(count, MONTH, before, YEAR) is expected


def test_where_there_was_hardly_a_time_before_nothing_is_compared() -> None:
    assert direction(500, MONTH, 0, 27 * DAY) is Direction.TOO_SHORT
    assert direction(0, 0, 100, YEAR) is Direction.TOO_SHORT
    assert direction(500, MONTH, 10, 28 * DAY) is Direction.RISES


def test_very_many_cases_are_compared_too() -> None:
    assert direction(20_000, MONTH, 20_000, MONTH) is Direction.NO_SIGN
    assert direction(20_400, MONTH, 19_600, MONTH) is Direction.RISES
    assert direction(19_600, MONTH, 20_400, MONTH) is Direction.FALLS


def test_counts_whose_exact_chance_would_fill_the_memory_are_compared_in_passing() -> None:
    """Added up exactly these would have billions of digits."""
    assert direction(10**9, 743, 12 * 10**9, 8017) is Direction.FALLS
    assert direction(2 * 10**9, 743, 12 * 10**9, 8017) is Direction.RISES
    assert direction(743 * 10**6, 743, 8017 * 10**6, 8017) is Direction.NO_SIGN
    assert direction(0, 743, 10**9, 8017) is Direction.FALLS
    assert direction(10**9, 743, 0, 8017) is Direction.RISES


@pytest.mark.parametrize("tenths", [0, 10, 23, 50, 100])
@pytest.mark.parametrize(("days", "before"), [(1, 28), (30, 335), (31, 28), (400, 28)])
def test_of_many_cases_the_chance_is_never_told_too_low_and_hardly_too_high(
    days: int, before: int, tenths: int
) -> None:
    """Up to ten standard deviations beyond what was to be expected."""
    both, spread = days + before, isqrt(MANY * days * before // (days + before) ** 2)
    count = min(MANY, MANY * days // both + 1 + tenths * spread // 10)
    ways = sum(comb(MANY, k) * days**k * before ** (MANY - k) for k in range(count, MANY + 1))
    exact, bound = Fraction(ways, both**MANY), Fraction(at_most(MANY, count, days, before))
    assert exact <= bound <= exact * Fraction(1_007, 1_000)


def test_a_rise_of_many_is_said_from_the_same_count_on_as_by_exact_numbers() -> None:
    """A month after eleven: of 12,000 cases 1,071 are one too few for a rise."""
    assert direction(1_071, MONTH, 10_929, 11 * MONTH) is Direction.NO_SIGN
    assert direction(1_072, MONTH, 10_928, 11 * MONTH) is Direction.RISES


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 40), st.integers(1, 40))
def test_a_rise_is_what_chance_alone_brings_in_less_than_one_of_a_hundred(
    count: int, before: int, days: int, more: int
) -> None:
    hours, hours_before, whole = days * DAY, (27 + more) * DAY, count + before
    chance = Fraction(hours, hours + hours_before)
    most = sum(
        comb(whole, k) * chance**k * (1 - chance) ** (whole - k) for k in range(count, whole + 1)
    )
    rises = direction(count, hours, before, hours_before) is Direction.RISES
    assert rises == (whole >= 10 and most <= Fraction(1, 100))


# -- telling words -----------------------------------------------------------

NONE = Around(0, {})


def test_the_words_are_those_that_stand_here_and_not_elsewhere() -> None:
    said = [
        (f"r{n}", title) for n, title in enumerate(["楼道路灯不亮", "路灯不亮了", "路灯又不亮"])
    ]
    others = around(["楼道堆物", "楼道里太吵", "楼道太脏"])
    assert telling(said, others, ()) == ["不亮", "路灯"]


def test_what_fewer_than_three_residents_said_is_no_word_of_the_topic() -> None:
    twice = [("a", "李大明打人"), ("a", "李大明打人"), ("a", "李大明打人"), ("b", "李大明打人")]
    assert telling(twice, NONE, ()) == []
    assert "李大明打人" in telling([*twice, ("c", "李大明打人")], NONE, ())


def test_a_part_of_a_longer_word_is_a_word_where_it_often_stands_without_it() -> None:
    said = [(f"r{n}", "路灯昏暗") for n in range(3)]
    assert telling(said, NONE, ()) == ["路灯昏暗"]
    assert telling([*said, ("x", "路灯歪")], NONE, ()) == ["路灯昏暗"]
    assert telling([*said, ("x", "路灯歪"), ("y", "路灯倒")], NONE, ()) == ["路灯昏暗", "路灯"]


def test_names_of_staff_and_numbers_are_never_shown() -> None:
    said = [(f"r{n}", "投诉高小华 电话19900001234 态度差") for n in range(5)]
    shown = telling(said, NONE, {"高小华"})
    assert shown == ["态度差", "电话"]


def test_an_erased_title_has_no_words() -> None:
    assert words("⟦erased⟧") == set()


def test_titles_in_letters_have_words_too() -> None:
    said = [
        (f"r{n}", title) for n, title in enumerate(["Graffiti on wall", "graffiti", "Graffiti 7"])
    ]
    assert telling(said, around(["Bulky items"]), ()) == ["graffiti"]


def test_the_order_of_cases_changes_no_word() -> None:
    said = [
        (f"r{n}", t)
        for n, t in enumerate(["路灯不亮", "路灯坏", "路灯不亮", "电梯坏", "电梯坏", "路灯"] * 3)
    ]
    mixed, others = list(said), around(["电梯"])
    Random(7).shuffle(mixed)  # noqa: S311 - no secret
    assert telling(said, others, ()) == telling(mixed, others, ())


# -- whose -------------------------------------------------------------------


def test_the_responsible_department_could_settle_what_is_not_the_communitys_own() -> None:
    lamp = TOWN.catalogue.items["lamp"]
    assert settler(lamp, ["orchard-1", "spring"], ORGANISATION) == Settler(
        unit_id="works", because=Because.RESPONSIBLE
    )


def test_of_the_communitys_own_matters_the_lowest_unit_over_all_that_had_them_could() -> None:
    assert settler(None, ["orchard-1", "spring"], ORGANISATION) == Settler(
        unit_id="bridge", because=Because.OVER_ALL
    )
    assert settler(None, ["orchard-1"], ORGANISATION) == Settler(
        unit_id="orchard-1", because=Because.ALONE
    )
    assert settler(None, [], ORGANISATION) is None


def test_the_common_superior_is_the_lowest_one() -> None:
    assert common_superior(["orchard-1", "orchard-2"], ORGANISATION) == "orchard"
    assert common_superior(["orchard-1", "orchard"], ORGANISATION) == "orchard"
    assert common_superior(["orchard-1", "stone-1"], ORGANISATION) == "east"
    assert common_superior(["orchard-1", "works"], ORGANISATION) == "city"


# -- which places, which time ------------------------------------------------


def test_a_units_area_is_its_subtree_and_each_place_lies_in_a_community_or_above() -> None:
    bridge = area("bridge", ORGANISATION)
    assert dict(zip(bridge.areas, bridge.places, strict=True)) == {
        "bridge": None,
        "orchard": "orchard",
        "spring": "spring",
        "orchard-1": "orchard",
        "orchard-2": "orchard",
    }
    assert not bridge.responsible


def test_a_departments_cases_lie_anywhere() -> None:
    works = area("works", ORGANISATION)
    assert works.responsible
    assert works.units == ("works",)
    assert {"orchard-1", "stone-1", "city"} <= set(works.areas)
    assert "water" not in works.areas


NOW = local("11-22 10:00")
LONG_AGO = local("2020-01-01 00:00")


def test_a_period_is_held_against_the_year_before_it_and_drawn_over_twelve_months() -> None:
    march = window(parse("2026-03"), SHANGHAI, NOW, LONG_AGO)
    assert (march.since, march.until) == (local("03-01 00:00"), local("04-01 00:00"))
    assert march.before == local("2025-03-01 00:00")
    assert march.months[0] == ("2025-04", local("2025-04-01 00:00"))
    assert march.months[-1] == ("2026-03", local("03-01 00:00"))
    assert (march.hours, march.hours_before) == (31 * 24, 365 * 24)


def test_a_period_that_lasts_ends_now() -> None:
    year = window(parse("2026"), SHANGHAI, NOW, LONG_AGO)
    assert year.until == NOW
    assert year.months[-1][0] == "2026-11"


def test_the_time_before_the_first_case_of_all_is_held_against_nothing() -> None:
    first = local("02-20 00:00")
    march = window(parse("2026-03"), SHANGHAI, NOW, first)
    assert march.before == first
    assert march.hours_before == 9 * 24
    later = window(parse("2026-03"), SHANGHAI, NOW, NOW - timedelta(days=1))
    assert later.hours_before == 0


# -- drawing -----------------------------------------------------------------


def test_a_border_is_closed_and_in_degrees() -> None:
    shape = drawing.polygon(ORGANISATION.borders["orchard-1"])
    (ring,) = shape["coordinates"]
    assert ring[0] == ring[-1] == [120.0, 30.0]
    assert len(ring) == 5


def test_nothing_is_drawn_of_fewer_than_three() -> None:
    assert not drawing.drawn({"voices": 2})
    assert drawing.drawn({"voices": 3})
