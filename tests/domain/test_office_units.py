"""§2: the tree of units is changed by commands; borders of one level never overlap."""

from typing import Any

import pytest

from domain.office.commands import AddUnit, CancelChange, ChangeUnit, CloseUnit, DrawGrid, OpenPost
from domain.office.events import (
    ChangeCancelled,
    GridDrawn,
    PostOpened,
    UnitAdded,
    UnitChanged,
    UnitClosed,
)
from domain.office.records import Drawing, Work
from domain.organisation import Ring
from domain.words import Role, Stage, UnitKind
from tests.domain.office_story import AI, AN, ASH, AVA, given
from tests.domain.story import MEI, by, event
from tests.domain.town import IN_STONE_1, local, square

pytestmark = pytest.mark.rule("R14.1")
EMPTY = square(120_020_000, 30_000_000)
IN_EMPTY = (120_025_000, 30_005_000)


def grid(unit_id: str = "orchard-3", border: Ring = EMPTY, **changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "unit_id": unit_id,
        "unit_kind": UnitKind.GRID,
        "parent_id": "orchard",
        "name": "Third grid",
        "setting": "urban",
        "level": 1,
        "households": 300,
        "border": border,
    }
    return fields | changed


def community(unit_id: str = "meadow", **changed: Any) -> dict[str, Any]:
    plain = grid(unit_id, (), level=None, households=None)
    return {**plain, "unit_kind": UnitKind.COMMUNITY, "parent_id": "bridge", **changed}


# -- adding ------------------------------------------------------------------


def test_a_new_grid_takes_the_points_inside_its_border_at_once() -> None:
    story = given()
    assert story.organisation.grid_at(*IN_EMPTY) is None
    after = story.when(by(ASH, "03-02 10:00", AddUnit, **grid())).then(
        event(UnitAdded, unit_id="orchard-3", effective_from="03-02 10:00")
    )
    assert after.organisation.grid_at(*IN_EMPTY) == "orchard-3"
    assert after.organisation.path("orchard-3") == (
        "orchard-3",
        "orchard",
        "bridge",
        "east",
        "city",
    )
    assert after.organisation.version == "organisation-1+2"


def test_a_unit_planned_for_tomorrow_is_not_there_today_and_is_there_tomorrow() -> None:
    story = given(
        by(AN, "03-02 10:00", AddUnit, effective_from=local("03-03 00:00"), **community())
    )
    assert "meadow" not in story.turned(local("03-02 23:59")).organisation.units
    assert "meadow" in story.turned(local("03-03 00:00")).organisation.units


def test_administrators_change_their_own_part_of_the_tree_only() -> None:
    given().when(by(AVA, "03-02 10:00", AddUnit, **grid())).then_forbidden("not_entitled", "§2")
    given().when(by(MEI, "03-02 10:00", AddUnit, **grid())).then_forbidden("not_entitled", "§2")
    given().when(by(AN, "03-02 10:00", AddUnit, **grid())).then(UnitAdded)


def test_a_unit_that_exists_or_is_planned_is_not_added_again() -> None:
    story = given()
    again = grid("orchard-1")
    story.when(by(AI, "03-02 10:00", AddUnit, **again)).then_refused("unit_exists", "§2")
    planned = story.and_then(
        by(AI, "03-02 10:00", AddUnit, effective_from=local("03-09 00:00"), **community())
    )
    planned.when(by(AI, "03-02 10:01", AddUnit, **community())).then_refused("unit_exists", "§2")


def test_a_unit_hangs_where_its_kind_may_hang() -> None:
    story = given()
    nowhere = community(parent_id="atlantis")
    story.when(by(AI, "03-02 10:00", AddUnit, **nowhere)).then_refused("unknown_unit", "§2")
    misplaced = community(parent_id="orchard")
    story.when(by(AI, "03-02 10:00", AddUnit, **misplaced)).then_refused(
        "kind_does_not_fit", "§2", kind="community", under="community"
    )
    nested = grid(parent_id="orchard-1", level=1)
    story.when(by(AI, "03-02 10:00", AddUnit, **nested)).then_refused(
        "level_does_not_fit", "§2", level="1", under="1"
    )


def test_a_grid_has_level_households_and_border_and_nothing_else_has() -> None:
    for missing in ({"level": None}, {"households": None}, {"border": ()}):
        given().when(by(AI, "03-02 10:00", AddUnit, **grid(**missing))).then_refused(
            "grid_incomplete", "§2"
        )
    levelled = community(level=1)
    given().when(by(AI, "03-02 10:00", AddUnit, **levelled)).then_refused("not_a_grid", "§2")


