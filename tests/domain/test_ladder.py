"""R4: acceptance, work, escalation; and who is told to wait (R4.6)."""

import pytest

from domain.commands import (
    Accept,
    AddInformation,
    ArriveOnSite,
    Assign,
    Escalate,
    HandOver,
    Place,
    RecordProgress,
    Register,
    Remind,
    Resolve,
    Reveal,
    Suspend,
)
from domain.events import (
    Accepted,
    Arrived,
    Assigned,
    Escalated,
    InformationAdded,
    OnSite,
    ProgressRecorded,
    Reminded,
    Revealed,
)
from domain.values import RESIDENT as THE_RESIDENT
from domain.values import By
from domain.words import (
    ClockKind,
    EscalationReason,
    LeftWhy,
    Phase,
    Stage,
    SuspensionGround,
    Urgency,
)
from tests.domain.story import (
    CAO,
    CLOCK,
    GAN,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    SU,
    WANG,
    WEI,
    XIA,
    XIE,
    XU,
    Story,
    at_the_grid,
    burst_in_gaos_hands,
    by,
    event,
    given,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    received,
    request,
    staff,
    worked_on_by_gao,
)
from tests.domain.town import IN_STONE_1, local, town, without

BEYOND = {"reason": EscalationReason.BEYOND_MEANS, "text": "需要街道协调"}
EMERGENCY = {"reason": EscalationReason.EMERGENCY, "text": "有人受伤"}
WAITING = {"ground": SuspensionGround.AWAITING_RESIDENT, "text": "等待补充材料"}
GAO_AT_THE_GRID = By(person_id="gao", post_id="grid-1", unit_id="orchard-1")


def resolved() -> Story:
    return in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="已劝停"))


# -- accept ------------------------------------------------------------------


@pytest.mark.rule("R4.1")
def test_accepting_stops_the_acceptance_clock_and_starts_the_handling_clock() -> None:
    story = (
        at_the_grid()
        .when(by(GAO, "03-02 10:00", Accept))
        .then(event(Accepted, by=GAO_AT_THE_GRID, person_id="gao", post_id="grid-1"))
    )
    assert story.running(ClockKind.ACCEPT).stopped_at == local("03-02 10:00")
    assert story.clock(ClockKind.HANDLE).due_at == local("03-03 10:00")
    assert story.case.phase is Phase.IN_PROGRESS


@pytest.mark.rule("R4.1")
def test_any_handling_post_of_the_unit_may_accept() -> None:
    at_the_grid().when(by(GUO, "03-02 10:00", Accept)).then(event(Accepted, person_id="guo"))


@pytest.mark.rule("R4.1")
def test_at_the_department_the_catalogues_class_sets_the_time() -> None:
    assert in_weis_hands().clock(ClockKind.HANDLE).due_at == local("03-05 10:00")


@pytest.mark.rule("R4.1")
def test_under_a_policy_without_clocks_accepting_starts_none() -> None:
    bare = town(policy=town().policies["policy-bare"])
    story = given(
        by(MEI, "03-02 09:00", Register, **request()),
        by(MEI, "03-02 09:30", HandOver),
        book=bare,
    )
    assert story.case.running(ClockKind.ACCEPT) is None
    story.when(by(GAO, "03-02 10:00", Accept)).then(event(Accepted, clocks=()))


@pytest.mark.rule("R4.1")
def test_a_case_is_accepted_once() -> None:
    in_gaos_hands().when(by(GUO, "03-02 10:05", Accept)).then_refused(
        "not_awaiting_acceptance", "R4.1", phase="in_progress"
    )


@pytest.mark.rule("R4.1")
def test_nobody_outside_the_unit_accepts() -> None:
    story = at_the_grid()
    for actor in (MEI, CAO, XU):
        story.when(by(actor, "03-02 10:00", Accept)).then_forbidden("not_entitled", "§2")


# -- assign ------------------------------------------------------------------


@pytest.mark.rule("R2.2")
def test_the_one_in_charge_gives_the_case_to_a_colleague_by_hand() -> None:
    before = in_gaos_hands()
    after = before.when(by(GAO, "03-02 10:30", Assign, post_id="grid-1b", text="同事熟悉")).then(
        event(Assigned, person_id="guo", post_id="grid-1b", by_hand=True)
    )
    assert after.case.stint.person_id == "guo"
    assert after.case.clocks == before.case.clocks


