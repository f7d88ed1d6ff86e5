"""§2, R1.1: people come and leave; whoever leaves hands over every open case, and nobody waits."""

import pytest

from domain.commands import Tick
from domain.office.commands import (
    AddPerson,
    AssignDuty,
    ChangePerson,
    Leave,
    OpenPost,
    RecordHandOver,
    Succession,
)
from domain.office.events import (
    CalendarLookedAt,
    DutyAssigned,
    HandedOver,
    HandOverBegun,
    HandOverPlanned,
    PersonAdded,
    PersonChanged,
    PersonLeft,
    PostEnded,
    Share,
    StandInNamed,
)
from domain.office.notices import notices
from domain.office.records import Work
from domain.words import Channel, Role
from tests.domain.office_story import AI, AN, ASH, AVA, OfficeStory, given
from tests.domain.story import CLOCK, MEI, by, event
from tests.domain.town import START, local

pytestmark = pytest.mark.rule("R1.1", "R14.1")
JUNE = {"effective_from": local("06-01 00:00")}


# -- coming ------------------------------------------------------------------


def test_somebody_joins_the_staff() -> None:
    add = by(ASH, "03-02 10:00", AddPerson, person_id="p1", name="李雷", login="lilei")
    after = given().when(add).then(event(PersonAdded, name="李雷"))
    assert after.organisation.people["p1"].login == "lilei"


def test_no_two_people_share_an_id_or_a_login() -> None:
    add = by(AI, "03-02 10:00", AddPerson, person_id="mei", name="M", login="other")
    given().when(add).then_refused("person_exists", "§2")
    add = by(AI, "03-02 10:00", AddPerson, person_id="p1", name="M", login="MEI")
    given().when(add).then_refused("login_taken", "§2")
    add = by(MEI, "03-02 10:00", AddPerson, person_id="p1", name="M", login="other")
    given().when(add).then_forbidden("not_entitled", "§2")


def test_a_person_gets_another_name_and_phone_number() -> None:
    change = by(ASH, "03-02 10:00", ChangePerson, person_id="mei", name="Mei Lan", phone="138")
    after = given().when(change).then(PersonChanged)
    person = after.organisation.people["mei"]
    assert (person.name, person.phone, person.login) == ("Mei Lan", "138", "mei")
    again = by(ASH, "03-02 10:01", ChangePerson, person_id="mei", name="Mei Lan")
    after.when(again).then_refused("nothing_changes", "§2")


def test_a_person_is_changed_by_who_administers_all_their_posts() -> None:
    change = by(AVA, "03-02 10:00", ChangePerson, person_id="mei", name="X")
    given().when(change).then_forbidden("not_entitled", "§2")
    change = by(AVA, "03-02 10:00", ChangePerson, person_id="new", name="X")
    given().when(change).then(PersonChanged)
    change = by(AI, "03-02 10:00", ChangePerson, person_id="nobody", name="X")
    given().when(change).then_refused("unknown_person", "§2")


# -- leaving -----------------------------------------------------------------


def test_whoever_leaves_ends_every_post_and_every_stand_in_duty() -> None:
    story = given(
        by(
            ASH,
            "03-02 09:00",
            OpenPost,
            post_id="mei-2",
            person_id="mei",
            role=Role.FIRST_CONTACT_CLERK,
            unit_id="orchard",
        ),
        by(
            ASH,
            "03-02 09:01",
            OpenPost,
            post_id="lu-1",
            person_id="lu",
            role=Role.COMMUNITY_WORKER,
            unit_id="orchard",
            stand_in="mei",
        ),
    )
    after = story.when(by(ASH, "03-02 10:00", Leave, person_id="mei")).then(
        event(PersonLeft, posts=("clerk-bridge", "mei-2")),
        event(PostEnded, post_id="clerk-bridge"),
        event(PostEnded, post_id="mei-2"),
        event(StandInNamed, post_id="lu-1", person_id=None),
    )
    assert (
        after.turned(local("03-02 10:00")).organisation.posts_of("mei", local("04-01 00:00")) == ()
    )
    after.when(by(ASH, "03-02 10:01", Leave, person_id="mei")).then_refused(
        "no_post_to_leave", "§2"
    )


