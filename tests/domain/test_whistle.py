"""R5: helpers are summoned, report in, help and are released; the owner stays who it was."""

from typing import Any

import pytest

from domain.commands import (
    Accept,
    Call,
    Escalate,
    HandOver,
    RecordHelp,
    RecordProgress,
    Release,
    ReportIn,
    Resolve,
    Summon,
    Suspend,
    Tick,
    Withdraw,
)
from domain.events import (
    Arrived,
    ClockBroken,
    ClockWarned,
    Closed,
    Escalated,
    HelpRecorded,
    NotReportedIn,
    Released,
    ReportedIn,
    Resolved,
    Summoned,
)
from domain.notices import notices
from domain.values import Helper
from domain.words import ActorKind, ClockKind, EscalationReason, Phase, Stage, SuspensionGround
from domain.words.whistle import ReleaseReason
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    HELPERS,
    KEEPER,
    MEI,
    PAN,
    RESIDENT,
    SU,
    WANG,
    WEI,
    WEN,
    XIA,
    XIE,
    XU,
    Story,
    burst_in_gaos_hands,
    by,
    event,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    received,
    staff,
)
from tests.domain.town import said, town, without

pytestmark = pytest.mark.rule("R5")

WATER = Call(unit_id="water", asked="查明漏点")
WORKS = Call(unit_id="works", asked="围挡路面")
PARKS = Call(unit_id="parks", asked="移走倒树")
GUARD = Call(partner_id="keeper", asked="疏散车辆")
FIRST, SECOND = {"summons_id": "summons-1"}, {"summons_id": "summons-2"}


def whistle(*calls: Call, **more: Any) -> dict[str, Any]:
    return {"calls": calls, "text": "路面塌陷，请到场", **more}


def whistled(*calls: Call) -> Story:
    """Su of Bridge street called them at half past ten."""
    return in_sus_hands().and_then(by(SU, "03-02 10:30", Summon, **whistle(*calls)))


def at_work(*calls: Call) -> Story:
    """Wei of the water office came at eleven."""
    return whistled(*(calls or (WATER,))).and_then(by(WEI, "03-02 11:00", ReportIn, **FIRST))


def in_caos_hands() -> Story:
    """A community matter, with Orchard community since ten."""
    return received("stairs").and_then(
        by(MEI, "03-02 09:30", HandOver), by(CAO, "03-02 10:00", Accept)
    )


def told(story: Story, kind: type) -> list[str]:
    """Who is told of the last event of that kind, as it stands now."""
    found = notices(story.case, story.case, story.last(kind), story.book)
    return [f"{n.to} {n.recipient}" for n in found]


# -- summoning ---------------------------------------------------------------


def test_a_street_calls_departments_and_a_partner_at_once_each_with_a_clock_of_its_own() -> None:
    story = (
        in_sus_hands()
        .when(by(SU, "03-02 10:30", Summon, **whistle(WATER, WORKS, GUARD)))
        .then(
            event(
                Summoned, helper=Helper(summons_id="summons-1", unit_id="water", partner_id=None)
            ),
            event(
                Summoned, helper=Helper(summons_id="summons-2", unit_id="works", partner_id=None)
            ),
            event(
                Summoned, helper=Helper(summons_id="summons-3", unit_id=None, partner_id="keeper")
            ),
        )
    )
    running = [r for r in story.case.clocks if r.clock.kind is ClockKind.REPORT_IN]
    assert [r.clock.unit_id for r in running] == ["water", "works", "orchard"]
    assert {said(r.clock.due_at) for r in running} == {"2026-03-02 16:00"}


def test_the_owner_the_handler_and_the_handling_clock_stay_as_they_were() -> None:
    before, after = in_sus_hands(), at_work(WATER, GUARD)
    assert after.case.stints == before.case.stints
    assert after.case.phase is Phase.IN_PROGRESS
    assert after.clock(ClockKind.HANDLE) == before.clock(ClockKind.HANDLE)
    assert after.running(ClockKind.HANDLE).live


