"""§3, R1.1, R4: a case that comes back finds somebody who answers, whoever left meanwhile."""

from dataclasses import replace

import pytest

from domain.book import Book
from domain.commands import (
    Accept,
    Assign,
    CheckDuty,
    GiveBack,
    Merge,
    Rate,
    RecordFollowUp,
    ReplaceOfficer,
    Resolve,
    ReviewRating,
    Split,
    Tick,
    Withdraw,
)
from domain.events import (
    Accepted,
    Arrived,
    Assigned,
    ClockBroken,
    Closed,
    DecisionPassedUp,
    DisputeReopened,
    DutyChecked,
    Escalated,
    MergeUndone,
    OfficerLeft,
    OfficerReplaced,
    RectificationOpened,
    ReviewDecided,
    SupervisionOrdered,
)
from domain.notices import notices
from domain.words import (
    ClockKind,
    ClosingReason,
    EscalationReason,
    LeftWhy,
    Phase,
    QuestionKind,
    Stage,
)
from domain.words.redress import Finding
from tests.domain.quarrel import MO, closed
from tests.domain.story import (
    BO,
    CAO,
    CLOCK,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    SU,
    XIE,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    in_gaos_hands,
    in_weis_hands,
)
from tests.domain.town import POSTS, said, town, without

pytestmark = pytest.mark.rule("§3", "R1.1")

UNDONE = {"duty_id": "duty-1.1.1", "performed": False, "text": "未清理"}
JUSTIFIED = {"finding": Finding.JUSTIFIED, "text": "确未解决"}
BAD = {"contacted": True, "solved": False, "grade": 1}
LATER = "03-04 10:00"


def due() -> Story:
    """Nobody knows yet whether Li cleared the stairs until Monday, 20 April."""
    return closed().at("04-21 08:00")


def merged(story: Story) -> Story:
    """Mei carries it on in another case on Monday at eleven."""
    return story.and_then(by(MEI, "03-02 11:00", Merge, lead_id="SW-LEAD", text="同一事"))


def after_leaving(story: Story, *post_ids: str) -> Story:
    return story.under(town(posts=without(*post_ids)))


# -- given back after a merge ----------------------------------------------------


@pytest.mark.rule("R2.3", "R2.2")
def test_a_case_given_back_goes_to_a_colleague_of_the_handler_who_left() -> None:
    story = (
        after_leaving(merged(in_gaos_hands()), "grid-1")
        .when(by(CLOCK, LATER, GiveBack, refusal="lead_not_open"))
        .then(MergeUndone, event(Assigned, person_id="guo", post_id="grid-1b", by_hand=False))
    )
    assert (story.case.phase, story.running(ClockKind.HANDLE).live) == (Phase.IN_PROGRESS, True)
    story.and_then(by(GUO, "03-04 10:10", Resolve, text="已劝停"))


@pytest.mark.rule("R2.3", "R4.1")
def test_nobody_has_accepted_for_the_colleague_what_nobody_had_accepted() -> None:
    story = (
        after_leaving(merged(at_the_grid()), "grid-1")
        .when(by(XU, "03-02 11:30", Split, text="错并"))
        .then(MergeUndone, event(Assigned, person_id="guo"))
    )
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    story.when(by(GUO, "03-02 11:35", Accept)).then(Accepted)


@pytest.mark.rule("R4.4")
def test_where_nobody_of_the_unit_is_left_it_goes_up_one_rung() -> None:
    story = (
        after_leaving(merged(in_gaos_hands()), "grid-1", "grid-1b")
        .when(by(XU, LATER, Split, text="错并"))
        .then(
            MergeUndone,
            event(Escalated, automatic=True, reason=EscalationReason.NO_HANDLER),
            event(Arrived, stage=Stage.COMMUNITY, person_id="cao", accepted=False),
        )
    )
    assert story.case.stints[-2].left_why is LeftWhy.OVERDUE
    assert story.running(ClockKind.ACCEPT).live


@pytest.mark.rule("R4.4")
def test_where_nobody_at_all_is_left_a_supervisor_is_ordered_to_find_somebody() -> None:
    story = (
        after_leaving(merged(in_weis_hands()), "water-1")
        .when(by(XU, LATER, Split, text="错并"))
        .then_forbidden("not_entitled", "§2")
        .when(by(XIE, LATER, Split, text="错并"))
        .then(MergeUndone, event(SupervisionOrdered, person_id="xie", unit_id="east"))
    )
    assert said(story.clock(ClockKind.SUPERVISION).due_at) == "2026-03-06 10:00"
    back = story.under(town())
    back.when(by(XIE, "03-04 11:00", Assign)).then(event(Assigned, person_id="wei"))


def test_an_absent_handler_has_not_left() -> None:
    after = merged(in_gaos_hands())
    after.when(by(XU, "03-10 10:00", Split, text="错并")).then(MergeUndone)


def test_a_case_given_back_only_to_be_closed_needs_nobody() -> None:
    story = merged(in_gaos_hands()).and_then(by(RESIDENT, "03-02 12:00", Withdraw))
    after_leaving(story, "grid-1", "clerk-bridge").when(by(XU, LATER, Split, text="错并")).then(
        MergeUndone, event(Closed, reason=ClosingReason.WITHDRAWN)
    )


# -- reopened and rectified --------------------------------------------------------


