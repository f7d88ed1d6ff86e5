"""R1.1, R2.2: when a post ends, another of its unit takes its cases over; no clock changes."""

import pytest

from domain.commands import Accept, Assign, Escalate, RecordProgress, ReplaceOfficer, Resolve
from domain.events import Assigned, OfficerReplaced
from domain.words import EscalationReason, Phase
from tests.domain.story import CLOCK, GAO, GUO, MEI, XU, by, event, in_gaos_hands, received
from tests.domain.test_officers import ended

pytestmark = pytest.mark.rule("R1.1", "R2.2")

NOON = "03-02 12:00"
GAO_LEFT = ended("grid-1")
FOR_GAO = {"instead_of": "grid-1"}


def test_the_least_loaded_of_the_unit_takes_over_and_no_clock_changes() -> None:
    before = in_gaos_hands().under(GAO_LEFT)
    after = before.when(by(CLOCK, NOON, Assign, **FOR_GAO)).then(
        event(Assigned, post_id="grid-1b", person_id="guo", by_hand=False)
    )
    assert after.case.clocks == before.case.clocks
    after.and_then(by(GUO, "03-02 13:40", RecordProgress, text="继续"))


def test_the_successor_named_takes_over_if_they_are_of_the_unit_and_the_role() -> None:
    story = in_gaos_hands().under(GAO_LEFT)
    story.when(by(CLOCK, NOON, Assign, **FOR_GAO, post_id="grid-1b")).then(Assigned)
    elsewhere = by(CLOCK, NOON, Assign, **FOR_GAO, post_id="grid-stone")
    story.when(elsewhere).then_refused("nobody_takes_over", "R2.2", unit="orchard-1")


def test_also_a_case_that_waits_for_its_rating_is_taken_over() -> None:
    """It may come back: somebody has to be there for it."""
    resolved = in_gaos_hands().and_then(by(GAO, "03-02 10:30", Resolve, text="已劝停"))
    after = resolved.under(GAO_LEFT).when(by(CLOCK, NOON, Assign, **FOR_GAO)).then(Assigned)
    assert (after.case.phase, after.case.stint.person_id) == (Phase.AWAITING_RATING, "guo")


def test_a_desk_at_first_contact_is_taken_over_by_the_same_kind_of_desk() -> None:
    story = received().under(ended("clerk-bridge"))
    after = story.when(by(CLOCK, NOON, Assign, instead_of="clerk-bridge")).then(Assigned)
    assert after.case.stint.post_id == "clerk-bridge-2"


def test_whoever_holds_the_case_by_now_keeps_it() -> None:
    moved = in_gaos_hands().and_then(
        by(GAO, "03-02 10:30", RecordProgress, text="上门"),
        by(GAO, "03-02 10:40", Escalate, reason=EscalationReason.BEYOND_MEANS, text="x"),
    )
    moved.under(GAO_LEFT).when(by(CLOCK, NOON, Assign, **FOR_GAO)).then_refused(
        "not_in_charge_any_more", "R2.2"
    )
    story = in_gaos_hands().under(GAO_LEFT).and_then(by(CLOCK, NOON, Assign, **FOR_GAO))
    story.when(by(CLOCK, "03-02 12:01", Assign, **FOR_GAO)).then_refused(
        "not_in_charge_any_more", "R2.2"
    )


def test_nothing_is_taken_from_a_post_that_is_still_there() -> None:
    in_gaos_hands().when(by(CLOCK, NOON, Assign, **FOR_GAO)).then_refused(
        "post_still_valid", "R2.2"
    )


def test_only_the_office_takes_a_case_out_of_other_hands_so() -> None:
    """For staff the field says nothing: they assign as always."""
    story = in_gaos_hands()
    story.when(by(MEI, NOON, Assign, **FOR_GAO)).then_forbidden("not_entitled", "§2")
    story.when(by(XU, NOON, Assign, **FOR_GAO, post_id="grid-1b")).then(Assigned)


def test_the_office_replaces_the_officer_of_an_ended_post_as_well() -> None:
    story = in_gaos_hands().under(ended("clerk-bridge"))
    after = story.when(by(CLOCK, NOON, ReplaceOfficer, post_id="clerk-bridge-2")).then(
        OfficerReplaced
    )
    assert after.case.officer.person_id == "bo"
    again = by(CLOCK, "03-02 12:01", ReplaceOfficer, post_id="clerk-bridge-2")
    after.when(again).then_refused("officer_still_here", "R1.1")


def test_what_waited_for_acceptance_goes_on_waiting_at_the_successor_s() -> None:
    story = received().under(ended("clerk-bridge"))
    assert story.case.phase is Phase.IN_PROGRESS
    waiting = in_gaos_hands().under(GAO_LEFT).and_then(by(CLOCK, NOON, Assign, **FOR_GAO))
    waiting.when(by(GUO, "03-02 13:40", Accept)).then_refused("not_awaiting_acceptance", "R4.1")
