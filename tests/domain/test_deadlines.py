"""R4.4, R6.4–R6.7, R9.4: what happens when time runs out, also when nobody was awake."""

import pytest

from domain import clocks
from domain.commands import (
    Accept,
    AnswerSupervision,
    ArriveOnSite,
    HandOver,
    Place,
    RecordFollowUp,
    Register,
    Remind,
    Resolve,
    Suspend,
    Tick,
)
from domain.events import (
    Accepted,
    Arrived,
    ClockBroken,
    ClockWarned,
    Closed,
    Escalated,
    RatingAskedAgain,
    Reminded,
    SupervisionAnswered,
    SupervisionOrdered,
)
from domain.values import SYSTEM
from domain.words import (
    Channel,
    ClockKind,
    ClosingReason,
    EscalationReason,
    Phase,
    Stage,
    SuspensionGround,
    WarningLevel,
)
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    SU,
    WEI,
    Story,
    at_the_grid,
    burst_in_gaos_hands,
    by,
    event,
    given,
    in_gaos_hands,
    in_weis_hands,
    received,
    request,
    staff,
)
from tests.domain.town import local, said, town, without

LEVELS = {WarningLevel.HALF, WarningLevel.LATE, WarningLevel.YELLOW}


def warnings(story: Story, clock_id: str) -> list[tuple[str, str]]:
    found = [w for w in story.all(ClockWarned) if w.clock_id == clock_id]
    return [(w.level.value, said(w.at)[5:]) for w in found]


def broken_at_the_department() -> Story:
    return in_weis_hands().at("03-05 10:00")


# -- ticks -------------------------------------------------------------------


@pytest.mark.rule("R4.4")
def test_a_tick_before_anything_is_due_changes_nothing() -> None:
    in_gaos_hands().when(by(CLOCK, "03-02 14:59", Tick)).then()


@pytest.mark.rule("R4.4")
@pytest.mark.parametrize("who", [MEI, RESIDENT, staff("an")])
def test_only_the_system_ticks(who: object) -> None:
    for actor in (MEI, RESIDENT, staff("an")):
        in_gaos_hands().when(by(actor, "03-02 14:59", Tick)).then_forbidden("system_only", "R4.4")
    in_gaos_hands().when(by(MEI, "03-02 14:59", Tick)).then_refused("system_only", "R4.4")


@pytest.mark.rule("R4.4")
def test_a_tick_settles_what_is_due() -> None:
    in_gaos_hands().when(by(CLOCK, "03-02 15:00", Tick)).then(
        event(ClockWarned, level=WarningLevel.HALF, at="03-02 15:00", due_at="03-03 10:00")
    )


# -- warnings ----------------------------------------------------------------


@pytest.mark.rule("R6.6")
def test_each_warning_is_given_once() -> None:
    story = in_weis_hands()
    for hour in ("03-03 15:00", "03-03 16:00", "03-04 10:00", "03-04 14:18", "03-04 17:00"):
        story = story.at(hour)
    assert warnings(story, "handle-2") == [
        ("half", "03-03 15:00"),
        ("yellow", "03-04 10:00"),
        ("late", "03-04 14:18"),
    ]


@pytest.mark.rule("R6.6")
def test_warnings_slept_through_are_dated_when_they_were_due() -> None:
    story = in_weis_hands().at("03-04 17:00")
    assert [at for _, at in warnings(story, "handle-2")] == [
        "03-03 15:00",
        "03-04 10:00",
        "03-04 14:18",
    ]


@pytest.mark.rule("R6.6")
def test_all_three_warnings_come_before_the_breach() -> None:
    story = in_weis_hands().at("03-20 09:00")
    handle = [e for e in story.all(ClockWarned) if e.clock_id == "handle-2"]
    assert {w.level for w in handle} == LEVELS
    broken = next(e for e in story.all(ClockBroken) if e.clock_id == "handle-2")
    assert all(story.history.index(w) < story.history.index(broken) for w in handle)


# -- nobody accepts ----------------------------------------------------------


@pytest.mark.rule("R4.4")
def test_a_case_nobody_accepted_goes_up_and_the_breach_stays_behind() -> None:
    story = (
        at_the_grid()
        .at("03-02 11:06")
        .when(by(CLOCK, "03-02 11:30", Tick))
        .then(
            event(ClockBroken, clock_id="accept-1", at="03-02 11:30", by=SYSTEM),
            event(
                Escalated, reason=EscalationReason.NOT_ACCEPTED, automatic=True, clock_id="accept-1"
            ),
            event(Arrived, stage=Stage.COMMUNITY, unit_id="orchard", accepted=False),
        )
    )
    broken = next(r for r in story.case.clocks if r.clock.clock_id == "accept-1")
    assert broken.broken_at == local("03-02 11:30")
    assert broken.stint == 2
    assert story.case.stint.number == 3


