"""R2.3: what a resident whose case was merged still says, and taking the request back."""

import pytest

from domain.commands import (
    AddInformation,
    Join,
    Rate,
    RecordFollowUp,
    Remind,
    Resolve,
    Withdraw,
)
from domain.events import (
    Closed,
    FollowedUp,
    InformationAdded,
    Rated,
    Reminded,
    ResidentLeft,
)
from domain.words import (
    ClockKind,
    ClosingReason,
    Phase,
)
from tests.domain.story import (
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    by,
    event,
    in_gaos_hands,
)
from tests.domain.together import (
    GOOD,
    LEAD,
    beside,
    joined_by,
    joining,
    merged_at_ten,
    neighbour,
    of,
    told,
)

pytestmark = pytest.mark.rule("R2.3")


# -- what the absorbed resident still says ----------------------------------------


def test_a_reminder_to_the_merged_case_is_recorded_there_and_told_to_the_lead() -> None:
    story = merged_at_ten().when(by(RESIDENT, "03-02 11:00", Remind, text="请快")).then(Reminded)
    assert f"case {LEAD}" in told(story, Reminded)
    story.when(by(RESIDENT, "03-02 11:10", Remind)).then_refused("reminded_recently", "R4.6")
    story.and_then(by(RESIDENT, "03-02 11:20", AddInformation, text="又坏了一盏"))


def test_each_resident_reminds_the_lead_at_their_own_interval() -> None:
    story = joined_by("SW-2").and_then(by(RESIDENT, "03-02 11:30", Remind))
    story = story.when(by(of("SW-2"), "03-02 11:40", Remind)).then(event(Reminded, subject="SW-2"))
    story.when(by(of("SW-2"), "03-02 11:50", AddInformation, text="灯在三单元")).then(
        event(InformationAdded, subject="SW-2")
    )


def test_once_the_lead_is_resolved_there_is_nothing_to_remind_of() -> None:
    beside(merged_at_ten(), neighbour(open=False, resolved=True)).when(
        by(RESIDENT, "03-02 11:00", Remind)
    ).then_refused("lead_not_open", "R2.3", lead=LEAD)


def test_staff_add_nothing_to_a_merged_case() -> None:
    merged_at_ten().when(by(MEI, "03-02 11:00", AddInformation, text="补充")).then_refused(
        "case_closed", "R9"
    )


def test_the_officer_who_received_them_still_owes_them_the_call() -> None:
    called = {"contacted": True, "solved": True}
    merged_at_ten().when(by(MEI, "03-02 12:00", RecordFollowUp, **called)).then_refused(
        "not_awaiting_rating", "R1.4"
    )
    beside(merged_at_ten(), neighbour(open=False, resolved=True)).when(
        by(MEI, "03-02 12:00", RecordFollowUp, **called)
    ).then(FollowedUp)


# -- taking a request back -------------------------------------------------------


def test_a_resident_of_a_merged_case_takes_it_back_once_and_the_lead_hears_of_it() -> None:
    story = (
        merged_at_ten()
        .when(by(RESIDENT, "03-02 11:00", Withdraw))
        .then(event(ResidentLeft, subject="reporter"))
    )
    assert f"case {LEAD}" in told(story, ResidentLeft)
    assert story.case.closing is ClosingReason.MERGED
    story.when(by(RESIDENT, "03-02 11:10", Withdraw)).then_refused("already_withdrawn", "R2.3")


def test_the_lead_goes_on_for_the_others_when_its_own_resident_takes_it_back() -> None:
    story = (
        joined_by("SW-2")
        .when(by(RESIDENT, "03-02 11:30", Withdraw))
        .then(event(ResidentLeft, subject="reporter"))
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.case.raters == ("SW-2",)
    resolved = story.and_then(by(GAO, "03-02 14:00", Resolve, text="已修"))
    resolved.when(by(RESIDENT, "03-02 14:10", Rate, **GOOD)).then_refused("not_asked", "R9.2")
    resolved.when(by(of("SW-2"), "03-02 14:20", Rate, **GOOD)).then(Rated, Closed)


@pytest.mark.rule("R6.3")
def test_who_takes_it_back_is_promised_nothing_any_more_and_the_others_still_are() -> None:
    promised = in_gaos_hands().clock(ClockKind.RESIDENT)
    story = in_gaos_hands().and_then(
        by(CLOCK, "03-02 11:00", Join, **joining("SW-2", promised=promised))
    )
    without_first = story.and_then(by(RESIDENT, "03-02 11:30", Withdraw)).case.clocks
    live = [r.clock.clock_id for r in without_first if r.live]
    assert "resident-1" not in live
    assert "resident-2" in live
    without_second = story.and_then(by(of("SW-2"), "03-02 11:30", Withdraw)).case.clocks
    live = [r.clock.clock_id for r in without_second if r.live]
    assert "resident-1" in live
    assert "resident-2" not in live


def test_the_last_one_who_takes_it_back_closes_the_lead() -> None:
    story = joined_by("SW-2").and_then(by(RESIDENT, "03-02 11:30", Withdraw))
    story.when(by(of("SW-2"), "03-02 11:40", Withdraw)).then(
        event(Closed, reason=ClosingReason.WITHDRAWN)
    )


def test_of_a_receipt_a_clerk_has_seen_nobody_gives_up_the_rating() -> None:
    story = joined_by("SW-2").and_then(
        by(GAO, "03-02 14:00", Resolve, text="已修"), by(of("SW-2"), "03-02 15:00", Rate, **GOOD)
    )
    story.when(by(RESIDENT, "03-02 15:10", Withdraw)).then_refused("not_open", "R9.2")


def test_who_has_not_joined_takes_nothing_back() -> None:
    joined_by("SW-2").when(by(of("SW-9"), "03-02 11:30", Withdraw)).then_refused(
        "not_joined", "R2.3", case="SW-9"
    )