@pytest.mark.rule("R2.2")
def test_without_a_name_the_least_loaded_post_gets_it() -> None:
    in_gaos_hands().under(town(load={"grid-1": 5})).when(by(GAO, "03-02 10:30", Assign)).then(
        event(Assigned, person_id="guo", by_hand=False)
    )


@pytest.mark.rule("R2.2")
@pytest.mark.parametrize("person", ["xu", "xie", "xia"])
def test_every_supervisor_above_may_assign(person: str) -> None:
    in_gaos_hands().when(by(staff(person), "03-02 10:30", Assign, post_id="grid-1b")).then(Assigned)


@pytest.mark.rule("R2.2")
def test_before_acceptance_and_while_suspended_a_case_may_be_assigned_too() -> None:
    to_guo = by(XU, "03-02 10:20", Assign, post_id="grid-1b")
    at_the_grid().when(to_guo).then(Assigned)
    in_gaos_hands().and_then(by(GAO, "03-02 10:10", Suspend, **WAITING)).when(to_guo).then(Assigned)


@pytest.mark.rule("R2.2")
@pytest.mark.parametrize("post_id", ["grid-2", "community-orchard", "no-such-post"])
def test_only_a_valid_handling_post_of_the_unit_can_be_named(post_id: str) -> None:
    in_gaos_hands().when(by(GAO, "03-02 10:30", Assign, post_id=post_id)).then_refused(
        "no_such_post_here", "R2.2", unit="orchard-1"
    )


@pytest.mark.rule("R2.2")
def test_a_resolved_case_is_not_assigned() -> None:
    resolved().when(by(GAO, "03-02 11:30", Assign)).then_refused("not_open", "R2.2")


@pytest.mark.rule("R2.2")
def test_a_colleague_cannot_take_the_case_away() -> None:
    in_gaos_hands().when(by(GUO, "03-02 10:30", Assign, post_id="grid-1b")).then_forbidden(
        "not_entitled", "§2"
    )


# -- progress, on site, information -----------------------------------------


@pytest.mark.rule("R4.3")
def test_work_is_written_down_and_counted() -> None:
    story = (
        in_gaos_hands()
        .when(by(GAO, "03-02 10:30", RecordProgress, text="上门"))
        .then(event(ProgressRecorded, text="上门", by=GAO_AT_THE_GRID))
    )
    assert story.case.stint.progress == 1


@pytest.mark.rule("R4.3")
def test_work_may_be_written_down_while_suspended() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 10:10", Suspend, **WAITING))
    story.when(by(GAO, "03-02 10:30", RecordProgress, text="电话")).then(ProgressRecorded)


@pytest.mark.rule("R4.3")
def test_nothing_is_written_down_before_acceptance() -> None:
    at_the_grid().when(by(GAO, "03-02 10:30", RecordProgress, text="上门")).then_refused(
        "not_in_progress", "R4.3", phase="awaiting_acceptance"
    )


@pytest.mark.rule("R6.7")
def test_in_an_emergency_anybody_of_the_unit_reports_being_on_site() -> None:
    story = (
        burst_in_gaos_hands()
        .when(by(GUO, "03-02 09:45", ArriveOnSite, text="到场"))
        .then(event(OnSite, text="到场"))
    )
    assert story.running(ClockKind.ON_SITE).stopped_at == local("03-02 09:45")


@pytest.mark.rule("R6.7")
def test_being_late_on_site_is_still_reported() -> None:
    story = burst_in_gaos_hands().at("03-02 11:05")
    assert story.running(ClockKind.ON_SITE).broken_at == local("03-02 11:00")
    story.when(by(GAO, "03-02 11:06", ArriveOnSite)).then(OnSite)


@pytest.mark.rule("R6.7")
def test_only_an_emergency_owes_somebody_on_site() -> None:
    in_gaos_hands().when(by(GAO, "03-02 10:30", ArriveOnSite)).then_refused(
        "not_an_emergency", "R6.7"
    )


@pytest.mark.rule("R6.7")
def test_after_resolution_nobody_arrives_on_site() -> None:
    story = burst_in_gaos_hands().and_then(by(GAO, "03-02 10:30", Resolve, text="已修复"))
    story.when(by(GAO, "03-02 10:40", ArriveOnSite)).then_refused("not_open", "R6.7")


@pytest.mark.rule("R6.3")
def test_resident_officer_and_handler_add_information() -> None:
    story = in_gaos_hands()
    for actor in (MEI, GAO, RESIDENT):
        after = story.when(by(actor, "03-02 10:30", AddInformation, text="门牌写错")).then(
            event(InformationAdded, text="门牌写错")
        )
        assert after.case.clocks == story.case.clocks


