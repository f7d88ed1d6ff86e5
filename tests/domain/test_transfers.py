"""R4.5: a transfer between departments needs the receiver's acceptance; refused, it is decided."""

import pytest

from domain.case import evolve, initial
from domain.commands import (
    Accept,
    AcceptTransfer,
    Adjudicate,
    HandOver,
    RecordProgress,
    RefuseTransfer,
    Register,
    Resolve,
    ReturnCase,
    Suspend,
    Tick,
    Transfer,
)
from domain.events import (
    Adjudicated,
    AdjudicationRequested,
    Arrived,
    ClockBroken,
    ClockWarned,
    Event,
    TransferAccepted,
    TransferOffered,
    TransferRefused,
)
from domain.notices import Notice, notices
from domain.values import Seat
from domain.words import ClockKind, LeftWhy, Phase, ReturnReason, Stage, SuspensionGround
from tests.domain.story import (
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    SU,
    WANG,
    WEI,
    WEN,
    XIA,
    XIE,
    Story,
    by,
    event,
    given,
    in_sus_hands,
    in_weis_hands,
    received,
    request,
    staff,
)
from tests.domain.town import NO_CLOCKS, local, town, without

pytestmark = pytest.mark.rule("R4.5")

TO_WORKS = {"unit_id": "works", "text": "道路开挖所致"}
REFUSED = {"text": "管线属供水"}
WORKS = Seat(stage=Stage.DEPARTMENT, unit_id="works")
PAN = staff("pan")


def offered() -> Story:
    """At eleven Wei of the water department asked the works department."""
    return in_weis_hands().and_then(by(WEI, "03-02 11:00", Transfer, **TO_WORKS))


def refused() -> Story:
    return offered().and_then(by(WANG, "03-02 11:30", RefuseTransfer, **REFUSED))


# -- asking --------------------------------------------------------------------


def test_until_the_other_department_answers_nothing_changes_with_the_case() -> None:
    before = in_weis_hands()
    story = before.when(by(WEI, "03-02 11:00", Transfer, **TO_WORKS)).then(
        event(TransferOffered, unit_id="works", person_id="wang", post_id="works-1")
    )
    assert story.case.stint == before.case.stint
    assert story.clock(ClockKind.HANDLE) == before.clock(ClockKind.HANDLE)
    clock = story.clock(ClockKind.TRANSFER)
    assert (clock.unit_id, clock.due_at) == ("works", local("03-03 11:00"))


def test_without_an_acceptance_clock_the_answer_has_one_all_the_same() -> None:
    story = given(
        by(MEI, "03-02 09:00", Register, **request("bill")),
        by(MEI, "03-02 09:30", HandOver),
        by(WEI, "03-02 10:00", Accept),
        by(WEI, "03-02 11:00", Transfer, **TO_WORKS),
        book=town(policy=NO_CLOCKS),
    )
    assert story.clock(ClockKind.TRANSFER).due_at == local("03-03 11:00")


def test_only_a_department_transfers_and_only_to_another_one() -> None:
    in_sus_hands().when(by(SU, "03-02 11:00", Transfer, **TO_WORKS)).then_refused(
        "not_at_a_department", "R4.5", stage="street"
    )
    for unit_id in ("water", "bridge", "east", "nowhere"):
        in_weis_hands().when(
            by(WEI, "03-02 11:00", Transfer, unit_id=unit_id, text="转办")
        ).then_refused("not_another_department", "R4.5", unit=unit_id)


def test_a_department_without_anybody_is_not_asked() -> None:
    in_weis_hands().when(
        by(WEI, "03-02 11:00", Transfer, unit_id="forestry", text="转办")
    ).then_refused("nobody_there", "R4.5", unit="forestry")


def test_what_was_not_accepted_is_returned_not_transferred() -> None:
    new = received("bill").and_then(by(MEI, "03-02 09:30", HandOver))
    new.when(by(WEI, "03-02 11:00", Transfer, **TO_WORKS)).then_refused("not_in_progress", "R4.5")


