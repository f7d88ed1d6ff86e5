"""R13, R4.4: what was put to somebody who left is for who came after, and a resident is told."""

import pytest

from domain.commands import (
    AuthoriseAgent,
    RecordProgress,
    ReplaceOfficer,
    Resolve,
    Verify,
    Withdraw,
)
from domain.events import (
    AgencyEnded,
    AgentAuthorised,
    ClockBroken,
    Closed,
    OfficerReplaced,
    ProgressRecorded,
    Verified,
)
from domain.notices import notices
from domain.words import Role
from domain.words.proactive import AgencyEnd, Authorised
from tests.domain.story import BO, GAO, MEI, RESIDENT, XU, Story, by, event, in_gaos_hands
from tests.domain.test_proactive import on_patrol
from tests.domain.town import post, town, without

pytestmark = pytest.mark.rule("R13", "R4.4")
WITHOUT_MEI = town(posts=without("clerk-bridge"))
BY_RECEIPT = {"how": Authorised.BY_RECEIPT, "text": "代办"}


def with_mei_as_agent() -> Story:
    return in_gaos_hands().and_then(by(RESIDENT, "03-02 10:30", AuthoriseAgent, **BY_RECEIPT))


def test_of_an_agent_who_left_the_resident_is_told_and_names_another() -> None:
    story = (
        with_mei_as_agent()
        .under(WITHOUT_MEI)
        .when(by(XU, "03-02 11:00", ReplaceOfficer))
        .then(OfficerReplaced, event(AgencyEnded, person_id="mei", reason=AgencyEnd.LEFT))
    )
    assert story.case.agency is None
    found = notices(story.case, story.case, story.last(AgencyEnded), story.book)
    assert {f"{n.to} {n.recipient}" for n in found} == {
        "person mei",
        "person bo",
        "resident reporter",
    }
    again = by(RESIDENT, "03-02 11:30", AuthoriseAgent, **BY_RECEIPT)
    story.when(again).then(event(AgentAuthorised, person_id="bo"))


def test_an_agent_who_left_is_one_no_more_with_the_next_thing_that_happens() -> None:
    with_mei_as_agent().under(WITHOUT_MEI).when(
        by(GAO, "03-02 11:00", RecordProgress, text="上门")
    ).then(ProgressRecorded, event(AgencyEnded, reason=AgencyEnd.LEFT))
    with_mei_as_agent().when(by(GAO, "03-02 11:00", RecordProgress, text="上门")).then(
        ProgressRecorded
    )


def looked_at() -> Story:
    resolve = by(GAO, "03-02 11:00", Resolve, text="已修")
    return on_patrol().and_then(resolve).under(WITHOUT_MEI)


def test_the_new_officer_verifies() -> None:
    story = looked_at().and_then(by(XU, "03-02 11:30", ReplaceOfficer))
    (question,) = story.case.questions
    assert (question.post_id, question.person_id) == (story.case.officer.post_id, "bo")
    story.when(by(BO, "03-02 14:00", Verify, done=True, text="已看")).then(Verified, Closed)


def test_who_resolved_it_does_not_verify_as_the_new_officer() -> None:
    gao_receives = post("clerk-bridge-3", "gao", Role.FIRST_CONTACT_CLERK, "bridge")
    story = looked_at().under(town(posts=(*without("clerk-bridge"), gao_receives)))
    story = story.and_then(by(XU, "03-02 11:30", ReplaceOfficer, post_id="clerk-bridge-3"))
    verify = by(GAO, "03-02 14:00", Verify, done=True, text="已看")
    story.when(verify).then_forbidden("judge_in_own_cause", "R11")


def asked_of_xu() -> Story:
    return in_gaos_hands().and_then(by(MEI, "03-02 10:30", Withdraw, text="电话说不办了"))


def test_a_question_put_to_who_left_is_owed_by_who_came_after() -> None:
    xan = post("supervisor-bridge-2", "xan", Role.SUPERVISOR, "bridge")
    book = town(posts=(*without("supervisor-bridge"), xan))
    story = asked_of_xu().under(book).at("03-03 10:31")
    assert story.last(ClockBroken).person_id == "xan"


def test_where_nobody_came_after_the_unit_alone_owes_it() -> None:
    book = town(posts=without("supervisor-bridge"))
    assert asked_of_xu().under(book).at("03-03 10:31").last(ClockBroken).person_id == ""
