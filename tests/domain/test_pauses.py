"""R6.4 and R6.5: what may stop or lengthen the handling clock, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from domain import clocks, owing
from domain.commands import (
    Accept,
    DecideExtension,
    HandOver,
    ProposeDeliberation,
    Register,
    RequestExtension,
    Resolve,
    Resume,
    Suspend,
    Tick,
)
from domain.events import (
    ClockBroken,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    Resumed,
    SupervisionOrdered,
    Suspended,
)
from domain.values import SYSTEM
from domain.words import ClockKind, Phase, Role, SuspensionGround
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    HU,
    MEI,
    SU,
    WEI,
    XIA,
    XIE,
    XU,
    Story,
    at_the_grid,
    burst_in_gaos_hands,
    by,
    event,
    given,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    request,
    staff,
)
from tests.domain.town import (
    NO_CLOCKS,
    POSTS,
    YEAR_2025,
    YEAR_2026,
    YEAR_2027,
    calendar,
    days,
    local,
    post,
    span,
    town,
)

RESIDENT_AWAY = {"ground": SuspensionGround.AWAITING_RESIDENT, "text": "居民出差"}
TYPHOON = {"ground": SuspensionGround.WEATHER_OR_DISASTER, "text": "台风"}
COURT = {"ground": SuspensionGround.LEGAL_PROCEDURE, "text": "诉讼中"}


def ask(amount: str, text: str = "材料未齐") -> dict[str, Any]:
    return {"extend_by": span(amount), "text": text}


YES = {"granted": True, "text": "同意"}
NO = {"granted": False, "text": "不同意"}


def suspended_by_gao() -> Story:
    return in_gaos_hands().and_then(by(GAO, "03-02 11:00", Suspend, **RESIDENT_AWAY))


def asked_by_su() -> Story:
    """Su has five working days from Monday at ten and asks for two more."""
    return in_sus_hands().and_then(by(SU, "03-03 10:00", RequestExtension, **ask("2 working_days")))


# -- suspend and resume ------------------------------------------------------


@pytest.mark.rule("R6.4")
def test_suspending_stops_the_handling_clock_only() -> None:
    before = in_gaos_hands()
    after = before.when(by(GAO, "03-02 11:00", Suspend, **RESIDENT_AWAY)).then(
        event(Suspended, ground=SuspensionGround.AWAITING_RESIDENT)
    )
    assert after.running(ClockKind.HANDLE).paused_at == local("03-02 11:00")
    assert after.running(ClockKind.RESIDENT) == before.running(ClockKind.RESIDENT)
    assert after.clock(ClockKind.SUSPENSION).due_at == local("03-09 11:00")
    assert after.case.phase is Phase.SUSPENDED


@pytest.mark.rule("R6.4")
def test_the_residents_clock_warns_while_the_handling_clock_stands() -> None:
    story = given(
        by(MEI, "03-02 09:00", Register, **request("bill")),
        by(MEI, "03-02 09:10", HandOver),
    ).at("03-02 09:15")
    story = story.and_then(by(WEI, "03-02 09:20", Accept), by(WEI, "03-02 09:30", Suspend, **COURT))
    story = story.at("03-21 00:00")
    assert story.running(ClockKind.RESIDENT).broken_at == local("03-20 17:30")
    assert story.case.phase is Phase.SUSPENDED


@pytest.mark.rule("R6.4")
def test_after_resuming_the_handling_clock_counts_on_from_where_it_stood() -> None:
    # One hour of seven was used on Monday; six are left on Wednesday at ten.
    story = (
        suspended_by_gao()
        .when(by(GAO, "03-04 10:00", Resume, text="已回"))
        .then(event(Resumed, automatic=False, text="已回"))
    )
    handle = story.running(ClockKind.HANDLE)
    assert handle.clock.consumed == 3600
    assert handle.clock.due_at == local("03-04 17:30")
    assert handle.stretches[0].end == local("03-02 11:00")
    assert handle.clock.running_from == local("03-04 10:00")
    assert story.case.phase is Phase.IN_PROGRESS


@pytest.mark.rule("R6.4")
def test_a_suspension_ends_by_itself_at_the_maximum_of_its_ground() -> None:
    suspended_by_gao().when(by(CLOCK, "03-09 11:00", Tick)).then(
        event(Resumed, automatic=True, by=SYSTEM, at="03-09 11:00")
    )


@pytest.mark.rule("R6.4")
def test_a_suspension_longer_than_its_maximum_counts_from_the_maximum_on_however_late() -> None:
    story = suspended_by_gao().at("03-20 09:00")
    broken = next(e for e in story.all(ClockBroken) if e.clock_id.startswith("handle-2"))
    assert broken.due_at == broken.at == local("03-10 10:00")


@pytest.mark.rule("R6.4")
def test_every_ground_has_its_own_maximum() -> None:
    found = {}
    for ground in set(SuspensionGround) - {SuspensionGround.MEDIATION}:
        story = in_gaos_hands()
        if ground is SuspensionGround.DELIBERATION:
            proposal = {"title": "加装电梯", "text": "三单元"}
            story = story.and_then(by(GAO, "03-02 11:00", ProposeDeliberation, **proposal))
        else:
            told = {"ground": ground, "text": ""}
            story = story.and_then(by(GAO, "03-02 11:00", Suspend, **told))
        found[ground.value] = story.clock(ClockKind.SUSPENSION).due_at
    assert found == {
        "awaiting_resident": local("03-09 11:00"),
        "expert_appraisal": local("03-30 11:00"),
        "legal_procedure": local("05-28 11:00"),
        "weather_or_disaster": local("03-09 11:00"),
        "deliberation": local("03-23 11:00"),
    }


@pytest.mark.rule("R6.4")
def test_another_ground_may_suspend_again() -> None:
    story = suspended_by_gao().and_then(by(GAO, "03-02 14:00", Resume))
    story.when(by(GAO, "03-02 15:00", Suspend, **TYPHOON)).then(Suspended)


@pytest.mark.rule("R6.4")
def test_the_same_ground_suspends_once_a_stint() -> None:
    story = suspended_by_gao().and_then(by(GAO, "03-02 14:00", Resume))
    story.when(by(GAO, "03-02 15:00", Suspend, **RESIDENT_AWAY)).then_refused(
        "ground_already_used", "R6.4", ground="awaiting_resident"
    )


@pytest.mark.rule("R6.4")
def test_a_suspended_case_is_not_suspended_again() -> None:
    suspended_by_gao().when(by(GAO, "03-02 15:00", Suspend, **TYPHOON)).then_refused(
        "not_in_progress", "R6.4", phase="suspended"
    )


@pytest.mark.rule("R6.4")
def test_without_a_handling_clock_there_is_nothing_to_suspend() -> None:
    story = given(by(MEI, "03-02 09:00", Register, **request()), book=town(policy=NO_CLOCKS))
    story.when(by(MEI, "03-02 10:00", Suspend, **TYPHOON)).then_refused("no_handling_clock", "R6.4")


@pytest.mark.rule("R6.4")
def test_a_broken_handling_clock_cannot_be_stopped_afterwards() -> None:
    late = in_weis_hands().at("03-05 10:00")
    assert late.running(ClockKind.HANDLE).broken_at == local("03-05 10:00")
    assert clocks.overdue_at(late.case) == local("03-05 10:00")
    late.when(by(WEI, "03-05 11:00", Suspend, **COURT)).then_refused("past_due", "R6.4")


@pytest.mark.rule("R6.4")
def test_only_a_suspended_case_is_resumed() -> None:
    in_gaos_hands().when(by(GAO, "03-02 11:00", Resume)).then_refused(
        "not_suspended", "R6.4", phase="in_progress"
    )


@pytest.mark.rule("R6.4")
def test_a_suspended_case_is_neither_resolved_nor_given_away_by_others() -> None:
    suspended_by_gao().when(by(GAO, "03-02 14:00", Resolve, text="x")).then_refused(
        "not_in_progress", "R9.1"
    )
    suspended_by_gao().when(by(CAO, "03-02 14:00", Resume)).then_forbidden("not_entitled", "§2")


@pytest.mark.rule("R6.4")
def test_a_revised_calendar_never_puts_a_due_time_before_the_clock_runs_again() -> None:
    # Set while Tuesday to Thursday were days off; the revision makes them working days, so that
    # more working time has passed than the clock had: it is due as soon as it runs again.
    closed = replace(
        YEAR_2026, holidays=(*YEAR_2026.holidays, *days("Flood", "2026-03-03", "2026-03-05"))
    )
    flooded = town(days_of=calendar("flooded", YEAR_2025, closed, YEAR_2027))
    story = at_the_grid().under(flooded).and_then(by(GAO, "03-02 10:00", Accept))
    assert story.clock(ClockKind.HANDLE).due_at == local("03-06 10:00")
    story = story.and_then(by(GAO, "03-06 09:30", Suspend, **TYPHOON)).under(town())
    after = story.and_then(by(GAO, "03-06 10:00", Resume))
    assert after.clock(ClockKind.HANDLE).due_at == local("03-06 10:00")


# -- extension ---------------------------------------------------------------


@pytest.mark.rule("R6.5")
def test_asking_for_more_time_sets_a_clock_for_the_unit_above() -> None:
    story = (
        in_sus_hands()
        .when(by(SU, "03-03 10:00", RequestExtension, **ask("2 working_days")))
        .then(event(ExtensionRequested, seconds=2 * 7 * 3600))
    )
    assert story.clock(ClockKind.EXTENSION).due_at == local("03-04 10:00")
    assert story.clock(ClockKind.HANDLE).due_at == local("03-09 10:00")


@pytest.mark.rule("R6.5")
def test_it_is_put_to_somebody_of_the_unit_above_who_owes_the_answer() -> None:
    story = asked_by_su()
    asked = story.last(ExtensionRequested)
    assert (asked.unit_id, asked.person_id) == ("east", "xie")
    owes = owing.debtor(story.case, story.clock(ClockKind.EXTENSION).clock_id)
    assert owes is not None
    assert (owes.unit_id, owes.person_id) == ("east", "xie")


@pytest.mark.rule("R6.5")
def test_a_granted_extension_moves_the_due_time_by_what_was_asked() -> None:
    story = (
        asked_by_su().when(by(XIE, "03-03 11:00", DecideExtension, **YES)).then(ExtensionGranted)
    )
    assert story.clock(ClockKind.HANDLE).due_at == local("03-11 10:00")
    assert story.running(ClockKind.EXTENSION).stopped_at == local("03-03 11:00")
    assert story.running(ClockKind.RESIDENT).clock.due_at == local("03-20 17:30")


@pytest.mark.rule("R6.5")
def test_a_refused_extension_moves_nothing() -> None:
    story = (
        asked_by_su()
        .when(by(XIE, "03-03 11:00", DecideExtension, **NO))
        .then(event(ExtensionRefused, automatic=False, text="不同意"))
    )
    assert story.clock(ClockKind.HANDLE).due_at == local("03-09 10:00")


@pytest.mark.rule("R6.5")
def test_an_undecided_extension_is_refused_when_its_clock_ends() -> None:
    story = asked_by_su().at("03-04 10:00")
    assert story.last(ExtensionRefused) == ExtensionRefused(
        at=local("03-04 10:00"), by=SYSTEM, automatic=True
    )
    story.when(by(XIE, "03-04 10:01", DecideExtension, **YES)).then_refused(
        "no_extension_asked", "R6.5"
    )


@pytest.mark.rule("R6.5")
def test_a_decision_that_comes_with_the_end_of_its_clock_comes_too_late() -> None:
    asked_by_su().when(by(XIE, "03-04 10:00", DecideExtension, **YES)).then_refused(
        "no_extension_asked", "R6.5"
    )


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize("person", ["xie", "xia"])
def test_the_unit_above_or_a_supervisor_further_up_decides(person: str) -> None:
    asked_by_su().when(by(staff(person), "03-03 11:00", DecideExtension, **YES)).then(
        ExtensionGranted
    )


@pytest.mark.rule("R6.5")
def test_for_a_grid_its_community_decides() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 10:30", RequestExtension, **ask("3 working_hours"))
    )
    for decider in (CAO, XU, XIE, XIA):
        story.when(by(decider, "03-02 11:00", DecideExtension, **YES)).then(ExtensionGranted)
    for other in (GAO, SU, MEI):
        story.when(by(other, "03-02 11:00", DecideExtension, **YES)).then_forbidden(
            "not_entitled", "§2"
        )


@pytest.mark.rule("R6.5")
def test_at_most_half_of_the_original_time_may_be_asked_for() -> None:
    in_sus_hands().when(
        by(SU, "03-03 10:00", RequestExtension, **ask("3 working_days"))
    ).then_refused("extension_too_long", "R6.5", asked="75600 s", most="63000 s")
    in_gaos_hands().when(by(GAO, "03-02 10:30", RequestExtension, **ask("3 working_hours"))).then(
        ExtensionRequested
    )
    in_gaos_hands().when(
        by(GAO, "03-02 10:30", RequestExtension, **ask("4 working_hours"))
    ).then_refused("extension_too_long", "R6.5")


@pytest.mark.rule("R6.5")
def test_more_time_is_asked_for_once_a_stint() -> None:
    story = asked_by_su()
    refused = story.and_then(by(XIE, "03-03 10:30", DecideExtension, **NO))
    for past in (story, refused):
        past.when(by(SU, "03-03 11:00", RequestExtension, **ask("1 working_days"))).then_refused(
            "extension_already_asked", "R6.5"
        )


@pytest.mark.rule("R6.5")
def test_after_the_due_time_it_is_too_late_to_ask() -> None:
    in_weis_hands().at("03-05 10:00").when(
        by(WEI, "03-05 10:01", RequestExtension, **ask("1 working_days"))
    ).then_refused("past_due", "R6.5")


@pytest.mark.rule("R6.5")
def test_a_clock_that_breaks_before_the_decision_cannot_be_extended() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-05 09:30", RequestExtension, **ask("1 working_days"))
    )
    outcome = story.at("03-05 10:00")
    assert outcome.all(SupervisionOrdered)
    outcome.when(by(XIE, "03-05 10:30", DecideExtension, **YES)).then_refused("past_due", "R6.5")
    outcome.when(by(XIE, "03-05 10:30", DecideExtension, **NO)).then(ExtensionRefused)


@pytest.mark.rule("R6.5")
def test_the_time_asked_for_is_of_the_clocks_own_kind() -> None:
    in_sus_hands().when(by(SU, "03-03 10:00", RequestExtension, **ask("2 days"))).then_refused(
        "wrong_time_unit", "R6.5", clock_counts="working", asked="days"
    )
    burst_in_gaos_hands().when(
        by(GAO, "03-02 09:20", RequestExtension, **ask("1 working_hours"))
    ).then_refused("wrong_time_unit", "R6.5", clock_counts="wall")


@pytest.mark.rule("R6.5")
def test_an_emergency_may_be_extended_by_the_wall_clock() -> None:
    story = burst_in_gaos_hands().and_then(
        by(GAO, "03-02 09:20", RequestExtension, **ask("1 hours")),
        by(CAO, "03-02 09:30", DecideExtension, **YES),
    )
    assert story.clock(ClockKind.HANDLE).due_at == local("03-02 12:10")


@pytest.mark.rule("R6.4")
def test_a_suspended_case_asks_for_no_more_time() -> None:
    suspended_by_gao().when(
        by(GAO, "03-02 11:30", RequestExtension, **ask("1 working_hours"))
    ).then_refused("not_in_progress", "R6.5", phase="suspended")


@pytest.mark.rule("R6.4")
def test_while_suspended_an_extension_can_be_refused_but_not_granted() -> None:
    story = asked_by_su().and_then(by(SU, "03-03 10:10", Suspend, **TYPHOON))
    story.when(by(XIE, "03-03 11:00", DecideExtension, **YES)).then_refused("suspended", "R6.5")
    story.when(by(XIE, "03-03 11:00", DecideExtension, **NO)).then(ExtensionRefused)


@pytest.mark.rule("R6.5")
def test_nothing_asked_nothing_to_decide() -> None:
    in_sus_hands().when(by(XIE, "03-03 11:00", DecideExtension, **YES)).then_refused(
        "no_extension_asked", "R6.5"
    )


@pytest.mark.rule("R6.5")
def test_at_the_top_of_the_tree_nobody_is_above_to_decide() -> None:
    story = given(by(HU, "03-02 09:00", Register, **request())).and_then(
        by(HU, "03-02 09:10", RequestExtension, **ask("1 working_hours"))
    )
    story.when(by(XIA, "03-02 09:20", DecideExtension, **YES)).then_refused(
        "no_unit_above", "R6.5", unit="city"
    )


@pytest.mark.rule("R6.5")
def test_an_extension_asked_for_ends_with_its_stint() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 17:00", RequestExtension, **ask("1 working_hours"))
    )
    moved = story.at("03-03 10:00")
    assert moved.case.stint.unit_id == "orchard"
    assert moved.case.extension is None
    assert moved.running(ClockKind.EXTENSION).stopped_at == local("03-03 10:00")


@pytest.mark.rule("R6.5")
def test_who_asked_for_more_time_does_not_decide_on_it_at_another_post() -> None:
    also = post("grid-1c", "cao", Role.GRID_WORKER, "orchard-1")
    story = given(
        by(MEI, "03-02 09:00", Register, **request()),
        by(MEI, "03-02 09:30", HandOver),
        by(CAO, "03-02 10:00", Accept),
        by(CAO, "03-02 11:00", RequestExtension, extend_by=span("1 working_hours"), text="x"),
        book=town(posts=(*POSTS, also)),
    )
    story.when(by(CAO, "03-02 11:01", DecideExtension, granted=True, text="同意")).then_forbidden(
        "own_request", "R6.5"
    )
