"""R6.7, R7.5: an emergency runs day and night, whatever the case was waiting for when it came."""

from typing import Any

import pytest

from domain.commands import (
    Accept,
    ArriveOnSite,
    Call,
    Contact,
    DecideExtension,
    DecideShelving,
    Decline,
    Escalate,
    HandOver,
    OpenMediation,
    Rate,
    Reclassify,
    RefuseTransfer,
    ReportDanger,
    ReportIn,
    RequestExtension,
    Resolve,
    ReturnCase,
    ReviewRating,
    Shelve,
    Summon,
    Suspend,
    Transfer,
)
from domain.events import (
    AdjudicationRequested,
    Arrived,
    ClockBroken,
    DangerReported,
    DecisionPassedUp,
    DeclineReviewed,
    DisputeReopened,
    MediationOpened,
    OnSite,
    Reclassified,
    RectificationOpened,
    ReportedIn,
    Resumed,
    ReviewDecided,
    ShelfReviewed,
    Suspended,
)
from domain.notices import notices
from domain.policy import Span
from domain.words import (
    Basis,
    CaseType,
    ClockKind,
    DeclineGround,
    EscalationReason,
    Phase,
    ReturnReason,
    Stage,
    SuspensionGround,
    Urgency,
)
from domain.words.disputes import ReopeningReason
from domain.words.redress import Finding, RectifyAt
from tests.domain.quarrel import LI, closed, quarrel, settled
from tests.domain.story import (
    CAO,
    GAO,
    MEI,
    RESIDENT,
    SU,
    WANG,
    WEI,
    XIE,
    XU,
    Story,
    burst_in_gaos_hands,
    by,
    event,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    received,
)
from tests.domain.town import said

pytestmark = pytest.mark.rule("R6.7")

BAD = {"contacted": True, "solved": False, "grade": 1}
THREAT = {"text": "扬言动手"}
OF_TWO: dict[str, Any] = {
    "case_type": CaseType.DISPUTE,
    "parties": (Contact(name="李", phone="139"),),
}
ONE_DAY = Span(amount=1, unit="working_days")
REOPENED = (
    DangerReported,
    event(DisputeReopened, reason=ReopeningReason.DANGER, round=2),
    event(Arrived, unit_id="orchard", person_id="cao", accepted=False),
)


def in_danger(story: Story, day: str) -> None:
    """Accepted within half an hour, somebody there within two; three levels told at once."""
    case = story.case
    assert (case.urgency, case.phase) == (Urgency.EMERGENCY, Phase.AWAITING_ACCEPTANCE)
    assert said(story.clock(ClockKind.ACCEPT).due_at) == f"2026-{day} 20:30"
    assert said(story.clock(ClockKind.ON_SITE).due_at) == f"2026-{day} 22:00"
    told = notices(case, case, story.last(DangerReported), story.book)
    alarmed = {notice.recipient for notice in told if notice.topic == "case.emergency"}
    assert alarmed == {"orchard-1", "orchard", "bridge"}
    story.when(by(CAO, f"{day} 20:10", ArriveOnSite)).then(OnSite)


# -- danger in a dispute that was over ---------------------------------------------


@pytest.mark.rule("R7.5")
def test_danger_after_settling_or_closing_is_an_emergency_in_a_new_round_at_once() -> None:
    for story, day in ((settled(), "03-06"), (closed(), "03-07")):
        again = story.when(by(LI, f"{day} 20:00", ReportDanger, **THREAT)).then(*REOPENED)
        in_danger(again, day)


@pytest.mark.rule("R7.5", "R10.1")
def test_danger_does_not_wait_for_the_review_of_a_bad_rating() -> None:
    reviewed = settled().and_then(by(LI, "03-06 12:00", Rate, **BAD))
    assert reviewed.case.phase is Phase.UNDER_REVIEW
    report, again, arrival = REOPENED
    story = (
        reviewed.at("03-06 20:00")
        .when(by(LI, "03-06 20:00", ReportDanger, **THREAT))
        .then(report, event(ReviewDecided, finding=Finding.JUSTIFIED), again, arrival)
    )
    in_danger(story, "03-06")
    assert story.case.questions == ()