def leaving(**work: Work) -> OfficeStory:
    return given(work={"clerk-bridge": Work(in_charge=3, officer=9), **work})


def test_the_cases_of_whoever_leaves_go_to_the_successor_named() -> None:
    named = (Succession(post_id="clerk-bridge", successor="clerk-bridge-2"),)
    leave = by(ASH, "03-02 10:00", Leave, person_id="mei", successors=named)
    after = (
        leaving()
        .when(leave)
        .then(
            PersonLeft,
            event(PostEnded, successor="clerk-bridge-2"),
            event(HandOverPlanned, successor="clerk-bridge-2"),
            event(HandOverBegun, in_charge=3, officer=9),
        )
    )
    assert after.office.errands() == ("clerk-bridge",)


def test_a_leave_from_june_hands_over_in_june() -> None:
    after = (
        leaving()
        .when(by(ASH, "03-02 10:00", Leave, person_id="mei", **JUNE))
        .then(PersonLeft, PostEnded, event(HandOverPlanned, starts_at="06-01 00:00"))
    )
    assert after.office.next_due() is not None
    june = after.when(by(CLOCK, "06-01 00:00", Tick)).then(HandOverBegun)
    assert june.office.errands() == ("clerk-bridge",)


def test_a_leave_must_make_sense() -> None:
    nobody = by(AI, "03-02 10:00", Leave, person_id="nobody")
    given().when(nobody).then_refused("unknown_person", "§2")
    elsewhere = by(AVA, "03-02 10:00", Leave, person_id="mei")
    given().when(elsewhere).then_forbidden("not_entitled", "§2")
    other = (Succession(post_id="grid-1", successor="grid-1b"),)
    given().when(by(ASH, "03-02 10:00", Leave, person_id="mei", successors=other)).then_refused(
        "not_a_post_of_theirs", "§2", post="grid-1"
    )


def test_nobody_who_leaves_takes_over() -> None:
    second = by(
        ASH,
        "03-02 09:00",
        OpenPost,
        post_id="mei-2",
        person_id="mei",
        role=Role.FIRST_CONTACT_CLERK,
        unit_id="bridge",
    )
    named = (Succession(post_id="clerk-bridge", successor="mei-2"),)
    leave = by(ASH, "03-02 10:00", Leave, person_id="mei", successors=named)
    given(second).when(leave).then_refused("successor_leaves_too", "§2", post="mei-2")


def test_nobody_leaves_before_a_post_planned_for_them() -> None:
    story = given(
        by(
            ASH,
            "03-02 09:00",
            OpenPost,
            post_id="mei-2",
            person_id="mei",
            role=Role.FIRST_CONTACT_CLERK,
            unit_id="bridge",
            **JUNE,
        )
    )
    story.when(by(ASH, "03-02 10:00", Leave, person_id="mei")).then_refused(
        "planned_change_depends", "§2"
    )


# -- the hand-over itself ----------------------------------------------------


BO_TOOK = {"post_id": "clerk-bridge", "to": ("clerk-bridge-2",)}


def test_the_hand_over_ends_when_nothing_is_left() -> None:
    story = leaving().and_then(by(ASH, "03-02 10:00", Leave, person_id="mei"))
    done = by(CLOCK, "03-02 10:05", RecordHandOver, **BO_TOOK, numbers=(12,), left=0)
    after = story.when(done).then(
        event(HandedOver, shares=(Share(post_id="clerk-bridge-2", cases=12),), left=0)
    )
    assert (after.office.hand_overs, after.office.errands()) == ((), ())
    again = by(CLOCK, "03-02 10:06", RecordHandOver, **BO_TOOK, numbers=(12,), left=0)
    after.when(again).then_refused("no_hand_over", "R1.1")