@pytest.mark.rule("R4.4")
def test_a_duty_desk_that_does_not_accept_loses_the_case_to_the_catalogues_rung() -> None:
    story = given(by(RESIDENT, "03-02 09:00", Register, **request(channel=Channel.WEB)))
    moved = story.at("03-02 11:00")
    assert moved.case.stage is Stage.GRID
    assert moved.case.officer.person_id == "mei"


@pytest.mark.rule("R4.4")
def test_a_case_nobody_ever_touches_climbs_to_the_department_and_draws_orders() -> None:
    story = at_the_grid()
    for day in ("03-02 11:30", "03-02 17:00", "03-03 17:00", "03-04 17:30"):
        story = story.at(day)
    assert story.case.stage is Stage.DEPARTMENT
    story = story.at("03-06 17:30")
    assert [said(o.at)[5:] for o in story.all(SupervisionOrdered)] == ["03-04 17:30", "03-06 17:30"]


@pytest.mark.rule("R4.4")
def test_acceptance_at_the_very_end_of_its_clock_comes_too_late() -> None:
    at_the_grid().when(by(GAO, "03-02 11:30", Accept)).then_refused("not_entitled", "§2")
    at_the_grid().at("03-02 11:06").when(by(GAO, "03-02 11:29", Accept)).then(Accepted)


# -- handling breaks ---------------------------------------------------------


@pytest.mark.rule("R4.4")
def test_a_broken_handling_clock_sends_the_case_one_rung_up() -> None:
    in_gaos_hands().at("03-03 09:00").when(by(CLOCK, "03-03 10:00", Tick)).then(
        event(ClockBroken, clock_id="handle-2", at="03-03 10:00"),
        event(Escalated, reason=EscalationReason.NOT_HANDLED, automatic=True, clock_id="handle-2"),
        event(Arrived, stage=Stage.COMMUNITY, at="03-03 10:00"),
    )


@pytest.mark.rule("R4.4")
def test_a_command_that_arrives_with_a_due_clock_settles_the_clock_first() -> None:
    in_gaos_hands().at("03-03 09:00").when(by(RESIDENT, "03-03 10:00", Remind)).then(
        ClockBroken, Escalated, Arrived, Reminded
    )
    in_gaos_hands().when(by(GAO, "03-03 10:00", Resolve, text="完成")).then_refused(
        "not_entitled", "§2"
    )


@pytest.mark.rule("R4.4")
def test_units_with_nobody_are_passed_on_the_way_up() -> None:
    empty = town(posts=without("community-orchard"))
    story = in_gaos_hands().under(empty).at("03-03 10:00")
    arrived = story.last(Arrived)
    assert (arrived.unit_id, arrived.passed) == ("bridge", ("orchard",))


@pytest.mark.rule("R4.4")
def test_first_contact_that_does_not_hand_over_the_same_day_loses_the_case() -> None:
    story = received().at("03-02 17:30")
    assert story.case.stage is Stage.GRID
    assert story.last(Escalated).reason is EscalationReason.NOT_HANDLED


@pytest.mark.rule("R4.4")
def test_with_nobody_anywhere_above_a_supervisor_is_ordered_to_see_to_it() -> None:
    alone = town(posts=without("community-orchard", "street-bridge"))
    story = in_gaos_hands("fire-break").under(alone).at("03-03 10:00")
    assert story.case.stint.person_id == "gao"
    assert story.last(SupervisionOrdered).person_id == "xu"


@pytest.mark.rule("R4.4")
def test_a_case_whose_unit_was_dissolved_still_climbs() -> None:
    units = [u for u in town().organisation.units.values() if u.unit_id != "orchard-1"]
    merged = town(units=units, posts=without("grid-1", "grid-1b"))
    story = in_gaos_hands().under(merged).at("03-03 10:00")
    assert story.case.stint.unit_id == "orchard"


@pytest.mark.rule("R4.4")
def test_a_department_dissolved_with_a_case_in_it_draws_an_order() -> None:
    units = [u for u in town().organisation.units.values() if u.unit_id != "water"]
    merged = town(units=units, posts=without("water-1"))
    story = in_weis_hands().under(merged).at("03-05 10:00")
    assert story.last(SupervisionOrdered).unit_id == "water"


# -- supervision orders ------------------------------------------------------


@pytest.mark.rule("R4.4")
def test_at_the_department_a_breach_becomes_an_order_to_the_superiors_supervisor() -> None:
    in_weis_hands().at("03-05 09:00").when(by(CLOCK, "03-05 10:00", Tick)).then(
        event(ClockBroken, clock_id="handle-2"),
        event(SupervisionOrdered, unit_id="east", person_id="xie", clock_id="handle-2"),
    )
    story = broken_at_the_department()
    assert story.case.stint.person_id == "wei"
    assert story.clock(ClockKind.SUPERVISION).due_at == local("03-09 10:00")


