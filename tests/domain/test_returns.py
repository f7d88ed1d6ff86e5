"""R4.2: sending a case back, the third refusal, and the decision that binds."""

from dataclasses import replace

import pytest

from domain.commands import (
    Accept,
    Adjudicate,
    ArriveOnSite,
    Escalate,
    HandOver,
    RecordProgress,
    Register,
    RequestExtension,
    Resolve,
    ReturnCase,
    Suspend,
    Tick,
)
from domain.events import (
    Adjudicated,
    AdjudicationRequested,
    Arrived,
    ClockBroken,
    ClockWarned,
    DecisionPassedUp,
    Escalated,
    Event,
    Returned,
    SupervisionOrdered,
)
from domain.notices import notices
from domain.values import Area, Seat
from domain.words import (
    ClockKind,
    EscalationReason,
    LeftWhy,
    Phase,
    ReturnReason,
    Stage,
    SuspensionGround,
)
from tests.domain.rated import being_rectified
from tests.domain.story import (
    BO,
    CAO,
    CLOCK,
    GAO,
    GUO,
    HU,
    MEI,
    RESIDENT,
    SU,
    WEI,
    XIE,
    XU,
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
    worked_on_by_gao,
)
from tests.domain.town import POSTS, local, span, town, without

pytestmark = pytest.mark.rule("R4.2")

WRONG = {"reason": ReturnReason.WRONG_UNIT, "text": "属街道职责"}
BEYOND = {"reason": EscalationReason.BEYOND_MEANS, "text": "需要社区协调"}
COUNTER = Seat(stage=Stage.FIRST_CONTACT, unit_id="bridge")
GRID = Seat(stage=Stage.GRID, unit_id="orchard-1")
OURS = {"unit_id": "orchard-1", "text": "属网格"}
THEIRS = {"unit_id": "bridge", "text": "请首问重新核实"}


def returned(story: Story, at: str = "03-02 10:00") -> Story:
    return story.and_then(by(GAO, at, ReturnCase, **WRONG))


def twice_returned() -> Story:
    """At eleven it is with Gao for the third time, not accepted."""
    story = returned(at_the_grid())
    story = story.and_then(by(MEI, "03-02 10:10", Accept), by(MEI, "03-02 10:20", HandOver))
    story = returned(story, "03-02 10:30")
    return story.and_then(by(MEI, "03-02 10:50", Accept), by(MEI, "03-02 11:00", HandOver))


def contested() -> Story:
    """Gao refused a third time at half past eleven."""
    return returned(twice_returned(), "03-02 11:30")


# -- returning ---------------------------------------------------------------


def test_before_acceptance_a_case_goes_back_to_where_it_came_from() -> None:
    story = (
        at_the_grid()
        .when(by(GAO, "03-02 10:00", ReturnCase, **WRONG))
        .then(
            event(Returned, reason=ReturnReason.WRONG_UNIT, to=COUNTER, text="属街道职责"),
            event(Arrived, stage=Stage.FIRST_CONTACT, unit_id="bridge", person_id="mei"),
        )
    )
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    assert story.case.stints[1].left_why is LeftWhy.RETURNED
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-02 12:00")


@pytest.mark.rule("R6.3")
def test_the_officer_s_clock_counts_on_from_where_it_stood() -> None:
    story = returned(at_the_grid()).and_then(by(MEI, "03-02 10:30", Accept))
    clock = story.clock(ClockKind.HANDLE)
    # Seven hours from nine; half an hour of them was used when she handed it over.
    assert (clock.allowance, clock.consumed, clock.carried) == (25200, 1800, 1800)
    assert clock.continues == "handle-1"
    assert clock.due_at == local("03-03 10:00")


@pytest.mark.rule("R6.3")
def test_the_resident_s_clock_does_not_move() -> None:
    promised = received().clock(ClockKind.RESIDENT)
    story = returned(at_the_grid())
    assert story.clock(ClockKind.RESIDENT) == promised
    assert story.running(ClockKind.RESIDENT).live


