"""R7.4, R7.5: duties are checked after closing; what was not performed is open again."""

import pytest

from domain.commands import (
    Accept,
    CheckDuty,
    ConfirmAgreement,
    Contact,
    DraftAgreement,
    OpenMediation,
    Rate,
    ReportDanger,
    Resolve,
    ReturnCase,
    Tick,
    Withdraw,
)
from domain.events import (
    Arrived,
    ClockBroken,
    ClockWarned,
    DangerReported,
    DisputeReopened,
    DutyChecked,
    DutyCheckPassedUp,
    DutyFellDue,
    Rated,
    Resumed,
    ReviewDecided,
)
from domain.words import CaseType, ClockKind, Phase, ReturnReason, Stage, Urgency
from domain.words.disputes import ReopeningReason
from domain.words.redress import Finding
from tests.domain.quarrel import (
    CHANGED,
    LI,
    MO,
    RATED,
    STRANGER,
    asked,
    closed,
    draft,
    formed,
    quarrel,
    settled,
    talked,
)
from tests.domain.story import (
    BO,
    CAO,
    CLOCK,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    SU,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    in_sus_hands,
)
from tests.domain.town import said, town, without

pytestmark = pytest.mark.rule("R7.4")

DONE = {"duty_id": "duty-1.1.1", "performed": True, "text": "已清理"}
UNDONE = {"duty_id": "duty-1.1.1", "performed": False, "text": "杂物仍在"}
THREAT = {"text": "扬言动手"}


def due() -> Story:
    """On 20 April at six nobody had looked yet."""
    return closed().at("04-20 18:00")


# -- checking ------------------------------------------------------------------


def test_a_duty_performed_is_settled_for_good() -> None:
    story = (
        closed()
        .when(by(MO, "03-20 10:00", CheckDuty, **DONE))
        .then(event(DutyChecked, performed=True))
    )
    assert story.running(ClockKind.DUTY).stopped_at is not None
    story.when(by(MO, "03-21 10:00", CheckDuty, **DONE)).then_refused("already_checked", "R7.4")


def test_the_mediator_the_officer_the_handler_and_supervisors_check() -> None:
    for who in (MO, MEI, CAO, XU):
        closed().when(by(who, "03-20 10:00", CheckDuty, **DONE)).then(DutyChecked)
    for who in (BO, GAO):
        closed().when(by(who, "03-20 10:00", CheckDuty, **DONE)).then_forbidden(
            "not_entitled", "§2"
        )
    closed().when(by(LI, "03-20 10:00", CheckDuty, **DONE)).then_forbidden("staff_only", "§2")


def test_only_a_duty_there_is_and_only_after_its_day_is_it_not_performed() -> None:
    other = DONE | {"duty_id": "duty-9"}
    closed().when(by(MO, "03-20 10:00", CheckDuty, **other)).then_refused("no_such_duty", "R7.4")
    closed().when(by(MO, "03-20 10:00", CheckDuty, **UNDONE)).then_refused("not_due_yet", "R7.4")


def test_on_its_day_who_answers_and_who_mediated_are_to_look() -> None:
    story = (
        closed()
        .when(by(CLOCK, "04-20 18:00", Tick))
        .then(event(DutyFellDue, unit_id="orchard", person_id="cao"))
    )
    assert said(story.clock(ClockKind.DUTY_CHECK).due_at) == "2026-04-22 17:30"
    story.when(by(MO, "04-21 10:00", CheckDuty, **DONE)).then(DutyChecked)


def test_who_checks_is_never_lost() -> None:
    story = (
        due()
        .at("04-22 17:29")
        .when(by(CLOCK, "04-22 17:30", Tick))
        .then(ClockBroken, event(DutyCheckPassedUp, unit_id="bridge", person_id="xu"))
    )
    for day in ("04-24 18:00", "04-28 18:00", "04-30 18:00"):
        story = story.at(day)
    asked_of = [e.person_id for e in story.all(DutyCheckPassedUp)]
    assert asked_of == ["xu", "xie", "xia", "xia"]
    assert story.running(ClockKind.DUTY_CHECK).live
    story.when(by(XU, "04-30 19:00", CheckDuty, **DONE)).then(DutyChecked)