def test_what_is_left_is_tried_again_within_the_hour_and_administrators_are_told() -> None:
    story = leaving().and_then(by(ASH, "03-02 10:00", Leave, person_id="mei"))
    part = by(CLOCK, "03-02 10:05", RecordHandOver, **BO_TOOK, numbers=(10,), left=2)
    after = story.when(part).then(event(HandedOver, again_at="03-02 11:05"))
    told = notices(after.office, after.history[-1], after.records(local("03-02 10:05")))
    assert {notice.recipient for notice in told} == {"ash", "an", "ai", "ang"}
    assert after.office.errands() == ()
    again = after.when(by(CLOCK, "03-02 11:05", Tick)).then(HandOverBegun)
    assert again.office.errands() == ("clerk-bridge",)


def test_only_the_office_itself_says_how_far_it_got() -> None:
    story = leaving().and_then(by(ASH, "03-02 10:00", Leave, person_id="mei"))
    claim = by(AI, "03-02 10:05", RecordHandOver, post_id="clerk-bridge", to=(), numbers=(), left=0)
    story.when(claim).then_forbidden("system_only", "R4.4")
    story.when(by(AI, "03-02 10:05", Tick)).then_forbidden("system_only", "R4.4")


# -- duty desks --------------------------------------------------------------


def test_a_channel_gets_another_duty_post() -> None:
    assign = by(AI, "03-02 10:00", AssignDuty, channel=Channel.WEB, post_id="clerk-bridge-2")
    after = given().when(assign).then(DutyAssigned)
    assert after.organisation.duty[Channel.WEB] == "clerk-bridge-2"
    nobody = by(AI, "03-02 10:01", AssignDuty, channel=Channel.WEB, post_id=None)
    assert Channel.WEB not in after.when(nobody).then(DutyAssigned).organisation.duty


def test_a_duty_post_is_a_clerk_s_and_the_city_s_to_give() -> None:
    assign = by(AI, "03-02 10:00", AssignDuty, channel=Channel.WEB, post_id="grid-1")
    given().when(assign).then_refused("not_a_clerk", "R1.2")
    assign = by(AI, "03-02 10:00", AssignDuty, channel=Channel.WEB, post_id="clerk-bridge")
    given().when(assign).then_refused("nothing_changes", "R1.2")
    assign = by(AN, "03-02 10:00", AssignDuty, channel=Channel.WEB, post_id="clerk-bridge-2")
    given().when(assign).then_forbidden("not_entitled", "§2")


# -- the calendar is looked at in time ---------------------------------------


@pytest.mark.rule("R6.1")
def test_the_next_year_is_looked_for_sixty_days_before_it_begins() -> None:
    story = OfficeStory(since=START)
    first = story.when(by(CLOCK, "03-02 10:00", Tick)).then(
        event(CalendarLookedAt, year=2026, published=True, look_at="11-02 00:00")
    )
    assert first.office.next_due() == local("11-02 00:00")
    first.when(by(CLOCK, "11-01 23:59", Tick)).then()


@pytest.mark.rule("R6.1")
def test_a_year_that_is_missing_is_said_to_the_city_s_administrators_every_week() -> None:
    story = given(by(CLOCK, "03-02 10:00", Tick))
    missing = story.when(by(CLOCK, "11-02 00:00", Tick)).then(
        event(CalendarLookedAt, year=2027, published=False, look_at="11-09 00:00")
    )
    told = notices(missing.office, missing.history[-1], missing.records(local("11-02 00:00")))
    assert {(n.topic, n.recipient) for n in told} == {
        ("office.calendar_looked_at", "ai"),
        ("office.calendar_looked_at", "ang"),
    }
    missing.when(by(CLOCK, "11-09 00:00", Tick)).then(
        event(CalendarLookedAt, year=2027, published=False, look_at="11-16 00:00")
    )