@pytest.mark.rule("R6.3")
def test_who_returned_it_gets_no_fresh_time_either() -> None:
    story = returned(in_gaos_hands(), "03-02 11:00")
    story = story.and_then(
        by(MEI, "03-02 11:10", Accept),
        by(MEI, "03-02 11:20", HandOver),
        by(GAO, "03-02 11:30", Accept),
    )
    # One hour of seven was used between ten and eleven.
    assert story.clock(ClockKind.HANDLE).carried == 3600
    assert story.clock(ClockKind.HANDLE).due_at == local("03-03 10:30")


@pytest.mark.rule("R6.3")
def test_a_turn_in_between_that_nobody_accepted_does_not_make_it_forgotten() -> None:
    story = returned(in_gaos_hands(), "03-02 11:00").and_then(
        by(MEI, "03-02 11:10", Accept),
        by(MEI, "03-02 11:20", HandOver),
        by(GAO, "03-02 11:30", ReturnCase, **WRONG),
        by(MEI, "03-02 11:40", Accept),
        by(MEI, "03-02 11:50", HandOver),
        by(GAO, "03-02 11:55", Accept),
    )
    assert story.clock(ClockKind.HANDLE).carried == 3600


def test_an_extension_and_grounds_of_suspension_are_not_given_anew() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 10:05", RequestExtension, extend_by=span("1 working_hours"), text="备料")
    )
    story = returned(story, "03-02 10:30").and_then(
        by(MEI, "03-02 10:40", Accept),
        by(MEI, "03-02 10:50", HandOver),
        by(GAO, "03-02 11:00", Accept),
    )
    story.when(
        by(GAO, "03-02 11:10", RequestExtension, extend_by=span("1 working_hours"), text="备料")
    ).then_refused("extension_already_asked", "R6.5")


def test_any_handling_post_of_the_unit_returns_what_nobody_accepted() -> None:
    at_the_grid().when(by(GUO, "03-02 10:00", ReturnCase, **WRONG)).then(Returned, Arrived)


def test_after_acceptance_only_the_post_in_charge_returns() -> None:
    in_gaos_hands().when(by(GUO, "03-02 10:30", ReturnCase, **WRONG)).then_forbidden(
        "not_entitled", "§2"
    )
    for who in (MEI, CAO, XU):
        at_the_grid().when(by(who, "03-02 10:00", ReturnCase, **WRONG)).then_forbidden(
            "not_entitled", "§2"
        )
    at_the_grid().when(by(RESIDENT, "03-02 10:00", ReturnCase, **WRONG)).then_forbidden(
        "staff_only", "§2"
    )


def test_the_window_after_acceptance_counts_the_unit_s_working_time() -> None:
    # Accepted at ten: two working hours end at noon.
    story = in_gaos_hands()
    story.when(by(GAO, "03-02 12:00", ReturnCase, **WRONG)).then(Returned, Arrived)
    story.when(by(GAO, "03-02 13:30", ReturnCase, **WRONG)).then_refused(
        "return_window_over", "R4.2", ended=local("03-02 12:00").isoformat()
    )


def test_a_department_has_two_working_days_to_look() -> None:
    story = in_weis_hands()
    story.when(by(WEI, "03-04 09:30", ReturnCase, **WRONG)).then(
        ClockWarned, event(Returned, to=COUNTER), Arrived
    )
    late = story.when(by(WEI, "03-04 13:30", ReturnCase, **WRONG))
    late.then_refused("return_window_over", "R4.2")


def test_a_stage_without_a_window_returns_before_acceptance_only() -> None:
    policy = town().policies["policy-1"]
    bare = replace(policy, version="narrow", returns=replace(policy.returns, window={}))
    story = given(
        by(MEI, "03-02 09:00", Register, **request()),
        by(MEI, "03-02 09:30", HandOver),
        book=town(policy=bare),
    )
    story.when(by(GAO, "03-02 09:40", ReturnCase, **WRONG)).then(Returned, Arrived)
    accepted = story.and_then(by(GAO, "03-02 10:00", Accept))
    accepted.when(by(GAO, "03-02 10:01", ReturnCase, **WRONG)).then_refused(
        "return_window_over", "R4.2"
    )


