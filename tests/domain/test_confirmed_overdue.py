"""R4.4, R7.4: what every party confirmed is not lost to the handling clock, which climbs later."""

import pytest

from domain.commands import ConfirmAgreement, DraftAgreement, ReportDanger, Tick
from domain.events import (
    AgreementConfirmed,
    AgreementInForce,
    AgreementRejected,
    Arrived,
    ClockBroken,
    DangerReported,
    Escalated,
    MediationFailed,
    Resolved,
    SupervisionOrdered,
)
from domain.words import ClockKind, EscalationReason, Stage
from domain.words.disputes import FailureReason, Given
from tests.domain.quarrel import CHANGED, LI, MO, draft, talked
from tests.domain.story import CLOCK, RESIDENT, Story, by, event
from tests.domain.town import town, without

pytestmark = pytest.mark.rule("R4.4", "R7.4")

SPOKEN = CHANGED | {"subject": "party-1", "how": Given.IN_PERSON}
NO = {"confirmed": False, "draft": 1, "text": "没有说过"}
LATE = draft("party-1", due="05-20 18:00")
CLIMBS = event(Escalated, automatic=True, reason=EscalationReason.NOT_HANDLED)


def heard() -> Story:
    """Drafted on 1 April, the limit over on the 2nd; on the 5th Mo heard the last word, a yes."""
    return talked().and_then(
        by(MO, "04-01 17:00", DraftAgreement, **LATE),
        by(RESIDENT, "04-01 17:10", ConfirmAgreement, **CHANGED),
        by(MO, "04-05 17:10", ConfirmAgreement, **SPOKEN),
    )


def overdue() -> Story:
    """On the 7th the handling clock breaks; who has the case keeps it."""
    story = heard().at("04-07 17:29")
    return story.when(by(CLOCK, "04-07 17:30", Tick)).then(event(ClockBroken, person_id="cao"))


def test_what_every_party_confirmed_is_not_lost_to_the_handling_clock() -> None:
    story = overdue()
    assert story.case.stage is Stage.COMMUNITY
    assert story.running(ClockKind.CONFIRM).live
    story.at("04-10 17:09").when(by(CLOCK, "04-10 17:10", Tick)).then(
        event(AgreementInForce, at="04-10 17:10"), Resolved
    )


def test_with_the_party_s_own_word_it_is_in_force_at_once() -> None:
    overdue().when(by(LI, "04-08 09:00", ConfirmAgreement, **CHANGED)).then(
        AgreementConfirmed, AgreementInForce, Resolved
    )


def test_after_a_no_the_next_rung_has_it() -> None:
    story = (
        overdue()
        .when(by(LI, "04-08 09:00", ConfirmAgreement, **NO))
        .then(
            AgreementRejected,
            event(MediationFailed, reason=FailureReason.LIMIT),
            Escalated,
            event(Arrived, unit_id="bridge"),
        )
    )
    assert story.running(ClockKind.HANDLE).stopped_at is not None


def test_without_every_word_it_goes_up_with_the_breach() -> None:
    story = talked().and_then(
        by(MO, "04-01 17:00", DraftAgreement, **LATE),
        by(MO, "04-05 17:10", ConfirmAgreement, **SPOKEN),
    )
    assert story.at("04-07 17:29").case.stage is Stage.COMMUNITY
    story.at("04-07 17:29").when(by(CLOCK, "04-07 17:30", Tick)).then(
        ClockBroken, event(MediationFailed, reason=FailureReason.OVERDUE), CLIMBS, Arrived
    )


@pytest.mark.rule("R6.7")
def test_an_emergency_waits_for_no_word() -> None:
    overdue().when(by(LI, "04-08 09:00", ReportDanger, text="扬言动手")).then(
        DangerReported, event(MediationFailed, reason=FailureReason.OVERDUE), CLIMBS, Arrived
    )


def test_where_nobody_is_above_the_order_is_given_once() -> None:
    alone = town(posts=without("street-bridge", "works-1", "works-2"))
    story = overdue().under(alone)
    after = story.when(by(LI, "04-08 09:00", ConfirmAgreement, **NO)).then(
        AgreementRejected, event(MediationFailed, reason=FailureReason.LIMIT), SupervisionOrdered
    )
    assert after.case.stint.person_id == "cao"


def test_where_an_order_was_given_already_none_is_given_again() -> None:
    alone = town(posts=without("street-bridge", "works-1", "works-2"))
    story = (
        talked()
        .under(alone)
        .and_then(
            by(MO, "04-01 17:00", DraftAgreement, **LATE),
            by(MO, "04-05 17:10", ConfirmAgreement, **SPOKEN),
        )
    )
    story = story.at("04-07 17:31")
    assert len(story.all(SupervisionOrdered)) == 1
    story = story.and_then(by(RESIDENT, "04-08 09:00", ConfirmAgreement, **CHANGED))
    story.when(by(LI, "04-08 10:00", ConfirmAgreement, **NO)).then(
        AgreementRejected, event(MediationFailed, reason=FailureReason.LIMIT)
    )
