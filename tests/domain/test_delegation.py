"""R3.2: what may be handed downwards, what follows, and the money that goes with it."""

from dataclasses import replace

import pytest

from domain.admission.commands import ApproveAdmission, RevokeAdmission
from domain.book import Book
from domain.commands import (
    Accept,
    Adjudicate,
    Delegate,
    Escalate,
    HandOver,
    Place,
    Rate,
    RecordExpense,
    RecordProgress,
    RefuseTransfer,
    Register,
    Resolve,
    ReturnCase,
    ReviewRating,
    Tick,
    Transfer,
)
from domain.events import (
    Adjudicated,
    Arrived,
    ClockBroken,
    Delegated,
    Escalated,
    ExpenseRecorded,
    Resolved,
)
from domain.notices import notices
from domain.words import Belonging, ClockKind, EscalationReason, LeftWhy, Phase, ReturnReason, Stage
from domain.words.redress import Finding
from tests.domain.applications import MARKET, applied, approved, with_admissions
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    SU,
    WANG,
    WEI,
    XIA,
    XIE,
    XU,
    Story,
    by,
    event,
    given,
    in_gaos_hands,
    request,
)
from tests.domain.town import NOWHERE, local, said, town, without

pytestmark = pytest.mark.rule("R3.2")

DOWN = {"unit_id": "orchard", "text": "请社区劝导"}
STAMPS = {"fen": 30_000, "purpose": "印制告知单"}


def at_the_street(item_id: str = "stall", book: Book = MARKET, **changed: object) -> Story:
    """In Su's hands at Bridge street since ten."""
    return given(
        by(MEI, "03-02 09:00", Register, **request(item_id, **changed)),
        by(MEI, "03-02 09:30", HandOver),
        by(SU, "03-02 10:00", Accept),
        book=book,
    )


def at_the_department(item_id: str = "stall", book: Book = MARKET, **changed: object) -> Story:
    """Su sent it on to the department of water at ten past ten; Wei accepted."""
    return at_the_street(item_id, book, **changed).and_then(
        by(SU, "03-02 10:05", RecordProgress, text="看过"),
        by(SU, "03-02 10:10", Escalate, reason=EscalationReason.BEYOND_AUTHORITY, text="转"),
        by(WEI, "03-02 10:20", Accept),
    )


ADMITTED = with_admissions(approved())
"""Stalls are admitted for Orchard from eleven: five thousand yuan a year."""


def with_the_community(book: Book = ADMITTED) -> Story:
    """Handed down at noon, accepted by Cao at half past one."""
    return at_the_street(book=book).and_then(
        by(SU, "03-02 11:59", Delegate, **DOWN), by(CAO, "03-02 13:30", Accept)
    )


# -- what may go down --------------------------------------------------------


def test_the_community_s_own_work_goes_down_without_an_admission() -> None:
    story = (
        at_the_street("sweep")
        .when(by(SU, "03-02 11:00", Delegate, **DOWN))
        .then(event(Delegated, belonging=Belonging.COMMUNITY_OWN, admission_id=None), Arrived)
    )
    assert (story.case.stage, story.case.stint.unit_id) == (Stage.COMMUNITY, "orchard")


@pytest.mark.parametrize("item_id", ["stall", "road"])
def test_other_work_does_not_go_down_without_an_admission(item_id: str) -> None:
    story = at_the_street(item_id)
    story.when(by(SU, "03-02 11:00", Delegate, **DOWN)).then_refused(
        "not_admitted", "R3.2", item=item_id, unit="orchard", admission="none"
    )


def test_under_an_admission_in_force_it_does_and_the_case_says_under_which() -> None:
    story = (
        at_the_street(book=ADMITTED)
        .when(by(SU, "03-02 11:00", Delegate, **DOWN))
        .then(
            event(Delegated, admission_id="admission-1", belonging=Belonging.NOT_COMMUNITY),
            event(Arrived, unit_id="orchard", person_id="cao", accepted=False),
        )
    )
    assert story.case.delegations.made[0].admission_id == "admission-1"
    assert story.case.stints[-2].left_why is LeftWhy.DELEGATED
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE


