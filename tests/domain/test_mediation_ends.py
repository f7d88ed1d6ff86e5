"""R7.3, R7.4: a mediation that ends with its unit's turn is said to have failed, and why."""

from dataclasses import replace

import pytest

from domain.commands import (
    Accept,
    AcceptTransfer,
    Adjudicate,
    Contact,
    DecideExtension,
    DecideShelving,
    Delegate,
    Escalate,
    ExtendMediation,
    FailMediation,
    FormPanel,
    GiveConsent,
    HandOver,
    OpenMediation,
    RecordProgress,
    Refer,
    ReferDispute,
    RefuseTransfer,
    ReportDanger,
    RequestExtension,
    Resume,
    ReturnCase,
    ReviewShelf,
    Shelve,
    Suspend,
    Tick,
    Transfer,
    Withdraw,
)
from domain.events import (
    Adjudicated,
    Arrived,
    ClockBroken,
    Closed,
    ConsentGiven,
    Delegated,
    Escalated,
    MediationExtended,
    MediationFailed,
    MediationOpened,
    PanelFormed,
    Resumed,
    Returned,
    Shelved,
    Suspended,
    TransferAccepted,
)
from domain.words import (
    Belonging,
    CaseType,
    ClockKind,
    ClosingReason,
    EscalationReason,
    Phase,
    ReferredTo,
    ReturnReason,
    SuspensionGround,
)
from domain.words.disputes import FailureReason, Matter
from tests.domain.quarrel import (
    GAVE_UP,
    LI,
    MO,
    PANEL,
    YES,
    asked,
    at_the_street,
    consented,
    drafted,
    formed,
    quarrel,
    talked,
)
from tests.domain.story import (
    CAO,
    CLOCK,
    MEI,
    RESIDENT,
    SU,
    WANG,
    WEI,
    XIA,
    XIE,
    Story,
    by,
    event,
    importer,
    received,
)
from tests.domain.test_dispute_notices import told
from tests.domain.test_disputes import COURT
from tests.domain.town import ITEMS, said, span, town

pytestmark = pytest.mark.rule("R7.3", "R7.4")

MOVED = event(MediationFailed, reason=FailureReason.MOVED)
WRONG = {"reason": ReturnReason.WRONG_UNIT, "text": "不归我们"}
LONGER = {"given": True, "matter": Matter.LONGER}
APPRAISAL = {"ground": SuspensionGround.EXPERT_APPRAISAL, "text": "鉴定"}


def street_consented() -> Story:
    """Cao passed it up untried; at the street both had consented on Friday at ten past ten."""
    beyond = {"reason": EscalationReason.BEYOND_MEANS, "text": "请街道出面"}
    return quarrel().and_then(
        by(CAO, "03-05 09:00", RecordProgress, text="上门"),
        by(CAO, "03-05 09:30", Escalate, **beyond),
        by(SU, "03-05 14:00", Accept),
        by(SU, "03-06 09:10", OpenMediation),
        by(RESIDENT, "03-06 10:00", GiveConsent, **YES),
        by(LI, "03-06 10:10", GiveConsent, **YES),
    )


def department_quarrel() -> Story:
    """A quarrel over a bill, in the department's hands since ten."""
    bill = received("bill", case_type=CaseType.DISPUTE, parties=(Contact(name="李", phone="139"),))
    return bill.and_then(by(MEI, "03-02 09:30", HandOver), by(WEI, "03-02 10:00", Accept))


def department_consented() -> Story:
    """Consented to on Monday noon."""
    return department_quarrel().and_then(
        by(WEI, "03-02 11:00", OpenMediation),
        by(RESIDENT, "03-02 11:30", GiveConsent, **YES),
        by(LI, "03-02 12:00", GiveConsent, **YES),
    )


# -- the case goes elsewhere ---------------------------------------------------


@pytest.mark.rule("R4.2")
def test_a_return_says_first_that_the_mediation_failed() -> None:
    story = street_consented().when(by(SU, "03-06 10:20", ReturnCase, **WRONG))
    after = story.then(MOVED, Returned, Arrived)
    assert after.case.mediation is None
    assert after.running(ClockKind.HANDLE).stopped_at is not None
    assert told(after, MediationFailed) == {
        *("party reporter", "party party-1"),
        *("person su", "person mei"),
    }


