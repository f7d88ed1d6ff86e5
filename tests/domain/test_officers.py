"""R1.1, R1.4: the first-contact officer stays, and is replaced only when they left."""

from dataclasses import replace

import pytest

from domain.book import Book
from domain.commands import (
    Accept,
    Decline,
    HandOver,
    RecordFollowUp,
    RecordProgress,
    Register,
    ReplaceOfficer,
    Resolve,
    ReviewDecline,
)
from domain.events import Arrived, OfficerReplaced
from domain.notices import notices
from domain.values import By
from domain.words import Channel, ClockKind, DeclineGround, LeftWhy, Phase, Stage
from tests.domain.story import (
    BO,
    CAO,
    GAN,
    GAO,
    HU,
    MEI,
    RESIDENT,
    XIE,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    given,
    in_gaos_hands,
    received,
    request,
)
from tests.domain.town import POSTS, local, said, town

pytestmark = pytest.mark.rule("R1.1")

NOON = "03-02 12:00"
MEI_WAS = By(person_id="mei", post_id="clerk-bridge", unit_id="bridge")
BO_IS = By(person_id="bo", post_id="clerk-bridge-2", unit_id="bridge")


def ended(*post_ids: str, at: str = "03-02 11:00") -> Book:
    """The town after those posts ended."""
    end = local(at)
    return town(posts=[replace(p, valid_until=end) if p.post_id in post_ids else p for p in POSTS])


def without_mei(story: Story) -> Story:
    return story.under(ended("clerk-bridge"))


def test_a_supervisor_replaces_an_officer_who_left_by_the_clerk_near() -> None:
    story = (
        without_mei(in_gaos_hands())
        .when(by(XU, NOON, ReplaceOfficer, text="调离"))
        .then(event(OfficerReplaced, officer=BO_IS, was=MEI_WAS))
    )
    assert story.case.officer == BO_IS
    assert story.case.stint.person_id == "gao"


def test_the_new_officer_owes_the_follow_up_call() -> None:
    story = without_mei(in_gaos_hands()).and_then(
        by(XU, NOON, ReplaceOfficer), by(GAO, "03-02 13:40", Resolve, text="已劝停")
    )
    story.and_then(by(BO, "03-02 15:00", RecordFollowUp, contacted=True, solved=True))
    story.when(by(MEI, "03-02 15:00", RecordFollowUp, contacted=True)).then_forbidden(
        "no_valid_post", "§2"
    )


def test_the_supervisor_may_name_the_post() -> None:
    without_mei(in_gaos_hands()).when(by(XU, NOON, ReplaceOfficer, post_id="street-bridge")).then(
        event(
            OfficerReplaced, officer=By(person_id="su", post_id="street-bridge", unit_id="bridge")
        )
    )


def test_with_no_clerk_in_the_unit_the_nearest_superior_s_clerk_takes_over() -> None:
    story = in_gaos_hands().under(ended("clerk-bridge", "clerk-bridge-2"))
    after = story.when(by(XIE, NOON, ReplaceOfficer)).then(OfficerReplaced)
    assert after.case.officer.unit_id == "city"


def test_a_post_given_to_somebody_else_has_a_new_officer_as_well() -> None:
    lin = [replace(p, person_id="lin") if p.post_id == "clerk-bridge" else p for p in POSTS]
    story = in_gaos_hands().under(town(posts=lin, load={"clerk-bridge-2": 3}))
    after = story.when(by(XU, NOON, ReplaceOfficer)).then(OfficerReplaced)
    assert after.case.officer == replace(MEI_WAS, person_id="lin")


def test_an_officer_who_is_there_is_not_replaced() -> None:
    in_gaos_hands().when(by(XU, NOON, ReplaceOfficer)).then_refused(
        "officer_still_here", "R1.1", post="clerk-bridge"
    )


def test_an_absence_is_not_leaving() -> None:
    away = (local("03-02 11:00"), local("03-12 00:00"))
    posts = [replace(p, absences=(away,)) if p.post_id == "clerk-bridge" else p for p in POSTS]
    in_gaos_hands().under(town(posts=posts)).when(by(XU, NOON, ReplaceOfficer)).then_refused(
        "officer_still_here", "R1.1"
    )


def test_a_stand_in_who_received_the_resident_stays_the_officer() -> None:
    story = given(by(GAN, "03-09 10:00", Register, **request()))
    story.when(by(XU, "03-16 10:00", ReplaceOfficer)).then_refused("officer_still_here", "R1.1")


def test_nobody_replaces_the_new_officer_a_second_time() -> None:
    story = without_mei(in_gaos_hands()).and_then(by(XU, NOON, ReplaceOfficer))
    story.when(by(XU, "03-02 12:01", ReplaceOfficer)).then_refused("officer_still_here", "R1.1")


def test_only_a_supervisor_over_the_officer_s_unit_replaces() -> None:
    story = without_mei(in_gaos_hands())
    for who in (BO, GAO, CAO):
        story.when(by(who, NOON, ReplaceOfficer)).then_forbidden("not_entitled", "§2")
    story.when(by(RESIDENT, NOON, ReplaceOfficer)).then_forbidden("staff_only", "§2")