@pytest.mark.rule("R6.3")
def test_others_add_nothing() -> None:
    in_gaos_hands().when(by(CAO, "03-02 10:30", AddInformation, text="x")).then_forbidden(
        "not_entitled", "§2"
    )


# -- remind ------------------------------------------------------------------


@pytest.mark.rule("R4.6")
def test_the_residents_reminder_is_recorded_and_moves_no_clock() -> None:
    before = in_gaos_hands()
    after = before.when(by(RESIDENT, "03-02 10:30", Remind, text="请快些")).then(
        event(Reminded, by=THE_RESIDENT, text="请快些")
    )
    assert after.case.clocks == before.case.clocks


@pytest.mark.rule("R4.6")
def test_a_second_reminder_waits_for_the_interval_of_one_working_day() -> None:
    story = in_sus_hands().and_then(by(RESIDENT, "03-02 10:30", Remind))
    again = local("03-03 10:30").isoformat()
    story.when(by(RESIDENT, "03-03 10:29", Remind)).then_refused(
        "reminded_recently", "R4.6", again_from=again
    )
    story.when(by(RESIDENT, "03-03 10:30", Remind)).then(Reminded)


@pytest.mark.rule("R4.6")
def test_the_interval_does_not_run_over_a_weekend() -> None:
    story = given(
        by(MEI, "03-06 15:00", Register, **request("road")),
        by(MEI, "03-06 15:10", HandOver),
        by(SU, "03-06 15:30", Accept),
        by(RESIDENT, "03-06 17:00", Remind),
    )
    story.when(by(RESIDENT, "03-09 16:59", Remind)).then_refused("reminded_recently", "R4.6")
    story.when(by(RESIDENT, "03-09 17:00", Remind)).then(Reminded)


@pytest.mark.rule("R4.6")
def test_staff_do_not_remind() -> None:
    in_gaos_hands().when(by(MEI, "03-02 10:30", Remind)).then_forbidden("resident_only", "R9.2")
    in_gaos_hands().when(by(MEI, "03-02 10:30", Remind)).then_refused("resident_only", "R9.2")


@pytest.mark.rule("R4.6")
def test_a_resolved_case_needs_no_reminder() -> None:
    resolved().when(by(RESIDENT, "03-02 11:30", Remind)).then_refused(
        "not_open", "R4.6", phase="awaiting_rating"
    )


# -- reveal ------------------------------------------------------------------


@pytest.mark.rule("R14.5")
@pytest.mark.parametrize("person", ["mei", "gao"])
def test_officer_and_handler_see_personal_data_and_that_is_recorded(person: str) -> None:
    story = (
        in_gaos_hands()
        .when(by(staff(person), "03-02 10:30", Reveal, reason="回电"))
        .then(event(Revealed, reason="回电", fields=("reporter", "location", "parties")))
    )
    assert story.last(Revealed).by.person_id == person


@pytest.mark.rule("R14.5")
@pytest.mark.parametrize("person", ["guo", "cao", "xu", "an", "ao"])
def test_nobody_else_sees_personal_data(person: str) -> None:
    in_gaos_hands().when(by(staff(person), "03-02 10:30", Reveal, reason="好奇")).then_forbidden(
        "not_entitled", "§2"
    )


@pytest.mark.rule("R14.5")
def test_a_resident_sees_no_staff_view() -> None:
    in_gaos_hands().when(by(RESIDENT, "03-02 10:30", Reveal, reason="x")).then_refused(
        "staff_only", "§2"
    )


# -- escalate ----------------------------------------------------------------


@pytest.mark.rule("R4.3")
def test_after_some_work_a_case_goes_one_rung_up_with_a_reason() -> None:
    story = (
        worked_on_by_gao()
        .when(by(GAO, "03-02 11:00", Escalate, **BEYOND))
        .then(
            event(Escalated, reason=EscalationReason.BEYOND_MEANS, automatic=False, clock_id=None),
            event(Arrived, stage=Stage.COMMUNITY, unit_id="orchard", person_id="cao"),
        )
    )
    assert story.running(ClockKind.HANDLE).stopped_at == local("03-02 11:00")
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-02 16:30")