@pytest.mark.rule("R7.5", "R6.3")
def test_the_resident_is_promised_an_emergency_s_time_in_the_new_round() -> None:
    story = closed().and_then(by(LI, "03-07 20:00", ReportDanger, **THREAT))
    assert said(story.clock(ClockKind.RESIDENT).due_at) == "2026-03-08 20:00"
    assert story.clock(ClockKind.RESIDENT).basis is Basis.WALL


@pytest.mark.rule("R7.5", "R1.3")
def test_danger_does_not_wait_for_the_review_of_a_decline() -> None:
    story = received(**OF_TWO).and_then(
        by(MEI, "03-02 09:10", Decline, ground=DeclineGround.CRIMINAL, text="请拨 110")
    )
    story = (
        story.at("03-02 20:00")
        .when(by(LI, "03-02 20:00", ReportDanger, **THREAT))
        .then(event(DeclineReviewed, upheld=False), DangerReported)
    )
    assert (story.case.phase, story.case.questions) == (Phase.IN_PROGRESS, ())
    assert said(story.clock(ClockKind.HANDLE).due_at) == "2026-03-02 20:30"
    assert said(story.clock(ClockKind.ON_SITE).due_at) == "2026-03-02 22:00"


@pytest.mark.rule("R7.5", "R4.7")
def test_danger_takes_a_case_off_the_shelf() -> None:
    story = received("bill", **OF_TWO).and_then(
        by(MEI, "03-02 09:30", HandOver),
        by(WEI, "03-02 10:00", Accept),
        by(WEI, "03-02 11:00", RequestExtension, extend_by=ONE_DAY, text="等"),
        by(XIE, "03-02 11:30", DecideExtension, granted=True, text="可"),
        by(WEI, "03-03 10:00", Shelve, text="无预算"),
        by(XIE, "03-03 11:00", DecideShelving, approved=True, text="同意"),
    )
    story = story.when(by(LI, "03-07 20:00", ReportDanger, **THREAT)).then(
        event(ShelfReviewed, stays=False), DangerReported
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert said(story.clock(ClockKind.HANDLE).due_at) == "2026-03-08 20:00"


# -- rectified ---------------------------------------------------------------------


def rectified() -> Story:
    """The burst main came back: found justified on Monday at two."""
    return burst_in_gaos_hands().and_then(
        by(GAO, "03-02 09:20", ArriveOnSite),
        by(GAO, "03-02 09:30", Resolve, text="已关阀"),
        by(RESIDENT, "03-02 12:00", Rate, **BAD),
        by(
            XU,
            "03-02 14:00",
            ReviewRating,
            finding=Finding.JUSTIFIED,
            text="仍在漏",
            rectify_at=RectifyAt.RESOLVER,
        ),
    )


@pytest.mark.rule("R10.2")
def test_an_emergency_is_rectified_in_an_emergency_s_time() -> None:
    story = rectified()
    due = {
        kind: said(story.clock(kind).due_at)
        for kind in (ClockKind.ACCEPT, ClockKind.ON_SITE, ClockKind.HANDLE, ClockKind.RESIDENT)
    }
    assert due == {
        ClockKind.ACCEPT: "2026-03-02 14:30",
        ClockKind.ON_SITE: "2026-03-02 16:00",
        ClockKind.HANDLE: "2026-03-02 16:00",
        ClockKind.RESIDENT: "2026-03-03 14:00",
    }
    story.when(by(GAO, "03-02 14:10", ArriveOnSite)).then(OnSite)


@pytest.mark.rule("R10.2")
def test_what_is_no_emergency_is_rectified_in_the_policy_s_time() -> None:
    story = received().and_then(
        by(MEI, "03-02 09:10", Resolve, text="已办"), by(RESIDENT, "03-02 12:00", Rate, **BAD)
    )
    justified = {"finding": Finding.JUSTIFIED, "text": "未办"}
    story = story.when(by(XIE, "03-02 14:00", ReviewRating, **justified)).then(
        ReviewDecided, RectificationOpened, Arrived
    )
    assert said(story.clock(ClockKind.HANDLE).due_at) == "2026-03-23 14:00"


# -- contested ---------------------------------------------------------------------


def sent_back_twice(item_id: str = "burst", **changed: Any) -> Story:
    """Gao sent it back three times: a superior says whose it is."""
    wrong = {"reason": ReturnReason.WRONG_UNIT, "text": "非本格"}
    return received(item_id, **changed).and_then(
        by(MEI, "03-02 09:05", HandOver),
        by(GAO, "03-02 09:06", ReturnCase, **wrong),
        by(MEI, "03-02 09:07", Accept),
        by(MEI, "03-02 09:08", HandOver),
        by(GAO, "03-02 09:09", ReturnCase, **wrong),
        by(MEI, "03-02 09:10", Accept),
        by(MEI, "03-02 09:11", HandOver),
        by(GAO, "03-02 09:12", ReturnCase, **wrong),
    )


@pytest.mark.rule("R4.2")
def test_while_it_is_contested_the_unit_that_has_it_is_to_accept_and_to_be_there() -> None:
    story = sent_back_twice()
    assert story.all(AdjudicationRequested)
    assert story.running(ClockKind.ACCEPT).live
    assert story.running(ClockKind.ON_SITE).live
    story.when(by(GAO, "03-02 09:20", ArriveOnSite)).then(OnSite)
    story.and_then(by(GAO, "03-02 09:20", Accept))


@pytest.mark.rule("R4.2", "R4.4")
def test_an_emergency_nobody_accepts_climbs_also_while_it_is_contested() -> None:
    story = sent_back_twice().at("03-02 09:41")
    assert story.last(ClockBroken).person_id == "gao"
    assert (story.case.stage, story.case.stint.person_id) == (Stage.COMMUNITY, "cao")
    assert story.case.questions == ()
    assert said(story.clock(ClockKind.ACCEPT).due_at) == "2026-03-02 10:11"


@pytest.mark.rule("R4.2", "R7.5")
def test_what_was_contested_before_there_was_danger_waits_for_no_working_day() -> None:
    story = sent_back_twice("noise", **OF_TWO)
    assert said(story.clock(ClockKind.DECISION).due_at) == "2026-03-03 09:12"
    danger = story.and_then(by(LI, "03-02 09:20", ReportDanger, **THREAT))
    assert danger.at("03-02 09:50").case.stage is Stage.COMMUNITY


@pytest.mark.rule("R1.3")
def test_while_a_decline_is_looked_at_somebody_is_still_to_be_there() -> None:
    story = received("burst").and_then(
        by(MEI, "03-02 09:05", Decline, ground=DeclineGround.CRIMINAL, text="请拨 110")
    )
    assert said(story.clock(ClockKind.ON_SITE).due_at) == "2026-03-02 11:00"
    story.when(by(MEI, "03-02 09:15", ArriveOnSite)).then(OnSite)


@pytest.mark.rule("R4.5")
def test_while_another_department_is_asked_the_one_that_has_it_is_to_be_there() -> None:
    story = received("bill", urgency=Urgency.EMERGENCY).and_then(
        by(MEI, "03-02 09:05", HandOver), by(WEI, "03-02 09:10", Accept)
    )
    asked = story.and_then(by(WEI, "03-02 09:20", Transfer, unit_id="works", text="路面"))
    refused = asked.and_then(by(WANG, "03-02 09:25", RefuseTransfer, text="不是"))
    for contested in (asked, refused):
        assert contested.running(ClockKind.HANDLE).live
        assert contested.running(ClockKind.ON_SITE).live
        contested.when(by(WEI, "03-02 09:31", ArriveOnSite)).then(OnSite)


# -- standing still ----------------------------------------------------------------


@pytest.mark.rule("R6.4")
def test_an_emergency_stands_still_only_once_somebody_is_there() -> None:
    wait = {"ground": SuspensionGround.EXPERT_APPRAISAL, "text": "请专家"}
    story = burst_in_gaos_hands()
    story.when(by(GAO, "03-02 09:20", Suspend, **wait)).then_refused("nobody_on_site", "R6.7")
    there = story.and_then(by(GAO, "03-02 09:20", ArriveOnSite))
    there.when(by(GAO, "03-02 09:30", Suspend, **wait)).then(Suspended)


@pytest.mark.rule("R6.4", "R7.5")
def test_no_mediation_stops_the_clock_of_a_dispute_in_danger_before_somebody_is_there() -> None:
    story = quarrel().and_then(by(LI, "03-02 11:00", ReportDanger, **THREAT))
    after = story.when(by(CAO, "03-02 11:10", OpenMediation)).then(MediationOpened)
    assert after.running(ClockKind.HANDLE).live
    there = story.and_then(by(CAO, "03-02 11:05", ArriveOnSite))
    there.when(by(CAO, "03-02 11:10", OpenMediation)).then(MediationOpened, Suspended)


@pytest.mark.rule("R2.1", "R6.4")
def test_a_matter_corrected_to_an_emergency_stands_still_no_longer() -> None:
    wait = {"ground": SuspensionGround.EXPERT_APPRAISAL, "text": "请专家"}
    story = in_gaos_hands("leak").and_then(by(GAO, "03-02 11:00", Suspend, **wait))
    burst = {"item_id": "burst", "text": "水管爆裂"}
    after = story.when(by(GAO, "03-02 20:00", Reclassify, **burst)).then(
        event(Resumed, automatic=True), event(Reclassified, urgency=Urgency.EMERGENCY)
    )
    assert said(after.clock(ClockKind.HANDLE).due_at) == "2026-03-02 22:00"
    assert said(after.clock(ClockKind.ON_SITE).due_at) == "2026-03-02 22:00"


@pytest.mark.rule("R4.7")
def test_an_emergency_is_not_shelved_before_somebody_was_there() -> None:
    story = received("bill", urgency=Urgency.EMERGENCY).and_then(
        by(MEI, "03-02 09:05", HandOver),
        by(WEI, "03-02 09:10", Accept),
        by(WEI, "03-02 09:20", RequestExtension, extend_by=Span(amount=1, unit="hours"), text="x"),
        by(XIE, "03-02 09:25", DecideExtension, granted=True, text="可"),
    )
    story.when(by(WEI, "03-02 09:30", Shelve, text="无预算")).then_refused("nobody_on_site", "R6.7")
    story.and_then(
        by(WEI, "03-02 09:30", ArriveOnSite), by(WEI, "03-02 09:40", Shelve, text="无预算")
    )


@pytest.mark.rule("R4.7", "R7.5")
def test_nor_is_one_that_became_an_emergency_while_it_was_asked() -> None:
    story = received("bill", **OF_TWO).and_then(
        by(MEI, "03-02 09:30", HandOver),
        by(WEI, "03-02 10:00", Accept),
        by(WEI, "03-02 11:00", RequestExtension, extend_by=ONE_DAY, text="等"),
        by(XIE, "03-02 11:30", DecideExtension, granted=True, text="可"),
        by(WEI, "03-03 10:00", Shelve, text="无预算"),
        by(LI, "03-03 10:10", ReportDanger, **THREAT),
    )
    yes = {"approved": True, "text": "同意"}
    story.when(by(XIE, "03-03 10:20", DecideShelving, **yes)).then_refused("nobody_on_site", "R6.7")


@pytest.mark.rule("R10.2")
def test_of_an_emergency_s_rectification_three_levels_are_told_again() -> None:
    story = rectified()
    told = notices(story.case, story.case, story.last(RectificationOpened), story.book)
    alarmed = {notice.recipient for notice in told if notice.topic == "case.emergency"}
    assert alarmed == {"orchard-1", "orchard", "bridge"}


# -- what was set going before -----------------------------------------------------

BURST = {"item_id": "burst", "text": "水管爆裂"}


@pytest.mark.rule("R2.1", "R4.7")
def test_a_matter_corrected_to_an_emergency_leaves_the_shelf() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", RequestExtension, extend_by=ONE_DAY, text="等"),
        by(XIE, "03-02 11:10", DecideExtension, granted=True, text="可"),
        by(WEI, "03-02 11:20", Shelve, text="无预算"),
        by(XIE, "03-02 11:30", DecideShelving, approved=True, text="同意"),
    )
    after = story.when(by(MEI, "03-02 12:00", Reclassify, **BURST)).then(
        event(ShelfReviewed, stays=False), Reclassified
    )
    assert after.case.phase is Phase.IN_PROGRESS
    assert said(after.clock(ClockKind.HANDLE).due_at) == "2026-03-03 12:00"


