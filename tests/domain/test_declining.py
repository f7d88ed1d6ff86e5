"""R1.3: declining at first contact, and the supervisor who looks at it."""

from dataclasses import replace

import pytest

from domain.commands import (
    AddInformation,
    ArriveOnSite,
    Decline,
    HandOver,
    Join,
    Part,
    Register,
    Remind,
    Resolve,
    ReviewDecline,
    Tick,
)
from domain.events import (
    ClockBroken,
    ClockWarned,
    Closed,
    DecisionPassedUp,
    Declined,
    DeclineReviewed,
    Event,
)
from domain.notices import notices
from domain.words import ClockKind, ClosingReason, DeclineGround, Phase
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    XIA,
    XIE,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    given,
    received,
    request,
)
from tests.domain.together import joining
from tests.domain.town import local, town, without

pytestmark = pytest.mark.rule("R1.3")

COURT = {"ground": DeclineGround.BEFORE_COURT, "text": "法院已立案，请向区法院询问"}
UPHELD = {"upheld": True, "text": "属实"}
OVERTURNED = {"upheld": False, "text": "并未立案"}


def declined() -> Story:
    return received().and_then(by(MEI, "03-02 09:30", Decline, **COURT))


def test_the_officer_declines_and_a_supervisor_has_one_working_day_to_look_at_it() -> None:
    story = received().when(by(MEI, "03-02 09:30", Decline, **COURT)).then(Declined)
    assert story.case.phase is Phase.UNDER_REVIEW
    assert story.case.questions[0].person_id == "xu"
    assert story.clock(ClockKind.DECISION).due_at.isoformat() == "2026-03-03T01:30:00+00:00"


def test_the_resident_s_clock_runs_on_and_the_officer_s_stands_still() -> None:
    story = declined()
    assert story.running(ClockKind.RESIDENT).live
    assert story.running(ClockKind.HANDLE).paused_at is not None


def test_an_upheld_decline_closes_the_case_as_declined() -> None:
    story = (
        declined()
        .when(by(XU, "03-02 11:00", ReviewDecline, **UPHELD))
        .then(event(DeclineReviewed, upheld=True), event(Closed, reason=ClosingReason.DECLINED))
    )
    assert story.case.questions == ()


