"""R7.4: what was agreed is owed and checked, however the case went on and ended."""

import pytest

from domain.commands import (
    Accept,
    CheckDuty,
    ConfirmAgreement,
    DraftAgreement,
    GiveConsent,
    Merge,
    OpenMediation,
    ReferDispute,
    Tick,
    Withdraw,
)
from domain.events import (
    Arrived,
    ClockBroken,
    Closed,
    DisputeReferred,
    DisputeReopened,
    DutyChecked,
    DutyCheckPassedUp,
    DutyFellDue,
    MediationFailed,
)
from domain.words import ClockKind, ClosingReason
from domain.words.disputes import ReopeningReason
from tests.domain.quarrel import CHANGED, LI, MO, YES, draft, settled, talked
from tests.domain.story import CAO, CLOCK, RESIDENT, SU, Story, by, event
from tests.domain.test_disputes import COURT
from tests.domain.town import LEAD, local

pytestmark = pytest.mark.rule("R7.4")

SECOND = {"duty_id": "duty-1.1.2", "performed": True, "text": "已道歉"}
UNDONE = {"duty_id": "duty-1.1.1", "performed": False, "text": "杂物仍在"}


def half_done() -> Story:
    """Two duties, due on Monday the ninth and on 20 April; the first was not performed."""
    first = draft("party-1", due="03-09 09:00")["duties"]
    both = draft("party-1") | {"duties": (*first, *draft("party-1")["duties"])}
    return (
        talked()
        .and_then(
            by(MO, "03-05 17:30", DraftAgreement, **both),
            by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
            by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED),
        )
        .at("03-09 09:00")
        .and_then(
            by(MO, "03-09 09:30", CheckDuty, **UNDONE),
            by(CAO, "03-09 10:00", Accept),
        )
    )


def watched(story: Story) -> None:
    """The second duty has a clock that runs."""
    owed = [r for r in story.case.clocks if r.clock.kind is ClockKind.DUTY and r.live]
    assert [r.clock.due_at for r in owed] == [local("04-20 18:00")]


def falls_due(story: Story) -> Story:
    """On its day somebody is asked, and if nobody looks, the next superior."""
    asked = story.at("04-20 17:59").when(by(CLOCK, "04-20 18:00", Tick)).then(DutyFellDue)
    late = asked.at("04-22 17:29").when(by(CLOCK, "04-22 17:30", Tick))
    return late.then(ClockBroken, DutyCheckPassedUp)


@pytest.mark.rule("R9.2")
def test_a_case_taken_back_leaves_what_was_agreed_owed() -> None:
    story = (
        half_done()
        .when(by(RESIDENT, "03-09 11:00", Withdraw))
        .then(event(Closed, reason=ClosingReason.WITHDRAWN))
    )
    watched(story)
    story.when(by(MO, "03-10 10:00", CheckDuty, **SECOND)).then(DutyChecked)
    undone = SECOND | {"performed": False}
    falls_due(story).when(by(MO, "04-22 18:00", CheckDuty, **undone)).then(
        DutyChecked, event(DisputeReopened, reason=ReopeningReason.NOT_PERFORMED), Arrived
    )


def test_a_party_that_gives_up_a_second_mediation_still_owes_the_first() -> None:
    again = half_done().and_then(
        by(CAO, "03-09 11:00", OpenMediation), by(RESIDENT, "03-09 12:00", GiveConsent, **YES)
    )
    refused = again.and_then(by(LI, "03-09 12:10", GiveConsent, given=False))
    watched(refused)
    taken_back = again.when(by(RESIDENT, "03-09 13:00", Withdraw)).then(MediationFailed, Closed)
    watched(taken_back)


def test_a_case_referred_elsewhere_leaves_what_was_agreed_owed() -> None:
    story = half_done().and_then(
        by(CAO, "03-09 11:00", OpenMediation),
        by(LI, "03-09 11:05", GiveConsent, given=False),
        by(SU, "03-09 11:30", Accept),
        by(SU, "03-09 11:40", OpenMediation),
        by(LI, "03-09 11:50", GiveConsent, given=False),
    )
    watched(story)
    gone = story.when(by(SU, "03-09 13:30", ReferDispute, **COURT)).then(DisputeReferred, Closed)
    watched(gone)
    falls_due(gone)


@pytest.mark.rule("R2.3")
def test_what_has_duties_is_merged_into_nothing() -> None:
    half_done().when(
        by(CAO, "03-09 11:00", Merge, lead_id=LEAD.case_id, text="同一事")
    ).then_refused("is_dispute", "R2.3")
    settled().when(by(CAO, "03-06 11:00", Merge, lead_id=LEAD.case_id, text="同一事")).then_refused(
        "not_in_progress", "R2.3"
    )


def test_a_duty_is_watched_on_while_another_unit_has_the_case() -> None:
    story = half_done().at("04-20 17:59")
    asked = story.when(by(CLOCK, "04-20 18:00", Tick)).story
    here = asked.case.stint
    assert here.unit_id != "orchard"
    due = asked.last(DutyFellDue)
    assert (due.unit_id, due.person_id) == (here.unit_id, here.person_id)