@pytest.mark.rule("R4.3")
def test_the_whole_ladder_is_climbed_rung_by_rung() -> None:
    story = worked_on_by_gao()
    story = story.and_then(by(GAO, "03-02 11:00", Escalate, **BEYOND))
    for who, hour in ((CAO, 13), (SU, 15)):
        story = story.and_then(
            by(who, f"03-02 {hour}:30", Accept),
            by(who, f"03-02 {hour}:40", RecordProgress, text="研究"),
            by(who, f"03-02 {hour}:50", Escalate, **BEYOND),
        )
    story = story.and_then(by(WANG, "03-02 17:00", Accept))
    assert [s.stage for s in story.case.stints] == list(Stage)
    whys = [LeftWhy.HANDED_OVER, *(LeftWhy.ESCALATED,) * 3, None]
    assert [s.left_why for s in story.case.stints] == whys
    assert [s.unit_id for s in story.case.stints] == [
        "bridge",
        "orchard-1",
        "orchard",
        "bridge",
        "works",
    ]


@pytest.mark.rule("R4.3")
def test_without_any_work_recorded_a_case_stays() -> None:
    in_gaos_hands().when(by(GAO, "03-02 11:00", Escalate, **BEYOND)).then_refused(
        "no_progress_recorded", "R4.3", stage="grid"
    )


@pytest.mark.rule("R4.3")
def test_work_of_an_earlier_rung_does_not_count() -> None:
    story = worked_on_by_gao().and_then(
        by(GAO, "03-02 11:00", Escalate, **BEYOND), by(CAO, "03-02 11:10", Accept)
    )
    story.when(by(CAO, "03-02 11:20", Escalate, **BEYOND)).then_refused(
        "no_progress_recorded", "R4.3", stage="community"
    )


@pytest.mark.rule("R4.3")
def test_an_emergency_goes_up_without_delay_and_stays_one() -> None:
    story = (
        in_gaos_hands()
        .when(by(GAO, "03-02 10:05", Escalate, **EMERGENCY))
        .then(Escalated, event(Arrived, stage=Stage.COMMUNITY))
    )
    assert story.case.urgency is Urgency.EMERGENCY
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-02 10:35")


@pytest.mark.rule("R6.7")
def test_a_case_that_becomes_an_emergency_owes_somebody_on_site() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 10:05", Escalate, **EMERGENCY))
    assert story.clock(ClockKind.ON_SITE).due_at == local("03-02 12:05")
    story = story.and_then(
        by(CAO, "03-02 10:10", ArriveOnSite),
        by(CAO, "03-02 10:15", Accept),
        by(CAO, "03-02 10:20", Escalate, **EMERGENCY),
    )
    assert len([r for r in story.case.clocks if r.clock.kind is ClockKind.ON_SITE]) == 1


@pytest.mark.rule("R4.3")
def test_a_case_opened_as_an_emergency_needs_no_record_of_work_to_go_up() -> None:
    burst_in_gaos_hands().when(by(GAO, "03-02 09:50", Escalate, **BEYOND)).then(Escalated, Arrived)


@pytest.mark.rule("R4.3")
def test_a_rung_may_be_skipped_where_the_catalogue_says_so() -> None:
    worked_on_by_gao("crack").when(
        by(GAO, "03-02 11:00", Escalate, **BEYOND, to_stage=Stage.DEPARTMENT)
    ).then(Escalated, event(Arrived, stage=Stage.DEPARTMENT, unit_id="works"))


@pytest.mark.rule("R4.3")
def test_a_rung_may_be_skipped_in_an_emergency() -> None:
    in_gaos_hands().when(by(GAO, "03-02 11:00", Escalate, **EMERGENCY, to_stage=Stage.STREET)).then(
        Escalated, event(Arrived, stage=Stage.STREET, person_id="su")
    )


@pytest.mark.rule("R4.3")
def test_otherwise_no_rung_is_skipped() -> None:
    worked_on_by_gao().when(
        by(GAO, "03-02 11:00", Escalate, **BEYOND, to_stage=Stage.STREET)
    ).then_refused("rung_skipped", "R4.3", next="community", asked="street")


@pytest.mark.rule("R4.3")
def test_an_item_gone_from_the_catalogue_skips_nothing() -> None:
    worked_on_by_gao("crack").under(town(items=())).when(
        by(GAO, "03-02 11:00", Escalate, **BEYOND, to_stage=Stage.STREET)
    ).then_refused("rung_skipped", "R4.3")


@pytest.mark.rule("R4.3")
@pytest.mark.parametrize("to", [Stage.FIRST_CONTACT, Stage.GRID])
def test_escalation_goes_upwards_only(to: Stage) -> None:
    worked_on_by_gao().when(by(GAO, "03-02 11:00", Escalate, **BEYOND, to_stage=to)).then_refused(
        "not_upwards", "R4.3", stage="grid", to=to
    )


