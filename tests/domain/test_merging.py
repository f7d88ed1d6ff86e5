"""R2.3: one case is merged into another, and given back."""

from dataclasses import replace

import pytest

from domain.commands import (
    Call,
    GiveBack,
    Join,
    Merge,
    Part,
    ProposeDeliberation,
    Rate,
    Register,
    Release,
    RequestExtension,
    Resolve,
    Resume,
    Split,
    StopDeliberation,
    Summon,
    Suspend,
    Withdraw,
)
from domain.events import (
    ClockBroken,
    ClockWarned,
    Closed,
    Joined,
    Merged,
    MergeUndone,
    Parted,
    Rated,
    Resolved,
)
from domain.words import (
    CaseType,
    ClockKind,
    ClosingReason,
    Phase,
    SuspensionGround,
    Urgency,
)
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    SU,
    WEI,
    XIE,
    XU,
    at_the_grid,
    by,
    event,
    given,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    received,
    request,
)
from tests.domain.together import (
    GOOD,
    LEAD,
    SAME,
    alone,
    beside,
    joined_by,
    joining,
    merged_at_ten,
    neighbour,
    of,
    told,
)
from tests.domain.town import local, said, span

pytestmark = pytest.mark.rule("R2.3")


# -- merging -------------------------------------------------------------------


def test_the_officer_or_who_is_in_charge_merges_a_case_and_it_closes_as_merged() -> None:
    for who in (MEI, GAO):
        story = (
            alone(in_gaos_hands())
            .when(by(who, "03-02 10:30", Merge, lead_id=LEAD, **SAME))
            .then(event(Merged, lead_id=LEAD), event(Closed, reason=ClosingReason.MERGED))
        )
        assert story.case.merging.lead_id == LEAD
        assert told(story, Merged) == {
            "resident reporter",
            "person mei",
            "person gao",
            f"case {LEAD}",
        }
        assert told(story, Closed) == set()


def test_a_case_nobody_has_accepted_yet_is_merged_too() -> None:
    alone(at_the_grid()).when(by(MEI, "03-02 09:40", Merge, lead_id=LEAD)).then(Merged, Closed)


def test_nobody_else_merges() -> None:
    for who in (BO, GUO, XU):
        alone(in_gaos_hands()).when(by(who, "03-02 10:30", Merge, lead_id=LEAD)).then_forbidden(
            "not_entitled", "§2"
        )


def test_what_cannot_lead() -> None:
    story = in_gaos_hands()
    story.when(by(MEI, "03-02 10:30", Merge, lead_id="SW-9")).then_refused("no_such_lead", "R2.3")
    beside(story, neighbour("case-1")).when(
        by(MEI, "03-02 10:30", Merge, lead_id="case-1")
    ).then_refused("lead_is_itself", "R2.3")
    beside(story, neighbour(open=False)).when(
        by(MEI, "03-02 10:30", Merge, lead_id=LEAD)
    ).then_refused("lead_not_open", "R2.3", lead=LEAD)
    beside(story, neighbour(case_type=CaseType.DISPUTE)).when(
        by(MEI, "03-02 10:30", Merge, lead_id=LEAD)
    ).then_refused("lead_is_dispute", "R2.3")


def test_an_emergency_is_not_merged_into_what_is_none() -> None:
    urgent = received("burst")
    alone(urgent).when(by(MEI, "03-02 09:05", Merge, lead_id=LEAD)).then_refused(
        "lead_less_urgent", "R2.3"
    )
    beside(urgent, neighbour(urgency=Urgency.EMERGENCY)).when(
        by(MEI, "03-02 09:05", Merge, lead_id=LEAD)
    ).then(Merged, Closed)


def test_what_cannot_be_absorbed() -> None:
    dispute = received(case_type=CaseType.DISPUTE, parties=(request()["reporter"],))
    alone(dispute).when(by(MEI, "03-02 09:10", Merge, lead_id=LEAD)).then_refused(
        "is_dispute", "R2.3"
    )
    ordered = in_weis_hands().at("03-09 18:00")
    alone(ordered).when(by(WEI, "03-10 09:00", Merge, lead_id=LEAD)).then_refused(
        "order_unanswered", "R4.6"
    )
    asked = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", RequestExtension, extend_by=span("1 working_days"), text="等配件")
    )
    alone(asked).when(by(WEI, "03-02 11:10", Merge, lead_id=LEAD)).then_refused(
        "decision_pending", "R2.3"
    )
    held = in_gaos_hands().and_then(
        by(GAO, "03-02 10:30", Suspend, ground=SuspensionGround.AWAITING_RESIDENT, text="等照片")
    )
    alone(held).when(by(GAO, "03-02 10:40", Merge, lead_id=LEAD)).then_refused(
        "not_in_progress", "R2.3"
    )