def test_one_for_the_street_covers_every_community_and_grid_of_it() -> None:
    book = with_admissions(approved(units=("bridge",)))
    story = at_the_street(book=book)
    story.when(by(SU, "03-02 11:00", Delegate, unit_id="orchard")).then(Delegated, Arrived)
    story.when(by(SU, "03-02 11:00", Delegate, unit_id="orchard-1")).then(
        Delegated, event(Arrived, stage=Stage.GRID, unit_id="orchard-1")
    )


def test_only_while_it_is_in_force() -> None:
    (admission,) = ADMITTED.admissions
    noon = replace(admission, ends_at=local("03-02 12:00"))
    story = at_the_street(book=replace(MARKET, admissions=(noon,)))
    for moment in ("03-02 10:59", "03-02 12:00"):
        story.when(by(SU, moment, Delegate, **DOWN)).then_refused(
            "not_admitted", "R3.2", admission="admission-1"
        )
    for moment in ("03-02 11:00", "03-02 11:59"):
        story.when(by(SU, moment, Delegate, **DOWN)).then(Delegated, Arrived)


def test_not_for_another_item_another_place_or_before_the_second_yes() -> None:
    first = applied().and_then(by(XIE, "03-02 10:00", ApproveAdmission))
    for book in (
        with_admissions(first),
        with_admissions(approved(item_id="road")),
        with_admissions(approved(units=("spring",))),
    ):
        story = at_the_street(book=book)
        story.when(by(SU, "03-02 12:00", Delegate, **DOWN)).then_refused(
            "not_admitted", "R3.2", admission="none"
        )


def test_a_revoked_one_serves_no_more() -> None:
    revoked = approved().and_then(by(XIE, "03-02 11:30", RevokeAdmission, text="违规"))
    story = at_the_street(book=with_admissions(revoked))
    story.when(by(SU, "03-02 11:29", Delegate, **DOWN)).then(Delegated, Arrived)
    story.when(by(SU, "03-02 11:30", Delegate, **DOWN)).then_refused(
        "not_admitted", "R3.2", admission="admission-1"
    )


def test_an_item_gone_from_the_catalogue_is_nobody_s_own() -> None:
    gone = {k: v for k, v in MARKET.catalogue.items.items() if k != "sweep"}
    book = replace(MARKET, catalogue=replace(MARKET.catalogue, items=gone))
    at_the_street("sweep").under(book).when(by(SU, "03-02 11:00", Delegate, **DOWN)).then_refused(
        "not_admitted", "R3.2", item="sweep"
    )


def test_of_two_the_one_with_money_left_serves_then_the_one_that_ends_first() -> None:
    one, two = with_admissions(approved(), approved()).admissions
    later = replace(two, admission_id="admission-2", ends_at=local("08-01 00:00"))
    story = at_the_street(book=replace(MARKET, admissions=(later, one)))
    story.when(by(SU, "03-02 11:00", Delegate, **DOWN)).then(
        event(Delegated, admission_id="admission-1"), Arrived
    )
    spent = replace(one, used={2026: one.yearly})
    story = story.under(replace(MARKET, admissions=(later, spent)))
    story.when(by(SU, "03-02 11:00", Delegate, **DOWN)).then(
        event(Delegated, admission_id="admission-2"), Arrived
    )


# -- who, when, where to -----------------------------------------------------


def test_only_whoever_is_in_charge_at_a_street_or_department_hands_down() -> None:
    at_the_street(book=ADMITTED).when(by(CAO, "03-02 11:00", Delegate, **DOWN)).then_forbidden(
        "not_entitled", "§2"
    )
    in_gaos_hands().when(by(GAO, "03-02 11:00", Delegate, unit_id="orchard-1")).then_refused(
        "not_yours_to_delegate", "R3.2", stage="grid"
    )