@pytest.mark.rule("R4.6")
def test_an_answered_order_is_looked_at_again() -> None:
    story = (
        broken_at_the_department()
        .when(by(WEI, "03-05 14:00", AnswerSupervision, text="已派工"))
        .then(event(SupervisionAnswered, text="已派工"))
    )
    assert story.running(ClockKind.SUPERVISION).stopped_at == local("03-05 14:00")
    assert story.clock(ClockKind.SUPERVISION_REVIEW).due_at == local("03-12 14:00")
    again = story.at("03-12 14:00").last(SupervisionOrdered)
    assert (again.unit_id, again.person_id) == ("city", "xia")


@pytest.mark.rule("R4.6")
def test_an_order_nobody_answers_is_broken_and_goes_to_the_next_superior() -> None:
    story = broken_at_the_department().at("03-09 10:00")
    assert story.last(ClockBroken).clock_id == "supervision-1"
    assert [o.person_id for o in story.all(SupervisionOrdered)] == ["xie", "xia"]


@pytest.mark.rule("R4.6")
def test_at_the_top_the_orders_go_on() -> None:
    story = broken_at_the_department()
    for day in ("03-09 10:00", "03-11 10:00", "03-13 10:00"):
        story = story.at(day)
    assert [o.unit_id for o in story.all(SupervisionOrdered)] == ["east", "city", "city", "city"]


@pytest.mark.rule("R4.6")
def test_a_vacant_superior_is_skipped() -> None:
    vacant = town(posts=without("supervisor-east"))
    story = in_weis_hands().under(vacant).at("03-05 10:00")
    assert story.last(SupervisionOrdered).person_id == "xia"


@pytest.mark.rule("R4.6")
def test_without_any_supervisor_the_order_stands_with_the_top_unit() -> None:
    empty = town(posts=without("supervisor-east", "supervisor-city"))
    order = in_weis_hands().under(empty).at("03-05 10:00").last(SupervisionOrdered)
    assert (order.unit_id, order.person_id) == ("city", None)


@pytest.mark.rule("R4.6")
def test_an_order_is_answered_once() -> None:
    story = broken_at_the_department().and_then(
        by(WEI, "03-05 14:00", AnswerSupervision, text="已派工")
    )
    story.when(by(WEI, "03-05 15:00", AnswerSupervision, text="x")).then_refused(
        "no_order_open", "R4.6"
    )


@pytest.mark.rule("R4.6")
def test_without_an_order_there_is_nothing_to_answer() -> None:
    in_weis_hands().when(by(WEI, "03-02 11:00", AnswerSupervision, text="x")).then_refused(
        "no_order_open", "R4.6"
    )


@pytest.mark.rule("R6.2")
def test_a_case_without_any_running_clock_is_never_forgotten() -> None:
    bare = town(policy=town().policies["policy-bare"])
    story = given(by(MEI, "03-02 09:00", Register, **request()), book=bare)
    story = story.at("03-23 09:00")
    assert story.running(ClockKind.RESIDENT).broken_at == local("03-20 17:30")
    assert story.last(SupervisionOrdered).clock_id is None
    assert clocks.next_due(story.case) is not None


# -- the system was asleep ---------------------------------------------------


@pytest.mark.rule("R6.2")
def test_a_breach_slept_through_is_dated_when_it_was_due_the_arrival_when_it_was_given() -> None:
    story = in_gaos_hands().at("03-07 08:00")
    assert story.last(ClockBroken).at == local("03-03 10:00")
    assert story.last(Escalated).at == local("03-07 08:00")
    assert story.last(Arrived).at == local("03-07 08:00")
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-09 14:30")


@pytest.mark.rule("R4.4")
def test_after_a_long_sleep_a_case_climbs_one_rung_only() -> None:
    story = in_gaos_hands().at("03-19 08:00")
    assert [s.stage for s in story.case.stints][2:] == [Stage.COMMUNITY]


@pytest.mark.rule("R4.6")
def test_an_order_slept_through_is_given_once_with_its_full_time_to_answer() -> None:
    story = in_weis_hands().at("04-30 09:00")
    assert len(story.all(SupervisionOrdered)) == 1
    assert story.clock(ClockKind.SUPERVISION).due_at == local("05-06 17:30")


@pytest.mark.rule("R6.2")
def test_a_breach_keeps_its_due_time_even_when_it_is_recorded_after_later_events() -> None:
    story = in_gaos_hands().at("03-25 09:00")
    resident = next(e for e in story.all(ClockBroken) if e.clock_id == "resident-1")
    assert resident.due_at == local("03-20 17:30")
    assert story.running(ClockKind.RESIDENT).broken_at == local("03-20 17:30")


