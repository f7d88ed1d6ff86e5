"""R2.1: correcting the matter or the place, the way out of a wrong hand-over."""

import pytest

from domain.case import evolve, initial
from domain.commands import (
    Accept,
    Escalate,
    HandOver,
    Place,
    Reclassify,
    RecordProgress,
    Resolve,
    ReturnCase,
    Suspend,
)
from domain.events import Arrived, Event, Reclassified, Returned
from domain.notices import Notice, notices
from domain.values import Area, Matter
from domain.words import (
    ClockKind,
    DeadlineClass,
    EscalationReason,
    Phase,
    ReturnReason,
    Stage,
    SuspensionGround,
    Urgency,
)
from tests.domain.story import (
    BO,
    CAO,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    SU,
    WEI,
    XU,
    Story,
    at_the_grid,
    burst_in_gaos_hands,
    by,
    event,
    in_gaos_hands,
    received,
)
from tests.domain.town import IN_STONE_1, local, town

pytestmark = pytest.mark.rule("R2.1")

BILL = {"item_id": "bill", "text": "是水费问题"}
IN_STONE = {"place": Place(address="石村", point=IN_STONE_1), "text": "地点记错"}
WRONG = {"reason": ReturnReason.WRONG_MATTER, "text": "归类有误"}


def test_the_matter_is_corrected_and_what_follows_from_it_follows() -> None:
    story = (
        received()
        .when(by(MEI, "03-02 09:10", Reclassify, **BILL))
        .then(
            event(
                Reclassified,
                matter=Matter(
                    item_id="bill",
                    class_id="town",
                    deadline=DeadlineClass.CONSULTATION,
                    department_id="water",
                ),
                was=Matter(
                    item_id="noise",
                    class_id="town",
                    deadline=DeadlineClass.STANDARD,
                    department_id="works",
                ),
                location=None,
            )
        )
    )
    assert story.case.clocks == received().at("03-02 09:10").case.clocks
    story = story.and_then(by(MEI, "03-02 09:20", HandOver), by(WEI, "03-02 10:00", Accept))
    assert story.clock(ClockKind.HANDLE).due_at == local("03-05 10:00")


def test_the_place_is_corrected_and_its_units_follow() -> None:
    story = (
        received()
        .when(by(MEI, "03-02 09:10", Reclassify, **IN_STONE))
        .then(
            event(
                Reclassified,
                was_area=Area(grid_id="orchard-1", community_id="orchard", street_id="bridge"),
            )
        )
    )
    assert story.case.location.grid_id == "stone-1"
    assert story.case.item_id == "noise"
    assert story.and_then(by(MEI, "03-02 09:20", HandOver)).case.stint.unit_id == "stone-1"


@pytest.mark.rule("R4.2")
def test_a_wrong_hand_over_finds_its_way() -> None:
    story = at_the_grid().and_then(
        by(GAO, "03-02 09:40", Reclassify, **BILL), by(GAO, "03-02 09:50", ReturnCase, **WRONG)
    )
    story = story.and_then(by(MEI, "03-02 10:00", Accept))
    after = story.when(by(MEI, "03-02 10:10", HandOver)).events
    assert [type(e) for e in after][-1] is Arrived
    story = story.and_then(by(MEI, "03-02 10:10", HandOver))
    assert (story.case.stage, story.case.stint.unit_id) == (Stage.DEPARTMENT, "water")
    assert story.all(Returned)[0].reason is ReturnReason.WRONG_MATTER


def test_the_case_stays_where_it_is_and_climbs_where_it_now_belongs() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 10:10", Reclassify, **IN_STONE))
    assert (story.case.stint.unit_id, story.case.phase) == ("orchard-1", Phase.IN_PROGRESS)
    beyond = {"reason": EscalationReason.CROSSES_UNITS, "text": "属石村"}
    story = story.and_then(
        by(GAO, "03-02 10:20", RecordProgress, text="核实"),
        by(GAO, "03-02 10:30", Escalate, **beyond),
    )
    assert story.case.stint.unit_id == "stone"


def test_officer_and_unit_in_charge_correct_and_nobody_else() -> None:
    for who in (MEI, GAO, GUO):
        at_the_grid().when(by(who, "03-02 09:40", Reclassify, **BILL)).then(Reclassified)
    for who in (BO, CAO, SU, XU):
        at_the_grid().when(by(who, "03-02 09:40", Reclassify, **BILL)).then_forbidden(
            "not_entitled", "§2"
        )
    at_the_grid().when(by(RESIDENT, "03-02 09:40", Reclassify, **BILL)).then_forbidden(
        "staff_only", "§2"
    )