@pytest.mark.rule("R4.1", "R7.4")
def test_a_reopened_case_waits_to_be_accepted_also_by_who_had_it() -> None:
    story = (
        due()
        .when(by(MO, "04-21 09:00", CheckDuty, **UNDONE))
        .then(DutyChecked, DisputeReopened, event(Arrived, person_id="cao", accepted=False))
    )
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    assert said(story.clock(ClockKind.ACCEPT).due_at) == "2026-04-21 14:30"
    assert story.running(ClockKind.RESIDENT).live
    story.and_then(by(CAO, "04-21 10:00", Accept))


@pytest.mark.rule("R4.1", "R4.4")
def test_a_reopened_case_that_nobody_accepts_climbs() -> None:
    story = due().and_then(by(MO, "04-21 09:00", CheckDuty, **UNDONE)).at("04-21 14:30")
    assert (story.case.stage, story.case.stint.person_id) == (Stage.STREET, "su")


@pytest.mark.rule("R7.4")
def test_reopened_where_nobody_is_left_on_any_rung_it_is_ordered_to_be_given_to_somebody() -> None:
    posts = ("community-orchard", "street-bridge", "works-1", "works-2")
    story = (
        after_leaving(due(), *posts)
        .when(by(MO, "04-21 10:00", CheckDuty, **UNDONE))
        .then(DutyChecked, DisputeReopened, Arrived, event(SupervisionOrdered, person_id="xu"))
    )
    assert story.running(ClockKind.SUPERVISION).live


@pytest.mark.rule("R10.2")
def test_a_rectification_goes_to_who_is_there_and_asks_for_an_officer() -> None:
    rated = in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"), by(RESIDENT, "03-02 12:00", Rate, **BAD)
    )
    after_leaving(rated, "grid-1", "clerk-bridge").when(
        by(XU, "03-02 14:00", ReviewRating, **JUSTIFIED)
    ).then(
        ReviewDecided,
        RectificationOpened,
        event(Arrived, person_id="guo", accepted=False),
        OfficerLeft,
    )


# -- the officer -------------------------------------------------------------------


def without_officer() -> Story:
    """Reopened on 21 April at nine, when Mei had left."""
    gone = after_leaving(due(), "clerk-bridge")
    return gone.and_then(by(MO, "04-21 09:00", CheckDuty, **UNDONE))


def test_for_an_officer_who_left_meanwhile_a_supervisor_is_asked_for_another() -> None:
    story = without_officer()
    asked = story.last(OfficerLeft)
    assert (asked.was.person_id, asked.question.person_id) == ("mei", "xu")
    assert said(asked.clocks[0].due_at) == "2026-04-21 17:30"
    story = story.when(by(XU, "04-21 10:00", ReplaceOfficer)).then(OfficerReplaced)
    assert (story.case.officer.person_id, story.case.questions) == ("bo", ())
    assert story.running(ClockKind.DECISION).stopped_at is not None


@pytest.mark.rule("R4.4")
def test_an_officer_nobody_replaces_is_asked_for_one_superior_higher() -> None:
    story = without_officer().and_then(by(CAO, "04-21 10:00", Accept))
    story = story.when(by(CLOCK, "04-22 09:00", Tick)).story
    assert [e.question.person_id for e in story.all(DecisionPassedUp)] == ["xie"]
    assert story.last(ClockBroken).person_id == "xu"


@pytest.mark.rule("R1.4")
def test_meanwhile_who_is_asked_is_told_and_makes_the_call() -> None:
    story = without_officer().and_then(by(CAO, "04-21 10:00", Accept))
    found = notices(story.case, story.case, story.last(Arrived), story.book)
    assert {n.recipient for n in found} == {"cao", "xu"}
    done = story.and_then(by(CAO, "04-21 11:00", Resolve, text="已清理"))
    done.and_then(by(XU, "04-21 12:00", RecordFollowUp, contacted=True, solved=True))
    done.when(by(SU, "04-21 12:00", RecordFollowUp, contacted=True)).then_forbidden(
        "not_entitled", "§2"
    )


def test_an_officer_still_there_is_not_asked_for() -> None:
    story = due().and_then(by(MO, "04-21 09:00", CheckDuty, **UNDONE))
    assert not story.all(OfficerLeft)


def test_a_post_given_to_somebody_else_has_no_officer_any_more() -> None:
    lin: Book = town(
        posts=[replace(p, person_id="lin") if p.post_id == "clerk-bridge" else p for p in POSTS]
    )
    story = merged(in_gaos_hands()).under(lin)
    story.when(by(XU, LATER, Split, text="错并")).then(MergeUndone, OfficerLeft)


def test_asked_for_already_it_is_not_asked_for_again() -> None:
    story = without_officer().and_then(
        by(CAO, "04-21 10:00", Accept), by(CAO, "04-21 11:00", Resolve, text="已清理")
    )
    again = story.and_then(by(RESIDENT, "04-21 12:00", Rate, **BAD))
    asked = next(q for q in again.case.questions if q.kind is QuestionKind.REVIEW)
    who = replace(XU, person_id=asked.person_id or "")
    again = again.and_then(by(who, "04-21 14:00", ReviewRating, **JUSTIFIED))
    assert len(again.all(OfficerLeft)) == 1
    assert sum(q.kind is QuestionKind.SUCCESSION for q in again.case.questions) == 1


def test_bo_is_no_officer_before_they_are_named() -> None:
    story = without_officer().and_then(
        by(CAO, "04-21 10:00", Accept), by(CAO, "04-21 11:00", Resolve, text="已清理")
    )
    story.when(by(BO, "04-21 12:00", RecordFollowUp, contacted=True)).then_forbidden(
        "not_entitled", "§2"
    )
