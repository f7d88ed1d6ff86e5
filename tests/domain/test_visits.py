"""R13: a visit is recorded by who made it, opens none, one or several cases, and is corrected."""

from dataclasses import replace

import pytest

from domain.commands import Place, Register, Tick
from domain.crossing import MESSAGES, Sent
from domain.events import Arrived, Registered
from domain.values import By
from domain.visit.commands import AmendVisit, NoteUnopened, RecordVisit
from domain.visit.events import CaseNotOpened, VisitAmended, VisitRecorded
from domain.visit.notices import notices
from domain.words import Channel, Phase, Stage, Urgency
from domain.words.visit import Occasion
from tests.domain.story import (
    BO,
    CAO,
    CLOCK,
    GAN,
    GAO,
    MEI,
    RESIDENT,
    SU,
    WANG,
    XIE,
    XU,
    by,
    event,
    given,
    request,
    staff,
)
from tests.domain.town import IN_ORCHARD_1, IN_ORCHARD_2, NOWHERE, local
from tests.domain.visiting import LAMP, NOISE, fields, nowhere_yet, visited

pytestmark = pytest.mark.rule("R13")

BOTH = (LAMP, NOISE)
LATER = {"case_id": "SW-2", "refusal": "item_retired"}


# -- recording -------------------------------------------------------------------


def test_who_visited_writes_it_down_and_it_opens_nothing() -> None:
    story = (
        nowhere_yet()
        .when(by(GAO, "03-02 10:00", RecordVisit, **fields()))
        .then(
            event(
                VisitRecorded,
                occasion=Occasion.LIVING_ALONE,
                visited_at="03-02 09:00",
                by=By(person_id="gao", post_id="grid-1", unit_id="orchard-1"),
                met=2,
                cases=(),
            )
        )
    )
    assert story.visit.unit_id == "orchard-1"
    assert notices(story.visit, story.history[0]) == ()


def test_a_record_points_at_no_door_and_names_nobody() -> None:
    recorded = visited().history[0]
    assert isinstance(recorded, VisitRecorded)
    kept = (recorded.area, recorded.met, recorded.occasion)
    assert "果园路" not in repr(kept)
    assert str(IN_ORCHARD_1[0]) not in repr(kept)


@pytest.mark.rule("§2")
def test_only_a_post_of_the_places_units_visits_there() -> None:
    for who in (CAO, SU, MEI, XU):
        nowhere_yet().and_then(by(who, "03-02 10:00", RecordVisit, **fields()))
    elsewhere = Place(point=IN_ORCHARD_2)
    nowhere_yet().when(
        by(GAO, "03-02 10:00", RecordVisit, **fields(place=elsewhere))
    ).then_forbidden("not_entitled", "§2")
    for who in (WANG, XIE, staff("mo"), staff("an"), staff("gu")):
        nowhere_yet().when(by(who, "03-02 10:00", RecordVisit, **fields())).then_forbidden(
            "not_entitled", "§2"
        )
    nowhere_yet().when(by(staff("kong"), "03-02 10:00", RecordVisit, **fields())).then_forbidden(
        "no_valid_post", "§2"
    )
    nowhere_yet().when(by(RESIDENT, "03-02 10:00", RecordVisit, **fields())).then_forbidden(
        "staff_only", "§2"
    )


@pytest.mark.rule("§2")
def test_the_post_was_held_when_the_visit_was_made() -> None:
    """Gao was away that week: Gan stood in."""
    then = fields(visited_at=local("03-13 09:00"))
    nowhere_yet().when(by(GAO, "03-16 10:00", RecordVisit, **then)).then_forbidden(
        "no_post_then", "§2"
    )
    nowhere_yet().and_then(
        by(GAN, "03-10 10:00", RecordVisit, **fields(visited_at=local("03-10 09:00")))
    )


def test_a_visit_was_made_before_it_is_written_down_and_not_long_before() -> None:
    for at, code in (("03-02 10:01", "not_visited_yet"), ("02-23 09:59", "recorded_too_late")):
        then = fields(visited_at=local(at))
        outcome = nowhere_yet().when(by(GAO, "03-02 10:00", RecordVisit, **then))
        assert outcome.refused is not None
        assert outcome.refused.code == code
    soon, late = fields(visited_at=local("03-03 10:00")), fields(visited_at=local("02-20 10:00"))
    nowhere_yet().when(by(GAO, "03-02 10:00", RecordVisit, **soon)).then_refused(
        "not_visited_yet", "R13"
    )
    nowhere_yet().when(by(GAO, "03-02 10:00", RecordVisit, **late)).then_refused(
        "recorded_too_late", "R13"
    )
    in_time = fields(visited_at=local("02-23 10:00"))
    nowhere_yet().and_then(by(GAO, "03-02 10:00", RecordVisit, **in_time))