def test_in_an_emergency_half_an_hour_by_the_wall_clock_day_and_night() -> None:
    story = burst_in_gaos_hands().and_then(
        by(GAO, "03-02 09:15", Escalate, reason=EscalationReason.BEYOND_MEANS, text="x"),
        by(CAO, "03-02 09:20", Accept),
    )
    story = story.and_then(by(SU, "03-02 09:25", Summon, **whistle(WATER)))
    assert said(story.clock(ClockKind.REPORT_IN).due_at) == "2026-03-02 09:55"


def test_for_a_community_in_charge_the_street_over_it_whistles_and_the_community_keeps_it() -> None:
    story = in_caos_hands()
    story.when(by(CAO, "03-02 10:30", Summon, **whistle(WATER))).then_forbidden(
        "not_entitled", "§2"
    )
    for who in (SU, XU):
        after = story.when(by(who, "03-02 10:30", Summon, **whistle(WATER))).then(Summoned)
        assert after.case.stint.person_id == "cao"
        assert told(after, Summoned) == ["unit water", "person cao"]


def test_a_street_s_supervisor_may_whistle_as_well() -> None:
    in_sus_hands().when(by(XU, "03-02 10:30", Summon, **whistle(WATER))).then(Summoned)


@pytest.mark.parametrize("who", [MEI, CAO, WEI, XIE, staff("sun")])
def test_nobody_else_whistles(who: Any) -> None:
    in_sus_hands().when(by(who, "03-02 10:30", Summon, **whistle(WATER))).then_forbidden(
        "not_entitled", "§2"
    )


def test_a_resident_and_a_partner_do_not_whistle() -> None:
    for who in (RESIDENT, KEEPER):
        in_sus_hands().when(by(who, "03-02 10:30", Summon, **whistle(WATER))).then_forbidden(
            "staff_only", "§2"
        )


def test_neither_grid_nor_department_whistles() -> None:
    in_gaos_hands().when(by(GAO, "03-02 10:30", Summon, **whistle(WATER))).then_refused(
        "only_a_street_summons", "R5", stage="grid"
    )
    in_weis_hands().when(by(WEI, "03-02 10:30", Summon, **whistle(WORKS))).then_refused(
        "only_a_street_summons", "R5", stage="department"
    )


def test_a_case_is_accepted_before_others_are_called_to_it() -> None:
    waiting = received("road").and_then(by(MEI, "03-02 09:30", HandOver))
    waiting.when(by(SU, "03-02 09:40", Summon, **whistle(WATER))).then_refused(
        "not_in_progress", "R5"
    )


def test_help_is_called_while_the_case_is_on_hold_as_well() -> None:
    ground = {"ground": SuspensionGround.WEATHER_OR_DISASTER, "text": "暴雨"}
    held = in_sus_hands().and_then(by(SU, "03-02 10:15", Suspend, **ground))
    story = held.when(by(SU, "03-02 10:30", Summon, **whistle(WATER))).then(Summoned)
    assert story.case.phase is Phase.SUSPENDED


def test_who_is_called_is_somebody() -> None:
    story = in_sus_hands()
    story.when(by(SU, "03-02 10:30", Summon, **whistle())).then_refused("nobody_summoned", "R5")
    both = Call(unit_id="water", partner_id="keeper", asked="x")
    for call in (Call(asked="x"), both):
        story.when(by(SU, "03-02 10:30", Summon, **whistle(call))).then_refused(
            "a_unit_or_a_partner", "R5"
        )
    nobody = Call(partner_id="nobody", asked="x")
    story.when(by(SU, "03-02 10:30", Summon, **whistle(nobody))).then_refused(
        "unknown_partner", "R5", partner="nobody"
    )


@pytest.mark.parametrize("unit_id", ["orchard", "hills", "east", "atlantis"])
def test_only_departments_of_the_district_and_the_city_are_called(unit_id: str) -> None:
    call = Call(unit_id=unit_id, asked="x")
    in_sus_hands().when(by(SU, "03-02 10:30", Summon, **whistle(call))).then_refused(
        "not_a_department_here", "R5", unit=unit_id
    )