def test_no_change_begins_in_the_past() -> None:
    early = {"effective_from": local("03-01 10:00")}
    given().when(by(AI, "03-02 10:00", AddUnit, **community(), **early)).then_refused(
        "effective_in_the_past", "R14.1"
    )


# -- borders -----------------------------------------------------------------


def test_a_grid_drawn_anew_gives_up_what_is_no_longer_inside() -> None:
    draw = by(AVA, "03-02 10:00", DrawGrid, unit_id="stone-1", border=EMPTY, households=250)
    after = given().when(draw).then(event(GridDrawn, households=250))
    assert after.organisation.grid_at(*IN_EMPTY) == "stone-1"
    assert after.organisation.grid_at(*IN_STONE_1) is None
    assert after.unit("stone-1").households == 250


def test_a_border_that_geometry_rejects_is_refused_with_the_reason() -> None:
    draw = by(AVA, "03-02 10:00", DrawGrid, unit_id="stone-1", border=EMPTY, households=250)
    given(drawing=Drawing(fault="self-intersection")).when(draw).then_refused(
        "border_unusable", "§2", fault="self-intersection"
    )
    given(drawing=Drawing(overlaps=("orchard-1",))).when(draw).then_refused(
        "borders_overlap", "§2", grids="orchard-1"
    )


def test_a_border_too_large_or_of_too_many_corners_never_reaches_geometry() -> None:
    huge = square(100_000_000, 20_000_000, 2_000_001)
    draw = by(AVA, "03-02 10:00", DrawGrid, unit_id="stone-1", border=huge, households=1)
    given().when(draw).then_refused("border_too_large", "§2")
    many = tuple((120_000_000 + n, 30_000_000 + n % 2) for n in range(5_001))
    draw = by(AVA, "03-02 10:00", DrawGrid, unit_id="stone-1", border=many, households=1)
    given().when(draw).then_refused("border_unusable", "§2", corners="5001")


def test_only_grids_have_borders() -> None:
    draw = by(AI, "03-02 10:00", DrawGrid, unit_id="orchard", border=EMPTY, households=1)
    given().when(draw).then_refused("not_a_grid", "§2")


# -- changing ----------------------------------------------------------------


def test_a_unit_gets_another_name_and_another_superior() -> None:
    move = by(AN, "03-02 10:00", ChangeUnit, unit_id="spring", parent_id="hills", name="Well")
    after = given().when(move).then(event(UnitChanged, name="Well"))
    assert after.organisation.path("spring") == ("spring", "hills", "east", "city")
    assert after.unit("spring").name == "Well"


def test_moving_needs_authority_over_both_places() -> None:
    move = by(ASH, "03-02 10:00", ChangeUnit, unit_id="spring", parent_id="hills")
    given().when(move).then_forbidden("not_entitled", "§2")


def test_a_unit_never_becomes_its_own_superior() -> None:
    """Kinds and levels go one way only, so that no circle can be made, now or by a plan."""
    outer = grid("outer", square(120_030_000, 30_000_000))
    inner = grid("inner", square(120_030_000, 30_000_000, 100), level=2, parent_id="outer")
    story = given(by(AI, "03-02 10:00", AddUnit, **outer), by(AI, "03-02 10:01", AddUnit, **inner))
    for under in ("outer", "inner"):
        move = by(AI, "03-02 10:02", ChangeUnit, unit_id="outer", parent_id=under)
        story.when(move).then_refused("level_does_not_fit", "§2")
    move = by(AI, "03-02 10:02", ChangeUnit, unit_id="east", parent_id="bridge")
    story.when(move).then_refused("kind_does_not_fit", "§2")


def test_a_change_that_changes_nothing_is_refused() -> None:
    same = by(AI, "03-02 11:00", ChangeUnit, unit_id="east", parent_id="city")
    given().when(same).then_refused("nothing_changes", "§2")


# -- closing -----------------------------------------------------------------


def test_an_empty_unit_is_closed_and_keeps_its_name() -> None:
    after = given().when(by(AN, "03-02 10:00", CloseUnit, unit_id="spring")).then(event(UnitClosed))
    assert after.unit("spring").closed
    assert after.unit("spring").name == "spring"
    assert after.organisation.path("spring") == ("bridge", "east", "city")
    after.when(by(AN, "03-02 11:00", ChangeUnit, unit_id="spring", name="X")).then_refused(
        "unit_closed", "§2"
    )


