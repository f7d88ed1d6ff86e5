"""R4.7: what nobody can settle now is shelved: approved, explained, looked at, never solved."""

import pytest

from domain.case import evolve, initial, is_closed
from domain.commands import (
    Accept,
    AcceptTransfer,
    AnswerSupervision,
    Assign,
    DecideExtension,
    DecideShelving,
    RecordProgress,
    RefuseTransfer,
    Remind,
    RequestExtension,
    Resolve,
    ReviewShelf,
    Shelve,
    Supervise,
    Suspend,
    Tick,
    Transfer,
    Withdraw,
)
from domain.events import (
    Assigned,
    ClockBroken,
    ClockWarned,
    DecisionPassedUp,
    Event,
    ProgressRecorded,
    Reminded,
    ShelfReviewed,
    Shelved,
    ShelvingRefused,
    ShelvingRequested,
    SupervisionAnswered,
    SupervisionOrdered,
)
from domain.notices import Notice, notices
from domain.words import ClockKind, Phase, SuspensionGround
from tests.domain.story import (
    CLOCK,
    GAO,
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
    in_sus_hands,
    in_weis_hands,
    staff,
)
from tests.domain.town import local, span, town, without

pytestmark = pytest.mark.rule("R4.7")

WHY = {"text": "需待明年管网改造统一解决"}
YES = {"approved": True, "text": "同意挂账"}
NO = {"approved": False, "text": "请继续协调"}
STAYS = {"stays": True, "text": "改造已列入计划，十月开工"}
OFF = {"stays": False, "text": "已开工"}
MORE = {"extend_by": span("1 working_days"), "text": "备料"}
PAN = staff("pan")


def extended(*, granted: bool = True) -> Story:
    """Wei's one extension was decided on Monday: due on Friday at ten if it was granted."""
    return in_weis_hands().and_then(
        by(WEI, "03-02 11:00", RequestExtension, **MORE),
        by(XIE, "03-02 11:30", DecideExtension, granted=granted, text="意见"),
    )


def asked() -> Story:
    """On Tuesday at ten, one working day used, Wei asks."""
    return extended().and_then(by(WEI, "03-03 10:00", Shelve, **WHY))


def shelved() -> Story:
    """On Tuesday at eleven Xie of East district approves."""
    return asked().and_then(by(XIE, "03-03 11:00", DecideShelving, **YES))


# -- asking --------------------------------------------------------------------


def test_a_department_that_used_up_its_extension_asks_the_supervisor_over_it() -> None:
    story = (
        extended().when(by(WEI, "03-03 10:00", Shelve, **WHY)).then(event(ShelvingRequested, **WHY))
    )
    question = story.case.questions[0]
    assert (question.unit_id, question.person_id) == ("east", "xie")
    assert story.clock(ClockKind.DECISION).due_at == local("03-04 10:00")
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.running(ClockKind.HANDLE).live


def test_an_extension_that_was_refused_is_used_up_as_well() -> None:
    extended(granted=False).when(by(WEI, "03-02 11:40", Shelve, **WHY)).then(ShelvingRequested)


def test_while_more_time_can_be_had_nothing_is_shelved() -> None:
    pending = in_weis_hands().and_then(by(WEI, "03-02 11:00", RequestExtension, **MORE))
    for story in (in_weis_hands(), pending):
        story.when(by(WEI, "03-02 11:10", Shelve, **WHY)).then_refused(
            "extension_not_used_up", "R4.7"
        )


def test_only_a_department_shelves() -> None:
    in_sus_hands().when(by(SU, "03-02 11:00", Shelve, **WHY)).then_refused(
        "department_only", "R4.7", stage="street"
    )


def test_only_the_post_in_charge_asks_and_asks_once() -> None:
    for who in (WANG, XIE, MEI):
        extended().when(by(who, "03-03 10:00", Shelve, **WHY)).then_forbidden("not_entitled", "§2")
    asked().when(by(WEI, "03-03 10:01", Shelve, **WHY)).then_refused("shelving_asked", "R4.7")
    shelved().when(by(WEI, "03-03 11:10", Shelve, **WHY)).then_refused("not_in_progress", "R4.7")


def test_while_it_is_decided_whose_the_case_is_nobody_shelves_it() -> None:
    story = extended().and_then(
        by(WEI, "03-02 13:40", Transfer, unit_id="works", text="转"),
        by(WANG, "03-02 13:50", RefuseTransfer, text="不属"),
    )
    story.when(by(WEI, "03-02 14:00", Shelve, **WHY)).then_refused("adjudication_open", "R4.2")


# -- deciding ------------------------------------------------------------------


