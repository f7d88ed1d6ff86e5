"""R9.2, R1.3: a withdrawal that staff record is looked at, and the resident may say it was none."""

import pytest

from domain.commands import (
    Accept,
    DecideWithdrawal,
    Keep,
    Merge,
    Register,
    Resolve,
    Suspend,
    Tick,
    Withdraw,
)
from domain.events import (
    ClockBroken,
    ClockWarned,
    Closed,
    DecisionPassedUp,
    Escalated,
    Event,
    ResidentLeft,
    Resolved,
    WithdrawalDecided,
    WithdrawalDenied,
    WithdrawalRecorded,
)
from domain.notices import notices
from domain.words import ClockKind, ClosingReason, Phase, SuspensionGround
from tests.domain.quarrel import LI, quarrel
from tests.domain.story import (
    BO,
    CAO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    XIE,
    XU,
    Story,
    by,
    event,
    given,
    importer,
    in_gaos_hands,
    request,
)
from tests.domain.together import joined_by
from tests.domain.town import said

pytestmark = pytest.mark.rule("R9.2", "R1.3")

CALLED = {"text": "居民来电撤回"}
YES = {"approved": True, "text": "已电话核实"}
NO = {"approved": False, "text": "居民表示未撤诉"}
WITHDRAWN = event(Closed, reason=ClosingReason.WITHDRAWN)


def recorded() -> Story:
    """Gao has had it since ten; on Monday at eleven Mei writes down that the resident called."""
    return in_gaos_hands().and_then(by(MEI, "03-02 11:00", Withdraw, **CALLED))


def told(story: Story, kind: type[Event]) -> set[str]:
    before, happened = recorded().case, story.last(kind)
    found = notices(before, story.case, happened, story.book)
    return {f"{notice.to} {notice.recipient}" for notice in found}


# -- recording ---------------------------------------------------------------------


def test_what_the_officer_records_is_put_to_a_supervisor_for_a_working_day() -> None:
    story = (
        in_gaos_hands()
        .when(by(MEI, "03-02 11:00", Withdraw, **CALLED))
        .then(event(WithdrawalRecorded, subject="reporter"))
    )
    asked = story.last(WithdrawalRecorded).question
    assert (asked.person_id, asked.unit_id) == ("xu", "bridge")
    assert said(story.clock(ClockKind.DECISION).due_at) == "2026-03-03 11:00"


def test_a_receipt_that_staff_have_seen_closes_nothing_by_itself_either() -> None:
    story = (
        in_gaos_hands()
        .when(by(RESIDENT, "03-02 11:00", Withdraw, seen=True))
        .then(event(WithdrawalRecorded, subject="reporter"))
    )
    story.when(by(RESIDENT, "03-02 11:10", Keep)).then(WithdrawalDenied)
    story.when(by(XU, "03-02 11:10", DecideWithdrawal, **YES)).then(WithdrawalDecided, WITHDRAWN)


@pytest.mark.rule("R6.3")
def test_meanwhile_every_clock_runs_on_and_the_work_goes_on() -> None:
    before, after = in_gaos_hands().case, recorded().case
    assert (after.phase, after.closed_at) == (Phase.IN_PROGRESS, None)
    assert after.clocks[: len(before.clocks)] == before.clocks
    climbed = recorded().at("03-03 10:00")
    assert climbed.all(Escalated)
    climbed.and_then(by(CAO, "03-03 10:30", Accept))
    climbed.when(by(XU, "03-03 10:40", DecideWithdrawal, **YES)).then(WithdrawalDecided, WITHDRAWN)


@pytest.mark.rule("R9.1")
def test_what_is_resolved_meanwhile_is_rated_and_nobody_has_to_decide() -> None:
    story = recorded().when(by(GAO, "03-02 11:30", Resolve, text="已劝停")).then(Resolved)
    assert story.case.questions == ()
    story.when(by(XU, "03-02 11:40", DecideWithdrawal, **YES)).then_refused(
        "no_withdrawal_recorded", "R9.2"
    )


def test_it_is_recorded_once_at_a_time() -> None:
    recorded().when(by(MEI, "03-02 11:10", Withdraw, **CALLED)).then_refused(
        "withdrawal_under_review", "R9.2"
    )


@pytest.mark.rule("R1.4")
def test_resident_supervisor_and_handler_are_told_at_once() -> None:
    assert told(recorded(), WithdrawalRecorded) == {
        "resident reporter",
        "person xu",
        "person gao",
        "person mei",
    }


@pytest.mark.rule("R2.3")
def test_a_case_whose_withdrawal_is_looked_at_is_not_merged_away() -> None:
    recorded().when(by(MEI, "03-02 11:10", Merge, lead_id="SW-LEAD", text="x")).then_refused(
        "decision_pending", "R2.3"
    )


def test_another_system_s_withdrawal_is_a_fact() -> None:
    story = given(by(importer("mei"), "03-02 09:00", Register, **request()))
    story.when(by(importer("mei"), "03-02 10:00", Withdraw)).then(WITHDRAWN)


# -- deciding ----------------------------------------------------------------------