@pytest.mark.rule("R4.2", "R7.5")
def test_whose_an_emergency_is_waits_for_no_working_day_however_it_became_one() -> None:
    danger = by(LI, "03-02 09:20", ReportDanger, **THREAT)
    corrected = by(MEI, "03-02 09:20", Reclassify, **BURST)
    for contested, command in (
        (sent_back_twice("noise", **OF_TWO), danger),
        (sent_back_twice("noise"), corrected),
    ):
        was = contested.clock(ClockKind.DECISION)
        story = contested.and_then(command)
        asked = story.clock(ClockKind.DECISION)
        assert (said(asked.due_at), asked.continues) == ("2026-03-02 09:50", was.clock_id)
        assert [r.stopped_at is None for r in story.case.clocks if r.clock.kind is asked.kind] == [
            False,
            True,
        ]
        assert story.at("03-02 09:51").case.stage is Stage.COMMUNITY


@pytest.mark.rule("R4.2", "R4.4")
def test_whose_it_is_goes_to_the_next_superior_in_an_emergency_s_time() -> None:
    story = sent_back_twice("noise").and_then(by(GAO, "03-02 09:13", Accept))
    story = story.and_then(by(MEI, "03-02 09:20", Reclassify, **BURST))
    assert story.at("03-02 09:51").all(DecisionPassedUp)


