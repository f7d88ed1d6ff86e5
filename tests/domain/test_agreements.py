"""R7.4, R7.6: an agreement in force when every party has confirmed it; each rates for itself."""

import pytest

from domain.commands import ConfirmAgreement, DraftAgreement, Rate, Tick
from domain.events import (
    AgreementConfirmed,
    AgreementDrafted,
    AgreementInForce,
    AgreementLapsed,
    AgreementRejected,
    Arrived,
    Closed,
    Escalated,
    MediationFailed,
    Rated,
    Resolved,
    Resumed,
)
from domain.words import ClockKind, ClosingReason, Phase
from domain.words.disputes import FailureReason, Given, MediationStep
from tests.domain.quarrel import (
    CHANGED,
    LI,
    MO,
    RATED,
    STRANGER,
    consented,
    draft,
    drafted,
    formed,
    settled,
    talked,
)
from tests.domain.story import BO, CAO, CLOCK, MEI, RESIDENT, Story, by, event
from tests.domain.town import local, said

pytestmark = pytest.mark.rule("R7.4", "R7.6")

NO = {"confirmed": False, "draft": 1, "text": "太少"}
SPOKEN = {**CHANGED, "subject": "party-1", "how": Given.IN_PERSON}
OTHER = {"confirmed": True, "draft": 2}


def limit_over() -> Story:
    """Drafted the day before the limit, and the limit reached."""
    late = by(MO, "04-01 10:00", DraftAgreement, **draft("party-1"))
    return talked().and_then(late).at("04-02 11:00")


# -- the draft -----------------------------------------------------------------


def test_a_draft_lies_before_the_parties_for_five_days() -> None:
    story = (
        talked()
        .when(by(MO, "03-05 17:30", DraftAgreement, **draft("party-1", "reporter")))
        .then(event(AgreementDrafted, draft=1))
    )
    assert [d.duty_id for d in story.last(AgreementDrafted).duties] == ["duty-1.1.1", "duty-1.1.2"]
    assert said(story.clock(ClockKind.CONFIRM).due_at) == "2026-03-10 17:30"
    assert story.running(ClockKind.MEDIATION).live


def test_a_new_draft_takes_the_place_of_the_old_and_needs_every_word_anew() -> None:
    story = drafted().and_then(by(LI, "03-06 09:00", ConfirmAgreement, **CHANGED))
    story = story.when(by(MO, "03-06 10:00", DraftAgreement, **draft("party-1"))).then(
        event(AgreementDrafted, draft=2)
    )
    story.when(by(RESIDENT, "03-06 11:00", ConfirmAgreement, **CHANGED)).then_refused(
        "another_draft_by_now", "R7.4", draft="2"
    )
    story.when(by(RESIDENT, "03-06 11:00", ConfirmAgreement, **OTHER)).then(AgreementConfirmed)


def test_only_a_mediator_drafts_what_was_talked_about() -> None:
    for who in (CAO, MEI):
        talked().when(by(who, "03-05 17:30", DraftAgreement, **draft())).then_forbidden(
            "not_entitled", "§2"
        )
    talked().when(by(LI, "03-05 17:30", DraftAgreement, **draft())).then_forbidden(
        "staff_only", "§2"
    )
    formed().when(by(MO, "03-05 17:30", DraftAgreement, **draft())).then_refused(
        "no_session_held", "R7.3"
    )
    consented().when(by(MO, "03-03 10:30", DraftAgreement, **draft())).then_refused(
        "not_at_this_step", "R7.1"
    )


def test_a_duty_is_some_party_s_and_still_to_come() -> None:
    talked().when(by(MO, "03-05 17:30", DraftAgreement, **draft("party-9"))).then_refused(
        "unknown_party", "R7.1"
    )
    past = draft("party-1", due="03-05 17:00")
    talked().when(by(MO, "03-05 17:30", DraftAgreement, **past)).then_refused(
        "duty_already_due", "R7.4"
    )


# -- confirming ----------------------------------------------------------------


