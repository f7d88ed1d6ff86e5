"""R2.3: several residents on one matter. What one case tells another is carried by hand here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from domain.book import Neighbour
from domain.case import evolve, initial
from domain.commands import (
    AddInformation,
    Command,
    GiveBack,
    HandOver,
    Join,
    Merge,
    Part,
    Rate,
    RecordFollowUp,
    Register,
    Remind,
    RequestExtension,
    Resolve,
    Split,
    Suspend,
    Withdraw,
)
from domain.crossing import MESSAGES, Sent
from domain.events import (
    Arrived,
    BecameMass,
    ClockBroken,
    ClockWarned,
    Closed,
    Event,
    FollowedUp,
    InformationAdded,
    Joined,
    Merged,
    MergeUndone,
    Parted,
    Rated,
    Registered,
    Reminded,
    ResidentLeft,
    Resolved,
)
from domain.notices import notices
from domain.state import Case
from domain.values import By
from domain.words import (
    ActorKind,
    CaseType,
    Channel,
    ClockKind,
    ClosingReason,
    LeftWhy,
    Phase,
    Stage,
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
    Story,
    at_the_grid,
    by,
    event,
    given,
    in_gaos_hands,
    in_weis_hands,
    received,
    request,
)
from tests.domain.town import LEAD as BESIDE
from tests.domain.town import POSTS, local, said, span, town

pytestmark = pytest.mark.rule("R2.3")

LEAD = "SW-LEAD"
SAME = {"text": "同一盏灯"}
GOOD = {"contacted": True, "solved": True, "grade": 5}


def neighbour(case_id: str = LEAD, **changed: Any) -> Neighbour:
    """The lead as the absorbed case finds it."""
    return replace(BESIDE, **{"case_id": case_id, "urgency": Urgency.NORMAL, **changed})


def beside(story: Story, *others: Neighbour) -> Story:
    """The story, decided with those cases in sight."""
    return story.under(replace(story.book, neighbours={n.case_id: n for n in others}))


def alone(story: Story) -> Story:
    return beside(story, neighbour())


def merged_at_ten() -> Story:
    """Handed to the grid at half past nine; Gao accepted at ten, Mei merged at half past ten."""
    return alone(in_gaos_hands()).and_then(by(MEI, "03-02 10:30", Merge, lead_id=LEAD, **SAME))


def joining(case_id: str = "SW-2", **changed: Any) -> dict[str, Any]:
    """What the absorbed case says to the lead."""
    fields: dict[str, Any] = {
        "case_id": case_id,
        "residents": 1,
        "officer": By(person_id="hu", post_id="clerk-hills", unit_id="hills"),
        "urgency": Urgency.NORMAL,
    }
    return fields | changed


def joined_by(*cases: str) -> Story:
    """A lead in Gao's hands that others have joined."""
    story = in_gaos_hands()
    for case_id in cases:
        story = story.and_then(by(CLOCK, "03-02 11:00", Join, **joining(case_id)))
    return story


def of(case_id: str) -> Any:
    return replace(RESIDENT, subject=case_id)


def told(story: Story, kind: type[Event]) -> set[str]:
    last = max(n for n, e in enumerate(story.history) if isinstance(e, kind))
    states = list(folded(story.history[: last + 1]))
    found = notices(states[-2], states[-1], story.history[last], story.book)
    return {f"{notice.to} {notice.recipient}" for notice in found}


def folded(history: tuple[Event, ...]) -> Iterator[Case]:

    case = initial("case-1")
    yield case
    for each in history:
        case = evolve(case, each)
        yield case


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


# -- mass cases --------------------------------------------------------------------


def test_the_fifth_resident_makes_a_mass_case_that_enters_at_the_street() -> None:
    four = joined_by("SW-2", "SW-3", "SW-4")
    assert four.case.stage is Stage.GRID
    story = four.when(by(CLOCK, "03-02 11:30", Join, **joining("SW-5"))).then(
        Joined,
        event(BecameMass, residents=5, enters=True),
        event(Arrived, stage=Stage.STREET, unit_id="bridge"),
    )
    assert story.case.stints[-2].left_why is LeftWhy.BECAME_MASS
    assert told(story, BecameMass) == {"unit bridge", "person gao", "person mei"}
    story.when(by(CLOCK, "03-02 11:40", Join, **joining("SW-6"))).then(Joined)


def test_a_group_that_comes_together_is_a_mass_case_from_the_start() -> None:
    start = given()
    start.when(by(MEI, "03-02 09:00", Register, **request(residents=6))).then(
        Registered,
        event(Arrived, stage=Stage.FIRST_CONTACT),
        event(BecameMass, residents=6),
        event(Arrived, stage=Stage.STREET, unit_id="bridge"),
    )
    start.when(
        by(RESIDENT, "03-02 09:00", Register, **request(residents=5, channel=Channel.WEB))
    ).then(Registered, Arrived, BecameMass, Arrived)