def test_a_post_that_receives_nobody_is_not_named() -> None:
    story = without_mei(in_gaos_hands())
    for post_id in ("auditor-city", "clerk-gone", "nowhere"):
        story.when(by(XU, NOON, ReplaceOfficer, post_id=post_id)).then_refused(
            "no_such_receiver", "R1.1", post=post_id
        )


def test_a_supervisor_names_posts_under_their_own_unit_only() -> None:
    without_mei(in_gaos_hands()).when(
        by(XU, NOON, ReplaceOfficer, post_id="clerk-city")
    ).then_forbidden("not_under_you", "R1.1")


def test_where_no_clerk_is_left_at_all_it_is_said() -> None:
    nobody = ended("clerk-bridge", "clerk-bridge-2", "clerk-city")
    in_gaos_hands().under(nobody).when(by(XU, NOON, ReplaceOfficer)).then_refused(
        "no_clerk_near", "R1.1", unit="bridge"
    )


# -- a case still at first contact ---------------------------------------------


def test_a_case_in_the_hands_of_who_left_goes_along_and_no_clock_changes() -> None:
    story = without_mei(received())
    after = story.when(by(XU, NOON, ReplaceOfficer)).then(OfficerReplaced)
    assert after.case.stint.person_id == "bo"
    assert after.case.clocks == story.at(NOON).case.clocks
    after.and_then(by(BO, "03-02 13:30", HandOver))


def test_a_colleague_who_accepted_keeps_the_case() -> None:
    web = request(channel=Channel.WEB)
    story = given(by(RESIDENT, "03-02 09:00", Register, **web), by(BO, "03-02 09:05", Accept))
    after = without_mei(story).and_then(by(XU, NOON, ReplaceOfficer, post_id="street-bridge"))
    assert (after.case.officer.person_id, after.case.stint.person_id) == ("su", "bo")


def test_an_officer_elsewhere_gets_a_case_at_first_contact_as_an_arrival() -> None:
    story = received().under(ended("clerk-bridge", "clerk-bridge-2"))
    after = story.when(by(XU, NOON, ReplaceOfficer)).then(
        OfficerReplaced,
        event(Arrived, stage=Stage.FIRST_CONTACT, unit_id="city", person_id="hu"),
    )
    assert after.case.stints[0].left_why is LeftWhy.OFFICER_REPLACED
    assert after.case.phase is Phase.AWAITING_ACCEPTANCE
    assert after.running(ClockKind.RESIDENT).live
    after.and_then(by(HU, "03-02 13:40", Accept), by(HU, "03-02 13:45", RecordProgress, text="查"))


def declined_and_left(item_id: str = "noise") -> Story:
    """Mei declined at half past nine; at noon, when all of Bridge had left, Hu took over."""
    story = received(item_id).and_then(
        by(MEI, "03-02 09:30", Decline, ground=DeclineGround.PETITION, text="请到信访局")
    )
    gone = story.under(ended("clerk-bridge", "clerk-bridge-2"))
    return gone.when(by(XIE, NOON, ReplaceOfficer)).then(
        OfficerReplaced, event(Arrived, unit_id="city", person_id="hu", clocks=())
    )


@pytest.mark.rule("R1.3", "§3")
def test_a_declined_case_goes_along_and_is_still_looked_at() -> None:
    after = declined_and_left()
    assert (after.case.phase, after.case.stint.person_id) == (Phase.UNDER_REVIEW, "hu")
    closed = after.and_then(by(XU, "03-02 14:00", ReviewDecline, upheld=True, text="属实"))
    assert closed.case.phase is Phase.CLOSED


@pytest.mark.rule("R1.3", "R4.1")
def test_overturned_the_new_officer_has_yet_to_accept_it() -> None:
    after = declined_and_left().and_then(
        by(XU, "03-02 14:00", ReviewDecline, upheld=False, text="应受理")
    )
    assert after.case.phase is Phase.AWAITING_ACCEPTANCE
    assert said(after.clock(ClockKind.ACCEPT).due_at) == "2026-03-02 16:00"
    after.and_then(by(HU, "03-02 15:00", Accept), by(HU, "03-02 15:10", HandOver))


@pytest.mark.rule("R1.3")
def test_a_colleague_of_the_same_unit_has_a_declined_case_at_once() -> None:
    story = received().and_then(
        by(MEI, "03-02 09:30", Decline, ground=DeclineGround.PETITION, text="请到信访局")
    )
    after = without_mei(story).when(by(XU, NOON, ReplaceOfficer)).then(OfficerReplaced)
    assert (after.case.phase, after.case.stint.person_id) == (Phase.UNDER_REVIEW, "bo")


@pytest.mark.rule("R1.4")
def test_the_new_officer_and_who_has_the_case_are_told() -> None:
    story = without_mei(at_the_grid())
    after = story.and_then(by(XU, "03-02 11:10", ReplaceOfficer))
    found = notices(story.case, after.case, after.last(OfficerReplaced), after.book)
    assert [n.recipient for n in found] == ["bo", "gao"]