def test_a_case_is_accepted_before_it_is_handed_down_and_once() -> None:
    waiting = given(
        by(MEI, "03-02 09:00", Register, **request("stall")),
        by(MEI, "03-02 09:30", HandOver),
        book=ADMITTED,
    )
    waiting.when(by(SU, "03-02 11:00", Delegate, **DOWN)).then_refused("not_in_progress", "R3.2")
    down = at_the_street(book=ADMITTED).and_then(by(SU, "03-02 11:00", Delegate, **DOWN))
    down.when(by(SU, "03-02 11:01", Delegate, **DOWN)).then_forbidden("not_entitled", "§2")


def test_down_means_to_a_community_or_grid_of_one_s_own() -> None:
    story = at_the_street(book=ADMITTED)
    for unit in ("water", "bridge", "atlantis"):
        story.when(by(SU, "03-02 11:00", Delegate, unit_id=unit)).then_refused(
            "not_a_community_or_grid", "R3.2", unit=unit
        )
    story.when(by(SU, "03-02 11:00", Delegate, unit_id="stone")).then_refused(
        "not_below", "R3.2", unit="stone"
    )


def test_nobody_is_handed_what_lies_in_another_s_area() -> None:
    story = at_the_street("sweep")
    story.when(by(SU, "03-02 11:00", Delegate, unit_id="spring")).then_refused(
        "outside_the_place", "R3.2", unit="spring"
    )
    at_the_department(book=with_admissions(approved(units=("bridge",)))).when(
        by(WEI, "03-02 11:00", Delegate, unit_id="stone")
    ).then_refused("outside_the_place", "R3.2", unit="stone")


def test_where_nobody_answers_nothing_goes() -> None:
    book = replace(MARKET, organisation=town(posts=without("community-orchard")).organisation)
    at_the_street("sweep").under(book).when(by(SU, "03-02 11:00", Delegate, **DOWN)).then_refused(
        "nobody_below", "R3.2", unit="orchard"
    )


def test_a_department_hands_down_in_its_district_and_the_place_is_known_from_then_on() -> None:
    book = with_admissions(approved(units=("orchard",)))
    story = given(
        by(MEI, "03-02 09:00", Register, **request("stall", place=Place(point=NOWHERE))),
        by(MEI, "03-02 09:30", HandOver),
        by(WEI, "03-02 10:00", Accept),
        book=book,
    )
    assert story.case.stage is Stage.DEPARTMENT
    story = story.when(by(WEI, "03-02 11:00", Delegate, **DOWN)).then(Delegated, Arrived)
    place = story.case.location
    assert (place.street_id, place.community_id, place.grid_id) == ("bridge", "orchard", None)


# -- what follows ------------------------------------------------------------


def test_the_resident_s_clock_runs_on_and_the_community_has_its_own() -> None:
    before = at_the_street(book=ADMITTED)
    story = before.and_then(by(SU, "03-02 11:00", Delegate, **DOWN))
    assert story.clock(ClockKind.RESIDENT) == before.clock(ClockKind.RESIDENT)
    assert said(story.clock(ClockKind.ACCEPT).due_at) == "2026-03-02 16:30"
    assert story.running(ClockKind.HANDLE).stopped_at == local("03-02 11:00")


def test_nobody_accepting_it_climbs_by_itself_and_the_delegating_unit_is_told() -> None:
    story = at_the_street(book=ADMITTED).and_then(by(SU, "03-02 11:00", Delegate, **DOWN))
    story = story.at("03-02 16:00")
    climbed = story.when(by(CLOCK, "03-02 16:31", Tick)).then(
        ClockBroken, event(Escalated, automatic=True), event(Arrived, unit_id="bridge")
    )
    told = [n for e in climbed.history[-3:] for n in notices(story.case, climbed.case, e, MARKET)]
    assert {n.topic for n in told if n.recipient == "bridge"} >= {"clock.broken", "case.escalated"}


def test_the_delegating_unit_is_told_when_it_is_done() -> None:
    before = with_the_community()
    story = before.when(by(CAO, "03-02 14:00", Resolve, text="已劝离")).then(Resolved)
    told = notices(before.case, story.case, story.history[-1], story.book)
    assert "bridge" in {n.recipient for n in told}