@pytest.mark.rule("R4.7")
def test_a_shelf_that_was_asked_for_is_decided_of_in_an_emergency_s_time() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", RequestExtension, extend_by=ONE_DAY, text="等"),
        by(XIE, "03-02 11:10", DecideExtension, granted=True, text="可"),
        by(WEI, "03-02 11:20", Shelve, text="无预算"),
        by(WEI, "03-02 12:00", Reclassify, **BURST),
    )
    assert said(story.clock(ClockKind.DECISION).due_at) == "2026-03-02 12:30"


@pytest.mark.rule("R4.5")
def test_an_offer_to_another_department_is_answered_in_an_emergency_s_time() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", Transfer, unit_id="works", text="路面"),
        by(WEI, "03-02 11:10", Reclassify, **BURST),
    )
    assert said(story.clock(ClockKind.TRANSFER).due_at) == "2026-03-02 11:40"
    late = story.at("03-02 11:41")
    assert late.all(AdjudicationRequested)
    assert said(late.clock(ClockKind.DECISION).due_at) == "2026-03-02 12:11"


def with_helpers() -> Story:
    """At half past ten the water department is called: within four working hours."""
    calls = (Call(unit_id="water", asked="关阀"),)
    return in_sus_hands().and_then(by(SU, "03-02 10:30", Summon, calls=calls, text="协助"))


