"""§2: nobody acts without a post valid at that moment."""

from dataclasses import replace

import pytest

from domain.commands import Accept, Assign, HandOver, RecordProgress, Reveal
from domain.events import Accepted, Arrived, Assigned, HandedOver, ProgressRecorded
from domain.values import By
from domain.words import Role
from tests.domain.story import (
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    XU,
    at_the_grid,
    by,
    importer,
    in_gaos_hands,
    received,
    staff,
)
from tests.domain.town import POSTS, local, post, town


@pytest.mark.rule("§2")
def test_what_is_done_is_recorded_with_the_post_and_unit_of_that_moment() -> None:
    done = in_gaos_hands().last(Accepted)
    assert done.by == By(person_id="gao", post_id="grid-1", unit_id="orchard-1")


@pytest.mark.rule("§2")
def test_a_person_may_narrow_their_posts_to_one() -> None:
    both = [*POSTS, post("community-gao", "gao", Role.COMMUNITY_WORKER, "orchard")]
    story = at_the_grid().under(town(posts=both))
    story.when(by(staff("gao", "grid-1"), "03-02 10:00", Accept)).then(Accepted)
    story.when(by(staff("gao", "community-gao"), "03-02 10:00", Accept)).then_refused(
        "not_entitled", "§2"
    )
    story.when(by(GAO, "03-02 10:00", Accept)).then(Accepted)


@pytest.mark.rule("§2")
def test_a_post_of_somebody_else_cannot_be_named() -> None:
    at_the_grid().when(by(staff("cao", "grid-1"), "03-02 10:00", Accept)).then_refused(
        "no_valid_post", "§2"
    )


@pytest.mark.rule("§2")
def test_strangers_and_people_whose_post_expired_have_no_valid_post() -> None:
    for person in ("nobody", "", "gone", "kong"):
        at_the_grid().when(by(staff(person), "03-02 10:00", Accept)).then_forbidden(
            "no_valid_post", "§2"
        )
    at_the_grid().when(by(staff("gone"), "03-02 10:00", Accept)).then_refused("no_valid_post", "§2")


@pytest.mark.rule("§2")
def test_a_post_ends_at_its_last_instant() -> None:
    ends = [
        replace(p, valid_until=local("03-02 10:30")) if p.person_id == "gao" else p for p in POSTS
    ]
    story = in_gaos_hands().under(town(posts=ends))
    story.when(by(GAO, "03-02 10:29", RecordProgress, text="x")).then(ProgressRecorded)
    story.when(by(GAO, "03-02 10:30", RecordProgress, text="x")).then_refused("no_valid_post", "§2")


@pytest.mark.rule("§2")
def test_a_case_whose_handlers_post_ended_can_be_given_to_a_colleague_by_a_supervisor() -> None:
    ends = [p for p in POSTS if p.person_id != "gao"]
    story = in_gaos_hands().under(town(posts=ends))
    given_to = story.when(by(XU, "03-02 11:00", Assign)).then(Assigned)
    assert given_to.case.stint.person_id == "guo"


@pytest.mark.rule("§2")
def test_the_stand_in_has_no_say_while_the_holder_is_present() -> None:
    at_the_grid().when(by(staff("gan"), "03-02 10:00", Accept)).then_refused("no_valid_post", "§2")


@pytest.mark.rule("§2")
def test_residents_and_the_system_hold_no_post() -> None:
    for actor in (RESIDENT, CLOCK):
        story = (
            received().when(by(actor, "03-02 09:10", HandOver)).then_forbidden("staff_only", "§2")
        )
        story.when(by(actor, "03-02 09:10", Reveal, reason="x")).then_refused(
            "staff_only", "§2", need="the first-contact officer or the post in charge"
        )


@pytest.mark.rule("§2")
def test_the_importer_acts_at_the_posts_of_a_person() -> None:
    received().when(by(importer("mei"), "03-02 09:10", HandOver)).then(HandedOver, Arrived)
    received().when(by(importer("bo"), "03-02 09:10", HandOver)).then_forbidden(
        "not_entitled", "§2"
    )


@pytest.mark.rule("§2")
def test_a_refusal_says_which_post_was_missing() -> None:
    received().when(by(GAO, "03-02 09:10", HandOver)).then_refused(
        "not_entitled", "§2", need="the post in charge of the case"
    )
    assert received().and_then(by(MEI, "03-02 09:10", HandOver)).case.stint.person_id == "gao"
