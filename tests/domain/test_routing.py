"""R2: from place and matter to unit, and inside the unit to a person."""

import pytest

from domain import routing
from domain.commands import Accept, HandOver, Place, Register
from domain.events import Arrived
from domain.words import Stage
from tests.domain.story import GUO, MEI, Story, at_the_grid, by, given, received, request
from tests.domain.town import (
    IN_ORCHARD_1,
    IN_ORCHARD_2,
    IN_STONE_1,
    NOWHERE,
    TOWN,
    town,
    without,
)


def location(place: Place) -> tuple[str | None, str | None, str | None]:
    found = routing.locate(place, TOWN.organisation)
    return found.grid_id, found.community_id, found.street_id


def handed_over(item_id: str, place: Place, when: str = "03-02 09:30") -> Arrived:
    return received(item_id, place=place).and_then(by(MEI, when, HandOver)).last(Arrived)


@pytest.mark.rule("R2.1")
def test_a_point_names_its_grid_community_and_street() -> None:
    assert location(Place(point=IN_ORCHARD_1)) == ("orchard-1", "orchard", "bridge")
    assert location(Place(point=IN_ORCHARD_2)) == ("orchard-2", "orchard", "bridge")
    assert location(Place(point=IN_STONE_1)) == ("stone-1", "stone", "hills")


@pytest.mark.rule("R2.1")
def test_the_point_wins_over_the_unit_known() -> None:
    assert location(Place(point=IN_ORCHARD_1, unit_id="stone"))[1] == "orchard"


@pytest.mark.rule("R2.1")
def test_outside_every_grid_the_widest_unit_known_counts() -> None:
    assert location(Place(point=NOWHERE, unit_id="spring")) == (None, "spring", "bridge")
    assert location(Place(point=NOWHERE, unit_id="bridge")) == (None, None, "bridge")
    assert location(Place(point=NOWHERE, unit_id="east")) == (None, None, None)
    assert location(Place(point=NOWHERE)) == (None, None, None)


@pytest.mark.rule("R2.1")
def test_the_point_is_kept_as_text_in_microdegrees() -> None:
    place = Place(address="果园路", point=(-1, 30_000_000))
    found = routing.locate(place, TOWN.organisation)
    assert (found.address, found.point) == ("果园路", "-1,30000000")
    assert routing.locate(Place(), TOWN.organisation).point == ""


@pytest.mark.rule("R2.1")
def test_a_place_known_only_by_its_community_goes_to_the_community() -> None:
    stages = [handed_over("noise", Place(unit_id=u)).stage for u in ("orchard", "bridge", "east")]
    assert stages == [Stage.COMMUNITY, Stage.STREET, Stage.DEPARTMENT]


@pytest.mark.rule("R2.1")
def test_a_community_without_anybody_is_passed_on_to_its_street() -> None:
    arrived = handed_over("stairs", Place(unit_id="spring"))
    assert (arrived.stage, arrived.unit_id, arrived.passed) == (
        Stage.STREET,
        "bridge",
        ("spring",),
    )


@pytest.mark.rule("R2.1")
def test_a_department_without_a_handler_is_answered_for_by_its_supervisor() -> None:
    arrived = handed_over("tree", Place(point=IN_ORCHARD_1))
    assert (arrived.unit_id, arrived.post_id, arrived.person_id) == ("parks", "parks-head", "pan")


@pytest.mark.rule("R2.2")
def test_inside_a_unit_the_least_loaded_post_gets_the_case() -> None:
    busy = town(load={"grid-1": 3, "grid-1b": 2})
    story = received().under(busy).and_then(by(MEI, "03-02 09:30", HandOver))
    assert story.case.stint.person_id == "guo"


@pytest.mark.rule("R2.2")
def test_between_equal_loads_the_choice_is_always_the_same() -> None:
    assert at_the_grid().case.stint.post_id == "grid-1"


@pytest.mark.rule("R2.2")
def test_a_stand_in_answers_while_the_holder_is_away() -> None:
    book = town(posts=without("grid-1b"))
    story = Story(given().case, book).and_then(
        by(MEI, "03-09 09:00", Register, **request()), by(MEI, "03-09 09:30", HandOver)
    )
    assert (story.case.stint.post_id, story.case.stint.person_id) == ("grid-1", "gan")


@pytest.mark.rule("R2.2")
def test_the_holder_answers_again_once_back() -> None:
    book = town(posts=without("grid-1b"))
    story = Story(given().case, book).and_then(
        by(MEI, "03-16 09:00", Register, **request()), by(MEI, "03-16 09:30", HandOver)
    )
    assert story.case.stint.person_id == "gao"


@pytest.mark.rule("R2.2")
def test_the_units_whose_workload_may_be_compared_are_those_of_the_place_and_the_matter() -> None:
    assert routing.units_at_stake(at_the_grid().case) == (
        "bridge",
        "orchard",
        "orchard-1",
        "works",
    )
    assert routing.units_at_stake(given().case) == ()


@pytest.mark.rule("R2.2")
def test_an_accepting_colleague_becomes_the_named_person() -> None:
    assert at_the_grid().and_then(by(GUO, "03-02 09:40", Accept)).case.stint.person_id == "guo"
