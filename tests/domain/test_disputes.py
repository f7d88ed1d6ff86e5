"""R7.1, R7.4: every party is asked, nobody is made to mediate, and what fails goes further."""

import pytest

from domain.commands import (
    Accept,
    Contact,
    DeclareRelation,
    Escalate,
    FailMediation,
    GiveConsent,
    OpenMediation,
    RecordProgress,
    ReferDispute,
    Resolve,
    Resume,
    Suspend,
    Tick,
    Withdraw,
    WithdrawConsent,
)
from domain.events import (
    Arrived,
    ClockWarned,
    Closed,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    DisputeReferred,
    Escalated,
    MediationFailed,
    MediationOpened,
    ProgressRecorded,
    Resumed,
    Suspended,
)
from domain.words import (
    CaseType,
    ClockKind,
    ClosingReason,
    EscalationReason,
    Phase,
    ReferredTo,
    Role,
    Stage,
    SuspensionGround,
)
from domain.words.disputes import FailureReason, Given, MediationStep, Relation
from tests.domain.quarrel import (
    GAVE_UP,
    LI,
    MA,
    MO,
    NO,
    STRANGER,
    YES,
    asked,
    at_the_street,
    consented,
    drafted,
    failed_at_the_street,
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
    MEI,
    RESIDENT,
    SU,
    XIE,
    XU,
    by,
    event,
    in_sus_hands,
    received,
)
from tests.domain.town import POSTS, said, town, without

pytestmark = pytest.mark.rule("R7.1", "R7.4")

COURT = {"to": ReferredTo.COURT, "reference": "（2026）民初12号"}
SPOKEN = {"given": True, "subject": "party-1", "how": Given.IN_PERSON, "text": "当面同意"}
STILL = SuspensionGround.AWAITING_RESIDENT
UP = event(Escalated, reason=EscalationReason.MEDIATION_FAILED)


# -- asking --------------------------------------------------------------------


def test_opening_asks_every_party_and_the_handling_clock_waits_for_them() -> None:
    story = (
        quarrel()
        .when(by(CAO, "03-02 11:00", OpenMediation))
        .then(event(MediationOpened, number=1, unit_id="orchard"), event(Suspended, ground=STILL))
    )
    assert said(story.clock(ClockKind.CONSENT).due_at) == "2026-03-07 11:00"
    assert story.running(ClockKind.RESIDENT).live
    assert story.running(ClockKind.HANDLE).paused_at is not None


def test_a_clock_whose_ground_is_used_up_runs_on_while_the_parties_are_asked() -> None:
    used = quarrel().and_then(
        by(CAO, "03-02 10:10", Suspend, ground=STILL, text="等照片"),
        by(CAO, "03-02 10:20", Resume),
    )
    story = used.when(by(CAO, "03-02 11:00", OpenMediation)).then(MediationOpened)
    assert story.running(ClockKind.HANDLE).live


def test_the_supervisor_over_it_may_open_too_and_others_may_not() -> None:
    quarrel().when(by(XU, "03-02 11:00", OpenMediation)).then(MediationOpened, Suspended)
    for who in (MEI, GAO, MO):
        quarrel().when(by(who, "03-02 11:00", OpenMediation)).then_forbidden("not_entitled", "§2")
    quarrel().when(by(RESIDENT, "03-02 11:00", OpenMediation)).then_forbidden("staff_only", "§2")


def test_a_request_is_not_mediated() -> None:
    in_sus_hands().when(by(SU, "03-02 11:00", OpenMediation)).then_refused("not_a_dispute", "R7.1")


def test_mediation_is_opened_where_the_case_is_in_somebody_s_hands() -> None:
    asked().when(by(CAO, "03-02 12:00", OpenMediation)).then_refused("not_in_progress", "R7.1")
    parties = (Contact(name="李"),)
    fresh = received("stairs", case_type=CaseType.DISPUTE, parties=parties)
    fresh.when(by(MEI, "03-02 09:10", OpenMediation)).then_refused("hand_over_first", "R7.1")


def test_one_rung_mediates_once() -> None:
    consented().when(by(CAO, "03-03 11:00", OpenMediation)).then_refused(
        "already_mediated_here", "R7.4"
    )


# -- answering -----------------------------------------------------------------


def test_with_the_last_consent_the_handling_clock_runs_again_for_the_panel() -> None:
    one = (
        asked()
        .when(by(RESIDENT, "03-02 12:00", GiveConsent, **YES))
        .then(event(ConsentGiven, subject="reporter", how=Given.OWN_LINK))
    )
    story = one.when(by(LI, "03-03 10:00", GiveConsent, **YES)).then(
        event(ConsentGiven, subject="party-1"), Resumed
    )
    assert story.case.mediation is not None
    assert story.case.mediation.step is MediationStep.CONSENTED
    assert story.running(ClockKind.CONSENT).stopped_at is not None
    assert story.running(ClockKind.HANDLE).live