def test_with_the_last_word_it_is_in_force_and_the_case_is_settled() -> None:
    one = (
        drafted()
        .when(by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED))
        .then(event(AgreementConfirmed, subject="reporter", how=Given.OWN_LINK))
    )
    assert one.case.phase is Phase.SUSPENDED
    story = one.when(by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED)).then(
        event(AgreementConfirmed, subject="party-1"),
        event(AgreementInForce, draft=1, court_until=local("04-05 10:00")),
        Resolved,
    )
    assert story.case.phase is Phase.AWAITING_RATING
    assert said(story.clock(ClockKind.DUTY).due_at) == "2026-04-20 18:00"
    assert story.running(ClockKind.DUTY).live
    assert story.running(ClockKind.MEDIATION).stopped_at is not None


def test_an_agreement_without_duties_is_one_too() -> None:
    story = talked().and_then(
        by(MO, "03-05 17:30", DraftAgreement, **draft()),
        by(LI, "03-06 09:00", ConfirmAgreement, **CHANGED),
    )
    story = story.when(by(RESIDENT, "03-06 10:00", ConfirmAgreement, **CHANGED)).then(
        AgreementConfirmed, event(AgreementInForce, duties=()), Resolved
    )
    assert story.running(ClockKind.CONFIRM).stopped_at is not None


def test_a_word_given_in_person_is_recorded_by_who_heard_it() -> None:
    drafted().when(by(MO, "03-06 09:00", ConfirmAgreement, **SPOKEN)).then(
        event(AgreementConfirmed, subject="party-1", how=Given.IN_PERSON)
    )
    drafted().when(by(BO, "03-06 09:00", ConfirmAgreement, **SPOKEN)).then_forbidden(
        "not_entitled", "§2"
    )
    drafted().when(by(STRANGER, "03-06 09:00", ConfirmAgreement, **CHANGED)).then_forbidden(
        "not_a_party", "R7.1"
    )


def test_a_second_click_is_no_second_word() -> None:
    story = drafted().and_then(by(LI, "03-06 09:00", ConfirmAgreement, **CHANGED))
    story.when(by(LI, "03-06 09:01", ConfirmAgreement, **CHANGED)).then_refused(
        "already_confirmed", "R7.4"
    )
    settled().when(by(LI, "03-06 11:00", ConfirmAgreement, **CHANGED)).then_refused(
        "no_mediation", "R7.1"
    )


def test_a_no_takes_them_back_to_the_talks() -> None:
    story = drafted().and_then(by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED))
    story = story.when(by(LI, "03-06 10:00", ConfirmAgreement, **NO)).then(
        event(AgreementRejected, subject="party-1")
    )
    assert story.case.mediation is not None
    assert story.case.mediation.step is MediationStep.UNDER_WAY
    story.when(by(LI, "03-06 11:00", ConfirmAgreement, **CHANGED)).then_refused(
        "not_at_this_step", "R7.1"
    )
    story.when(by(MO, "03-06 12:00", DraftAgreement, **draft("reporter"))).then(
        event(AgreementDrafted, draft=2)
    )


def test_silence_is_no_confirmation() -> None:
    story = drafted().and_then(by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED))
    story = (
        story.at("03-10 17:29")
        .when(by(CLOCK, "03-10 17:30", Tick))
        .then(event(AgreementLapsed, draft=1))
    )
    story.when(by(LI, "03-10 18:00", ConfirmAgreement, **CHANGED)).then_refused(
        "not_at_this_step", "R7.1"
    )


def test_after_the_limit_a_no_or_silence_ends_the_mediation() -> None:
    limit_over().when(by(LI, "04-02 12:00", ConfirmAgreement, **NO)).then(
        AgreementRejected, event(MediationFailed, reason=FailureReason.LIMIT), Escalated, Arrived
    )
    story = limit_over().at("04-06 10:00")
    kinds = [type(e) for e in story.history[-20:]]
    assert AgreementLapsed in kinds
    assert story.last(MediationFailed).reason is FailureReason.SILENCE
    assert Resumed in kinds


# -- rating --------------------------------------------------------------------


def test_each_party_rates_for_itself_and_the_duty_stays_owed() -> None:
    story = (
        settled()
        .when(by(RESIDENT, "03-06 12:00", Rate, **RATED))
        .then(event(Rated, subject="reporter"))
    )
    story = story.when(by(LI, "03-06 13:00", Rate, **RATED)).then(
        event(Rated, subject="party-1"), event(Closed, reason=ClosingReason.RATED)
    )
    assert story.running(ClockKind.DUTY).live