def test_nobody_is_called_twice_at_once() -> None:
    whistled(WATER).when(by(SU, "03-02 10:40", Summon, **whistle(WORKS, WATER))).then_refused(
        "already_summoned", "R5", helper="water"
    )
    in_sus_hands().when(by(SU, "03-02 10:30", Summon, **whistle(GUARD, GUARD))).then_refused(
        "already_summoned", "R5", helper="keeper"
    )


def test_who_was_released_may_be_called_again_and_that_is_a_new_summons() -> None:
    story = at_work().and_then(by(SU, "03-02 11:30", Release, useful=False, **FIRST))
    again = story.when(by(SU, "03-03 09:00", Summon, **whistle(WATER))).then(Summoned)
    assert [s.helper.summons_id for s in again.case.summons] == ["summons-1", "summons-2"]
    assert said(again.clock(ClockKind.REPORT_IN).due_at) == "2026-03-03 14:30"


# -- reporting in ------------------------------------------------------------


def test_who_reports_in_in_time_stops_its_clock() -> None:
    story = (
        whistled(WATER, WORKS)
        .when(by(WEI, "03-02 11:00", ReportIn, text="已派人", **FIRST))
        .then(event(ReportedIn, clock_id="report_in-1", on_time=True))
    )
    first, second = (r for r in story.case.clocks if r.clock.kind is ClockKind.REPORT_IN)
    assert first.stopped_at is not None
    assert second.live


def test_a_handler_or_the_head_of_the_department_reports_in() -> None:
    for who in (WANG, WEN):
        whistled(WORKS).when(by(who, "03-02 11:00", ReportIn, **FIRST)).then(ReportedIn)
    whistled(PARKS).when(by(PAN, "03-02 11:00", ReportIn, **FIRST)).then(ReportedIn)


@pytest.mark.parametrize("who", [SU, WANG, XIE, MEI])
def test_nobody_reports_in_for_another_unit(who: Any) -> None:
    whistled(WATER).when(by(who, "03-02 11:00", ReportIn, **FIRST)).then_forbidden(
        "not_entitled", "§2"
    )


def test_a_partner_answers_for_itself_and_nobody_for_it() -> None:
    story = whistled(GUARD)
    story.when(by(KEEPER, "03-02 11:00", ReportIn, **FIRST)).then(ReportedIn)
    for who in (HELPERS, SU, RESIDENT):
        story.when(by(who, "03-02 11:00", ReportIn, **FIRST)).then_forbidden("partner_only", "R5")
    whistled(WATER).when(by(KEEPER, "03-02 11:00", ReportIn, **FIRST)).then_forbidden(
        "staff_only", "§2"
    )


def test_reporting_in_twice_is_once() -> None:
    at_work().when(by(WEI, "03-02 11:05", ReportIn, **FIRST)).then_refused(
        "already_reported_in", "R5"
    )


def test_who_was_not_called_has_nothing_to_report_in_to() -> None:
    in_sus_hands().when(by(WEI, "03-02 11:00", ReportIn, **FIRST)).then_refused(
        "no_such_summons", "R5"
    )


# -- time running out --------------------------------------------------------


def test_who_does_not_report_in_breaks_its_own_clock_and_a_superior_is_told() -> None:
    story = (
        whistled(WATER)
        .when(by(CLOCK, "03-02 16:00", Tick))
        .then(
            ClockWarned,
            ClockWarned,
            event(ClockBroken, clock_id="report_in-1", due_at="03-02 16:00"),
            event(NotReportedIn, clock_id="report_in-1", unit_id="east", person_id="xie"),
        )
    )
    assert story.last(NotReportedIn).helper.unit_id == "water"
    assert story.case.stint.person_id == "su"
    assert story.running(ClockKind.HANDLE).live
    assert told(story, NotReportedIn) == ["person su", "person xie"]
    assert told(story, ClockBroken) == ["unit water", "person mei"]
    assert told(story, ClockWarned) == ["unit water", "person mei"]