def test_a_suspended_or_resolved_case_is_not_returned() -> None:
    held = in_gaos_hands().and_then(
        by(GAO, "03-02 10:10", Suspend, ground=SuspensionGround.EXPERT_APPRAISAL, text="鉴定")
    )
    done = in_gaos_hands().and_then(by(GAO, "03-02 10:10", Resolve, text="已办"))
    for story in (held, done):
        story.when(by(GAO, "03-02 10:20", ReturnCase, **WRONG)).then_refused(
            "not_awaiting_acceptance", "R4.2"
        )


def test_first_contact_has_nobody_to_return_to() -> None:
    received().when(by(MEI, "03-02 09:10", ReturnCase, **WRONG)).then_refused(
        "nothing_below", "R4.2"
    )
    returned(at_the_grid()).when(by(MEI, "03-02 10:10", ReturnCase, **WRONG)).then_refused(
        "nothing_below", "R4.2"
    )


def test_what_climbed_because_time_ran_out_is_not_sent_back() -> None:
    story = at_the_grid().at("03-02 11:30")
    assert story.case.stage is Stage.COMMUNITY
    story.when(by(CAO, "03-02 11:40", ReturnCase, **WRONG)).then_refused(
        "climbed_by_itself", "R4.2", from_unit="orchard-1"
    )


def test_what_was_escalated_by_hand_may_be_sent_back_to_who_escalated_it() -> None:
    story = worked_on_by_gao().and_then(by(GAO, "03-02 11:00", Escalate, **BEYOND))
    after = story.when(by(CAO, "03-02 11:10", ReturnCase, **WRONG)).then(
        event(Returned, to=GRID), event(Arrived, stage=Stage.GRID, person_id="gao")
    )
    assert after.case.stint.progress == 0
    after = after.and_then(by(GAO, "03-02 11:20", Accept))
    assert after.clock(ClockKind.HANDLE).carried == 3600


def test_a_broken_clock_is_not_carried_its_breach_stays() -> None:
    alone = town(posts=without("community-orchard", "street-bridge", "works-1", "works-2"))
    story = worked_on_by_gao().under(alone).at("03-03 10:00")
    assert story.running(ClockKind.HANDLE).broken_at == local("03-03 10:00")
    story = story.under(town()).and_then(
        by(GAO, "03-03 10:10", Escalate, **BEYOND),
        by(CAO, "03-03 10:20", ReturnCase, **WRONG),
        by(GAO, "03-03 10:30", Accept),
    )
    assert story.clock(ClockKind.HANDLE).carried == 0
    assert story.clock(ClockKind.HANDLE).due_at == local("03-04 10:30")


def test_an_emergency_since_then_has_the_time_of_an_emergency() -> None:
    urgent = {"reason": EscalationReason.EMERGENCY, "text": "有人受伤"}
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 10:05", Escalate, **urgent),
        by(CAO, "03-02 10:06", ArriveOnSite),
        by(CAO, "03-02 10:10", ReturnCase, **WRONG),
        by(GAO, "03-02 10:15", Accept),
    )
    assert story.clock(ClockKind.HANDLE).due_at == local("03-02 12:15")


def test_an_emergency_returned_and_accepted_again_counts_on_too() -> None:
    story = returned(burst_in_gaos_hands(), "03-02 09:20").and_then(by(MEI, "03-02 09:25", Accept))
    # Thirty minutes, five of them used.
    assert story.clock(ClockKind.HANDLE).due_at == local("03-02 09:50")


def test_it_goes_to_who_had_it_before_else_to_the_least_loaded() -> None:
    story = worked_on_by_gao().and_then(by(GAO, "03-02 11:00", Escalate, **BEYOND))
    other = town(posts=without("grid-1"), load={"grid-1b": 9})
    story.when(by(CAO, "03-02 11:10", ReturnCase, **WRONG)).then(
        Returned, event(Arrived, person_id="gao")
    )
    story.under(other).when(by(CAO, "03-02 11:10", ReturnCase, **WRONG)).then(
        Returned, event(Arrived, person_id="guo")
    )


def test_where_the_officer_is_gone_another_clerk_near_gets_it() -> None:
    for left, clerk in ((without("clerk-bridge"), "bo"), (POSTS[2:], "hu")):
        at_the_grid().under(town(posts=left)).when(
            by(GAO, "03-02 10:00", ReturnCase, **WRONG)
        ).then(Returned, event(Arrived, stage=Stage.FIRST_CONTACT, person_id=clerk))


