"""R8: a proposal goes through its meetings in order, is decided, published, and carried out."""

from typing import Any

import pytest

from domain.commands import (
    Accept,
    Command,
    Contact,
    DecideObjection,
    HandOver,
    Object,
    ProposeDeliberation,
    PublishDeliberation,
    RecordMeeting,
    Resolve,
    Resume,
    StopDeliberation,
    Suspend,
    Tick,
)
from domain.events import (
    ClockBroken,
    ClockWarned,
    DecisionPassedUp,
    DeliberationEnded,
    DeliberationProposed,
    DeliberationPublished,
    MeetingRecorded,
    ObjectionDecided,
    ObjectionRaised,
    PublicationEnded,
    Resolved,
    Resumed,
    Suspended,
)
from domain.notices import notices
from domain.words import CaseType, ClockKind, Phase, SuspensionGround
from domain.words.deliberation import DeliberationEnd, DeliberationStep, MeetingOutcome
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    SU,
    XIE,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    received,
)
from tests.domain.town import local, said

pytestmark = pytest.mark.rule("R8")

PROPOSAL = {"title": "加装电梯", "text": "三单元加装电梯的提议"}
JOINT, MEMBERS, RESIDENTS, DECISION, RESULT = tuple(DeliberationStep)[1:]
TEXT = {"title": "关于加装电梯的决议", "text": "同意加装，费用按楼层分摊"}
STOP = {"ground": SuspensionGround.DELIBERATION, "text": "议事"}
REASON = {"text": "我不同意分摊办法"}
UPHELD = {"objection_id": "objection-1", "upheld": True, "text": "分摊办法未经讨论"}
DISMISSED = {"objection_id": "objection-1", "upheld": False, "text": "已充分讨论"}


def meeting(step: DeliberationStep, held: str, **changed: Any) -> dict[str, Any]:
    """Twenty-four of thirty came, twenty were for it, unless changed."""
    fields: dict[str, Any] = {
        "step": step,
        "held_at": local(held),
        "eligible": 30,
        "present": 24,
        "in_favour": 20,
        "against": 3,
        "abstained": 1,
        "minutes": "会议记录",
    }
    return fields | changed


def in_caos_hands() -> Story:
    """A community matter, with Cao of Orchard since ten on Monday."""
    return received("stairs").and_then(
        by(MEI, "03-02 09:30", HandOver), by(CAO, "03-02 10:00", Accept)
    )


def proposed() -> Story:
    return in_caos_hands().and_then(by(CAO, "03-02 10:30", ProposeDeliberation, **PROPOSAL))


HELD: tuple[Command, ...] = (
    by(CAO, "03-02 16:00", RecordMeeting, **meeting(JOINT, "03-02 15:00")),
    by(CAO, "03-03 16:00", RecordMeeting, **meeting(MEMBERS, "03-03 15:00")),
    by(CAO, "03-04 16:00", RecordMeeting, **meeting(RESIDENTS, "03-04 15:00")),
)


def decided() -> Story:
    """All three meetings are for it."""
    return proposed().and_then(*HELD)


def published() -> Story:
    """From Thursday, the fifth, nine o'clock, until Tuesday, the tenth."""
    return decided().and_then(by(CAO, "03-05 09:00", PublishDeliberation, step=DECISION, **TEXT))


def carried_out() -> Story:
    """The result is published on the eleventh at nine, until the sixteenth."""
    return published().and_then(by(CAO, "03-11 09:00", PublishDeliberation, step=RESULT, **TEXT))


def objected() -> Story:
    return published().and_then(by(RESIDENT, "03-06 09:00", Object, **REASON))


def awaits(story: Story) -> DeliberationStep | None:
    return story.case.deliberations[-1].awaits


def told(story: Story, kind: type) -> list[str]:
    """Who is told of the last event of that kind, as it stands now."""
    found = notices(story.case, story.case, story.last(kind), story.book)
    return [f"{n.to} {n.recipient}" for n in found]


