"""R8: how a deliberation ends: given up with a reason, with its case, and nothing hidden by it."""

import pytest

from domain.commands import RecordProgress, Resume, StopDeliberation, Suspend, Withdraw
from domain.events import Closed, DeliberationEnded, Resumed
from domain.words import Phase, SuspensionGround
from domain.words.deliberation import DeliberationEnd
from tests.domain.story import CAO, RESIDENT, by, event
from tests.domain.test_deliberation import (
    carried_out,
    decided,
    objected,
    proposed,
    published,
)

pytestmark = pytest.mark.rule("R8")


def test_a_proposal_may_be_given_up_and_the_reason_is_kept() -> None:
    story = (
        decided()
        .when(by(CAO, "03-05 09:00", StopDeliberation, text="出资方退出"))
        .then(event(DeliberationEnded, how=DeliberationEnd.STOPPED, text="出资方退出"), Resumed)
    )
    assert story.case.phase is Phase.IN_PROGRESS
    story.and_then(by(CAO, "03-05 10:00", RecordProgress, text="另行处理"))


def test_what_stands_in_public_stands_its_time_and_is_not_given_up_before() -> None:
    published().when(by(CAO, "03-06 09:00", StopDeliberation, text="x")).then_refused(
        "publication_running", "R8"
    )
    carried_out().when(by(CAO, "03-12 09:00", StopDeliberation, text="x")).then_refused(
        "publication_running", "R8"
    )
    story = published().at("03-10 09:00")
    story.when(by(CAO, "03-10 09:10", StopDeliberation, text="x")).then(DeliberationEnded, Resumed)


def test_a_case_that_is_withdrawn_ends_what_is_deliberated_in_it() -> None:
    story = (
        objected()
        .when(by(RESIDENT, "03-06 10:00", Withdraw))
        .then(event(DeliberationEnded, how=DeliberationEnd.STOPPED), Closed)
    )
    assert story.case.questions == ()


def test_a_deliberation_that_ends_leaves_another_suspension_alone() -> None:
    other = {"ground": SuspensionGround.EXPERT_APPRAISAL, "text": "鉴定"}
    story = proposed().and_then(
        by(CAO, "03-02 11:00", Resume), by(CAO, "03-02 11:10", Suspend, **other)
    )
    story = story.when(by(CAO, "03-02 12:00", StopDeliberation, text="x")).then(DeliberationEnded)
    assert story.case.phase is Phase.SUSPENDED