@pytest.mark.rule("R8")
def test_a_case_that_is_deliberated_is_not_merged_away() -> None:
    proposal = {"title": "加装路灯", "text": "楼前加装路灯的提议"}
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 10:30", ProposeDeliberation, **proposal), by(GAO, "03-02 10:40", Resume)
    )
    alone(story).when(by(GAO, "03-02 10:50", Merge, lead_id=LEAD)).then_refused(
        "deliberation_under_way", "R8"
    )
    given_up = story.and_then(by(GAO, "03-02 11:00", StopDeliberation, text="改为并案"))
    alone(given_up).when(by(GAO, "03-02 11:10", Merge, lead_id=LEAD)).then(Merged, Closed)


@pytest.mark.rule("R5")
def test_a_case_is_not_merged_away_from_the_helpers_it_called() -> None:
    water = (Call(unit_id="water", asked="派人到场"),)
    story = in_sus_hands().and_then(by(SU, "03-02 10:30", Summon, calls=water, text="到场"))
    alone(story).when(by(SU, "03-02 10:40", Merge, lead_id=LEAD)).then_refused(
        "helpers_summoned", "R5", summons="summons-1"
    )
    released = story.and_then(by(SU, "03-02 10:50", Release, summons_id="summons-1", useful=False))
    alone(released).when(by(SU, "03-02 11:00", Merge, lead_id=LEAD)).then(Merged, Closed)


def test_a_case_that_leads_others_is_not_absorbed_so_no_chain_and_no_circle_comes_about() -> None:
    alone(joined_by("SW-2")).when(by(MEI, "03-02 11:30", Merge, lead_id=LEAD)).then_refused(
        "leads_others", "R2.3", joined="1"
    )


def test_a_second_click_finds_the_case_closed() -> None:
    merged_at_ten().when(by(MEI, "03-02 10:31", Merge, lead_id=LEAD)).then_refused(
        "case_closed", "R9", reason="merged"
    )


# -- the lead ------------------------------------------------------------------


def test_the_lead_has_one_more_resident_who_rates() -> None:
    story = (
        in_gaos_hands()
        .when(by(CLOCK, "03-02 11:00", Join, **joining()))
        .then(event(Joined, case_id="SW-2", residents=1, rates=True))
    )
    assert story.case.raters == ("reporter", "SW-2")
    assert told(story, Joined) == {"person gao", "person mei"}


def test_the_promise_made_to_the_absorbed_resident_goes_on_in_the_lead_as_it_was() -> None:
    early = given(by(MEI, "02-26 09:00", Register, **request())).clock(ClockKind.RESIDENT)
    story = in_gaos_hands().and_then(by(CLOCK, "03-02 11:00", Join, **joining(promised=early)))
    own, theirs = (r for r in story.case.clocks if r.clock.kind is ClockKind.RESIDENT)
    assert (own.live, theirs.live) == (True, True)
    assert theirs.clock.due_at == early.due_at < own.clock.due_at
    assert theirs.clock.started_at == local("02-26 09:00")
    assert story.case.merging.joined[0].clock_id == theirs.clock.clock_id == "resident-2"


def test_a_promise_that_broke_on_the_way_is_broken_at_once_in_the_lead() -> None:
    late = given(by(MEI, "02-09 09:00", Register, **request())).clock(ClockKind.RESIDENT)
    story = in_gaos_hands()
    while story.case.last_at is None or story.case.last_at < late.due_at:
        story = story.at(said(late.due_at)[5:16])
    last = story.case.last_at
    assert last is not None
    join = replace(by(CLOCK, "03-02 11:00", Join, **joining(promised=late)), at=last)
    after = story.when(join).then(Joined, event(ClockBroken, clock_id="resident-2"))
    assert after.case.merging.joined[0].clock_id == "resident-2"