def test_a_partner_s_breach_is_told_to_who_looks_after_it_and_to_itself() -> None:
    story = whistled(GUARD).at("03-02 16:00")
    assert told(story, NotReportedIn) == ["person su", "person xu"]
    assert told(story, ClockBroken) == ["partner keeper", "person mei"]


def test_where_no_superior_has_a_supervisor_the_highest_unit_is_told() -> None:
    empty = town(posts=without("supervisor-east", "supervisor-city"))
    story = whistled(WATER).under(empty).at("03-02 16:00")
    assert told(story, NotReportedIn) == ["person su", "unit city"]


def test_who_comes_late_is_late_for_ever() -> None:
    story = (
        whistled(WATER)
        .at("03-02 16:00")
        .when(by(WEI, "03-02 16:30", ReportIn, **FIRST))
        .then(event(ReportedIn, on_time=False))
    )
    running = story.running(ClockKind.REPORT_IN)
    assert running.broken_at is not None
    assert running.stopped_at is not None
    story.and_then(by(WEI, "03-02 17:00", RecordHelp, text="关阀", **FIRST)).when(
        by(SU, "03-03 09:00", Release, useful=True, **FIRST)
    ).then(event(Released, reported_in=True, on_time=False, helped=1, useful=True))


def test_a_breach_of_one_helper_is_not_another_s() -> None:
    story = at_work(WATER, WORKS).at("03-02 16:00")
    broken = [r.clock.unit_id for r in story.case.clocks if r.broken_at is not None]
    assert broken == ["works"]


# -- helping -----------------------------------------------------------------


def test_what_was_done_is_written_down_as_often_as_something_was_done() -> None:
    story = at_work().and_then(by(WEI, "03-02 13:30", RecordHelp, text="关阀", **FIRST))
    story = story.when(by(WEI, "03-02 15:00", RecordHelp, text="换管", **FIRST)).then(HelpRecorded)
    assert story.case.summons[0].helped == 2
    assert told(story, HelpRecorded) == ["person su"]


def test_a_partner_writes_down_what_it_did() -> None:
    story = whistled(GUARD).and_then(by(KEEPER, "03-02 11:00", ReportIn, **FIRST))
    story.when(by(KEEPER, "03-02 12:00", RecordHelp, text="已疏散", **FIRST)).then(HelpRecorded)
    story.when(by(SU, "03-02 12:00", RecordHelp, text="x", **FIRST)).then_forbidden(
        "partner_only", "R5"
    )


def test_who_is_not_here_has_not_helped() -> None:
    whistled(WATER).when(by(WEI, "03-02 11:00", RecordHelp, text="x", **FIRST)).then_refused(
        "not_reported_in", "R5"
    )


# -- releasing ---------------------------------------------------------------


def test_the_summoner_lets_a_helper_go_with_a_word_on_its_help() -> None:
    story = (
        at_work()
        .and_then(by(WEI, "03-02 15:00", RecordHelp, text="换管", **FIRST))
        .when(by(SU, "03-02 16:00", Release, useful=True, text="多谢", **FIRST))
        .then(
            event(
                Released,
                why=ReleaseReason.RELEASED,
                reported_in=True,
                on_time=True,
                helped=1,
                useful=True,
            )
        )
    )
    assert told(story, Released) == ["unit water"]
    story.when(by(WEI, "03-02 16:10", RecordHelp, text="x", **FIRST)).then_refused(
        "already_released", "R5"
    )
    story.when(by(WEI, "03-02 16:10", ReportIn, **FIRST)).then_refused("already_released", "R5")
    story.when(by(SU, "03-02 16:10", Release, useful=True, **FIRST)).then_refused(
        "already_released", "R5"
    )


def test_who_is_released_before_it_came_owes_nothing_more() -> None:
    story = whistled(WATER).and_then(by(SU, "03-02 11:00", Release, useful=False, **FIRST))
    assert story.running(ClockKind.REPORT_IN).stopped_at is not None
    assert story.at("03-02 17:00").all(NotReportedIn) == []