def test_a_unit_that_did_not_delegate_is_not_told() -> None:
    before = at_the_street()
    story = before.and_then(by(SU, "03-02 14:00", Resolve, text="已劝离"))
    told = notices(before.case, story.case, story.history[-1], story.book)
    assert "bridge" not in {n.recipient for n in told}


# -- money -------------------------------------------------------------------


def test_whoever_is_in_charge_below_records_what_was_used() -> None:
    story = (
        with_the_community()
        .when(by(CAO, "03-02 14:00", RecordExpense, **STAMPS))
        .then(
            event(
                ExpenseRecorded, admission_id="admission-1", year=2026, fen=30_000, granted=500_000
            )
        )
    )
    expense = story.case.delegations.expenses[0]
    assert (expense.admission_id, expense.fen, expense.stint) == ("admission-1", 30_000, 3)


def test_never_more_than_is_left_for_the_year() -> None:
    story = with_the_community()
    (admission,) = story.book.admissions
    nearly = replace(admission, used={2025: 500_000, 2026: 480_000})
    story = story.under(replace(MARKET, admissions=(nearly,)))
    story.when(by(CAO, "03-02 14:00", RecordExpense, fen=20_001, purpose="车")).then_refused(
        "admission_money_used_up",
        "R3.2",
        admission="admission-1",
        year="2026",
        asked="20001",
        left="20000",
    )
    story.when(by(CAO, "03-02 14:00", RecordExpense, fen=20_000, purpose="车")).then(
        ExpenseRecorded
    )


def test_an_admission_without_money_gives_none() -> None:
    with_the_community(with_admissions(approved(yearly=0))).when(
        by(CAO, "03-02 14:00", RecordExpense, fen=1, purpose="笔")
    ).then_refused("admission_money_used_up", "R3.2", left="0")


def test_money_is_used_only_while_the_admission_is_in_force() -> None:
    story = with_the_community()
    (admission,) = story.book.admissions
    over = replace(admission, ends_at=local("03-02 14:00"))
    for book in (replace(MARKET, admissions=(over,)), MARKET):
        story.under(book).when(by(CAO, "03-02 14:00", RecordExpense, **STAMPS)).then_refused(
            "admission_over", "R3.2", admission="admission-1"
        )


def test_the_year_is_the_local_one() -> None:
    story = given(
        by(MEI, "12-31 15:00", Register, **request("stall")),
        by(MEI, "12-31 15:10", HandOver),
        by(SU, "12-31 15:20", Accept),
        by(SU, "12-31 15:30", Delegate, **DOWN),
        by(CAO, "12-31 15:40", Accept),
        book=with_admissions(approved(valid_until=local("2027-02-01 00:00"))),
    )
    story.when(by(CAO, "12-31 23:59", RecordExpense, **STAMPS)).then(
        event(ExpenseRecorded, year=2026)
    )
    story.when(by(CAO, "2027-01-01 00:00", RecordExpense, **STAMPS)).then(
        event(ExpenseRecorded, year=2027)
    )


def test_nothing_is_spent_on_what_was_not_handed_down_under_an_admission() -> None:
    at_the_street(book=ADMITTED).when(by(SU, "03-02 14:00", RecordExpense, **STAMPS)).then_refused(
        "not_under_admission", "R3.2"
    )
    own = at_the_street("sweep").and_then(
        by(SU, "03-02 11:00", Delegate, **DOWN), by(CAO, "03-02 13:30", Accept)
    )
    own.when(by(CAO, "03-02 14:00", RecordExpense, **STAMPS)).then_refused(
        "not_under_admission", "R3.2"
    )