@pytest.mark.rule("R5")
def test_helpers_called_before_it_was_an_emergency_come_in_its_time() -> None:
    story = with_helpers().and_then(by(SU, "03-02 11:00", Reclassify, **BURST))
    assert said(story.clock(ClockKind.REPORT_IN).due_at) == "2026-03-02 11:30"
    (helper,) = story.case.summons
    here = {"summons_id": helper.helper.summons_id, "text": "到场"}
    story.when(by(WEI, "03-02 11:10", ReportIn, **here)).then(event(ReportedIn, on_time=True))
    late = story.at("03-02 11:31")
    late.when(by(WEI, "03-02 11:40", ReportIn, **here)).then(event(ReportedIn, on_time=False))


@pytest.mark.rule("R5", "R4.3")
def test_helpers_are_called_in_an_emergency_s_time_where_it_goes_up_as_one() -> None:
    urgent = {"reason": EscalationReason.EMERGENCY, "text": "塌陷"}
    story = with_helpers().and_then(by(SU, "03-02 11:00", Escalate, **urgent))
    assert story.case.stint.unit_id == "works"
    assert said(story.clock(ClockKind.REPORT_IN).due_at) == "2026-03-02 11:30"
    assert story.case.summons[0].clock_id == story.clock(ClockKind.REPORT_IN).clock_id