# -- the proposal ------------------------------------------------------------


def test_a_proposal_stops_the_handling_clock_for_as_long_as_the_policy_allows() -> None:
    story = (
        in_caos_hands()
        .when(by(CAO, "03-02 10:30", ProposeDeliberation, **PROPOSAL))
        .then(
            event(DeliberationProposed, number=1),
            event(Suspended, ground=SuspensionGround.DELIBERATION),
        )
    )
    assert story.case.phase is Phase.SUSPENDED
    assert said(story.clock(ClockKind.SUSPENSION).due_at) == "2026-03-23 10:30"
    assert story.running(ClockKind.RESIDENT).live


def test_only_who_is_in_charge_proposes() -> None:
    for who in (MEI, SU, GAO):
        in_caos_hands().when(
            by(who, "03-02 10:30", ProposeDeliberation, **PROPOSAL)
        ).then_forbidden("not_entitled", "§2")


def test_a_case_is_accepted_before_anything_is_proposed() -> None:
    at_the_grid().when(by(GAO, "03-02 10:00", ProposeDeliberation, **PROPOSAL)).then_refused(
        "not_in_progress", "R8"
    )


def test_nothing_is_deliberated_at_the_counter() -> None:
    received("stairs").when(by(MEI, "03-02 09:10", ProposeDeliberation, **PROPOSAL)).then_refused(
        "hand_over_first", "R8"
    )


def test_a_dispute_between_parties_is_no_public_matter() -> None:
    parties = (Contact(name="李"),)
    story = received("stairs", case_type=CaseType.DISPUTE, parties=parties).and_then(
        by(MEI, "03-02 09:30", HandOver), by(CAO, "03-02 10:00", Accept)
    )
    story.when(by(CAO, "03-02 10:30", ProposeDeliberation, **PROPOSAL)).then_refused(
        "not_a_public_matter", "R8"
    )


def test_one_proposal_at_a_time() -> None:
    story = proposed().and_then(by(CAO, "03-02 11:00", Resume))
    story.when(by(CAO, "03-02 11:10", ProposeDeliberation, **PROPOSAL)).then_refused(
        "already_deliberated", "R8"
    )


def test_nothing_is_on_hold_for_a_deliberation_that_nobody_proposed() -> None:
    in_caos_hands().when(by(CAO, "03-02 10:30", Suspend, **STOP)).then_refused(
        "nothing_deliberated", "R8"
    )