@pytest.mark.rule("R4.2")
def test_a_failed_mediation_is_not_returned_to_the_rung_where_it_failed() -> None:
    story = talked().and_then(by(MO, "03-05 17:10", FailMediation, **GAVE_UP))
    for failed, when in ((story, "03-06 09:00"), (at_the_street(), "03-06 09:30")):
        failed.when(by(SU, when, ReturnCase, **WRONG)).then_refused(
            "mediation_failed_there", "R7.4", from_unit="orchard"
        )


@pytest.mark.rule("R3.2")
def test_a_delegation_says_first_that_the_mediation_failed() -> None:
    own = town(items=tuple(replace(i, belonging=Belonging.COMMUNITY_OWN) for i in ITEMS))
    story = street_consented().under(own)
    story.when(by(SU, "03-06 10:20", Delegate, unit_id="orchard", text="交办")).then(
        MOVED, Delegated, Arrived
    )


@pytest.mark.rule("R4.5")
def test_a_transfer_says_first_that_the_mediation_failed() -> None:
    offered = department_consented().and_then(
        by(WEI, "03-02 14:00", Transfer, unit_id="works", text="转办")
    )
    assert offered.case.mediation is not None
    offered.when(by(WANG, "03-02 14:30", AcceptTransfer)).then(MOVED, TransferAccepted, Arrived)


@pytest.mark.rule("R4.2")
def test_an_adjudication_ends_the_mediation_only_where_it_moves_the_case() -> None:
    contested = department_consented().and_then(
        by(WEI, "03-02 14:00", Transfer, unit_id="works", text="转办"),
        by(WANG, "03-02 14:30", RefuseTransfer, text="不归我们"),
    )
    contested.when(by(XIA, "03-02 15:00", Adjudicate, unit_id="works", text="归工务")).then(
        MOVED, Adjudicated, Arrived
    )
    stays = contested.and_then(by(XIA, "03-02 15:00", Adjudicate, unit_id="water", text="归水务"))
    assert stays.case.mediation is not None


@pytest.mark.rule("R4.3")
def test_an_emergency_that_goes_up_says_first_that_the_mediation_failed() -> None:
    danger = {"reason": EscalationReason.EMERGENCY, "text": "要动手"}
    story = formed().and_then(by(MO, "03-04 09:00", ReportDanger, text="要动手"))
    after = story.when(by(CAO, "03-04 09:30", Escalate, **danger)).then(MOVED, Escalated, Arrived)
    assert "person mo" in told(after, MediationFailed)


@pytest.mark.rule("R4.4")
def test_where_the_clock_before_the_panel_breaks_the_mediation_fails_by_time() -> None:
    story = consented().at("03-05 17:29")
    after = story.when(by(CLOCK, "03-05 17:30", Tick)).then(
        ClockBroken,
        event(MediationFailed, reason=FailureReason.OVERDUE),
        event(Escalated, automatic=True),
        Arrived,
    )
    assert after.case.mediation is None


# -- the case ends, or is put away ---------------------------------------------


def test_a_case_taken_back_ends_its_mediation_first() -> None:
    closed = event(MediationFailed, reason=FailureReason.CLOSED)
    for story, when in (
        (asked(), "03-02 12:00"),
        (consented(), "03-03 11:00"),
        (formed(), "03-04 11:00"),
        (drafted(), "03-06 09:00"),
    ):
        story.when(by(RESIDENT, when, Withdraw)).then(
            closed, event(Closed, reason=ClosingReason.WITHDRAWN)
        )
    elsewhere = {"to": ReferredTo.COURT, "text": "已起诉"}
    formed().when(by(importer("cao"), "03-04 11:00", Refer, **elsewhere)).then(closed, Closed)


def used_up() -> Story:
    """At the department, whose one extension was decided on Monday."""
    more = {"extend_by": span("1 working_days"), "text": "再查"}
    return department_consented().and_then(
        by(WEI, "03-02 14:00", RequestExtension, **more),
        by(XIE, "03-02 14:30", DecideExtension, granted=False, text="不同意"),
    )


@pytest.mark.rule("R4.7")
def test_nothing_goes_on_the_shelf_while_the_parties_talk() -> None:
    used_up().when(by(WEI, "03-02 15:00", Shelve, text="无法办理")).then_refused(
        "mediation_under_way", "R7.4"
    )