def test_one_department_is_asked_at_a_time() -> None:
    offered().when(by(WEI, "03-02 11:10", Transfer, unit_id="parks", text="转办")).then_refused(
        "transfer_open", "R4.5"
    )


def test_only_the_post_in_charge_asks() -> None:
    for who in (WANG, XIE, MEI):
        in_weis_hands().when(by(who, "03-02 11:00", Transfer, **TO_WORKS)).then_forbidden(
            "not_entitled", "§2"
        )


# -- agreeing ------------------------------------------------------------------


def test_the_department_that_agrees_has_taken_the_case_on() -> None:
    story = (
        offered()
        .when(by(WEN, "03-02 11:30", AcceptTransfer, text="同意"))
        .then(TransferAccepted, event(Arrived, unit_id="works", person_id="wen", accepted=True))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.case.department_id == "works"
    assert story.case.stints[-2].left_why is LeftWhy.TRANSFERRED
    assert story.clock(ClockKind.HANDLE).due_at == local("03-05 11:30")
    assert story.running(ClockKind.TRANSFER).stopped_at == local("03-02 11:30")
    assert story.running(ClockKind.RESIDENT).live


def test_a_transfer_is_not_a_return_and_what_was_agreed_to_is_not_sent_back() -> None:
    story = offered().and_then(by(WANG, "03-02 11:30", AcceptTransfer))
    assert story.case.returns.count == 0
    wrong = {"reason": ReturnReason.WRONG_UNIT, "text": "属供水"}
    story.when(by(WANG, "03-02 11:40", ReturnCase, **wrong)).then_refused(
        "transfer_was_accepted", "R4.5", from_unit="water"
    )


@pytest.mark.rule("R6.3")
def test_a_department_that_gets_the_case_back_counts_on() -> None:
    story = offered().and_then(
        by(WANG, "03-02 11:30", AcceptTransfer),
        by(WANG, "03-02 11:40", Transfer, unit_id="water", text="转回"),
        by(WEI, "03-02 11:50", AcceptTransfer),
    )
    assert story.clock(ClockKind.HANDLE).carried == 90 * 60


def test_where_only_the_head_is_there_the_head_agrees() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", Transfer, unit_id="parks", text="树根所致")
    )
    story.when(by(PAN, "03-02 11:30", AcceptTransfer)).then(
        TransferAccepted, event(Arrived, unit_id="parks", person_id="pan")
    )