def test_a_consent_given_in_person_is_recorded_with_how_and_by_whom() -> None:
    story = (
        asked()
        .when(by(MEI, "03-02 12:00", GiveConsent, **SPOKEN))
        .then(event(ConsentGiven, subject="party-1", how=Given.IN_PERSON))
    )
    assert story.last(ConsentGiven).by.person_id == "mei"
    silent = SPOKEN | {"how": Given.OWN_LINK}
    asked().when(by(CAO, "03-02 12:00", GiveConsent, **silent)).then_refused(
        "how_it_was_given_missing", "R7.1"
    )
    asked().when(by(BO, "03-02 12:00", GiveConsent, **SPOKEN)).then_forbidden("not_entitled", "§2")


def test_each_party_speaks_for_itself_and_nobody_else() -> None:
    asked().when(by(RESIDENT, "03-02 12:00", GiveConsent, **SPOKEN)).then_forbidden(
        "not_your_word", "R7.1"
    )
    asked().when(by(STRANGER, "03-02 12:00", GiveConsent, **YES)).then_forbidden(
        "not_a_party", "R7.1"
    )
    nobody = SPOKEN | {"subject": "party-7"}
    asked().when(by(CAO, "03-02 12:00", GiveConsent, **nobody)).then_refused(
        "unknown_party", "R7.1"
    )


def test_a_second_click_is_no_second_consent() -> None:
    story = asked().and_then(by(LI, "03-02 12:00", GiveConsent, **YES))
    story.when(by(LI, "03-02 12:01", GiveConsent, **YES)).then_refused("already_consented", "R7.1")


def test_a_refusal_takes_the_dispute_to_the_next_rung() -> None:
    story = (
        asked()
        .when(by(LI, "03-02 12:00", GiveConsent, **NO))
        .then(
            event(ConsentRefused, subject="party-1"),
            event(MediationFailed, reason=FailureReason.REFUSED),
            UP,
            event(Arrived, unit_id="bridge"),
        )
    )
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    assert story.running(ClockKind.CONSENT).stopped_at is not None


def test_silence_past_the_clock_is_no_consent() -> None:
    story = asked().and_then(by(LI, "03-03 12:00", GiveConsent, **YES))
    story = story.when(by(CLOCK, "03-07 11:00", Tick)).then(
        event(MediationFailed, at="03-07 11:00", reason=FailureReason.SILENCE),
        UP,
        event(Arrived, unit_id="bridge"),
    )
    assert story.case.mediation is None


def test_consent_can_be_taken_back_while_it_lasts() -> None:
    for story, when in (
        (consented(), "03-03 10:30"),
        (formed(), "03-04 09:00"),
        (drafted(), "03-05 18:00"),
    ):
        story.when(by(LI, when, WithdrawConsent)).then(
            ConsentWithdrawn, event(MediationFailed, reason=FailureReason.WITHDRAWN), UP, Arrived
        )
    asked().when(by(LI, "03-02 12:00", WithdrawConsent)).then_refused("not_consented", "R7.1")
    settled().when(by(LI, "03-06 11:00", WithdrawConsent)).then_refused("no_mediation", "R7.1")


# -- while it lasts ------------------------------------------------------------


def test_work_goes_on_but_nobody_settles_or_moves_what_is_being_mediated() -> None:
    story = consented()
    story.when(by(CAO, "03-03 11:00", RecordProgress, text="送达通知")).then(ProgressRecorded)
    story.when(by(CAO, "03-03 11:00", Resolve, text="已劝和")).then_refused(
        "mediation_under_way", "R7.4"
    )
    up = {"reason": EscalationReason.BEYOND_MEANS, "text": "劝不动"}
    story.when(by(CAO, "03-03 11:00", Escalate, **up)).then_refused("mediation_under_way", "R7.4")
    danger = {"reason": EscalationReason.EMERGENCY, "text": "要动手"}
    story.when(by(CAO, "03-03 11:00", Escalate, **danger)).then(MediationFailed, Escalated, Arrived)


def test_nobody_suspends_by_hand_for_a_mediation_or_escalates_as_if_one_had_failed() -> None:
    by_hand = {"ground": SuspensionGround.MEDIATION, "text": "调解"}
    quarrel().when(by(CAO, "03-02 11:00", Suspend, **by_hand)).then_refused(
        "mediation_suspends_by_itself", "R6.4"
    )
    failed = {"reason": EscalationReason.MEDIATION_FAILED, "text": "不成"}
    quarrel().when(by(CAO, "03-02 11:00", Escalate, **failed)).then_refused(
        "reason_is_automatic", "R4.4"
    )


def test_a_party_does_not_withdraw_the_case_of_the_other() -> None:
    quarrel().when(by(LI, "03-02 11:00", Withdraw)).then_forbidden("reporter_only", "R7.1")
    formed().when(by(RESIDENT, "03-04 11:00", Withdraw)).then(
        MediationFailed, event(Closed, reason=ClosingReason.WITHDRAWN)
    )