@pytest.mark.rule("R4.7")
def test_what_was_asked_before_they_talked_ends_the_talks_when_it_is_granted() -> None:
    assert shelved_while_asked().case.phase is Phase.SHELVED


def shelved_while_asked() -> Story:
    """Asked for before the parties were, approved on Monday at two."""
    more = {"extend_by": span("1 working_days"), "text": "再查"}
    story = department_quarrel().and_then(
        by(WEI, "03-02 10:10", RequestExtension, **more),
        by(XIE, "03-02 10:20", DecideExtension, granted=False, text="不同意"),
        by(WEI, "03-02 10:30", Shelve, text="无法办理"),
        by(WEI, "03-02 11:00", OpenMediation),
    )
    return story.when(by(XIE, "03-02 14:00", DecideShelving, approved=True, text="同意")).then(
        event(MediationFailed, reason=FailureReason.SHELVED), Shelved
    )


# -- what was cut short was not tried to the end ---------------------------------


def test_a_mediation_that_was_cut_short_opens_no_other_door() -> None:
    back = street_consented().and_then(
        by(SU, "03-06 10:20", ReturnCase, **WRONG), by(CAO, "03-06 10:30", Accept)
    )
    back.when(by(CAO, "03-06 10:40", ReferDispute, **COURT)).then_refused(
        "mediation_not_exhausted", "R7.4"
    )
    back.when(by(CAO, "03-06 10:40", OpenMediation)).then(
        event(MediationOpened, number=2), Suspended
    )


@pytest.mark.rule("R4.7")
def test_off_the_shelf_the_same_department_mediates_again() -> None:
    story = shelved_while_asked().and_then(
        by(WEI, "03-03 09:00", ReviewShelf, stays=False, text="可以办了")
    )
    story.when(by(WEI, "03-03 09:10", ReferDispute, **COURT)).then_refused(
        "mediation_not_exhausted", "R7.4"
    )
    story.when(by(WEI, "03-03 09:20", OpenMediation)).then(event(MediationOpened, number=2))


# -- the handling clock stands still for as long as the mediation lasts ----------


@pytest.mark.rule("R6.4")
def test_nobody_lets_the_clock_run_on_by_hand_while_the_parties_are_asked_or_talk() -> None:
    for story, when in ((asked(), "03-02 12:00"), (formed(), "03-04 09:00")):
        story.when(by(CAO, when, Resume)).then_refused("mediation_under_way", "R7.4")
    own = consented().and_then(by(CAO, "03-03 10:30", Suspend, **APPRAISAL))
    own.when(by(CAO, "03-03 11:00", Resume)).then(Resumed)


@pytest.mark.rule("R6.4")
def test_with_the_panel_the_clock_waits_for_the_mediation_and_for_nothing_else() -> None:
    own = consented().and_then(by(CAO, "03-03 10:30", Suspend, **APPRAISAL))
    story = own.when(by(CAO, "03-03 11:00", FormPanel, **PANEL)).then(
        PanelFormed, Resumed, event(Suspended, ground=SuspensionGround.MEDIATION)
    )
    assert said(story.clock(ClockKind.SUSPENSION).due_at) == "2026-04-02 11:00"
    assert story.running(ClockKind.HANDLE).paused_at is not None


def extended() -> Story:
    """Ten days more, by consent of both on 20 March."""
    return talked().and_then(
        by(MO, "03-20 10:00", ExtendMediation, extend_by=span("10 days"), text="快谈成了"),
        by(LI, "03-20 11:00", GiveConsent, **LONGER),
    )


@pytest.mark.rule("R6.2", "R6.4")
def test_what_the_parties_add_to_the_mediation_they_add_to_the_suspension() -> None:
    story = extended().when(by(RESIDENT, "03-20 12:00", GiveConsent, **LONGER))
    after = story.then(ConsentGiven, MediationExtended)
    for kind in (ClockKind.MEDIATION, ClockKind.SUSPENSION):
        assert said(after.clock(kind).due_at) == "2026-04-12 11:00"
        assert after.clock(kind).allowance == 40 * 86_400
    lasting = after.at("04-12 10:59")
    assert lasting.case.mediation is not None
    assert lasting.case.phase is Phase.SUSPENDED
    lasting.when(by(CLOCK, "04-12 11:00", Tick)).then(
        event(MediationFailed, reason=FailureReason.LIMIT), Escalated, Arrived
    )
