"""R7.2, R7.4: a party's word recorded by somebody else is the mediators' to record, and the party's
to take back; nobody with a declared stake has a hand in an agreement or in its duties.
"""

import pytest

from domain.commands import (
    CheckDuty,
    ConfirmAgreement,
    DeclareRelation,
    DraftAgreement,
    GiveConsent,
    RejectMediator,
    Tick,
    WithdrawConsent,
)
from domain.events import (
    AgreementConfirmed,
    AgreementInForce,
    AgreementRejected,
    ClockBroken,
    ConsentGiven,
    ConsentWithdrawn,
    DutyChecked,
    DutyCheckPassedUp,
    DutyFellDue,
    MediatorLeft,
    RelationDeclared,
    Resolved,
)
from domain.words import ClockKind, Phase
from domain.words.disputes import Given, MediationStep, Relation
from tests.domain.quarrel import (
    CHANGED,
    LI,
    MIN,
    MO,
    YES,
    asked,
    closed,
    draft,
    drafted,
    formed,
    settled,
    talked,
)
from tests.domain.story import CAO, CLOCK, MEI, RESIDENT, XU, Story, by, event
from tests.domain.test_dispute_notices import told
from tests.domain.town import local, said

pytestmark = pytest.mark.rule("R7.2", "R7.4")

SPOKEN = {"subject": "party-1", "how": Given.IN_PERSON}
HERS = CHANGED | SPOKEN
HIS = CHANGED | {"subject": "reporter", "how": Given.IN_WRITING}
NO = {"confirmed": False, "draft": 1, "text": "没有说过"}
HANDLER = {"about": "handler", "relation": Relation.COMPLAINED_ABOUT}
DONE = {"duty_id": "duty-1.1.1", "performed": True, "text": "已清理"}
UNDONE = DONE | {"performed": False, "text": "杂物仍在"}


def heard() -> Story:
    """Wang confirmed on Friday at nine; Mo wrote down at ten that Li had said yes."""
    return drafted().and_then(
        by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
        by(MO, "03-06 10:00", ConfirmAgreement, **HERS),
    )


# -- who records ---------------------------------------------------------------


def test_only_who_mediates_records_that_a_party_confirmed() -> None:
    for who in (CAO, MEI, MIN):
        drafted().when(by(who, "03-06 09:00", ConfirmAgreement, **HERS)).then_forbidden(
            "not_entitled", "§2"
        )
    drafted().when(by(MO, "03-06 09:00", ConfirmAgreement, **HERS)).then(
        event(AgreementConfirmed, subject="party-1", how=Given.IN_PERSON)
    )


def test_that_a_party_does_not_confirm_is_heard_by_whoever_it_tells() -> None:
    for who in (CAO, MEI, MO):
        drafted().when(by(who, "03-06 09:00", ConfirmAgreement, **(NO | SPOKEN))).then(
            AgreementRejected
        )


# -- whose word it stays -------------------------------------------------------


def test_the_party_is_told_what_was_recorded_and_has_the_full_time_to_take_it_back() -> None:
    story = heard()
    assert story.last(AgreementConfirmed).by.person_id == "mo"
    assert told(story, AgreementConfirmed) == {"party party-1"}
    assert story.case.phase is Phase.SUSPENDED
    assert said(story.clock(ClockKind.CONFIRM).due_at) == "2026-03-11 10:00"
    back = story.when(by(LI, "03-08 20:00", ConfirmAgreement, **NO)).then(
        event(AgreementRejected, subject="party-1", how=Given.OWN_LINK)
    )
    assert back.case.mediation is not None
    assert back.case.mediation.step is MediationStep.UNDER_WAY


def test_what_nobody_took_back_is_in_force_when_the_time_is_over() -> None:
    story = heard().at("03-11 09:59")
    story.when(by(CLOCK, "03-11 10:00", Tick)).then(
        event(AgreementInForce, at="03-11 10:00", court_until=local("04-10 10:00")), Resolved
    )


def test_what_was_noticed_late_is_in_force_since_then_and_the_rating_is_asked_for_now() -> None:
    story = heard().at("03-11 09:59")
    story.when(by(CLOCK, "03-12 09:00", Tick)).then(
        event(AgreementInForce, at="03-11 10:00"), event(Resolved, at="03-12 09:00")
    )


def test_with_the_party_s_own_word_it_is_in_force_at_once() -> None:
    heard().when(by(LI, "03-06 11:00", ConfirmAgreement, **CHANGED)).then(
        event(AgreementConfirmed, subject="party-1", how=Given.OWN_LINK),
        AgreementInForce,
        Resolved,
    )
    both = drafted().and_then(
        by(MO, "03-06 09:00", ConfirmAgreement, **HERS),
        by(RESIDENT, "03-06 10:00", ConfirmAgreement, **CHANGED),
    )
    both.when(by(LI, "03-06 11:00", ConfirmAgreement, **CHANGED)).then(
        AgreementConfirmed, AgreementInForce, Resolved
    )


def test_a_word_is_recorded_once() -> None:
    heard().when(by(MO, "03-06 11:00", ConfirmAgreement, **HERS)).then_refused(
        "already_confirmed", "R7.4"
    )
    own = drafted().and_then(by(LI, "03-06 09:00", ConfirmAgreement, **CHANGED))
    own.when(by(MO, "03-06 10:00", ConfirmAgreement, **HERS)).then_refused(
        "already_confirmed", "R7.4"
    )