def test_approved_the_case_closes_as_withdrawn() -> None:
    story = (
        recorded()
        .when(by(XU, "03-02 11:30", DecideWithdrawal, **YES))
        .then(event(WithdrawalDecided, approved=True), WITHDRAWN)
    )
    assert story.case.phase is Phase.CLOSED


def test_refused_the_case_goes_on_as_if_nothing_had_been_said() -> None:
    story = (
        recorded()
        .when(by(XU, "03-02 11:30", DecideWithdrawal, **NO))
        .then(event(WithdrawalDecided, approved=False))
    )
    assert (story.case.questions, story.case.phase) == ((), Phase.IN_PROGRESS)
    assert told(story, WithdrawalDecided) == {"resident reporter", "person gao", "person mei"}
    story.and_then(by(MEI, "03-02 11:40", Withdraw, **CALLED))


@pytest.mark.rule("R4.4")
def test_undecided_it_goes_to_the_next_superior_and_the_breach_is_kept() -> None:
    calm = in_gaos_hands().and_then(
        by(GAO, "03-02 10:30", Suspend, ground=SuspensionGround.EXPERT_APPRAISAL, text="等")
    )
    story = calm.and_then(by(MEI, "03-02 11:00", Withdraw, **CALLED))
    story = story.when(by(CLOCK, "03-03 11:00", Tick)).then(
        ClockWarned, ClockWarned, event(ClockBroken, person_id="xu"), DecisionPassedUp
    )
    assert story.case.questions[0].person_id == "xie"
    story.and_then(by(XIE, "03-03 11:30", DecideWithdrawal, **NO))


def test_nobody_but_a_supervisor_over_the_unit_decides_and_not_who_recorded_it() -> None:
    for who in (MEI, GAO):
        recorded().when(by(who, "03-02 11:30", DecideWithdrawal, **YES)).then_forbidden(
            "judge_in_own_cause", "R11"
        )
    recorded().when(by(BO, "03-02 11:30", DecideWithdrawal, **YES)).then_forbidden(
        "not_entitled", "§2"
    )
    recorded().when(by(RESIDENT, "03-02 11:30", DecideWithdrawal, **YES)).then_forbidden(
        "staff_only", "§2"
    )


def test_nothing_is_decided_that_was_not_recorded() -> None:
    in_gaos_hands().when(by(XU, "03-02 11:30", DecideWithdrawal, **YES)).then_refused(
        "no_withdrawal_recorded", "R9.2"
    )


@pytest.mark.rule("R2.3")
def test_approved_the_case_goes_on_for_the_others() -> None:
    story = joined_by("SW-2").and_then(by(MEI, "03-02 11:30", Withdraw, **CALLED))
    story = story.when(by(XU, "03-02 11:40", DecideWithdrawal, **YES)).then(
        WithdrawalDecided, event(ResidentLeft, subject="reporter")
    )
    assert story.case.closed_at is None


# -- the resident's own word ---------------------------------------------------------


def test_the_resident_says_that_it_was_none_and_that_is_the_end_of_it() -> None:
    story = (
        recorded()
        .when(by(RESIDENT, "03-02 11:30", Keep, text="我没有撤诉"))
        .then(event(WithdrawalDenied, text="我没有撤诉"))
    )
    assert (story.case.questions, story.case.phase) == ((), Phase.IN_PROGRESS)
    assert told(story, WithdrawalDenied) == {"person xu", "person gao", "person mei"}
    story.when(by(XU, "03-02 11:40", DecideWithdrawal, **YES)).then_refused(
        "no_withdrawal_recorded", "R9.2"
    )


def test_only_the_resident_says_so_and_only_while_it_is_asked() -> None:
    recorded().when(by(MEI, "03-02 11:30", Keep)).then_forbidden("resident_only", "R9.2")
    in_gaos_hands().when(by(RESIDENT, "03-02 11:30", Keep)).then_refused(
        "no_withdrawal_recorded", "R9.2"
    )
    kept = recorded().and_then(by(RESIDENT, "03-02 11:30", Keep))
    kept.when(by(RESIDENT, "03-02 11:31", Keep)).then_refused("no_withdrawal_recorded", "R9.2")


def test_the_resident_s_own_withdrawal_needs_nobody() -> None:
    recorded().when(by(RESIDENT, "03-02 11:30", Withdraw)).then(WITHDRAWN)


@pytest.mark.rule("R2.3")
def test_who_left_by_their_own_word_leaves_no_question_behind() -> None:
    story = joined_by("SW-2").and_then(by(MEI, "03-02 11:30", Withdraw, **CALLED))
    after = story.when(by(RESIDENT, "03-02 11:35", Withdraw)).then(ResidentLeft)
    assert after.case.questions == ()


@pytest.mark.rule("R7.1")
def test_a_party_neither_withdraws_nor_keeps_the_other_s_case() -> None:
    story = quarrel().and_then(by(MEI, "03-02 11:00", Withdraw, **CALLED))
    story.when(by(LI, "03-02 11:10", Keep)).then_forbidden("reporter_only", "R7.1")
    story.and_then(by(RESIDENT, "03-02 11:10", Keep))