def test_a_unit_in_use_is_not_closed_without_a_successor() -> None:
    close = by(AI, "03-02 10:00", CloseUnit, unit_id="orchard")
    given().when(close).then_refused("unit_in_use", "§2", units="2", posts="3", cases="0")
    work = {"spring": Work(in_charge=3)}
    close = by(AI, "03-02 10:00", CloseUnit, unit_id="spring")
    given(unit_work=work).when(close).then_refused("unit_in_use", "§2", cases="3")
    close = by(AI, "03-02 10:00", CloseUnit, unit_id="forestry")
    given().when(close).then_refused("unit_in_use", "§2", items="2")


def test_the_successor_takes_units_posts_and_the_name_of_the_closed_unit() -> None:
    close = by(AN, "03-02 10:00", CloseUnit, unit_id="orchard", successor="spring")
    after = given().when(close).then(event(UnitClosed, successor="spring"))
    organisation = after.organisation
    assert organisation.path("orchard-1") == ("orchard-1", "spring", "bridge", "east", "city")
    assert [p.post_id for p in organisation.posts_in("spring")] == [
        "community-orchard",
        "mediator-orchard",
        "mediator-orchard-2",
    ]
    assert organisation.posts_in("orchard") == organisation.posts_in("spring")
    assert organisation.unit_of("orchard", Stage.COMMUNITY) == "spring"
    assert "orchard" in organisation.subtree("spring")


def test_a_successor_is_another_open_unit_of_the_same_kind() -> None:
    story = given()
    other = by(AN, "03-02 10:00", CloseUnit, unit_id="orchard", successor="stone")
    story.when(other).then_refused("successor_of_other_kind", "§2", successor="village")
    inside = by(AN, "03-02 10:00", CloseUnit, unit_id="orchard", successor="orchard-1")
    story.when(inside).then_refused("successor_inside", "§2")


def test_the_top_of_the_tree_stays() -> None:
    close = by(AI, "03-02 10:00", CloseUnit, unit_id="city")
    given().when(close).then_refused("top_of_the_tree", "§2")


# -- what is planned ---------------------------------------------------------


def clerk(unit_id: str = "spring") -> dict[str, Any]:
    return {
        "post_id": "clerk-new",
        "person_id": "new",
        "role": Role.FIRST_CONTACT_CLERK,
        "unit_id": unit_id,
    }


def test_a_unit_is_not_closed_under_a_planned_post() -> None:
    later = {"effective_from": local("03-09 00:00")}
    story = given(by(AN, "03-02 10:00", OpenPost, **clerk(), **later))
    number = str(story.change(PostOpened))
    story.when(by(AN, "03-02 11:00", CloseUnit, unit_id="spring")).then_refused(
        "planned_change_depends", "§2", change=number
    )


def test_a_planned_unit_gets_its_posts_before_it_exists() -> None:
    later = {"effective_from": local("03-09 00:00")}
    story = given(by(AN, "03-02 10:00", AddUnit, **community(), **later))
    after = story.when(by(AN, "03-02 10:01", OpenPost, **clerk("meadow"), **later)).then(
        event(PostOpened, effective_from="03-09 00:00")
    )
    assert after.organisation.posts_of("new", local("03-09 00:00")) == ()
    assert after.turned(local("03-09 00:00")).organisation.posts_of("new", local("03-09 00:00"))


def test_a_planned_change_is_taken_back() -> None:
    later = {"effective_from": local("03-09 00:00")}
    story = given(by(AN, "03-02 10:00", CloseUnit, unit_id="spring", **later))
    number = story.change(UnitClosed)
    after = story.when(by(AI, "03-02 11:00", CancelChange, change=number)).then(
        event(ChangeCancelled, change=number)
    )
    assert not after.turned(local("03-09 00:00")).unit("spring").closed
    after.when(by(AI, "03-02 11:01", CancelChange, change=number)).then_refused(
        "no_such_planned_change", "§2"
    )


def test_a_planned_change_others_rest_on_is_not_taken_back() -> None:
    later = {"effective_from": local("03-09 00:00")}
    story = given(
        by(AN, "03-02 10:00", AddUnit, **community(), **later),
        by(AN, "03-02 10:01", OpenPost, **clerk("meadow"), **later),
    )
    cancel = by(AI, "03-02 11:00", CancelChange, change=story.change(UnitAdded))
    story.when(cancel).then_refused("planned_change_depends", "§2")