def test_approved_the_handling_clock_stands_still_and_the_shelf_is_reviewed() -> None:
    story = asked().when(by(XIE, "03-03 11:00", DecideShelving, **YES)).then(event(Shelved))
    assert story.case.phase is Phase.SHELVED
    assert not is_closed(story.case)
    assert story.case.resolved_at is None
    assert story.running(ClockKind.HANDLE).paused_at == local("03-03 11:00")
    assert story.clock(ClockKind.SHELVE_REVIEW).due_at == local("04-02 11:00")


@pytest.mark.rule("R6.3")
def test_the_resident_s_clock_runs_on_and_its_breach_stays_in_sight() -> None:
    story = shelved()
    assert story.running(ClockKind.RESIDENT).live
    assert story.at("03-20 17:30").running(ClockKind.RESIDENT).broken_at == local("03-20 17:30")


def test_refused_the_case_goes_on_and_may_be_brought_again() -> None:
    story = (
        asked()
        .when(by(XIE, "03-03 11:00", DecideShelving, **NO))
        .then(event(ShelvingRefused, text="请继续协调"))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.running(ClockKind.HANDLE).live
    story.when(by(WEI, "03-03 11:30", Shelve, **WHY)).then(ShelvingRequested)


def test_an_undecided_question_goes_to_the_next_superior() -> None:
    story = (
        asked()
        .when(by(CLOCK, "03-04 10:00", Tick))
        .then(
            *(ClockWarned, ClockWarned, ClockWarned, ClockBroken),
            event(DecisionPassedUp),
        )
    )
    assert story.case.questions[0].person_id == "xia"


def test_only_the_supervisor_asked_decides_and_once() -> None:
    for who in (WEI, MEI, PAN, GAO):
        outcome = asked().when(by(who, "03-03 11:00", DecideShelving, **YES))
        assert outcome.refused
        assert outcome.refused.forbidden
    for story in (extended(), shelved()):
        story.when(by(XIE, "03-03 11:10", DecideShelving, **YES)).then_refused(
            "no_shelving_asked", "R4.7"
        )


def test_the_head_who_handles_the_case_does_not_approve_their_own() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-02 10:10", Transfer, unit_id="parks", text="转"),
        by(PAN, "03-02 10:20", AcceptTransfer),
        by(PAN, "03-02 11:00", RequestExtension, **MORE),
        by(XIE, "03-02 11:30", DecideExtension, granted=True, text="意见"),
        by(PAN, "03-03 10:00", Shelve, **WHY),
    )
    story.when(by(PAN, "03-03 10:10", DecideShelving, **YES)).then_forbidden(
        "judge_in_own_cause", "R11"
    )


def test_a_department_at_the_top_asks_whoever_is_over_it() -> None:
    alone = town(posts=without("supervisor-east"))
    story = extended().under(alone).and_then(by(WEI, "03-03 10:00", Shelve, **WHY))
    assert story.case.questions[0].person_id == "xia"


def test_a_breach_before_the_decision_is_not_undone() -> None:
    story = extended().at("03-05 17:00").and_then(by(WEI, "03-05 17:00", Shelve, **WHY))
    story = story.at("03-06 10:00").and_then(by(XIE, "03-06 10:10", DecideShelving, **YES))
    assert story.running(ClockKind.HANDLE).broken_at == local("03-06 10:00")
    assert story.case.phase is Phase.SHELVED
    off = story.and_then(by(WEI, "03-10 10:00", ReviewShelf, **OFF))
    assert off.running(ClockKind.HANDLE).broken_at == local("03-06 10:00")


def test_a_suspended_case_goes_on_the_shelf_and_its_suspension_ends() -> None:
    story = asked().and_then(
        by(WEI, "03-03 10:10", Suspend, ground=SuspensionGround.EXPERT_APPRAISAL, text="鉴定"),
        by(XIE, "03-03 11:00", DecideShelving, **YES),
    )
    assert story.running(ClockKind.HANDLE).paused_at == local("03-03 10:10")
    assert story.running(ClockKind.SUSPENSION).stopped_at == local("03-03 11:00")


def test_a_case_that_left_has_nothing_to_decide() -> None:
    story = asked().and_then(
        by(WEI, "03-03 10:10", Transfer, unit_id="works", text="转"),
        by(WANG, "03-03 10:20", AcceptTransfer),
    )
    story.when(by(XIE, "03-03 11:00", DecideShelving, **YES)).then_refused(
        "no_shelving_asked", "R4.7"
    )


# -- on the shelf --------------------------------------------------------------


def test_a_review_leaves_it_there_with_a_reason_and_the_next_one_runs() -> None:
    story = (
        shelved()
        .when(by(WEI, "03-06 10:00", ReviewShelf, **STAYS))
        .then(event(ShelfReviewed, stays=True))
    )
    assert story.clock(ClockKind.SHELVE_REVIEW).due_at == local("04-05 10:00")
    assert story.case.phase is Phase.SHELVED