def test_an_overturned_decline_gives_the_officer_back_the_time_that_was_left() -> None:
    story = (
        declined()
        .when(by(XU, "03-02 11:00", ReviewDecline, **OVERTURNED))
        .then(event(DeclineReviewed, upheld=False))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.running(ClockKind.HANDLE).live
    story.and_then(by(MEI, "03-02 11:10", HandOver))


def test_who_was_overturned_does_not_decline_again() -> None:
    story = declined().and_then(by(XU, "03-02 11:00", ReviewDecline, **OVERTURNED))
    story.when(by(MEI, "03-02 11:10", Decline, **COURT)).then_refused("already_overturned", "R1.3")


def test_an_undecided_review_goes_to_the_next_superior_and_the_breach_is_kept() -> None:
    story = (
        declined()
        .when(by(CLOCK, "03-03 09:30", Tick))
        .then(ClockWarned, ClockWarned, ClockBroken, DecisionPassedUp)
    )
    assert story.case.questions[0].person_id == "xie"
    assert story.running(ClockKind.DECISION).live


def test_at_the_top_the_question_is_asked_again_and_again() -> None:
    story = declined().at("03-03 10:00").at("03-04 10:00").at("03-05 10:00").at("03-06 10:00")
    asked = [event.question.person_id for event in story.all(DecisionPassedUp)]
    assert asked == ["xie", "xia", "xia", "xia"]
    story.when(by(XIA, "03-06 11:00", ReviewDecline, **UPHELD)).then(DeclineReviewed, Closed)


def test_any_superior_may_decide_before_it_is_their_turn() -> None:
    declined().when(by(XIE, "03-02 10:00", ReviewDecline, **UPHELD)).then(DeclineReviewed, Closed)


def test_the_officer_s_colleague_and_the_grid_do_not_review() -> None:
    for who in (BO, GAO):
        declined().when(by(who, "03-02 10:00", ReviewDecline, **UPHELD)).then_forbidden(
            "not_entitled", "§2"
        )


def test_a_supervisor_who_received_the_resident_does_not_review_their_own_decline() -> None:
    story = given(by(XU, "03-02 09:00", Register, **request())).and_then(
        by(XU, "03-02 09:10", Decline, **COURT)
    )
    assert story.case.questions[0].person_id == "xie"
    story.when(by(XU, "03-02 09:20", ReviewDecline, **UPHELD)).then_forbidden(
        "judge_in_own_cause", "R11"
    )


def test_where_no_supervisor_is_left_the_question_waits_with_the_unit() -> None:
    posts = without("supervisor-bridge", "supervisor-east", "supervisor-city")
    here = given(by(MEI, "03-02 09:00", Register, **request()), book=town(posts=posts))
    story = here.and_then(by(MEI, "03-02 09:30", Decline, **COURT))
    assert story.case.questions[0].person_id is None
    assert story.at("03-10 12:00").running(ClockKind.DECISION).live


def test_somebody_who_left_a_number_is_not_anonymous() -> None:
    known = received(reporter_lookup="hash-of-the-number")
    nothing = {"ground": DeclineGround.ANONYMOUS, "text": "匿名且无线索"}
    known.when(by(MEI, "03-02 09:30", Decline, **nothing)).then_refused("not_anonymous", "R1.3")
    received().when(by(MEI, "03-02 09:30", Decline, **nothing)).then(Declined)


def test_a_case_with_known_residents_is_not_declined_as_anonymous() -> None:
    nothing = {"ground": DeclineGround.ANONYMOUS, "text": "匿名且无线索"}
    lead = received().and_then(by(CLOCK, "03-02 09:10", Join, **joining("SW-2")))
    lead.when(by(MEI, "03-02 09:30", Decline, **nothing)).then_refused("not_anonymous", "R1.3")
    parted = lead.and_then(by(CLOCK, "03-02 09:40", Part, case_id="SW-2"))
    parted.when(by(MEI, "03-02 09:50", Decline, **nothing)).then(Declined)


def test_only_first_contact_declines() -> None:
    at_the_grid().when(by(GAO, "03-02 10:00", Decline, **COURT)).then_refused(
        "not_at_first_contact", "R1.3"
    )


def test_a_declined_case_waits_for_the_supervisor_and_for_nobody_else() -> None:
    story = declined()
    story.when(by(MEI, "03-02 10:00", Decline, **COURT)).then_refused("not_in_progress", "R1.3")
    story.when(by(MEI, "03-02 10:00", Resolve, text="已办")).then_refused("not_in_progress", "R9.1")
    story.and_then(by(RESIDENT, "03-02 10:00", Remind))
    story.and_then(by(RESIDENT, "03-02 10:00", AddInformation, text="并未起诉"))


def test_nothing_is_reviewed_that_was_not_declined() -> None:
    received().when(by(XU, "03-02 10:00", ReviewDecline, **UPHELD)).then_refused(
        "nothing_to_review", "R1.3"
    )


def told(story: Story, kind: type[Event]) -> set[str]:
    before = replace(story.case, questions=())
    found = notices(before, story.case, story.last(kind), story.book)
    return {f"{notice.to} {notice.recipient}" for notice in found}


def test_the_resident_is_told_of_the_decline_and_the_supervisor_is_asked() -> None:
    assert told(declined(), Declined) == {"resident reporter", "person xu", "person mei"}


def test_where_nobody_is_named_the_unit_and_its_administrators_are_told() -> None:
    posts = without("supervisor-bridge", "supervisor-east", "supervisor-city")
    here = given(by(MEI, "03-02 09:00", Register, **request()), book=town(posts=posts))
    story = here.and_then(by(MEI, "03-02 09:30", Decline, **COURT))
    everybody = {"resident reporter", "unit bridge", "person an", "person mei"}
    assert told(story, Declined) == everybody


def test_warnings_of_a_question_go_to_who_must_decide_it() -> None:
    story = declined().at("03-02 17:00")
    warning = story.last(ClockWarned)
    found = notices(story.case, story.case, warning, story.book)
    assert {notice.recipient for notice in found} == {"xu", "mei"}


@pytest.mark.rule("R6.7")
def test_of_an_emergency_a_decline_is_looked_at_day_and_night_and_help_still_comes() -> None:
    friday = given(by(MEI, "03-06 17:00", Register, **request("burst")))
    story = friday.and_then(by(MEI, "03-06 17:05", Decline, **COURT))
    assert story.clock(ClockKind.DECISION).due_at == local("03-06 17:35")
    story.and_then(by(MEI, "03-06 17:10", ArriveOnSite))
