"""R8: how a deliberation ends: given up with a reason, with its case, and nothing hidden by it."""

import pytest

from domain.commands import (
    DecideObjection,
    Join,
    Object,
    RecordProgress,
    Refer,
    Resolve,
    Resume,
    StopDeliberation,
    Suspend,
    Withdraw,
)
from domain.events import (
    Closed,
    DeliberationEnded,
    ObjectionDecided,
    ResidentLeft,
    Resolved,
    Resumed,
    VerificationOpened,
)
from domain.words import Phase, SuspensionGround
from domain.words.deliberation import DeliberationEnd
from tests.domain.story import CAO, CLOCK, RESIDENT, XU, by, event, importer
from tests.domain.test_deliberation import (
    REASON,
    UPHELD,
    carried_out,
    decided,
    objected,
    proposed,
    published,
)
from tests.domain.together import joining, of

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


@pytest.mark.rule("R13")
def test_who_withdraws_does_not_end_what_the_street_deliberates() -> None:
    for under_way in (proposed(), published()):
        story = under_way.when(by(RESIDENT, "03-06 10:00", Withdraw)).then(ResidentLeft)
        assert story.case.deliberations[-1].ended is None
    ended = story.at("03-10 09:00").and_then(by(CAO, "03-10 09:10", StopDeliberation, text="x"))
    ended.when(by(CAO, "03-10 09:20", Resolve, text="已办")).then(Resolved, VerificationOpened)


def test_an_objection_is_decided_though_everybody_withdraws() -> None:
    joined = published().and_then(by(CLOCK, "03-05 09:30", Join, **joining("SW-2")))
    story = joined.and_then(
        by(of("SW-2"), "03-06 09:00", Object, **REASON),
        by(of("SW-2"), "03-06 09:10", Withdraw),
        by(RESIDENT, "03-06 09:20", Withdraw),
    )
    story.when(by(XU, "03-06 10:00", DecideObjection, **UPHELD)).then(
        event(ObjectionDecided, upheld=True)
    )


def test_once_it_is_over_the_last_who_withdraws_ends_the_case() -> None:
    story = decided().and_then(by(CAO, "03-05 09:00", StopDeliberation, text="出资方退出"))
    story.when(by(RESIDENT, "03-05 10:00", Withdraw)).then(Closed)


def test_a_case_that_closes_ends_what_is_deliberated_in_it() -> None:
    story = (
        objected()
        .when(by(importer("mei"), "03-06 10:00", Refer, to="法院", text="起诉"))
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