def test_a_suspended_case_goes_over_and_runs_again() -> None:
    story = offered().and_then(
        by(WEI, "03-02 11:10", Suspend, ground=SuspensionGround.EXPERT_APPRAISAL, text="鉴定"),
        by(WANG, "03-02 11:30", AcceptTransfer),
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.running(ClockKind.SUSPENSION).stopped_at is not None


def test_only_the_department_asked_answers() -> None:
    for who in (WEI, PAN, GAO, XIE):
        offered().when(by(who, "03-02 11:30", AcceptTransfer)).then_forbidden("not_entitled", "§2")
        offered().when(by(who, "03-02 11:30", RefuseTransfer, **REFUSED)).then_forbidden(
            "not_entitled", "§2"
        )
    offered().when(by(RESIDENT, "03-02 11:30", AcceptTransfer)).then_forbidden("staff_only", "§2")


def test_nothing_is_answered_that_was_not_asked_or_is_answered_already() -> None:
    agreed = offered().and_then(by(WANG, "03-02 11:30", AcceptTransfer))
    for story in (in_weis_hands(), agreed, refused()):
        story.when(by(WANG, "03-02 11:40", AcceptTransfer)).then_refused(
            "no_transfer_offered", "R4.5"
        )
        story.when(by(WANG, "03-02 11:40", RefuseTransfer, **REFUSED)).then_refused(
            "no_transfer_offered", "R4.5"
        )


def test_a_resolution_ends_the_question() -> None:
    story = offered().and_then(by(WEI, "03-02 11:20", Resolve, text="已办"))
    story.when(by(WANG, "03-02 11:40", AcceptTransfer)).then_refused("no_transfer_offered", "R4.5")


# -- refusing, and not answering -------------------------------------------------


def test_a_refusal_is_decided_by_the_common_superior() -> None:
    story = (
        offered()
        .when(by(WANG, "03-02 11:30", RefuseTransfer, **REFUSED))
        .then(event(TransferRefused, text="管线属供水"), event(AdjudicationRequested, other=WORKS))
    )
    question = story.case.questions[0]
    assert (question.unit_id, question.person_id) == ("city", "xia")
    assert story.case.stint.unit_id == "water"
    assert story.running(ClockKind.HANDLE).live


def test_no_answer_is_the_other_department_s_breach_and_is_decided_as_well() -> None:
    story = (
        offered()
        .when(by(CLOCK, "03-03 11:00", Tick))
        .then(
            *(ClockWarned, ClockWarned, ClockBroken),
            event(AdjudicationRequested, other=WORKS, reason=None),
        )
    )
    broken = story.running(ClockKind.TRANSFER)
    assert (broken.clock.unit_id, broken.broken_at) == ("works", local("03-03 11:00"))
    assert story.case.questions[0].barred == ("wei",)
    story.when(by(WANG, "03-03 11:10", AcceptTransfer)).then_refused("no_transfer_offered", "R4.5")


def test_decided_for_the_other_department_it_goes_there_and_that_binds() -> None:
    story = (
        refused()
        .when(by(XIA, "03-02 13:40", Adjudicate, unit_id="works", text="属路政"))
        .then(event(Adjudicated, seat=WORKS), event(Arrived, unit_id="works", accepted=False))
    )
    assert story.case.department_id == "works"
    story = story.and_then(by(WANG, "03-02 14:00", Accept))
    story.when(by(WANG, "03-02 14:10", Transfer, unit_id="water", text="再转")).then_refused(
        "bound_by_adjudication", "R4.5", unit="works"
    )


def test_decided_for_the_sender_its_clock_has_run_on() -> None:
    before = refused().clock(ClockKind.HANDLE)
    story = refused().and_then(by(XIA, "03-02 13:40", Adjudicate, unit_id="water", text="属供水"))
    assert story.clock(ClockKind.HANDLE) == before
    story.when(by(WEI, "03-02 14:00", Transfer, **TO_WORKS)).then_refused(
        "bound_by_adjudication", "R4.5"
    )


def test_while_it_is_decided_no_other_department_is_asked() -> None:
    refused().when(by(WEI, "03-02 11:40", Transfer, unit_id="parks", text="转")).then_refused(
        "adjudication_open", "R4.2"
    )


# -- who is told ---------------------------------------------------------------


def told(story: Story, kind: type[Event]) -> list[str]:
    case, found = initial("case-1"), list[Notice]()
    for happened in story.history:
        before, case = case, evolve(case, happened)
        if isinstance(happened, kind):
            found = list(notices(before, case, happened, story.book))
    return [notice.recipient for notice in found]


@pytest.mark.rule("R1.4")
def test_both_departments_and_the_officer_are_told() -> None:
    assert told(offered(), TransferOffered) == ["wang", "mei"]
    agreed = offered().and_then(by(WANG, "03-02 11:30", AcceptTransfer))
    assert told(agreed, TransferAccepted) == ["wei", "mei"]
    assert told(refused(), TransferRefused) == ["wei", "mei"]
    assert told(refused(), AdjudicationRequested) == ["xia", "wei", "mei"]


def test_warnings_of_the_answer_go_to_who_owes_it() -> None:
    story = offered().at("03-02 16:00")
    assert told(story, ClockWarned) == ["wang", "mei"]
    work = by(WEI, "03-02 16:10", RecordProgress, text="查表")
    assert story.when(work).events[-1].by.person_id == "wei"


def test_of_a_department_whoever_is_there_is_asked() -> None:
    story = in_weis_hands().under(town(posts=without("works-1")))
    story = story.and_then(by(WEI, "03-02 11:00", Transfer, **TO_WORKS))
    assert story.case.returns.offer is not None
    assert story.case.returns.offer.person_id == "wen"