@pytest.mark.rule("R6.2")
def test_a_suspension_slept_through_ends_when_it_ought_to_have() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Suspend, ground=SuspensionGround.AWAITING_RESIDENT, text="x")
    )
    story = story.at("03-09 14:00")
    assert story.clock(ClockKind.HANDLE).running_from == local("03-09 11:00")
    assert story.case.phase is Phase.IN_PROGRESS


@pytest.mark.rule("R6.2")
def test_a_command_dated_before_the_last_event_happens_right_after_it() -> None:
    story = (
        in_gaos_hands()
        .when(by(RESIDENT, "03-02 09:59", Remind))
        .then(event(Reminded, at="03-02 10:00"))
    )
    assert story.case.last_at == local("03-02 10:00")


# -- rating ------------------------------------------------------------------


@pytest.mark.rule("R9.4")
def test_a_resident_who_does_not_rate_is_asked_again_after_three_days() -> None:
    resolved().when(by(CLOCK, "03-05 11:00", Tick)).then(event(RatingAskedAgain, at="03-05 11:00"))


@pytest.mark.rule("R9.4")
def test_and_after_seven_the_case_is_closed_as_unrated() -> None:
    story = (
        resolved()
        .at("03-05 11:00")
        .when(by(CLOCK, "03-09 11:00", Tick))
        .then(event(Closed, reason=ClosingReason.UNRATED, at="03-09 11:00", by=SYSTEM))
    )
    assert story.case.closing is ClosingReason.UNRATED
    assert clocks.next_due(story.case) is None


@pytest.mark.rule("R6.2")
def test_both_slept_through_are_dated_when_they_were_due() -> None:
    story = resolved().at("04-30 09:00")
    assert story.last(RatingAskedAgain).at == local("03-05 11:00")
    assert story.last(Closed).at == local("03-09 11:00")
    story.when(by(CLOCK, "05-30 09:00", Tick)).then()


def resolved() -> Story:
    return in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"),
        by(MEI, "03-02 11:01", RecordFollowUp, contacted=True),
    )


# -- emergencies -------------------------------------------------------------


def in_the_night() -> Story:
    """A main bursts at eleven on Friday evening; the resident uses the web."""
    return given(by(RESIDENT, "03-06 23:00", Register, **request("burst", channel=Channel.WEB)))


@pytest.mark.rule("R6.7")
def test_an_emergency_runs_through_the_night() -> None:
    story = in_the_night()
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-06 23:30")
    assert story.clock(ClockKind.ON_SITE).due_at == local("03-07 01:00")
    assert story.clock(ClockKind.RESIDENT).due_at == local("03-07 23:00")


@pytest.mark.rule("R6.7")
def test_an_emergency_nobody_accepts_climbs_every_half_hour() -> None:
    story = in_the_night()
    for hour in ("03-06 23:30", "03-07 00:00", "03-07 00:30", "03-07 01:00", "03-07 01:30"):
        story = story.at(hour)
    entered = [(s.stage.value, said(s.entered_at)[5:]) for s in story.case.stints]
    assert entered == [
        ("first_contact", "03-06 23:00"),
        ("grid", "03-06 23:30"),
        ("community", "03-07 00:00"),
        ("street", "03-07 00:30"),
        ("department", "03-07 01:00"),
    ]
    assert story.running(ClockKind.ON_SITE).broken_at == local("03-07 01:00")
    assert story.last(SupervisionOrdered).at == local("03-07 01:30")


@pytest.mark.rule("R6.7")
def test_nobody_on_site_in_two_hours_is_a_breach_of_its_own() -> None:
    story = burst_in_gaos_hands().at("03-02 11:00")
    assert story.last(ClockBroken).clock_id == "on_site-1"
    assert story.case.stage is Stage.GRID


@pytest.mark.rule("R6.7")
def test_being_on_site_in_time_leaves_no_breach() -> None:
    story = burst_in_gaos_hands().and_then(by(GAO, "03-02 09:50", ArriveOnSite))
    assert not [b for b in story.at("03-02 11:05").all(ClockBroken) if "on_site" in b.clock_id]


@pytest.mark.rule("R6.7")
@pytest.mark.parametrize("place", ["bridge", "orchard"])
def test_an_emergency_known_by_its_street_or_community_goes_there(place: str) -> None:
    story = received("burst", place=Place(unit_id=place)).and_then(by(MEI, "03-02 09:05", HandOver))
    assert story.case.stint.unit_id == place


def test_the_street_may_take_over_what_the_community_let_slip() -> None:
    story = at_the_grid().at("03-02 11:30").at("03-02 17:00")
    assert story.case.stint.unit_id == "bridge"
    story.when(by(CAO, "03-02 17:01", Accept)).then_forbidden("not_entitled", "§2")
    story.when(by(SU, "03-02 17:01", Accept)).then(Accepted)