def test_where_the_clock_before_the_panel_breaks_the_case_goes_up_and_the_mediation_is_over() -> (
    None
):
    story = consented().at("03-20 12:00")
    assert story.case.stage is not Stage.COMMUNITY
    assert story.case.mediation is None


# -- failing -------------------------------------------------------------------


def test_the_mediators_give_up_and_the_next_rung_tries() -> None:
    story = (
        talked()
        .when(by(MO, "03-05 17:10", FailMediation, **GAVE_UP))
        .then(
            event(MediationFailed, reason=FailureReason.GIVEN_UP),
            UP,
            event(Arrived, unit_id="bridge"),
        )
    )
    again = story.and_then(by(SU, "03-06 09:00", Accept))
    again.when(by(SU, "03-06 09:10", OpenMediation)).then(
        event(MediationOpened, number=2, unit_id="bridge"), Suspended
    )


def test_only_who_mediates_or_handles_gives_up() -> None:
    talked().when(by(CAO, "03-05 17:10", FailMediation, **GAVE_UP)).then(
        MediationFailed, UP, Arrived
    )
    talked().when(by(MA, "03-05 17:10", FailMediation, **GAVE_UP)).then_forbidden(
        "not_entitled", "§2"
    )
    quarrel().when(by(CAO, "03-02 11:00", FailMediation, **GAVE_UP)).then_refused(
        "no_mediation", "R7.1"
    )


def test_nobody_gives_up_what_the_parties_have_not_answered_yet() -> None:
    asked().when(by(CAO, "03-02 11:10", FailMediation, **GAVE_UP)).then_refused(
        "consents_missing", "R7.1"
    )


@pytest.mark.rule("R7.3")
def test_the_handler_gives_up_only_what_was_tried_or_what_nobody_can_mediate() -> None:
    for story, when in ((consented(), "03-03 10:30"), (formed(), "03-03 12:00")):
        story.when(by(CAO, when, FailMediation, **GAVE_UP)).then_refused("no_session_held", "R7.3")
    formed().when(by(MO, "03-03 12:00", FailMediation, **GAVE_UP)).then(
        MediationFailed, UP, Arrived
    )
    nobody = town(posts=[p for p in POSTS if p.role is not Role.MEDIATOR])
    consented().under(nobody).when(by(CAO, "03-03 11:00", FailMediation, **GAVE_UP)).then(
        MediationFailed, UP, Arrived
    )


@pytest.mark.rule("R7.2")
def test_nobody_with_a_stake_refers_the_dispute() -> None:
    stake = {"about": "handler", "relation": Relation.COMPLAINED_ABOUT}
    story = failed_at_the_street().and_then(by(LI, "03-10 10:30", DeclareRelation, **stake))
    story.when(by(SU, "03-10 11:00", ReferDispute, **COURT)).then_forbidden("has_a_stake", "R7.2")


def test_at_the_street_it_stays_to_be_referred() -> None:
    story = failed_at_the_street()
    assert story.case.stage is Stage.STREET
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.running(ClockKind.HANDLE).live


def test_where_nobody_is_above_the_dispute_is_referred_from_where_it_is() -> None:
    alone = asked().under(town(posts=without("street-bridge")))
    story = alone.when(by(LI, "03-02 12:00", GiveConsent, **NO)).then(
        ConsentRefused, MediationFailed, Resumed
    )
    story.when(by(CAO, "03-02 13:00", ReferDispute, **COURT)).then(DisputeReferred, Closed)


def test_the_end_is_another_door_with_the_reference_it_has_there() -> None:
    story = (
        failed_at_the_street()
        .when(by(SU, "03-10 11:00", ReferDispute, **COURT))
        .then(
            event(DisputeReferred, to=ReferredTo.COURT, reference="（2026）民初12号"),
            event(Closed, reason=ClosingReason.REFERRED, referred_to=ReferredTo.COURT),
        )
    )
    assert story.case.closed_at is not None


def test_no_door_before_mediation_was_tried_to_the_end() -> None:
    for story in (quarrel(), at_the_street()):
        story.when(by(CAO, "03-06 10:00", ReferDispute, **COURT)).then_refused(
            "mediation_not_exhausted", "R7.4"
        )
    story = failed_at_the_street()
    police = COURT | {"to": ReferredTo.PETITION_OFFICE}
    story.when(by(SU, "03-10 11:00", ReferDispute, **police)).then_refused(
        "no_door_for_disputes", "R7.4"
    )
    story.when(by(XIE, "03-10 11:00", ReferDispute, **COURT)).then_forbidden("not_entitled", "§2")
    held = {"ground": SuspensionGround.LEGAL_PROCEDURE, "text": "鉴定"}
    story.and_then(by(SU, "03-10 10:30", Suspend, **held)).when(
        by(SU, "03-10 11:00", ReferDispute, **COURT)
    ).then_refused("not_in_progress", "R7.4")


def test_an_unused_door_is_not_forgotten() -> None:
    story = failed_at_the_street().at("03-20 12:00")
    assert story.case.stage is Stage.DEPARTMENT
    assert story.all(ClockWarned)