def test_where_no_superior_is_left_the_topmost_unit_is_told() -> None:
    none = without("supervisor-bridge", "supervisor-east", "supervisor-city")
    story = due().under(town(posts=none)).at("04-22 17:30")
    assert story.last(DutyCheckPassedUp).unit_id == "city"


def test_a_warned_check_is_one_of_somebody_s_duties() -> None:
    assert due().at("04-21 17:30").all(ClockWarned)


# -- not performed -------------------------------------------------------------


def test_an_agreement_not_performed_reopens_the_case_where_it_was_mediated() -> None:
    story = (
        due()
        .when(by(MO, "04-21 10:00", CheckDuty, **UNDONE))
        .then(
            event(DutyChecked, performed=False),
            event(DisputeReopened, round=2, reason=ReopeningReason.NOT_PERFORMED),
            event(Arrived, unit_id="orchard", person_id="cao", accepted=False),
        )
    )
    assert story.case.closed_at is None
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    assert story.case.ratings == ((1, "reporter"), (1, "party-1"))
    assert story.running(ClockKind.ACCEPT).live
    assert story.running(ClockKind.RESIDENT).live
    assert said(story.clock(ClockKind.RESIDENT).started_at) == "2026-04-21 10:00"


def test_the_new_round_is_mediated_and_rated_anew() -> None:
    story = due().and_then(
        by(MO, "04-21 10:00", CheckDuty, **UNDONE), by(CAO, "04-21 10:30", Accept)
    )
    story.and_then(by(CAO, "04-21 11:00", OpenMediation))
    again = story.and_then(by(CAO, "04-21 11:00", Resolve, text="已清理"))
    again.when(by(LI, "04-21 12:00", Rate, **RATED)).then(event(Rated, round=2))


def test_before_the_ratings_are_in_it_reopens_as_well() -> None:
    story = settled_with({"due": "03-09 09:00"}).at("03-09 09:00")
    story = story.when(by(CAO, "03-09 09:30", CheckDuty, **UNDONE)).then(
        DutyChecked, DisputeReopened, Arrived
    )
    assert story.running(ClockKind.RATING).stopped_at is not None


def settled_with(draft_of: dict[str, str]) -> Story:
    return talked().and_then(
        by(MO, "03-05 17:30", DraftAgreement, **draft("party-1", "party-1", **draft_of)),
        by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
        by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED),
    )


@pytest.mark.rule("R10.2")
def test_a_rating_under_review_was_right_when_the_agreement_is_not_performed() -> None:
    bad = RATED | {"grade": 1}
    story = settled_with({"due": "03-09 09:00"}).and_then(by(LI, "03-06 12:00", Rate, **bad))
    assert story.case.phase is Phase.UNDER_REVIEW
    story = (
        story.at("03-09 09:00")
        .when(by(CAO, "03-09 09:30", CheckDuty, **UNDONE))
        .then(
            DutyChecked, event(ReviewDecided, finding=Finding.JUSTIFIED), DisputeReopened, Arrived
        )
    )
    assert story.case.questions == ()


def test_a_second_duty_not_performed_finds_the_case_open() -> None:
    story = settled_with({"due": "03-09 09:00"}).and_then(
        by(CAO, "03-09 10:00", CheckDuty, **UNDONE)
    )
    second = UNDONE | {"duty_id": "duty-1.1.2"}
    story.when(by(CAO, "03-09 11:00", CheckDuty, **second)).then(DutyChecked)


def test_a_reopened_case_goes_to_who_answers_there_now_or_above() -> None:
    gone = due().under(town(posts=without("community-orchard")))
    story = gone.when(by(MO, "04-21 10:00", CheckDuty, **UNDONE)).then(
        DutyChecked, DisputeReopened, event(Arrived, unit_id="bridge", person_id="su")
    )
    assert story.case.stage is Stage.STREET
    nobody = due().under(
        town(posts=without("community-orchard", "street-bridge", "works-1", "works-2"))
    )
    left = nobody.and_then(by(MO, "04-21 10:00", CheckDuty, **UNDONE))
    assert left.case.stint.person_id == "cao"