def test_what_is_the_same_is_no_correction() -> None:
    for same in ({"item_id": "noise"}, {}):
        received().when(by(MEI, "03-02 09:10", Reclassify, text="同", **same)).then_refused(
            "nothing_changed", "R2.1", item="noise"
        )
    corrected = received().and_then(by(MEI, "03-02 09:10", Reclassify, **BILL))
    corrected.when(by(MEI, "03-02 09:11", Reclassify, **BILL)).then_refused(
        "nothing_changed", "R2.1"
    )


def test_what_the_catalogue_and_the_tree_do_not_know_is_refused() -> None:
    received().when(by(MEI, "03-02 09:10", Reclassify, item_id="dragons", text="x")).then_refused(
        "unknown_item", "R2.1", item="dragons"
    )
    nowhere = Place(unit_id="atlantis")
    received().when(by(MEI, "03-02 09:10", Reclassify, place=nowhere, text="x")).then_refused(
        "unknown_unit", "R2.1", unit="atlantis"
    )


def test_the_place_of_a_matter_gone_from_the_catalogue_can_still_be_corrected() -> None:
    received().under(town(items=())).when(by(MEI, "03-02 09:10", Reclassify, **IN_STONE)).then(
        Reclassified
    )


def test_a_suspended_case_is_corrected_a_resolved_one_is_not() -> None:
    held = in_gaos_hands().and_then(
        by(GAO, "03-02 10:10", Suspend, ground=SuspensionGround.EXPERT_APPRAISAL, text="鉴定")
    )
    held.when(by(GAO, "03-02 10:20", Reclassify, **BILL)).then(Reclassified)
    done = in_gaos_hands().and_then(by(GAO, "03-02 10:10", Resolve, text="已办"))
    done.when(by(GAO, "03-02 10:20", Reclassify, **BILL)).then_refused("not_open", "R2.1")


# -- what turns out to be an emergency -----------------------------------------

BURST = {"item_id": "burst", "text": "主管爆裂"}


@pytest.mark.rule("R6.7")
def test_what_turns_out_an_emergency_has_its_clocks_from_now_on() -> None:
    story = at_the_grid().and_then(by(GAO, "03-02 09:40", Reclassify, **BURST))
    assert story.case.urgency is Urgency.EMERGENCY
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-02 10:10")
    assert story.clock(ClockKind.ON_SITE).due_at == local("03-02 11:40")
    assert story.all(Arrived)[-1].clocks[0].due_at == local("03-02 11:30")


@pytest.mark.rule("R6.7")
def test_an_emergency_never_brings_more_time() -> None:
    story = in_gaos_hands().at("03-03 09:30")
    before = story.clock(ClockKind.HANDLE)
    story = story.and_then(by(GAO, "03-03 09:40", Reclassify, **BURST))
    assert story.clock(ClockKind.HANDLE) == before


@pytest.mark.rule("R6.3")
def test_the_resident_s_clock_is_not_touched() -> None:
    story = at_the_grid()
    after = story.and_then(by(GAO, "03-02 09:40", Reclassify, **BURST))
    assert after.clock(ClockKind.RESIDENT) == story.clock(ClockKind.RESIDENT)


def test_an_emergency_stays_one() -> None:
    story = burst_in_gaos_hands().and_then(
        by(GAO, "03-02 09:20", Reclassify, item_id="noise", text="只是噪声")
    )
    assert story.case.urgency is Urgency.EMERGENCY
    assert len([r for r in story.case.clocks if r.clock.kind is ClockKind.ON_SITE]) == 1


# -- who is told ---------------------------------------------------------------


def told(story: Story, kind: type[Event]) -> set[str]:
    case, found = initial("case-1"), tuple[Notice, ...]()
    for happened in story.history:
        before, case = case, evolve(case, happened)
        if isinstance(happened, kind):
            found = notices(before, case, happened, story.book)
    return {notice.recipient for notice in found}


@pytest.mark.rule("R1.4")
def test_officer_and_handler_are_told_and_of_an_emergency_the_whole_ladder() -> None:
    story = at_the_grid().and_then(by(GUO, "03-02 09:40", Reclassify, **BILL))
    assert told(story, Reclassified) == {"mei", "gao"}
    story = at_the_grid().and_then(by(GUO, "03-02 09:40", Reclassify, **BURST))
    assert told(story, Reclassified) == {"mei", "gao", "orchard-1", "orchard", "bridge"}
