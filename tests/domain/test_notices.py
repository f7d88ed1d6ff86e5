"""R1.4, R4.4, R6.6, R6.7: who is told, and nobody else."""

import pytest

from domain.case import evolve, initial
from domain.commands import (
    Accept,
    AddInformation,
    Assign,
    Escalate,
    RecordProgress,
    Remind,
    RequestExtension,
    Resolve,
    Withdraw,
)
from domain.events import (
    Accepted,
    Arrived,
    Assigned,
    ClockBroken,
    ClockWarned,
    Closed,
    Escalated,
    ExtensionRequested,
    InformationAdded,
    ProgressRecorded,
    RatingAskedAgain,
    Registered,
    Reminded,
    Resolved,
    SupervisionOrdered,
)
from domain.notices import Notice, notices
from domain.words import EscalationReason
from tests.domain.story import (
    CAO,
    GAO,
    RESIDENT,
    SU,
    Story,
    at_the_grid,
    burst_in_gaos_hands,
    by,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    received,
    worked_on_by_gao,
)
from tests.domain.town import span, town, without

EMERGENCY = {"reason": EscalationReason.EMERGENCY, "text": "伤人"}
ALARM = {"unit orchard-1", "unit orchard", "unit bridge"}


def told(story: Story, kind: type) -> list[str]:
    """Who was told of the last event of that kind."""
    case = initial("case-1")
    found: tuple[Notice, ...] = ()
    for happened in story.history:
        before, case = case, evolve(case, happened)
        if isinstance(happened, kind):
            found = notices(before, case, happened, story.book)
    return [f"{n.to} {n.recipient}" for n in found]


RESIDENT_TOLD = "resident reporter"


@pytest.mark.rule("R9.1")
def test_the_resident_hears_of_the_beginning_the_result_and_the_end() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="完成"))
    assert told(story, Registered) == [RESIDENT_TOLD]
    assert told(story, Resolved) == [RESIDENT_TOLD, "person mei"]
    ended = story.at("03-09 11:00")
    assert told(ended, RatingAskedAgain) == [RESIDENT_TOLD]
    assert told(ended, Closed) == [RESIDENT_TOLD, "person mei"]


@pytest.mark.rule("R1.4")
def test_at_every_move_the_new_handler_and_the_officer_are_told() -> None:
    assert told(at_the_grid(), Arrived) == ["person gao", "person mei"]
    story = in_gaos_hands().and_then(by(GAO, "03-02 10:30", Assign, post_id="grid-1b"))
    assert told(story, Assigned) == ["person guo", "person mei"]


@pytest.mark.rule("R1.4")
def test_nobody_is_told_twice() -> None:
    assert told(received(), Arrived) == ["person mei"]


@pytest.mark.rule("R6.6")
def test_warnings_breaches_reminders_and_additions_go_to_handler_and_officer() -> None:
    story = in_gaos_hands().at("03-02 15:00")
    assert told(story, ClockWarned) == ["person gao", "person mei"]
    assert told(story.at("03-03 10:00"), ClockBroken) == ["person gao", "person mei"]
    story = in_gaos_hands().and_then(
        by(RESIDENT, "03-02 10:30", Remind), by(RESIDENT, "03-02 10:40", AddInformation, text="x")
    )
    assert told(story, Reminded) == ["person gao", "person mei"]
    assert told(story, InformationAdded) == ["person gao", "person mei"]


@pytest.mark.rule("R4.4")
def test_of_an_automatic_escalation_both_levels_are_told() -> None:
    story = in_gaos_hands().at("03-03 10:00")
    assert told(story, Escalated) == ["person mei", "unit orchard-1", "unit orchard"]
    assert told(story, Arrived) == ["person cao", "person mei"]


@pytest.mark.rule("R4.6")
def test_an_order_reaches_the_handler_and_the_supervisor() -> None:
    story = in_weis_hands().at("03-05 10:00")
    assert told(story, SupervisionOrdered) == ["person wei", "unit east", "person xie"]


@pytest.mark.rule("R4.6")
def test_without_a_supervisor_the_unit_is_told() -> None:
    empty = town(posts=without("supervisor-east", "supervisor-city"))
    story = in_weis_hands().under(empty).at("03-05 10:00")
    assert told(story, SupervisionOrdered) == ["person wei", "unit city"]


@pytest.mark.rule("R6.5")
def test_a_request_for_more_time_goes_to_the_unit_above() -> None:
    story = in_sus_hands().and_then(
        by(SU, "03-03 10:00", RequestExtension, extend_by=span("1 working_days"), text="x")
    )
    assert told(story, ExtensionRequested) == ["unit east"]


@pytest.mark.rule("R6.7")
def test_of_an_emergency_grid_community_and_street_are_told_at_once() -> None:
    assert set(told(burst_in_gaos_hands(), Registered)) == {RESIDENT_TOLD, *ALARM}
    assert told(received(), Registered) == [RESIDENT_TOLD]


@pytest.mark.rule("R6.7")
def test_of_a_case_that_becomes_an_emergency_they_are_told_as_well_and_once() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 10:05", Escalate, **EMERGENCY))
    assert set(told(story, Escalated)) == ALARM
    story = story.and_then(
        by(CAO, "03-02 10:10", Accept), by(CAO, "03-02 10:15", Escalate, **EMERGENCY)
    )
    assert told(story, Escalated) == []


@pytest.mark.parametrize("kind", [Accepted, ProgressRecorded])
def test_of_ordinary_work_nobody_is_told(kind: type) -> None:
    assert told(worked_on_by_gao(), kind) == []


@pytest.mark.rule("R9.1")
def test_of_a_withdrawal_resident_and_officer_are_told() -> None:
    story = worked_on_by_gao().and_then(
        by(GAO, "03-02 10:40", RecordProgress, text="x"), by(RESIDENT, "03-02 11:00", Withdraw)
    )
    assert told(story, Closed) == [RESIDENT_TOLD, "person mei"]