def test_the_suspension_ends_by_itself_and_the_deliberation_goes_on() -> None:
    story = (
        decided()
        .when(by(CLOCK, "03-23 10:30", Tick))
        .then(ClockWarned, ClockWarned, ClockWarned, ClockBroken, event(Resumed, automatic=True))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert awaits(story) is DECISION
    assert story.running(ClockKind.HANDLE).live


def test_nothing_is_settled_over_the_heads_of_who_decides() -> None:
    story = proposed().and_then(by(CAO, "03-02 11:00", Resume))
    story.when(by(CAO, "03-02 11:10", Resolve, text="已办")).then_refused(
        "deliberation_under_way", "R8"
    )


# -- meetings ----------------------------------------------------------------


def test_the_meetings_follow_one_another() -> None:
    story = (
        proposed()
        .when(HELD[0])
        .then(event(MeetingRecorded, step=JOINT, outcome=MeetingOutcome.CARRIED))
    )
    assert awaits(story) is MEMBERS
    story = story.and_then(*HELD[1:])
    assert awaits(story) is DECISION
    story = story.when(by(CAO, "03-05 09:00", PublishDeliberation, step=DECISION, **TEXT)).then(
        DeliberationPublished
    )
    assert said(story.clock(ClockKind.PUBLICATION).due_at) == "2026-03-10 09:00"


@pytest.mark.parametrize("step", [DeliberationStep.PROPOSAL, MEMBERS, RESIDENTS, DECISION, RESULT])
def test_no_step_is_skipped(step: DeliberationStep) -> None:
    early = meeting(step, "03-02 15:00")
    proposed().when(by(CAO, "03-02 16:00", RecordMeeting, **early)).then_refused(
        "not_its_turn", "R8", next="joint_discussion", asked=step.value
    )
    proposed().when(by(CAO, "03-02 16:00", PublishDeliberation, step=step, **TEXT)).then_refused(
        "not_its_turn", "R8"
    )


def test_the_same_step_is_not_taken_twice() -> None:
    proposed().and_then(HELD[0]).when(
        by(CAO, "03-02 17:00", RecordMeeting, **meeting(JOINT, "03-02 16:30"))
    ).then_refused("not_its_turn", "R8")


def test_a_decision_is_published_and_a_meeting_is_held() -> None:
    decided().when(
        by(CAO, "03-05 09:00", RecordMeeting, **meeting(DECISION, "03-04 17:00"))
    ).then_refused("publish_it_instead", "R8")
    proposed().when(by(CAO, "03-02 16:00", PublishDeliberation, step=JOINT, **TEXT)).then_refused(
        "a_meeting_decides", "R8"
    )


@pytest.mark.parametrize("held", ["03-02 10:29", "02-27 15:00"])
def test_a_meeting_is_not_dated_before_the_proposal(held: str) -> None:
    proposed().when(by(CAO, "03-02 16:00", RecordMeeting, **meeting(JOINT, held))).then_refused(
        "back_dated", "R8", not_before="2026-03-02T02:30:00+00:00"
    )


def test_a_meeting_is_not_dated_before_the_step_before_it_was_recorded() -> None:
    late = meeting(MEMBERS, "03-02 15:30")
    proposed().and_then(HELD[0]).when(by(CAO, "03-02 17:00", RecordMeeting, **late)).then_refused(
        "back_dated", "R8"
    )


def test_a_meeting_still_to_come_was_not_held() -> None:
    proposed().when(
        by(CAO, "03-02 16:00", RecordMeeting, **meeting(JOINT, "03-02 16:01"))
    ).then_refused("still_to_come", "R8")


@pytest.mark.parametrize(
    "counts",
    [
        {"abstained": 2},
        {"present": 31, "in_favour": 27},
        {"against": -1, "abstained": 5},
        {"eligible": 0, "present": 0, "in_favour": 0, "against": 0, "abstained": 0},
    ],
)
def test_counts_add_up_and_nobody_comes_who_is_not_eligible(counts: dict[str, int]) -> None:
    wrong = meeting(JOINT, "03-02 15:00", **counts)
    proposed().when(by(CAO, "03-02 16:00", RecordMeeting, **wrong)).then_refused(
        "counts_do_not_add_up", "R8"
    )


def test_minutes_are_kept_or_it_is_said_where_they_lie() -> None:
    bare = meeting(JOINT, "03-02 15:00", minutes="")
    proposed().when(by(CAO, "03-02 16:00", RecordMeeting, **bare)).then_refused(
        "minutes_missing", "R8"
    )
    filed = bare | {"reference": "居委会档案 2026-17"}
    proposed().when(by(CAO, "03-02 16:00", RecordMeeting, **filed)).then(MeetingRecorded)


def test_two_thirds_are_a_quorum_and_less_is_no_meeting_which_may_be_held_again() -> None:
    few = meeting(JOINT, "03-02 15:00", present=19, in_favour=19, against=0, abstained=0)
    story = (
        proposed()
        .when(by(CAO, "03-02 16:00", RecordMeeting, **few))
        .then(event(MeetingRecorded, outcome=MeetingOutcome.NO_QUORUM))
    )
    assert awaits(story) is JOINT
    enough = meeting(JOINT, "03-03 15:00", present=20, in_favour=20, against=0, abstained=0)
    story = story.when(by(CAO, "03-03 16:00", RecordMeeting, **enough)).then(
        event(MeetingRecorded, outcome=MeetingOutcome.CARRIED)
    )
    assert awaits(story) is MEMBERS


def test_half_of_those_present_is_no_majority_and_a_rejected_proposal_ends() -> None:
    half = meeting(JOINT, "03-02 15:00", in_favour=12, against=8, abstained=4)
    story = (
        proposed()
        .when(by(CAO, "03-02 16:00", RecordMeeting, **half))
        .then(
            event(MeetingRecorded, outcome=MeetingOutcome.REJECTED),
            event(DeliberationEnded, how=DeliberationEnd.REJECTED),
            event(Resumed, automatic=False),
        )
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.running(ClockKind.HANDLE).live
    one_more = meeting(JOINT, "03-02 15:00", in_favour=13, against=8, abstained=3)
    proposed().when(by(CAO, "03-02 16:00", RecordMeeting, **one_more)).then(
        event(MeetingRecorded, outcome=MeetingOutcome.CARRIED)
    )


def test_a_changed_proposal_begins_anew_and_the_clock_is_not_stopped_a_second_time() -> None:
    against = meeting(JOINT, "03-02 15:00", in_favour=0, against=24, abstained=0)
    story = (
        proposed()
        .and_then(by(CAO, "03-02 16:00", RecordMeeting, **against))
        .when(by(CAO, "03-02 17:00", ProposeDeliberation, **PROPOSAL))
        .then(event(DeliberationProposed, number=2))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert awaits(story) is JOINT
    again = meeting(JOINT, "03-03 09:30")
    story.when(by(CAO, "03-03 10:00", RecordMeeting, **again)).then(MeetingRecorded)


def test_after_a_move_the_new_handler_accepts_and_goes_on_with_it() -> None:
    story = proposed().and_then(by(CAO, "03-02 11:00", Resume)).at("03-05 11:00")
    assert story.case.stint.person_id == "su"
    late = meeting(JOINT, "03-05 11:30")
    story.when(by(SU, "03-05 12:00", RecordMeeting, **late)).then_refused("not_in_progress", "R8")
    story = story.and_then(by(SU, "03-05 11:20", Accept))
    story.when(by(SU, "03-05 12:00", RecordMeeting, **late)).then(MeetingRecorded)
    story.when(by(CAO, "03-05 12:00", RecordMeeting, **late)).then_forbidden("not_entitled", "§2")
    story.when(by(SU, "03-05 12:00", Suspend, **STOP)).then(Suspended)


def test_without_a_proposal_there_is_no_step_to_take() -> None:
    story = in_caos_hands()
    story.when(by(CAO, "03-02 11:00", RecordMeeting, **meeting(JOINT, "03-02 10:30"))).then_refused(
        "nothing_deliberated", "R8"
    )
    story.when(by(CAO, "03-02 11:00", StopDeliberation, text="x")).then_refused(
        "nothing_deliberated", "R8"
    )


# -- publication -------------------------------------------------------------


def test_the_next_step_waits_until_the_period_is_over() -> None:
    result = {"step": RESULT, **TEXT}
    published().when(by(CAO, "03-10 08:59", PublishDeliberation, **result)).then_refused(
        "publication_running", "R8"
    )
    story = (
        published()
        .when(by(CLOCK, "03-10 09:00", Tick))
        .then(event(PublicationEnded, step=DECISION, undecided=0))
    )
    assert told(story, PublicationEnded) == ["person cao", "person mei"]
    story.when(by(CAO, "03-10 09:10", PublishDeliberation, **result)).then(DeliberationPublished)


def test_nothing_is_published_before_the_case_is_accepted_where_it_is() -> None:
    story = decided().and_then(by(CAO, "03-04 16:30", Resume)).at("03-09 17:00")
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    story.when(by(SU, "03-09 17:10", PublishDeliberation, step=DECISION, **TEXT)).then_refused(
        "not_in_progress", "R8"
    )


def test_after_the_result_has_stood_its_time_it_is_complete_and_handling_goes_on() -> None:
    story = (
        carried_out()
        .when(by(CLOCK, "03-16 09:00", Tick))
        .then(
            ClockWarned,
            event(PublicationEnded, step=RESULT, at="03-16 09:00"),
            event(DeliberationEnded, how=DeliberationEnd.COMPLETED),
            Resumed,
        )
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert told(story, DeliberationEnded) == ["person cao", "person mei"]
    story.when(by(CAO, "03-16 10:00", Resolve, text="电梯已启用")).then(Resolved)


def test_the_resident_is_told_of_what_is_published() -> None:
    assert told(published(), DeliberationPublished) == ["resident reporter", "person mei"]


# -- objections --------------------------------------------------------------


def test_a_resident_objects_and_a_supervisor_of_the_street_has_to_decide() -> None:
    story = (
        published()
        .when(by(RESIDENT, "03-06 09:00", Object, **REASON))
        .then(event(ObjectionRaised, objection_id="objection-1", subject="reporter"))
    )
    assert story.case.questions[0].person_id == "xu"
    assert said(story.clock(ClockKind.DECISION).due_at) == "2026-03-06 17:30"
    assert told(story, ObjectionRaised) == ["person xu", "person cao"]


def test_staff_record_what_others_object_as_often_as_they_are_told() -> None:
    story = published()
    for who in (CAO, MEI, CAO):
        story = story.when(by(who, "03-06 09:00", Object, **REASON)).then(
            event(ObjectionRaised, subject="")
        )
    assert len(story.case.questions) == 3
    for who in (GAO, XU):
        story.when(by(who, "03-06 09:00", Object, **REASON)).then_forbidden("not_entitled", "§2")


def test_the_same_resident_objects_once_to_the_same_publication() -> None:
    objected().when(by(RESIDENT, "03-06 09:10", Object, **REASON)).then_refused(
        "already_objected", "R8"
    )


def test_objections_are_taken_while_something_is_published_and_at_no_other_time() -> None:
    decided().when(by(RESIDENT, "03-05 08:00", Object, **REASON)).then_refused(
        "nothing_published", "R8"
    )
    published().when(by(RESIDENT, "03-10 09:00", Object, **REASON)).then_refused(
        "nothing_published", "R8"
    )
    in_caos_hands().when(by(RESIDENT, "03-05 08:00", Object, **REASON)).then_refused(
        "nothing_deliberated", "R8"
    )


def test_an_upheld_objection_to_the_decision_sends_it_back_to_the_residents() -> None:
    story = (
        objected()
        .when(by(XU, "03-06 15:00", DecideObjection, **UPHELD))
        .then(ClockWarned, event(ObjectionDecided, upheld=True, back_to=RESIDENTS))
    )
    assert awaits(story) is RESIDENTS
    assert not story.running(ClockKind.PUBLICATION).live
    assert told(story, ObjectionDecided) == ["person cao", "person mei", "resident reporter"]
    old = meeting(RESIDENTS, "03-06 14:00")
    story.when(by(CAO, "03-09 16:00", RecordMeeting, **old)).then_refused("back_dated", "R8")
    again = meeting(RESIDENTS, "03-09 15:00")
    story = story.and_then(
        by(CAO, "03-09 16:00", RecordMeeting, **again),
        by(CAO, "03-09 17:00", PublishDeliberation, step=DECISION, **TEXT),
    )
    story.when(by(RESIDENT, "03-10 09:00", Object, **REASON)).then(ObjectionRaised)


def test_an_upheld_objection_to_the_result_sends_it_back_to_the_decision() -> None:
    story = carried_out().and_then(by(RESIDENT, "03-12 09:00", Object, **REASON))
    story = story.when(by(XU, "03-12 10:00", DecideObjection, **UPHELD)).then(
        event(ObjectionDecided, back_to=DECISION)
    )
    assert awaits(story) is DECISION


def test_a_dismissed_objection_changes_nothing() -> None:
    story = (
        objected()
        .when(by(XU, "03-06 10:00", DecideObjection, **DISMISSED))
        .then(event(ObjectionDecided, upheld=False, back_to=None))
    )
    assert story.running(ClockKind.PUBLICATION).live
    assert awaits(story) is RESULT


def test_no_step_is_taken_while_an_objection_is_open() -> None:
    late = objected().and_then(by(CAO, "03-10 08:59", Object, **REASON)).at("03-10 09:00")
    assert late.last(PublicationEnded).undecided == 2
    late.when(by(CAO, "03-10 09:10", PublishDeliberation, step=RESULT, **TEXT)).then_refused(
        "objections_open", "R8"
    )
    late.when(by(CAO, "03-10 09:10", StopDeliberation, text="x")).then_refused(
        "objections_open", "R8"
    )


def test_an_objection_upheld_after_the_period_sends_it_back_as_well() -> None:
    story = published().and_then(by(RESIDENT, "03-10 08:59", Object, **REASON))
    story = story.when(by(XU, "03-10 09:30", DecideObjection, **UPHELD)).then(
        event(PublicationEnded, undecided=1), event(ObjectionDecided, back_to=RESIDENTS)
    )
    assert awaits(story) is RESIDENTS


def test_it_is_complete_when_the_last_objection_to_the_result_is_dismissed() -> None:
    late = {"objection_id": "objection-2", "upheld": False, "text": "不成立"}
    story = carried_out().and_then(
        by(RESIDENT, "03-16 08:50", Object, **REASON), by(CAO, "03-16 08:55", Object, **REASON)
    )
    story = story.at("03-16 09:00")
    assert story.case.deliberations[-1].ended is None
    story = story.when(by(XU, "03-16 09:30", DecideObjection, **DISMISSED)).then(ObjectionDecided)
    story = story.when(by(XU, "03-16 09:40", DecideObjection, **late)).then(
        ObjectionDecided, event(DeliberationEnded, how=DeliberationEnd.COMPLETED), Resumed
    )
    assert story.case.phase is Phase.IN_PROGRESS


def test_what_was_sent_back_once_is_not_sent_back_twice_by_the_same_publication() -> None:
    second = {"objection_id": "objection-2", "upheld": True, "text": "成立"}
    story = (
        objected()
        .and_then(
            by(CAO, "03-06 09:30", Object, **REASON),
            by(XU, "03-06 10:00", DecideObjection, **UPHELD),
        )
        .when(by(CAO, "03-06 17:00", RecordMeeting, **meeting(RESIDENTS, "03-06 16:00")))
    ).then_refused("objections_open", "R8")
    story = story.when(by(XU, "03-06 10:30", DecideObjection, **second)).then(
        event(ObjectionDecided, upheld=True, back_to=None)
    )
    assert awaits(story) is RESIDENTS


def test_who_answers_for_the_deliberation_does_not_judge_objections_to_it() -> None:
    objected().when(by(CAO, "03-06 10:00", DecideObjection, **DISMISSED)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    objected().when(by(MEI, "03-06 10:00", DecideObjection, **DISMISSED)).then_forbidden(
        "not_entitled", "§2"
    )
    objected().when(by(XIE, "03-06 10:00", DecideObjection, **DISMISSED)).then(ObjectionDecided)


def test_an_objection_nobody_decides_goes_to_the_next_superior() -> None:
    story = objected().at("03-09 09:00")
    assert story.last(ClockBroken).clock_id == "decision-1"
    assert story.last(DecisionPassedUp).question.person_id == "xie"


def test_what_was_decided_or_never_raised_is_not_decided() -> None:
    story = objected().and_then(by(XU, "03-06 10:00", DecideObjection, **DISMISSED))
    story.when(by(XU, "03-06 10:10", DecideObjection, **UPHELD)).then_refused(
        "no_such_objection", "R8"
    )
    published().when(by(XU, "03-06 10:10", DecideObjection, **UPHELD)).then_refused(
        "no_such_objection", "R8"
    )