def test_with_nobody_there_the_case_stays_where_it_is() -> None:
    story = worked_on_by_gao().and_then(by(GAO, "03-02 11:00", Escalate, **BEYOND))
    story.under(town(posts=without("grid-1", "grid-1b"))).when(
        by(CAO, "03-02 11:10", ReturnCase, **WRONG)
    ).then_refused("nobody_there", "R4.2", unit="orchard-1")


def test_the_second_click_finds_the_case_gone() -> None:
    returned(at_the_grid()).when(by(GAO, "03-02 10:00", ReturnCase, **WRONG)).then_forbidden(
        "not_entitled", "§2"
    )


@pytest.mark.rule("R4.4")
def test_a_returned_case_nobody_accepts_goes_up_again_and_is_not_returned_any_more() -> None:
    story = (
        returned(at_the_grid())
        .when(by(CLOCK, "03-02 12:00", Tick))
        .then(ClockWarned, ClockWarned, ClockBroken, Escalated, event(Arrived, stage=Stage.GRID))
    )
    story.when(by(GAO, "03-02 13:40", ReturnCase, **WRONG)).then_refused(
        "climbed_by_itself", "R4.2"
    )


# -- the third refusal ---------------------------------------------------------


def test_a_third_refusal_asks_the_common_superior_whose_it_is() -> None:
    story = (
        twice_returned()
        .when(by(GAO, "03-02 11:30", ReturnCase, **WRONG))
        .then(event(AdjudicationRequested, other=COUNTER, reason=ReturnReason.WRONG_UNIT))
    )
    question = story.case.questions[0]
    assert (question.unit_id, question.person_id) == ("bridge", "xu")
    assert question.barred == ("gan", "gao", "mei")
    assert story.clock(ClockKind.DECISION).due_at == local("03-03 11:30")


def test_meanwhile_the_case_stays_and_its_clocks_run() -> None:
    story = contested()
    assert (story.case.stint.unit_id, story.case.stint.person_id) == ("orchard-1", "gao")
    assert story.running(ClockKind.ACCEPT).live
    story.when(by(GAO, "03-02 11:40", ReturnCase, **WRONG)).then_refused(
        "adjudication_open", "R4.2"
    )
    taken = story.and_then(
        by(GAO, "03-02 11:40", Accept), by(GAO, "03-02 11:50", RecordProgress, text="先行处理")
    )
    taken.when(by(GAO, "03-02 11:55", Escalate, **BEYOND)).then_refused("adjudication_open", "R4.2")


def test_an_emergency_does_not_wait_for_the_decision() -> None:
    story = contested().and_then(by(GAO, "03-02 11:40", Accept))
    urgent = {"reason": EscalationReason.EMERGENCY, "text": "有人受伤"}
    after = story.when(by(GAO, "03-02 11:45", Escalate, **urgent)).then(Escalated, Arrived)
    assert after.case.questions == ()


def test_a_breach_meanwhile_is_recorded_and_the_case_still_stays() -> None:
    story = (
        contested().when(by(CLOCK, "03-02 15:00", Tick)).then(ClockWarned, ClockWarned, ClockBroken)
    )
    assert story.case.stint.unit_id == "orchard-1"
    assert story.running(ClockKind.ACCEPT).broken_at == local("03-02 14:30")


def test_a_resolution_leaves_nothing_to_decide() -> None:
    story = contested().and_then(
        by(GAO, "03-02 11:40", Accept), by(GAO, "03-02 11:50", Resolve, text="已办")
    )
    assert story.case.questions == ()


# -- adjudication --------------------------------------------------------------


def test_decided_for_the_other_unit_the_case_goes_there_and_that_binds() -> None:
    story = (
        contested()
        .when(by(XU, "03-02 11:45", Adjudicate, **THEIRS))
        .then(
            event(Adjudicated, seat=COUNTER, area=None),
            event(Arrived, stage=Stage.FIRST_CONTACT, person_id="mei"),
        )
    )
    assert story.case.questions == ()
    assert story.case.stints[-2].left_why is LeftWhy.ADJUDICATED
    assert story.case.returns.bound == (COUNTER,)