def test_the_same_resident_is_counted_once_however_often_they_come() -> None:
    known = [neighbour("case-1", lookup="a"), neighbour("SW-5", lookup="a")]
    four = joined_by("SW-2", "SW-3", "SW-4")
    story = (
        beside(four, *known)
        .when(by(CLOCK, "03-02 11:30", Join, **joining("SW-5")))
        .then(event(Joined, residents=0, rates=True))
    )
    assert story.case.merging.residents == 4
    assert "SW-5" in story.case.raters


def test_two_residents_without_a_number_are_two() -> None:
    unknown = [neighbour("case-1"), neighbour("SW-2")]
    beside(in_gaos_hands(), *unknown).when(by(CLOCK, "03-02 11:00", Join, **joining())).then(
        event(Joined, residents=1)
    )


def test_at_the_department_a_mass_case_stays_where_it_is() -> None:
    story = (
        in_weis_hands()
        .when(by(CLOCK, "03-02 11:00", Join, **joining(residents=4)))
        .then(Joined, event(BecameMass, residents=5, enters=False))
    )
    assert story.case.stage is Stage.DEPARTMENT


def test_without_anybody_at_the_street_a_mass_case_stays_in_the_hands_it_is_in() -> None:
    here = town(posts=[p for p in POSTS if p.post_id != "street-bridge"])
    story = in_gaos_hands().under(here)
    after = story.when(by(CLOCK, "03-02 11:00", Join, **joining(residents=4))).then(
        Joined, event(BecameMass, enters=False)
    )
    assert after.case.stint.person_id == "gao"


def test_a_mass_case_that_is_an_emergency_goes_on_as_one() -> None:
    urgent = received("burst").and_then(by(MEI, "03-02 09:05", HandOver))
    joins = joining(residents=4, urgency=Urgency.EMERGENCY)
    story = urgent.when(by(CLOCK, "03-02 09:06", Join, **joins)).then(Joined, BecameMass, Arrived)
    assert said(story.clock(ClockKind.ACCEPT).due_at) == "2026-03-02 09:36"


# -- from one to the other ----------------------------------------------------------


@dataclass
class Pair:
    """A lead and a case merged into it; what one says is carried to the other."""

    lead: Story
    other: Story

    def carry(self, kind: type[Event]) -> Command:
        """The command the other's event becomes."""
        found = self.other.last(kind)
        sent = Sent(
            sender="SW-2", topic=found.kind, event=found, command_id="c", at=local("03-02 12:00")
        )
        return MESSAGES[found.kind].tell(sent)


def pair() -> Pair:
    there = in_gaos_hands()
    return Pair(lead=there, other=merged_at_ten())


def test_what_the_merged_case_says_is_what_the_lead_hears() -> None:
    found = pair()
    join = found.carry(Merged)
    assert isinstance(join, Join)
    assert join.officer == found.other.case.officer
    assert join.promised == in_gaos_hands().clock(ClockKind.RESIDENT)
    assert join.actor.kind is ActorKind.SYSTEM
    lead = found.lead.and_then(join)
    assert lead.case.raters == ("reporter", "SW-2")
    for command, kind in (
        (by(RESIDENT, "03-02 11:00", Remind, text="请快"), Reminded),
        (by(RESIDENT, "03-02 11:01", AddInformation, text="在三楼"), InformationAdded),
        (by(RESIDENT, "03-02 11:02", Withdraw, text="不用了"), ResidentLeft),
    ):
        found.other = found.other.and_then(command)
        carried = found.carry(kind)
        assert carried.actor.subject == "SW-2"
        lead = lead.and_then(carried)
        assert isinstance(lead.history[-1], kind)
    assert lead.case.raters == ("reporter",)


def test_a_case_that_was_split_off_tells_the_lead() -> None:
    found = pair()
    lead = found.lead.and_then(found.carry(Merged))
    found.other = found.other.and_then(by(XU, "03-02 11:00", Split, text="错并"))
    assert lead.and_then(found.carry(MergeUndone)).case.raters == ("reporter",)


def test_a_refusal_is_carried_back_with_its_code() -> None:
    found = pair()
    told_of = found.other.last(Merged)
    sent = Sent(sender="SW-2", topic=told_of.kind, event=told_of, command_id="c", at=told_of.at)
    back = MESSAGES[told_of.kind].refused
    assert back is not None
    assert found.other.and_then(back(sent, "not_open")).case.phase is Phase.IN_PROGRESS


def test_a_topic_is_told_of_its_own_event_only() -> None:
    opened = received().last(Registered)
    sent = Sent(sender="SW-2", topic="case.merged", event=opened, command_id="c", at=opened.at)
    with pytest.raises(TypeError):
        MESSAGES["case.merged"].tell(sent)
