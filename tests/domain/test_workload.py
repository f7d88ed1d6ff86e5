"""Workload: who is there, whose load a head is far above the others, where people are missing."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.organisation import Post, Unit
from domain.words import Role, UnitKind
from domain.workload import fence, loads, staff
from domain.workload.fence import beyond
from domain.workload.loads import Load
from domain.workload.staff import Gap, Lack, Staff
from tests.domain.town import BORDERS, POSTS, START, TOWN, UNITS, local, organisation, post, unit

pytestmark = pytest.mark.rule("§2")
ORGANISATION = TOWN.organisation
NOW = local("03-02 10:00")
WHILE_GAO_IS_AWAY = local("03-10 10:00")


def test_a_stand_in_is_there_for_who_is_away() -> None:
    assert staff.staff("orchard-1", ORGANISATION, NOW) == Staff(posts=2, present=2)
    away = staff.staff("orchard-1", ORGANISATION, WHILE_GAO_IS_AWAY)
    assert away == Staff(posts=2, present=2, standing_in=1)
    grid = ORGANISATION.units["orchard-1"]
    assert staff.handlers(grid, ORGANISATION, NOW) == {"gao", "guo"}
    assert staff.handlers(grid, ORGANISATION, WHILE_GAO_IS_AWAY) == {"gan", "guo"}


def test_a_grid_whose_worker_left_is_vacant_since_then() -> None:
    assert staff.gaps("orchard-2", ORGANISATION, NOW) == [
        Gap(
            unit_id="orchard-2",
            role=Role.GRID_WORKER,
            lack=Lack.VACANT,
            since=local("01-01 00:00"),
        )
    ]
    assert staff.staff("orchard-2", ORGANISATION, NOW) == Staff(vacant=1)


def test_a_community_that_never_had_a_worker_lacks_one() -> None:
    (gap,) = staff.gaps("spring", ORGANISATION, NOW)
    assert (gap.role, gap.lack, gap.since) == (Role.COMMUNITY_WORKER, Lack.VACANT, None)


def test_where_everybody_is_away_and_nobody_stands_in_nobody_acts() -> None:
    alone = [replace(p, stand_in=None) for p in POSTS if p.post_id == "grid-1"]
    town = organisation(posts=alone)
    (gap,) = staff.gaps("orchard-1", town, WHILE_GAO_IS_AWAY)
    assert (gap.role, gap.lack) == (Role.GRID_WORKER, Lack.NOBODY_ACTS)
    assert staff.gaps("orchard-1", town, NOW) == []


def test_a_role_given_up_long_ago_is_missed_no_more_and_mediators_never_are() -> None:
    def lacking(*posts: Post) -> set[Role]:
        return {gap.role for gap in staff.gaps("city", organisation(posts=posts), NOW)}

    clerk = post("clerk", "hu", Role.FIRST_CONTACT_CLERK, "city", until="02-01 00:00")
    long_ago = replace(clerk, valid_until=local("2025-02-01 00:00"))
    mediator = post("mediator", "ma", Role.MEDIATOR, "city", until="02-01 00:00")
    to_come = replace(clerk, valid_from=local("05-01 00:00"), valid_until=None)
    assert lacking(clerk) == {Role.FIRST_CONTACT_CLERK}
    assert lacking(long_ago) == lacking(mediator) == lacking(to_come) == set()


def test_a_closed_unit_misses_nobody() -> None:
    units = [replace(u, closed=u.unit_id == "orchard-2") for u in UNITS]
    town = organisation(units=units)
    assert staff.gaps("orchard-2", town, NOW) == []
    assert staff.staff("orchard-2", town, NOW) == Staff()


def test_households_are_the_units_own_or_those_below_it() -> None:
    assert staff.households("orchard-1", ORGANISATION) == 300
    assert staff.households("orchard", ORGANISATION) == 600
    assert staff.households("east", ORGANISATION) == 900
    assert staff.households("spring", ORGANISATION) is None
    closed = [replace(u, closed=u.unit_id == "orchard-2") for u in UNITS]
    assert staff.households("orchard", organisation(units=closed)) == 300


# -- far above the others --------------------------------------------------------


def test_the_fence_is_one_and_a_half_quartile_distances_above_the_upper_quartile() -> None:
    eight = [Fraction(n) for n in (1, 2, 3, 4, 5, 6, 7, 8)]
    assert fence.fence(eight).upper == Fraction(13, 2) + Fraction(3, 2) * 4
    nine = [Fraction(n) for n in (9, 1, 8, 2, 7, 3, 6, 4, 5)]
    assert fence.fence(nine).upper == 7 + Fraction(3, 2) * 4


def test_fewer_than_eight_units_are_not_compared() -> None:
    seven = fence.fence([Fraction(1)] * 6 + [Fraction(1000)])
    assert (seven.units, seven.upper) == (7, None)
    assert beyond({"a": Fraction(1000)}, seven) == []


def test_beyond_it_is_who_has_at_least_five_cases_a_head_too() -> None:
    few = {f"u{n}": Fraction(0) for n in range(7)} | {"x": Fraction(4)}
    assert beyond(few, fence.fence([*few.values()])) == []
    many = few | {"x": Fraction(5), "y": Fraction(9)}
    assert beyond(many, fence.fence([*many.values()])) == ["y", "x"]


@given(st.lists(st.fractions(0, 100, max_denominator=4), min_size=8, max_size=30))
def test_never_more_than_a_quarter_of_the_units_is_beyond_the_fence(found: list[Fraction]) -> None:
    named = {f"u{n}": load for n, load in enumerate(found)}
    assert 4 * len(beyond(named, fence.fence(found))) <= len(found) + 3


def grid(number: int, setting: str = "urban") -> Unit:
    return unit(f"g{number}", UnitKind.GRID, "orchard", setting)


def test_a_unit_is_held_against_its_like_urban_and_rural_apart() -> None:
    units = [*UNITS, *(grid(n) for n in range(8)), *(grid(n, "rural") for n in range(8, 12))]
    posts = [post(f"p{n}", f"w{n}", Role.GRID_WORKER, f"g{n}") for n in range(12)]
    second = post("p0b", "w0b", Role.GRID_WORKER, "g0")
    town = organisation(units=units, posts=[*posts, second], borders=BORDERS)
    held = {("g0", "p0"): Load(in_charge=20), ("g1", "p1"): Load(in_charge=20)}
    held |= {("g9", "p9"): Load(in_charge=50), ("orchard-2", "grid-2"): Load(in_charge=90)}
    found = {(g.kind, g.setting): g for g in loads.groups(held, town, NOW)}
    urban, rural = found[UnitKind.GRID, "urban"], found[UnitKind.GRID, "rural"]
    assert [urban.loads[unit] for unit in ("g0", "g1", "g2")] == [Fraction(n) for n in (10, 20, 0)]
    assert "orchard-2" not in urban.loads  # nobody is there: people are missing
    assert (urban.fence.units, urban.fence.upper) == (8, Fraction(25, 2))
    assert urban.beyond == ["g1"]
    assert (rural.fence.units, rural.fence.upper, rural.beyond) == (4, None, [])


def test_loads_add_up() -> None:
    one, two = Load(in_charge=3, waiting=1, overdue=2), Load(in_charge=1)
    assert loads.total([one, two]) == Load(in_charge=4, waiting=1, overdue=2)
    assert loads.by_unit({("u", "p"): one, ("u", "q"): two, ("v", "r"): two}) == {
        "u": Load(in_charge=4, waiting=1, overdue=2),
        "v": two,
    }


def test_posts_are_those_valid_then() -> None:
    names = [p.post_id for p in staff.valid_posts("bridge", ORGANISATION, NOW)]
    assert "clerk-gone" not in names
    assert names == sorted(names)
    assert [p.post_id for p in staff.valid_posts("orchard-1", ORGANISATION, START)] == [
        *("grid-1", "grid-1b"),
    ]