def test_an_agreement_between_two_without_a_phone_waits_for_nobody_s_silence_but_their_own() -> (
    None
):
    story = drafted().and_then(
        by(MO, "03-06 09:00", ConfirmAgreement, **HERS),
        by(MO, "03-06 09:10", ConfirmAgreement, **HIS),
    )
    assert said(story.clock(ClockKind.CONFIRM).due_at) == "2026-03-11 09:10"
    assert story.at("03-11 09:10").all(AgreementInForce)


def test_a_new_draft_asks_for_every_word_anew() -> None:
    story = heard().and_then(by(MO, "03-07 10:00", DraftAgreement, **draft("party-1")))
    second = {"confirmed": True, "draft": 2}
    story = story.and_then(by(RESIDENT, "03-07 11:00", ConfirmAgreement, **second))
    story.when(by(LI, "03-07 12:00", ConfirmAgreement, **second)).then(
        AgreementConfirmed, AgreementInForce, Resolved
    )


@pytest.mark.rule("R7.1")
def test_a_party_learns_that_somebody_else_recorded_its_consent() -> None:
    story = asked().and_then(by(CAO, "03-02 12:00", GiveConsent, **YES, **SPOKEN))
    assert told(story, ConsentGiven) == {"person cao", "party party-1"}
    gone = story.and_then(by(MEI, "03-02 13:00", WithdrawConsent, **SPOKEN))
    assert told(gone, ConsentWithdrawn) == {"person cao", "party party-1"}


def test_a_party_without_a_phone_rejects_a_mediator_in_person() -> None:
    story = formed().when(by(MEI, "03-04 09:00", RejectMediator, seat=1, **SPOKEN))
    after = story.then(event(MediatorLeft, subject="party-1", how=Given.IN_PERSON, person_id="mo"))
    assert told(after, MediatorLeft) == {"person cao", "person mo", "party party-1"}
    after.when(by(LI, "03-04 09:10", RejectMediator, seat=1)).then_refused(
        "already_rejected_one", "R7.2"
    )
    formed().when(by(MIN, "03-04 09:00", RejectMediator, seat=1, **SPOKEN)).then_forbidden(
        "not_entitled", "§2"
    )


# -- a declared stake ------------------------------------------------------------


def complained() -> Story:
    """Li complained about Cao before both confirmed on Friday."""
    return drafted().and_then(
        by(LI, "03-05 17:40", DeclareRelation, **HANDLER),
        by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
        by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED),
    )


def test_who_is_complained_about_checks_no_duty() -> None:
    for seen in (DONE, UNDONE):
        complained().when(by(CAO, "03-06 11:00", CheckDuty, **seen)).then_forbidden(
            "has_a_stake", "R7.2"
        )
    complained().when(by(MO, "03-06 11:00", CheckDuty, **DONE)).then(DutyChecked)


def test_who_is_complained_about_is_not_asked_to_check_but_a_superior_is() -> None:
    story = complained().at("04-20 17:59")
    due = story.when(by(CLOCK, "04-20 18:00", Tick))
    asked_of = due.then(event(DutyFellDue, unit_id="bridge", person_id="xu"))
    assert asked_of.running(ClockKind.DUTY_CHECK).live


def test_a_superior_with_a_stake_is_passed_over() -> None:
    own = {"about": "xu", "relation": Relation.RELATIVE}
    story = drafted().and_then(
        by(XU, "03-05 17:40", DeclareRelation, **own),
        by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
        by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED),
    )
    story = story.at("04-20 18:00").at("04-22 17:29")
    story.when(by(CLOCK, "04-22 17:30", Tick)).then(
        ClockBroken, event(DutyCheckPassedUp, unit_id="east", person_id="xie")
    )


def test_a_stake_is_declared_for_as_long_as_a_duty_is_owed() -> None:
    for story, when in ((settled(), "03-06 11:00"), (closed(), "03-07 11:00")):
        told_so = story.when(by(LI, when, DeclareRelation, **HANDLER)).then(RelationDeclared)
        told_so.when(by(CAO, "03-08 11:00", CheckDuty, **DONE)).then_forbidden(
            "has_a_stake", "R7.2"
        )
    mediator = {"about": "mediator-1", "relation": Relation.RELATIVE}
    story = closed().and_then(by(LI, "03-07 11:00", DeclareRelation, **mediator))
    story.when(by(MO, "03-08 11:00", CheckDuty, **DONE)).then_forbidden("has_a_stake", "R7.2")
    done = closed().and_then(by(MO, "03-07 11:00", CheckDuty, **DONE))
    done.when(by(LI, "03-07 12:00", DeclareRelation, **HANDLER)).then_refused("not_open", "R7.2")


def test_a_mediator_with_a_stake_neither_drafts_nor_records() -> None:
    mediator = {"about": "mediator-1", "relation": Relation.RELATIVE}
    story = talked().and_then(by(LI, "03-05 17:10", DeclareRelation, **mediator))
    story.when(by(MO, "03-05 17:30", DraftAgreement, **draft("party-1"))).then_forbidden(
        "not_entitled", "§2"
    )
    later = drafted().and_then(by(LI, "03-05 17:40", DeclareRelation, **mediator))
    later.when(by(MO, "03-06 09:00", ConfirmAgreement, **HERS)).then_forbidden("not_entitled", "§2")