@pytest.mark.rule("R4.3")
def test_above_the_department_there_is_no_rung() -> None:
    story = in_weis_hands().and_then(by(WEI, "03-02 10:30", RecordProgress, text="查表"))
    story.when(by(WEI, "03-02 11:00", Escalate, **BEYOND)).then_refused(
        "top_of_ladder", "R4.3", stage="department"
    )


@pytest.mark.rule("R1.3")
def test_first_contact_hands_over_instead() -> None:
    received().when(by(MEI, "03-02 09:30", Escalate, **BEYOND)).then_refused(
        "hand_over_instead", "R1.3"
    )


@pytest.mark.rule("R4.3")
@pytest.mark.parametrize("reason", [EscalationReason.NOT_ACCEPTED, EscalationReason.NOT_HANDLED])
def test_the_clocks_own_reasons_are_not_for_people(reason: EscalationReason) -> None:
    worked_on_by_gao().when(by(GAO, "03-02 11:00", Escalate, reason=reason, text="x")).then_refused(
        "reason_is_automatic", "R4.4", reason=reason
    )


@pytest.mark.rule("R4.3")
def test_a_case_nobody_accepted_is_not_escalated_by_hand() -> None:
    at_the_grid().when(by(GAO, "03-02 10:00", Escalate, **EMERGENCY)).then_refused(
        "not_in_progress", "R4.3", phase="awaiting_acceptance"
    )


@pytest.mark.rule("R4.3")
def test_with_nobody_above_the_case_stays_where_it_is() -> None:
    alone = town(posts=without("community-orchard", "street-bridge"))
    worked_on_by_gao("fire-break").under(alone).when(
        by(GAO, "03-02 11:00", Escalate, **BEYOND)
    ).then_refused("no_one_in_charge", "R4.4", department="forestry")


@pytest.mark.rule("R4.3")
def test_rungs_without_anybody_are_passed_and_named() -> None:
    worked_on_by_gao().under(town(posts=without("community-orchard"))).when(
        by(GAO, "03-02 11:00", Escalate, **BEYOND)
    ).then(Escalated, event(Arrived, stage=Stage.STREET, passed=("orchard",)))


@pytest.mark.rule("R4.3")
def test_a_village_climbs_to_its_township() -> None:
    story = in_the_village()
    story.when(by(staff("gu"), "03-02 11:00", Escalate, **BEYOND)).then(
        Escalated, event(Arrived, stage=Stage.COMMUNITY, unit_id="stone", person_id="cui")
    )


def in_the_village() -> Story:
    place = Place(point=IN_STONE_1)
    return at_the_grid(place=place).and_then(
        by(staff("gu"), "03-02 10:00", Accept),
        by(staff("gu"), "03-02 10:30", RecordProgress, text="入户"),
    )


@pytest.mark.rule("R6.1")
def test_the_village_keeps_its_own_hours() -> None:
    # 10:00–12:00 and 14:00–17:30 are five and a half hours; the rest from 08:30 on.
    assert in_the_village().clock(ClockKind.HANDLE).due_at == local("03-03 10:00")


@pytest.mark.rule("§2")
def test_only_the_post_in_charge_works_on_the_case() -> None:
    story = in_gaos_hands()
    for who in (GUO, CAO, XIE, XIA, MEI):
        story.when(by(who, "03-02 10:30", RecordProgress, text="x")).then_forbidden(
            "not_entitled", "§2"
        )
    for outsider in (RESIDENT, CLOCK):
        story.when(by(outsider, "03-02 10:30", RecordProgress, text="x")).then_forbidden(
            "staff_only", "§2"
        )


def in_gaos_hands_since_friday() -> Story:
    return given(
        by(MEI, "03-06 15:00", Register, **request()),
        by(MEI, "03-06 15:10", HandOver),
        by(GAO, "03-06 15:30", Accept),
    )


@pytest.mark.rule("§2")
def test_the_stand_in_works_on_the_case_while_the_holder_is_away() -> None:
    story = in_gaos_hands_since_friday()
    story.when(by(GAN, "03-09 09:30", RecordProgress, text="代办")).then(
        event(ProgressRecorded, by=By(person_id="gan", post_id="grid-1", unit_id="orchard-1"))
    )
    story.when(by(GAO, "03-09 09:30", RecordProgress, text="x")).then_forbidden(
        "no_valid_post", "§2"
    )