def test_an_expense_is_some_money_of_a_case_in_hand() -> None:
    story = with_the_community()
    story.when(by(CAO, "03-02 14:00", RecordExpense, fen=0, purpose="无")).then_refused(
        "nothing_spent", "R3.2"
    )
    story.when(by(SU, "03-02 14:00", RecordExpense, **STAMPS)).then_forbidden("not_entitled", "§2")
    waiting = at_the_street(book=ADMITTED).and_then(by(SU, "03-02 11:00", Delegate, **DOWN))
    waiting.when(by(CAO, "03-02 11:30", RecordExpense, **STAMPS)).then_refused(
        "not_in_progress", "R3.2"
    )


# -- what climbed by itself ----------------------------------------------------


@pytest.mark.rule("R4.4")
def test_what_climbed_because_time_ran_out_there_does_not_go_down_to_it_again() -> None:
    story = at_the_street("sweep").and_then(by(SU, "03-02 11:00", Delegate, **DOWN))
    climbed = story.at("03-03 18:00").and_then(by(SU, "03-04 09:00", Accept))
    assert climbed.all(Escalated)[-1].automatic
    climbed.when(by(SU, "03-04 10:00", Delegate, **DOWN)).then_refused(
        "time_ran_out_there", "R4.4", unit="orchard"
    )
    climbed.when(by(SU, "03-04 10:00", Delegate, unit_id="orchard-1", text="请网格")).then(
        Delegated, Arrived
    )


# -- money of later turns --------------------------------------------------------


def test_money_is_recorded_in_a_new_round_as_well() -> None:
    bad = {"contacted": True, "solved": False, "grade": 1}
    story = with_the_community().and_then(
        by(CAO, "03-02 14:00", Resolve, text="已劝导"),
        by(RESIDENT, "03-02 15:00", Rate, **bad),
        by(XU, "03-02 16:00", ReviewRating, finding=Finding.JUSTIFIED, text="属实"),
        by(CAO, "03-02 16:30", Accept),
    )
    assert (story.case.round, story.case.stint.unit_id) == (2, "orchard")
    story.when(by(CAO, "03-02 17:00", RecordExpense, **STAMPS)).then(
        event(ExpenseRecorded, admission_id="admission-1", fen=30_000)
    )


def test_money_is_recorded_after_the_case_came_back_to_the_unit() -> None:
    story = with_the_community().and_then(
        by(CAO, "03-02 14:00", RecordProgress, text="看过"),
        by(CAO, "03-02 14:10", Escalate, reason=EscalationReason.BEYOND_MEANS, text="无力"),
        by(SU, "03-02 14:30", ReturnCase, reason=ReturnReason.WRONG_UNIT, text="仍属社区"),
        by(CAO, "03-02 15:00", Accept),
    )
    story.when(by(CAO, "03-02 16:00", RecordExpense, **STAMPS)).then(ExpenseRecorded)


# -- adjudicated downwards -------------------------------------------------------


def disputed_between_departments(book: Book) -> Story:
    """Water offered it to works, which refused; Xia is to say whose it is."""
    return at_the_department(book=book).and_then(
        by(WEI, "03-02 11:00", Transfer, unit_id="works", text="占道"),
        by(WANG, "03-02 14:00", RefuseTransfer, text="不属道路"),
    )


@pytest.mark.rule("R4.2")
def test_adjudicated_onto_a_community_it_needs_an_admission_too() -> None:
    ruling = by(XIA, "03-02 15:00", Adjudicate, unit_id="orchard", text="社区办理")
    disputed_between_departments(MARKET).when(ruling).then_refused(
        "not_admitted", "R3.2", item="stall", unit="orchard", admission="none"
    )


@pytest.mark.rule("R4.2")
def test_adjudicated_onto_a_community_under_an_admission_its_money_is_used_there() -> None:
    story = (
        disputed_between_departments(ADMITTED)
        .when(by(XIA, "03-02 15:00", Adjudicate, unit_id="orchard", text="社区办理"))
        .then(event(Adjudicated, admission_id="admission-1"), Arrived)
    )
    assert story.case.delegations.made[-1].admission_id == "admission-1"
    below = story.and_then(by(CAO, "03-02 15:10", Accept))
    below.when(by(CAO, "03-02 16:00", RecordExpense, **STAMPS)).then(ExpenseRecorded)