def test_only_another_case_joins_and_parts_and_gives_back() -> None:
    story = in_gaos_hands()
    for who in (GAO, RESIDENT):
        story.when(by(who, "03-02 11:00", Join, **joining())).then_forbidden("system_only", "R4.4")
        story.when(by(who, "03-02 11:00", Part, case_id="SW-2")).then_forbidden(
            "system_only", "R4.4"
        )
        merged_at_ten().when(by(who, "03-02 11:00", GiveBack, refusal="no")).then_forbidden(
            "system_only", "R4.4"
        )


def test_the_lead_refuses_what_it_cannot_carry() -> None:
    joined_by("SW-2").when(by(CLOCK, "03-02 11:10", Join, **joining())).then_refused(
        "already_joined", "R2.3"
    )
    received(case_type=CaseType.DISPUTE, parties=(request()["reporter"],)).when(
        by(CLOCK, "03-02 09:10", Join, **joining())
    ).then_refused("is_dispute", "R2.3")
    in_gaos_hands().when(
        by(CLOCK, "03-02 11:00", Join, **joining(urgency=Urgency.EMERGENCY))
    ).then_refused("less_urgent", "R2.3")
    resolved = in_gaos_hands().and_then(by(GAO, "03-02 10:30", Resolve, text="已办"))
    resolved.when(by(CLOCK, "03-02 11:00", Join, **joining())).then_refused("not_open", "R2.3")
    merged_at_ten().when(by(CLOCK, "03-02 11:00", Join, **joining())).then_refused(
        "case_closed", "R9"
    )


def test_every_resident_rates_for_themselves_and_the_last_rating_closes_the_lead() -> None:
    story = joined_by("SW-2", "SW-3").and_then(
        by(GAO, "03-02 14:00", Resolve, text="已修"),
        by(of("SW-2"), "03-02 15:00", Rate, **GOOD),
        by(RESIDENT, "03-02 15:10", Rate, **GOOD),
    )
    assert story.case.unrated == ("SW-3",)
    story.when(by(of("SW-2"), "03-02 15:20", Rate, **GOOD)).then_refused("already_rated", "R9.3")
    story.when(by(of("SW-9"), "03-02 15:20", Rate, **GOOD)).then_refused("not_asked", "R9.2")
    story.when(by(of("SW-3"), "03-02 15:20", Rate, **GOOD)).then(
        event(Rated, subject="SW-3"), event(Closed, reason=ClosingReason.RATED)
    )


def test_every_resident_is_told_of_the_lead_s_end_and_their_officers_too() -> None:
    story = joined_by("SW-2", "SW-3").and_then(by(GAO, "03-02 14:00", Resolve, text="已修"))

    assert told(story, Resolved) == {
        *("resident reporter", "resident SW-2", "resident SW-3", "person mei", "person hu"),
    }


# -- giving back -----------------------------------------------------------------


def test_a_supervisor_gives_a_wrongly_merged_case_back_where_it_was() -> None:
    before = alone(in_gaos_hands()).case
    story = (
        merged_at_ten().when(by(XU, "03-03 10:30", Split, text="不是同一盏灯")).then(MergeUndone)
    )
    after = story.case
    assert (after.phase, after.closing, after.closed_at) == (Phase.IN_PROGRESS, None, None)
    assert after.stints == before.stints
    assert told(story, MergeUndone) >= {"resident reporter", "person gao", f"case {LEAD}"}


def test_given_back_the_handler_has_the_time_that_was_left_and_the_resident_lost_none() -> None:
    promised = in_gaos_hands().clock(ClockKind.RESIDENT)
    story = merged_at_ten().and_then(by(XU, "03-03 10:30", Split, text="不是同一盏灯"))
    assert story.clock(ClockKind.RESIDENT) == promised
    assert story.running(ClockKind.RESIDENT).live
    assert said(story.clock(ClockKind.HANDLE).due_at) == "2026-03-04 10:00"
    ran = story.running(ClockKind.HANDLE).stretches[0]
    assert (ran.start, ran.end) == (local("03-02 10:00"), local("03-02 10:30"))