def test_a_place_nobody_knows_is_no_place_of_a_visit() -> None:
    for place in (Place(point=NOWHERE), Place(address="某处"), Place(unit_id="city")):
        nowhere_yet().when(by(GAO, "03-02 10:00", RecordVisit, **fields(place=place))).then_refused(
            "place_unknown", "R13"
        )


def test_a_visit_is_recorded_once() -> None:
    visited().when(by(GAO, "03-02 11:00", RecordVisit, **fields())).then_refused(
        "visit_exists", "R13", visit="visit-1"
    )


def test_time_passing_does_nothing_to_it() -> None:
    assert visited().when(by(CLOCK, "03-09 10:00", Tick)).then().visit.amended == 0
    visited().when(by(GAO, "03-09 10:00", Tick)).then_forbidden("system_only", "R4.4")


# -- the cases it opens ------------------------------------------------------------


def test_each_thing_found_becomes_a_case_that_names_the_visit() -> None:
    story = visited(findings=BOTH)
    told = notices(story.visit, story.history[0])
    assert [(notice.to, notice.recipient) for notice in told] == [
        ("case", "SW-2"),
        ("case", "SW-3"),
    ]
    lamp = story.opens("SW-2")
    opened = lamp.last(Registered)
    assert (opened.proactive, opened.visit_id, opened.channel, opened.residents) == (
        True,
        "visit-1",
        Channel.GRID_VISIT,
        0,
    )
    assert (opened.title, opened.location.address, opened.location.grid_id) == (
        "楼道灯不亮",
        "果园路 1 号 3 单元",
        "orchard-1",
    )
    assert (lamp.case.officer.person_id, lamp.case.stage) == ("gao", Stage.FIRST_CONTACT)
    assert lamp.case.phase is Phase.IN_PROGRESS
    noise = story.opens("SW-3").last(Registered)
    assert noise.location.address == "果园路 1 号", "where the visit was"


def test_however_late_a_case_is_opened_its_clocks_count_from_the_record() -> None:
    """It was under way until the twentieth."""
    opened = visited(findings=BOTH).opens("SW-2")
    assert opened.case.opened_at == local("03-02 10:00")


def test_what_a_case_would_be_refused_with_the_visit_is_refused_with() -> None:
    unknown = fields(findings=(LAMP, replace(NOISE, item_id="moon")))
    nowhere_yet().when(by(GAO, "03-02 10:00", RecordVisit, **unknown)).then_refused(
        "unknown_item", "R2.1", item="moon"
    )
    away = fields(findings=(replace(LAMP, place=Place(unit_id="moon")),))
    nowhere_yet().when(by(GAO, "03-02 10:00", RecordVisit, **away)).then_refused(
        "unknown_unit", "R2.1", unit="moon"
    )


def test_a_case_that_was_refused_after_all_is_noted_and_told_to_who_visited() -> None:
    story = (
        visited(findings=BOTH)
        .when(by(CLOCK, "03-02 10:05", NoteUnopened, **LATER))
        .then(event(CaseNotOpened, case_id="SW-2", refusal="item_retired"))
    )
    assert story.visit.unopened == (("SW-2", "item_retired"),)
    (told,) = notices(story.visit, story.history[-1])
    assert (told.to, told.recipient) == ("person", "gao")
    story.when(by(CLOCK, "03-02 10:06", NoteUnopened, **LATER)).then_refused(
        "already_noted", "R13", case="SW-2"
    )
    story.when(by(GAO, "03-02 10:06", NoteUnopened, **LATER)).then_forbidden("system_only", "R4.4")
    story.when(by(CLOCK, "03-02 10:06", NoteUnopened, case_id="SW-9", refusal="no")).then_refused(
        "not_of_this_visit", "R13", case="SW-9"
    )