@pytest.mark.rule("R5", "R4.3")
def test_a_helper_that_gets_the_case_is_called_no_longer() -> None:
    calls = (Call(unit_id="works", asked="看看"),)
    urgent = {"reason": EscalationReason.EMERGENCY, "text": "塌陷"}
    story = in_sus_hands().and_then(
        by(SU, "03-02 10:30", Summon, calls=calls, text="协助"),
        by(SU, "03-02 11:00", Escalate, **urgent),
    )
    assert story.running(ClockKind.REPORT_IN).stopped_at is not None


def test_what_was_due_sooner_than_an_emergency_s_time_stays_due_then() -> None:
    story = with_helpers().at("03-02 15:50")
    was = story.clock(ClockKind.REPORT_IN)
    assert story.and_then(by(SU, "03-02 16:00", Reclassify, **BURST)).clock(was.kind) == was


@pytest.mark.rule("R6.5", "R2.1")
def test_more_time_asked_for_before_it_was_an_emergency_is_no_more() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", RequestExtension, extend_by=ONE_DAY, text="等"),
        by(WEI, "03-02 11:10", Reclassify, **BURST),
    )
    granted = {"granted": True, "text": "可"}
    story.when(by(XIE, "03-02 11:20", DecideExtension, **granted)).then_refused(
        "no_extension_asked", "R6.5"
    )


@pytest.mark.rule("R4.2", "R4.5", "R5")
def test_who_is_asked_or_called_is_told_that_it_is_due_sooner() -> None:
    corrected = by(WEI, "03-02 11:10", Reclassify, **BURST)
    offered = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", Transfer, unit_id="works", text="路面"), corrected
    )
    assert hastened(offered, Reclassified) == {"wang"}
    called = with_helpers().and_then(by(SU, "03-02 11:00", Reclassify, **BURST))
    assert hastened(called, Reclassified) == {"water"}
    urgent = {"reason": EscalationReason.EMERGENCY, "text": "塌陷"}
    up = with_helpers().and_then(by(SU, "03-02 11:00", Escalate, **urgent))
    assert hastened(up, Arrived) == {"water"}
    contested = sent_back_twice("noise", **OF_TWO).and_then(
        by(LI, "03-02 09:20", ReportDanger, **THREAT)
    )
    assert hastened(contested, DangerReported) == {contested.case.questions[0].person_id}
    assert hastened(burst_in_gaos_hands(), Arrived) == set()


def hastened(story: Story, kind: type[Any]) -> set[str]:
    told = notices(story.case, story.case, story.last(kind), story.book)
    return {notice.recipient for notice in told if notice.topic == "case.hastened"}