def test_decided_for_who_has_it_the_case_stays_as_taken_on() -> None:
    story = (
        contested()
        .when(by(XU, "03-02 11:45", Adjudicate, **OURS))
        .then(event(Adjudicated, seat=GRID))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.case.stint.accepted_at == local("03-02 11:45")
    assert story.running(ClockKind.HANDLE).live
    story.when(by(GAO, "03-02 11:50", ReturnCase, **WRONG)).then_refused(
        "bound_by_adjudication", "R4.2", unit="orchard-1"
    )


def test_who_accepted_meanwhile_keeps_the_clock_that_runs() -> None:
    story = contested().and_then(by(GAO, "03-02 11:40", Accept))
    before = story.clock(ClockKind.HANDLE)
    after = story.and_then(by(XU, "03-02 11:45", Adjudicate, **OURS))
    assert after.clock(ClockKind.HANDLE) == before


def test_who_let_the_time_run_out_meanwhile_is_given_new_time() -> None:
    story = contested().and_then(by(GAO, "03-02 11:40", Accept)).at("03-03 11:40")
    assert story.running(ClockKind.HANDLE).broken_at == local("03-03 11:40")
    assert story.case.stage is Stage.GRID
    after = story.and_then(by(XIE, "03-03 13:30", Adjudicate, **OURS))
    assert after.running(ClockKind.HANDLE).live
    assert after.clock(ClockKind.HANDLE).due_at == local("03-04 12:00")


def test_the_superior_may_name_a_third_unit_under_them_and_the_place_follows() -> None:
    book = town(posts=[p if p.post_id != "grid-2" else replace(p, valid_until=None) for p in POSTS])
    story = contested().under(book)
    after = story.when(
        by(XU, "03-02 11:45", Adjudicate, unit_id="orchard-2", text="在二网格")
    ).then(
        event(
            Adjudicated,
            area=Area(grid_id="orchard-2", community_id="orchard", street_id="bridge"),
        ),
        event(Arrived, stage=Stage.GRID, unit_id="orchard-2"),
    )
    assert after.case.location.grid_id == "orchard-2"


def test_the_decision_binds_also_after_the_case_came_back() -> None:
    story = contested().and_then(
        by(XU, "03-02 11:45", Adjudicate, **OURS),
        by(GAO, "03-02 11:50", RecordProgress, text="看过"),
        by(GAO, "03-02 11:55", Escalate, **BEYOND),
        by(CAO, "03-02 13:40", ReturnCase, **WRONG),
    )
    assert story.all(Returned)[-1].at < local("03-02 13:40")
    assert story.case.questions[0].unit_id == "bridge"
    after = story.and_then(by(XU, "03-02 13:50", Adjudicate, **OURS))
    assert (after.case.stage, after.case.stint.person_id) == (Stage.GRID, "gao")
    after.when(by(GAO, "03-02 14:00", ReturnCase, **WRONG)).then_refused(
        "bound_by_adjudication", "R4.2"
    )


def test_a_counter_and_its_street_are_told_apart_by_the_rung() -> None:
    story = received("road").and_then(by(MEI, "03-02 09:30", HandOver))
    for hour in ("10", "11"):
        story = story.and_then(
            by(SU, f"03-02 {hour}:00", ReturnCase, **WRONG),
            by(MEI, f"03-02 {hour}:10", Accept),
            by(MEI, f"03-02 {hour}:20", HandOver),
        )
    story = story.and_then(by(SU, "03-02 11:30", ReturnCase, **WRONG))
    decide = {"unit_id": "bridge", "text": "裁定"}
    story.when(by(XU, "03-02 11:40", Adjudicate, **decide)).then(
        event(Adjudicated, seat=Seat(stage=Stage.STREET, unit_id="bridge"))
    )
    story.when(by(XU, "03-02 11:40", Adjudicate, stage=Stage.FIRST_CONTACT, **decide)).then(
        event(Adjudicated, seat=COUNTER), event(Arrived, person_id="mei")
    )


def test_an_undecided_question_goes_to_the_next_superior() -> None:
    story = (
        contested()
        .when(by(CLOCK, "03-03 11:30", Tick))
        .then(
            *(ClockWarned, ClockWarned, ClockBroken, ClockWarned, ClockWarned),
            ClockBroken,
            event(DecisionPassedUp),
        )
    )
    assert story.case.questions[0].person_id == "xie"


def test_where_two_units_have_nobody_in_common_the_top_decides() -> None:
    story = twice_returned().under(
        town(units=[u for u in town().organisation.units.values() if u.unit_id != "orchard-1"])
    )
    after = story.and_then(by(GAO, "03-02 11:30", ReturnCase, **WRONG))
    assert after.case.questions[0].unit_id == "orchard-1"


def test_only_the_superior_asked_decides() -> None:
    for party in (GAO, MEI):
        contested().when(by(party, "03-02 11:45", Adjudicate, **OURS)).then_forbidden(
            "judge_in_own_cause", "R11"
        )
    for who in (CAO, BO, HU):
        contested().when(by(who, "03-02 11:45", Adjudicate, **OURS)).then_forbidden(
            "not_entitled", "§2"
        )
    contested().when(by(RESIDENT, "03-02 11:45", Adjudicate, **OURS)).then_forbidden(
        "staff_only", "§2"
    )


def test_nothing_is_adjudicated_twice_or_unasked() -> None:
    decided = contested().and_then(by(XU, "03-02 11:45", Adjudicate, **OURS))
    for story in (decided, twice_returned()):
        story.when(by(XU, "03-02 11:50", Adjudicate, **OURS)).then_refused(
            "nothing_to_adjudicate", "R4.2"
        )


def test_a_superior_names_units_under_them_only() -> None:
    for unit_id in ("stone-1", "water", "nowhere"):
        contested().when(
            by(XU, "03-02 11:45", Adjudicate, unit_id=unit_id, text="裁定")
        ).then_forbidden("not_under_you", "R4.2")


def test_a_unit_is_named_at_its_own_rung() -> None:
    wrong = {"unit_id": "orchard", "stage": Stage.STREET, "text": "裁定"}
    contested().when(by(XU, "03-02 11:45", Adjudicate, **wrong)).then_refused(
        "no_such_rung", "R4.2", unit="orchard"
    )
    passed = contested().at("03-03 11:30")
    passed.when(by(XIE, "03-03 11:40", Adjudicate, unit_id="east", text="裁定")).then_refused(
        "no_such_rung", "R4.2", unit="east"
    )


def test_a_unit_without_anybody_is_not_named() -> None:
    contested().when(
        by(XU, "03-02 11:45", Adjudicate, unit_id="orchard-2", text="裁定")
    ).then_refused("nobody_there", "R4.2", unit="orchard-2")


@pytest.mark.rule("R4.4")
def test_at_the_department_a_breach_during_the_question_is_an_order_all_the_same() -> None:
    story = received("bill").and_then(by(MEI, "03-02 09:30", HandOver))
    for day in ("02", "03"):
        story = story.and_then(
            by(WEI, f"03-{day} 10:00", ReturnCase, **WRONG),
            by(MEI, f"03-{day} 10:10", Accept),
            by(MEI, f"03-{day} 10:20", HandOver),
        )
    story = story.and_then(by(WEI, "03-03 11:00", ReturnCase, **WRONG))
    after = story.at("03-04 17:00")
    assert after.last(SupervisionOrdered).at > local("03-04 10:00")
    assert after.case.stint.unit_id == "water"


# -- who is told ---------------------------------------------------------------


def told(before: Story, after: Story, kind: type[Event]) -> list[str]:
    happened = after.last(kind)
    return [n.recipient for n in notices(before.case, after.case, happened, after.book)]


@pytest.mark.rule("R1.4")
def test_of_a_return_and_of_a_decision_the_officer_is_told() -> None:
    story = at_the_grid()
    assert told(story, returned(story), Returned) == ["mei"]
    asked = contested()
    assert told(twice_returned(), asked, AdjudicationRequested) == ["xu", "gao", "mei"]
    decided = asked.and_then(by(XU, "03-02 11:45", Adjudicate, **OURS))
    assert told(asked, decided, Adjudicated) == ["gao", "mei"]


@pytest.mark.rule("R10.2")
def test_a_rectification_is_not_sent_back() -> None:
    story = being_rectified()
    story.when(by(GAO, "03-03 12:00", ReturnCase, **WRONG)).then_refused(
        "rectification_ordered", "R10.2", from_unit="orchard-1"
    )