def test_the_refusal_comes_back_as_the_visits_own_command() -> None:
    story = visited(findings=BOTH)
    recorded = story.history[0]
    assert isinstance(recorded, VisitRecorded)
    sent = Sent(
        sender="visit-1",
        receiver="SW-2",
        topic=recorded.kind,
        event=recorded,
        command_id="c",
        at=local("03-02 10:05"),
    )
    back = MESSAGES[recorded.kind].refused
    assert back is not None
    answer = back(sent, "item_retired")
    assert isinstance(answer, NoteUnopened)
    assert story.and_then(answer).visit.unopened == (("SW-2", "item_retired"),)


def test_a_resident_met_on_a_visit_brings_a_case_of_their_own_that_names_it() -> None:
    """`visit-1` was Mei's."""
    named = request(channel=Channel.GRID_VISIT, visit_id="visit-1")
    story = (
        given()
        .when(by(MEI, "03-02 10:00", Register, **named))
        .then(event(Registered, proactive=True, residents=1, visit_id="visit-1"), Arrived)
    )
    assert story.case.raters == ("reporter",)
    for who, visit_id in ((BO, "visit-1"), (MEI, "visit-2")):
        other = request(channel=Channel.GRID_VISIT, visit_id=visit_id)
        given().when(by(who, "03-02 10:00", Register, **other)).then_forbidden(
            "not_your_visit", "R13"
        )


def test_an_emergency_found_on_a_visit_is_one_at_once() -> None:
    urgent = visited(findings=(replace(LAMP, urgency=Urgency.EMERGENCY),)).opens("SW-2")
    assert urgent.case.urgency is Urgency.EMERGENCY


# -- correcting --------------------------------------------------------------------


def test_who_visited_corrects_the_record_and_what_was_said_stays() -> None:
    story = (
        visited()
        .when(by(GAO, "03-02 14:00", AmendVisit, text="人数写错", met=3, found="灯已亮"))
        .then(event(VisitAmended, met=3, found="灯已亮", asked=None, occasion=None))
    )
    assert (story.visit.met, story.visit.amended) == (3, 1)
    assert story.history[0] == visited().history[0]
    assert notices(story.visit, story.history[-1]) == ()


def test_a_supervisor_over_the_place_corrects_it_and_who_visited_is_told() -> None:
    for who in (XU, XIE):
        story = visited().and_then(
            by(who, "03-02 14:00", AmendVisit, text="核对", occasion=Occasion.IN_NEED)
        )
        assert story.visit.occasion is Occasion.IN_NEED
        (told,) = notices(story.visit, story.history[-1])
        assert (told.to, told.recipient) == ("person", "gao")


def test_nobody_else_corrects_it() -> None:
    for who in (CAO, MEI, staff("guo")):
        visited().when(by(who, "03-02 14:00", AmendVisit, text="改", met=1)).then_forbidden(
            "not_entitled", "§2"
        )


def test_a_correction_says_what_was_wrong() -> None:
    visited().when(by(GAO, "03-02 14:00", AmendVisit, text="改")).then_refused(
        "nothing_to_amend", "R13"
    )


def test_time_and_place_are_corrected_within_what_a_record_may_say() -> None:
    """Seven days count back from the record, not from the correction."""
    moved = visited().and_then(
        by(GAO, "03-20 14:00", AmendVisit, text="时间", visited_at=local("03-01 15:00"))
    )
    assert moved.visit.visited_at == local("03-01 15:00")
    for at, code in (("03-02 10:30", "not_visited_yet"), ("02-20 10:00", "recorded_too_late")):
        outcome = visited().when(
            by(GAO, "03-02 14:00", AmendVisit, text="时间", visited_at=local(at))
        )
        assert outcome.refused is not None
        assert outcome.refused.code == code
    visited().when(
        by(GAO, "03-02 14:00", AmendVisit, text="地点", place=Place(point=IN_ORCHARD_2))
    ).then_refused("not_of_the_place", "R13", unit="orchard-1")
    wider = visited().and_then(
        by(GAO, "03-02 14:00", AmendVisit, text="地点", place=Place(unit_id="orchard-1"))
    )
    assert wider.visit.unit_id == "orchard-1"


def test_what_is_not_recorded_is_not_corrected() -> None:
    nowhere_yet().when(by(GAO, "03-02 14:00", AmendVisit, text="改", met=1)).then_refused(
        "no_such_visit", "R13", visit="visit-1"
    )