def test_taken_off_the_handling_clock_counts_on() -> None:
    story = (
        shelved()
        .when(by(WEI, "03-04 09:00", ReviewShelf, **OFF))
        .then(event(ShelfReviewed, stays=False))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    # Eight of twenty-eight hours were used: seven on Wednesday, seven on Thursday, six on Friday.
    assert story.clock(ClockKind.HANDLE).due_at == local("03-06 16:30")
    assert story.running(ClockKind.SHELVE_REVIEW).stopped_at == local("03-04 09:00")
    story.and_then(by(WEI, "03-04 10:00", Resolve, text="已改造"))


def test_supervisor_or_department_reviews_and_nobody_else() -> None:
    for who in (WEI, XIE, XIA):
        shelved().when(by(who, "03-03 11:30", ReviewShelf, **OFF)).then(ShelfReviewed)
    for who in (WANG, MEI, GAO):
        shelved().when(by(who, "03-03 11:30", ReviewShelf, **OFF)).then_forbidden(
            "not_entitled", "§2"
        )


def test_only_what_is_shelved_is_reviewed_and_taken_off_once() -> None:
    off = shelved().and_then(by(WEI, "03-04 09:00", ReviewShelf, **OFF))
    for story in (extended(), off):
        story.when(by(WEI, "03-04 09:10", ReviewShelf, **OFF)).then_refused("not_shelved", "R4.7")


@pytest.mark.rule("R4.4")
def test_an_unreviewed_shelf_is_a_breach_and_goes_to_the_next_superior() -> None:
    story = shelved().at("04-02 11:00")
    assert story.running(ClockKind.SHELVE_REVIEW).broken_at == local("04-02 11:00")
    assert story.last(SupervisionOrdered).person_id == "xie"
    assert story.case.phase is Phase.SHELVED
    answered = story.when(by(WEI, "04-02 11:30", AnswerSupervision, text="近日复查"))
    assert type(answered.events[-1]) is SupervisionAnswered
    late = story.and_then(by(WEI, "04-02 11:30", ReviewShelf, **STAYS))
    assert late.running(ClockKind.SHELVE_REVIEW).live


def test_an_order_nobody_answers_climbs_from_the_shelf_as_well() -> None:
    story = shelved().at("04-02 11:00").at("04-07 11:00")
    assert [e.person_id for e in story.all(SupervisionOrdered)] == ["xie", "xia"]


def test_the_resident_may_remind_and_withdraw() -> None:
    shelved().when(by(RESIDENT, "03-03 11:30", Remind)).then(Reminded)
    assert is_closed(shelved().and_then(by(RESIDENT, "03-03 11:30", Withdraw)).case)


def test_work_may_be_recorded_and_the_handler_changed() -> None:
    shelved().when(by(WEI, "03-03 11:30", RecordProgress, text="已报计划")).then(ProgressRecorded)
    shelved().when(by(XIE, "03-03 11:30", Assign)).then(Assigned)
    shelved().when(by(XIE, "03-03 11:30", Supervise, text="请报进度")).then(SupervisionOrdered)


def test_a_shelved_case_is_neither_settled_nor_moved_before_it_is_taken_off() -> None:
    shelved().when(by(WEI, "03-03 11:30", Resolve, text="已办")).then_refused(
        "not_in_progress", "R9.1"
    )
    shelved().when(by(WEI, "03-03 11:30", Transfer, unit_id="works", text="转")).then_refused(
        "not_in_progress", "R4.5"
    )
    shelved().when(by(WEI, "03-03 11:30", Accept)).then_refused("not_awaiting_acceptance", "R4.1")


# -- who is told ---------------------------------------------------------------


def told(story: Story, kind: type[Event]) -> list[str]:
    case, found = initial("case-1"), tuple[Notice, ...]()
    for happened in story.history:
        before, case = case, evolve(case, happened)
        if isinstance(happened, kind):
            found = notices(before, case, happened, story.book)
    return [notice.recipient for notice in found]


@pytest.mark.rule("R1.4")
def test_the_resident_is_told_that_it_is_shelved_and_looked_at() -> None:
    assert told(asked(), ShelvingRequested) == ["xie", "mei"]
    assert told(shelved(), Shelved) == ["reporter", "wei", "mei"]
    kept = shelved().and_then(by(XIE, "03-04 09:00", ReviewShelf, **STAYS))
    assert told(kept, ShelfReviewed) == ["reporter", "wei", "mei"]
    refused = asked().and_then(by(XIE, "03-03 11:00", DecideShelving, **NO))
    assert told(refused, ShelvingRefused) == ["wei", "mei"]