def test_what_fell_due_meanwhile_is_settled_when_the_case_is_given_back() -> None:
    story = (
        merged_at_ten()
        .when(by(XU, "04-10 10:30", Split, text="错并"))
        .then(
            MergeUndone,
            ClockWarned,
            ClockWarned,
            ClockWarned,
            event(ClockBroken, clock_id="resident-1"),
        )
    )
    assert story.running(ClockKind.HANDLE).live


def test_only_a_supervisor_over_the_unit_splits() -> None:
    for who in (MEI, GAO, SU):
        merged_at_ten().when(by(who, "03-02 11:00", Split, text="错并")).then_forbidden(
            "not_entitled", "§2"
        )
    merged_at_ten().and_then(by(XIE, "03-02 11:00", Split, text="错并"))


def test_only_a_merged_case_is_given_back() -> None:
    in_gaos_hands().when(by(XU, "03-02 11:00", Split, text="错并")).then_refused(
        "not_merged", "R2.3"
    )
    in_gaos_hands().when(by(CLOCK, "03-02 11:00", GiveBack, refusal="not_open")).then_refused(
        "not_merged", "R2.3"
    )


def test_where_the_lead_refuses_the_case_goes_on_and_everybody_hears_of_it() -> None:
    story = (
        merged_at_ten()
        .when(by(CLOCK, "03-02 10:31", GiveBack, refusal="case_closed"))
        .then(event(MergeUndone, refusal="case_closed"))
    )
    assert told(story, MergeUndone) == {"resident reporter", "person mei", "person gao"}
    story.and_then(by(GAO, "03-02 10:40", Resolve, text="已修"))


def test_a_case_given_back_after_its_resident_took_it_back_is_closed() -> None:
    story = merged_at_ten().and_then(by(RESIDENT, "03-02 10:40", Withdraw))
    story.when(by(XU, "03-02 11:00", Split, text="错并")).then(
        MergeUndone, event(Closed, reason=ClosingReason.WITHDRAWN)
    )


def test_given_back_it_may_be_merged_again() -> None:
    story = merged_at_ten().and_then(by(CLOCK, "03-02 10:31", GiveBack, refusal="not_open"))
    story.when(by(MEI, "03-02 11:00", Merge, lead_id=LEAD)).then(Merged, Closed)


def test_the_lead_lets_go_of_a_case_that_is_split_off() -> None:
    early = given(by(MEI, "02-26 09:00", Register, **request())).clock(ClockKind.RESIDENT)
    story = in_gaos_hands().and_then(by(CLOCK, "03-02 11:00", Join, **joining(promised=early)))
    story = story.when(by(CLOCK, "03-02 11:30", Part, case_id="SW-2")).then(Parted)
    assert story.case.raters == ("reporter",)
    assert story.case.merging.residents == 1
    theirs = next(r for r in story.case.clocks if r.clock.clock_id == "resident-2")
    assert theirs.stopped_at == local("03-02 11:30")
    story.when(by(CLOCK, "03-02 11:40", Part, case_id="SW-2")).then_refused("not_joined", "R2.3")


def test_a_case_split_off_does_not_keep_the_others_rated_case_open() -> None:
    story = joined_by("SW-2").and_then(
        by(GAO, "03-02 14:00", Resolve, text="已修"), by(RESIDENT, "03-02 15:00", Rate, **GOOD)
    )
    story.when(by(CLOCK, "03-02 15:10", Part, case_id="SW-2")).then(
        Parted, event(Closed, reason=ClosingReason.RATED)
    )


def test_a_closed_lead_hears_that_a_case_goes_its_own_way() -> None:
    waiting = joined_by("SW-2").and_then(by(GAO, "03-02 14:00", Resolve, text="已修"))
    closed = waiting.and_then(
        by(RESIDENT, "03-02 15:00", Rate, **GOOD), by(of("SW-2"), "03-02 15:10", Rate, **GOOD)
    )
    story = closed.when(by(CLOCK, "03-03 09:00", Part, case_id="SW-2")).then(Parted)
    assert story.case.closing is ClosingReason.RATED
    assert story.case.raters == ("reporter",)
    story.when(by(CLOCK, "03-03 09:10", Part, case_id="SW-2")).then_refused("not_joined", "R2.3")
