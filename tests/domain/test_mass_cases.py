"""R2.3: the fifth resident makes a mass case."""

import pytest

from domain.commands import (
    Accept,
    HandOver,
    Join,
    Part,
    Register,
    ReturnCase,
    Withdraw,
)
from domain.events import (
    Arrived,
    BecameMass,
    Joined,
    Registered,
)
from domain.words import (
    Channel,
    ClockKind,
    LeftWhy,
    ReturnReason,
    Stage,
    Urgency,
)
from tests.domain.story import (
    CLOCK,
    MEI,
    RESIDENT,
    SU,
    Story,
    by,
    event,
    given,
    in_gaos_hands,
    in_weis_hands,
    received,
    request,
)
from tests.domain.together import beside, joined_by, joining, neighbour, of, told
from tests.domain.town import POSTS, said, town

pytestmark = pytest.mark.rule("R2.3")


def test_the_fifth_resident_makes_a_mass_case_that_enters_at_the_street() -> None:
    four = joined_by("SW-2", "SW-3", "SW-4")
    assert four.case.stage is Stage.GRID
    story = four.when(by(CLOCK, "03-02 11:30", Join, **joining("SW-5"))).then(
        Joined,
        event(BecameMass, residents=5, enters=True),
        event(Arrived, stage=Stage.STREET, unit_id="bridge"),
    )
    assert story.case.stints[-2].left_why is LeftWhy.BECAME_MASS
    assert told(story, BecameMass) == {"unit bridge", "person gao", "person mei"}
    story.when(by(CLOCK, "03-02 11:40", Join, **joining("SW-6"))).then(Joined)


def test_a_group_that_comes_together_is_a_mass_case_from_the_start() -> None:
    start = given()
    start.when(by(MEI, "03-02 09:00", Register, **request(residents=6))).then(
        Registered,
        event(Arrived, stage=Stage.FIRST_CONTACT),
        event(BecameMass, residents=6),
        event(Arrived, stage=Stage.STREET, unit_id="bridge"),
    )
    start.when(
        by(RESIDENT, "03-02 09:00", Register, **request(residents=5, channel=Channel.WEB))
    ).then(Registered, Arrived, BecameMass, Arrived)


def test_the_same_resident_is_counted_once_however_often_they_come() -> None:
    known = [neighbour("case-1", lookup="a"), neighbour("SW-5", lookup="a")]
    four = joined_by("SW-2", "SW-3", "SW-4")
    story = (
        beside(four, *known)
        .when(by(CLOCK, "03-02 11:30", Join, **joining("SW-5")))
        .then(event(Joined, residents=0, rates=True))
    )
    assert story.case.merging.residents == 4
    assert "SW-5" in story.case.raters


def test_two_residents_without_a_number_are_two() -> None:
    unknown = [neighbour("case-1"), neighbour("SW-2")]
    beside(in_gaos_hands(), *unknown).when(by(CLOCK, "03-02 11:00", Join, **joining())).then(
        event(Joined, residents=1)
    )


def test_who_took_their_request_back_makes_no_mass_case() -> None:
    two = joined_by("SW-2", "SW-3", "SW-4").and_then(
        by(of("SW-2"), "03-02 11:10", Withdraw), by(RESIDENT, "03-02 11:20", Withdraw)
    )
    assert two.case.merging.residents == 2
    three = two.when(by(CLOCK, "03-02 11:30", Join, **joining("SW-5"))).then(Joined)
    parted = three.and_then(by(CLOCK, "03-02 11:40", Part, case_id="SW-2"))
    assert parted.case.merging.residents == 3, "who has gone is taken away once"
    parted.when(by(CLOCK, "03-02 11:50", Join, **joining("SW-6", residents=2))).then(
        Joined, event(BecameMass, residents=5), Arrived
    )


def test_who_took_it_back_and_comes_again_counts_again() -> None:
    known = [neighbour("case-1", lookup="a"), neighbour("SW-5", lookup="a")]
    left = joined_by("SW-2").and_then(by(RESIDENT, "03-02 11:20", Withdraw))
    story = (
        beside(left, *known)
        .when(by(CLOCK, "03-02 11:30", Join, **joining("SW-5")))
        .then(event(Joined, residents=1))
    )
    assert story.case.merging.residents == 2


def test_at_the_department_a_mass_case_stays_where_it_is() -> None:
    story = (
        in_weis_hands()
        .when(by(CLOCK, "03-02 11:00", Join, **joining(residents=4)))
        .then(Joined, event(BecameMass, residents=5, enters=False))
    )
    assert story.case.stage is Stage.DEPARTMENT


def test_without_anybody_at_the_street_a_mass_case_stays_in_the_hands_it_is_in() -> None:
    here = town(posts=[p for p in POSTS if p.post_id != "street-bridge"])
    story = in_gaos_hands().under(here)
    after = story.when(by(CLOCK, "03-02 11:00", Join, **joining(residents=4))).then(
        Joined, event(BecameMass, enters=False)
    )
    assert after.case.stint.person_id == "gao"


def test_a_mass_case_that_is_an_emergency_goes_on_as_one() -> None:
    urgent = received("burst").and_then(by(MEI, "03-02 09:05", HandOver))
    joins = joining(residents=4, urgency=Urgency.EMERGENCY)
    story = urgent.when(by(CLOCK, "03-02 09:06", Join, **joins)).then(Joined, BecameMass, Arrived)
    assert said(story.clock(ClockKind.ACCEPT).due_at) == "2026-03-02 09:36"


@pytest.mark.rule("R4.2")
def test_a_mass_case_is_not_returned_to_the_grid_it_was_taken_from() -> None:
    story = joined_by("SW-2", "SW-3", "SW-4", "SW-5")
    wrong = {"reason": ReturnReason.WRONG_UNIT, "text": "属网格"}
    for waits, when in ((story, "03-02 11:40"), (accepted(story), "03-02 14:00")):
        waits.when(by(SU, when, ReturnCase, **wrong)).then_refused(
            "mass_case", "R2.3", from_unit="orchard-1"
        )


def accepted(story: Story) -> Story:
    return story.and_then(by(SU, "03-02 13:40", Accept))
