"""§2: the tree, the posts and the borders."""

from dataclasses import replace

import pytest

from domain.organisation import Ring
from domain.words import Role, Stage, UnitKind
from tests.domain.town import (
    IN_ORCHARD_1,
    IN_ORCHARD_2,
    NOWHERE,
    POSTS,
    TOWN,
    UNITS,
    local,
    organisation,
    post,
    square,
    unit,
)

TREE = TOWN.organisation
FINE = ("big", "small")


def nested() -> dict[str, Ring]:
    return {"big": square(0, 0, 20_000), "small": square(5_000, 5_000, 5_000)}


@pytest.mark.rule("§2")
def test_a_path_names_the_unit_and_its_superiors_nearest_first() -> None:
    assert TREE.path("orchard-1") == ("orchard-1", "orchard", "bridge", "east", "city")
    assert TREE.path("works") == ("works", "city")


@pytest.mark.rule("§2")
def test_a_unit_gone_from_the_tree_stands_alone() -> None:
    assert TREE.path("dissolved") == ("dissolved",)
    assert TREE.unit_of("dissolved", Stage.STREET) is None


@pytest.mark.rule("§2")
def test_the_unit_of_a_stage_is_found_at_or_above() -> None:
    assert TREE.unit_of("orchard-1", Stage.GRID) == "orchard-1"
    assert TREE.unit_of("stone-1", Stage.COMMUNITY) == "stone"
    assert TREE.unit_of("stone-1", Stage.STREET) == "hills"
    assert TREE.unit_of("orchard", Stage.GRID) is None
    assert TREE.unit_of("water", Stage.DEPARTMENT) == "water"


@pytest.mark.rule("§2")
def test_a_post_exists_from_its_first_to_before_its_last_instant() -> None:
    short = post("p", "someone", Role.MEDIATOR, "east", until="03-02 10:00")
    assert short.valid(local("2025-01-01 00:00"))
    assert not short.valid(local("2024-12-31 23:59"))
    assert short.valid(local("03-02 09:59"))
    assert not short.valid(local("03-02 10:00"))
    assert short.holder(local("03-02 10:00")) is None


@pytest.mark.rule("§2")
def test_the_stand_in_holds_the_post_exactly_while_the_holder_is_away() -> None:
    gao = TREE.posts["grid-1"]
    moments = ("03-08 23:59", "03-09 00:00", "03-13 23:59", "03-14 00:00")
    assert [gao.holder(local(m)) for m in moments] == ["gao", "gan", "gan", "gao"]
    assert [p.post_id for p in TREE.posts_of("gan", local("03-10 09:00"))] == ["grid-1"]
    assert TREE.posts_of("gao", local("03-10 09:00")) == ()


@pytest.mark.rule("§2")
def test_who_is_away_without_a_stand_in_leaves_the_post_empty() -> None:
    away = (local("03-02 00:00"), local("03-03 00:00"))
    lonely = post("p", "someone", Role.GRID_WORKER, "orchard-1", absences=(away,))
    assert lonely.holder(local("03-02 10:00")) is None
    tree = organisation(posts=[*POSTS, lonely])
    acting = tree.acting("orchard-1", Role.GRID_WORKER, local("03-02 10:00"))
    assert [p.post_id for p in acting] == ["grid-1", "grid-1b"]


@pytest.mark.rule("§2")
def test_expired_posts_are_listed_but_do_not_act() -> None:
    assert [p.post_id for p in TREE.posts_in("orchard-2")] == ["grid-2"]
    assert TREE.acting("orchard-2", Role.GRID_WORKER, local("03-02 10:00")) == ()
    assert TREE.posts_in("spring") == ()


@pytest.mark.rule("§2")
def test_a_point_belongs_to_the_grid_around_it_or_to_none() -> None:
    assert TREE.grid_at(*IN_ORCHARD_1) == "orchard-1"
    assert TREE.grid_at(*IN_ORCHARD_2) == "orchard-2"
    assert TREE.grid_at(*NOWHERE) is None
    assert TREE.grid_at(-1, -1) is None


@pytest.mark.rule("§2")
@pytest.mark.parametrize("latitude", [30_000_001, 30_005_000, 30_009_999])
def test_a_point_on_a_shared_border_belongs_to_one_side_only(latitude: int) -> None:
    assert TREE.grid_at(120_010_000, latitude) in {"orchard-1", "orchard-2"}


@pytest.mark.rule("§2")
def test_where_levels_overlap_the_finest_grid_counts() -> None:
    units = [unit(g, UnitKind.GRID, "orchard") for g in FINE]
    levels = {"big": 1, "small": 2}
    levelled = [replace(u, level=levels[u.unit_id]) for u in units]
    tree = organisation(units=[*UNITS, *levelled], borders=nested())
    assert tree.grid_at(7_000, 7_000) == "small"
    assert tree.grid_at(1_000, 1_000) == "big"