# -- danger --------------------------------------------------------------------


@pytest.mark.rule("R7.5")
def test_signs_of_violence_are_an_emergency_at_once() -> None:
    story = (
        quarrel()
        .when(by(LI, "03-02 20:00", ReportDanger, **THREAT))
        .then(event(DangerReported, subject="party-1"))
    )
    assert story.case.urgency is Urgency.EMERGENCY
    assert said(story.clock(ClockKind.ON_SITE).due_at) == "2026-03-02 22:00"
    assert said(story.clock(ClockKind.HANDLE).due_at) == "2026-03-03 00:00"
    assert story.running(ClockKind.RESIDENT).live


@pytest.mark.rule("R7.5")
def test_a_mediation_s_standing_clock_runs_again_in_danger() -> None:
    story = (
        formed()
        .when(by(MO, "03-04 10:00", ReportDanger, **THREAT))
        .then(event(Resumed, automatic=True), DangerReported)
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.case.mediation is not None


@pytest.mark.rule("R7.5")
def test_everybody_who_has_to_do_with_it_may_report_and_every_report_counts() -> None:
    story = formed()
    for who in (MO, CAO, MEI, XU):
        story.when(by(who, "03-04 10:00", ReportDanger, **THREAT)).then(Resumed, DangerReported)
    twice = story.and_then(by(MO, "03-04 10:00", ReportDanger, **THREAT))
    twice.when(by(RESIDENT, "03-04 10:10", ReportDanger, **THREAT)).then(
        event(DangerReported, clocks=())
    )
    story.when(by(GUO, "03-04 10:00", ReportDanger, **THREAT)).then_forbidden("not_entitled", "§2")
    story.when(by(STRANGER, "03-04 10:00", ReportDanger, **THREAT)).then_forbidden(
        "not_a_party", "R7.1"
    )
    in_sus_hands().when(by(SU, "03-02 11:00", ReportDanger, **THREAT)).then_refused(
        "not_a_dispute", "R7.1"
    )


@pytest.mark.rule("R7.5")
def test_what_waits_to_be_accepted_is_to_be_accepted_within_half_an_hour() -> None:
    waiting = at_the_grid(case_type=CaseType.DISPUTE, parties=(Contact(name="李"),))
    story = waiting.when(by(GAO, "03-02 09:40", ReportDanger, **THREAT)).then(DangerReported)
    assert said(story.clock(ClockKind.ACCEPT).due_at) == "2026-03-02 10:10"


@pytest.mark.rule("R7.5")
def test_danger_opens_again_what_was_settled_or_closed() -> None:
    for story, when in ((settled(), "03-06 11:00"), (closed(), "03-10 11:00")):
        again = story.when(by(LI, when, ReportDanger, **THREAT)).then(
            DangerReported, event(DisputeReopened, reason=ReopeningReason.DANGER), Arrived
        )
        assert again.case.urgency is Urgency.EMERGENCY
        assert again.running(ClockKind.DUTY).live
    withdrawn = asked().and_then(by(RESIDENT, "03-02 12:00", Withdraw))
    withdrawn.when(by(RESIDENT, "03-02 13:00", ReportDanger, **THREAT)).then(
        DangerReported, DisputeReopened, Arrived
    )


def worn_out() -> Story:
    """Nobody did anything until it stood overdue at the department."""
    return quarrel().at("03-20 10:00").at("04-20 10:00").at("06-01 10:29")


@pytest.mark.rule("R7.5")
def test_a_breach_is_not_undone_by_danger() -> None:
    story = worn_out()
    assert story.running(ClockKind.HANDLE).broken_at is not None
    story.when(by(LI, "06-01 10:30", ReportDanger, **THREAT)).then(DangerReported)


@pytest.mark.rule("R4.2")
def test_a_unit_whose_case_was_opened_again_does_not_send_it_back_to_itself() -> None:
    story = closed().and_then(by(MO, "04-21 09:00", CheckDuty, **UNDONE))
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    story.when(
        by(CAO, "04-21 09:30", ReturnCase, reason=ReturnReason.WRONG_UNIT, text="退回")
    ).then_refused("reopened_here", "R7.4", from_unit="orchard")