def test_help_nobody_wrote_down_was_of_no_use() -> None:
    at_work().when(by(SU, "03-02 16:00", Release, useful=True, **FIRST)).then_refused(
        "no_help_recorded", "R5"
    )


def test_the_street_that_whistled_for_a_community_releases_and_so_does_the_community() -> None:
    story = in_caos_hands().and_then(by(SU, "03-02 10:30", Summon, **whistle(WATER)))
    for who in (SU, XU, CAO):
        story.when(by(who, "03-02 11:00", Release, useful=False, **FIRST)).then(Released)
    for who in (WEI, XIE, MEI):
        story.when(by(who, "03-02 11:00", Release, useful=False, **FIRST)).then_forbidden(
            "not_entitled", "§2"
        )


def test_nothing_is_released_that_was_not_summoned() -> None:
    in_sus_hands().when(by(SU, "03-02 11:00", Release, useful=False, **SECOND)).then_refused(
        "no_such_summons", "R5"
    )


def test_resolving_the_case_releases_everybody_and_says_so() -> None:
    story = (
        at_work(WATER, GUARD)
        .when(by(SU, "03-02 13:45", Resolve, text="已修复"))
        .then(
            event(Released, why=ReleaseReason.RESOLVED, reported_in=True, useful=None),
            event(Released, why=ReleaseReason.RESOLVED, reported_in=False, useful=None),
            Resolved,
        )
    )
    assert all(s.released_at is not None for s in story.case.summons)
    story.at("03-03 17:00").when(
        by(WEI, "03-03 17:00", RecordHelp, text="x", **FIRST)
    ).then_refused("already_released", "R5")


def test_a_case_that_ends_otherwise_releases_them_as_well() -> None:
    whistled(WATER).when(by(RESIDENT, "03-02 11:00", Withdraw)).then(
        event(Released, why=ReleaseReason.CLOSED), Closed
    )


def test_who_takes_the_case_over_is_no_helper_any_more_and_the_others_stay() -> None:
    up = {"reason": EscalationReason.BEYOND_AUTHORITY, "text": "需职能部门"}
    story = (
        at_work(WATER, WORKS)
        .and_then(by(SU, "03-02 11:10", RecordProgress, text="到场"))
        .when(by(SU, "03-02 11:30", Escalate, **up))
        .then(Escalated, event(Released, why=ReleaseReason.TOOK_OVER), Arrived)
    )
    assert story.case.stage is Stage.DEPARTMENT
    assert [s.helper.unit_id for s in story.case.summons if s.open] == ["water"]
    story = story.and_then(by(WANG, "03-02 14:00", Accept))
    story.when(by(WANG, "03-02 14:10", Release, useful=False, **FIRST)).then(Released)
    story.when(by(SU, "03-02 14:10", Release, useful=False, **FIRST)).then(Released)


def test_helpers_stay_with_a_case_that_climbs_by_itself() -> None:
    story = at_work(WATER, PARKS).at("03-09 10:00")
    assert story.case.stage is Stage.DEPARTMENT
    assert [s.helper.unit_id for s in story.case.summons if s.open] == ["water", "parks"]


def test_a_partner_never_acts_on_the_case_itself() -> None:
    story = whistled(GUARD).and_then(by(KEEPER, "03-02 11:00", ReportIn, **FIRST))
    for command in (
        by(KEEPER, "03-02 11:10", RecordProgress, text="x"),
        by(KEEPER, "03-02 11:10", Resolve, text="x"),
        by(KEEPER, "03-02 11:10", Withdraw),
        by(KEEPER, "03-02 11:10", Release, useful=True, **FIRST),
    ):
        story.when(command).then_forbidden("staff_only", "§2")
    assert story.last(ReportedIn).by.person_id == "keeper"
    assert KEEPER.kind is ActorKind.PARTNER


def test_xia_of_the_city_is_told_of_the_city_s_department() -> None:
    story = whistled(WORKS).at("03-02 16:00")
    assert told(story, NotReportedIn) == ["person su", f"person {XIA.person_id}"]
