"""Conformance: what departs from the rulebook is named with its rule, its place, what it is about.

The pasts are written by hand, as no decision would have made them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.conformance import Deviation, Entry, Norm, check
from domain.events import (
    Accepted,
    AgreementInForce,
    Arrived,
    ClockBroken,
    Closed,
    ConsentGiven,
    Declined,
    DeclineReviewed,
    Delegated,
    DeliberationProposed,
    Escalated,
    Event,
    FollowedUp,
    HandedOver,
    MediationOpened,
    MeetingRecorded,
    PanelFormed,
    ProgressRecorded,
    Rated,
    RatingAskedAgain,
    Registered,
    Resolved,
    Returned,
    ReviewOpened,
    SupervisionOrdered,
    Verified,
)
from domain.values import (
    RESIDENT,
    SYSTEM,
    Area,
    By,
    External,
    Location,
    Party,
    Question,
    Reporter,
    Seat,
    Versions,
)
from domain.words import (
    Belonging,
    CaseType,
    Channel,
    ClosingReason,
    DeadlineClass,
    DeclineGround,
    EscalationReason,
    QuestionKind,
    ReturnReason,
    Stage,
    Urgency,
)
from domain.words.deliberation import DeliberationStep, MeetingOutcome
from domain.words.disputes import Given, Matter
from tests.domain.town import NO_CLOCKS, POLICY, START, TOWN, local

MEI = By(person_id="mei", post_id="clerk-bridge", unit_id="bridge")
GAO = By(person_id="gao", post_id="grid-1", unit_id="orchard-1")
CAO = By(person_id="cao", post_id="community-orchard", unit_id="orchard")
NORM = Norm(catalogues=[(START, TOWN.catalogue.items)], returns=2, now=local("03-02 18:00"))
DAY = "03-02"


class Record:
    """A past written line by line; what is given in one call was one command."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._commands = 0

    def then(self, when: str, *events: Event, later: timedelta = timedelta()) -> "Record":
        """These events happened at that time of the day, recorded so much later."""
        self._commands += 1
        for event in events:
            dated = replace(event, at=local(f"{DAY} {when}"))
            entry = Entry(
                version=len(self.entries) + 1,
                command_id=str(self._commands),
                recorded_at=dated.at + later,
                event=dated,
            )
            self.entries.append(entry)
        return self

    def deviations(self, norm: Norm = NORM) -> tuple[Deviation, ...]:
        return check(self.entries, norm)

    def departs(self, rule: str, code: str, version: int, **facts: str) -> None:
        """Exactly this, and nothing else."""
        (found,) = self.deviations()
        assert (found.rule, found.code, found.version) == (rule, code, version)
        assert dict(found.facts) == facts

    def follows_the_rules(self) -> None:
        assert self.deviations() == ()


AT = local("03-02 09:00")


def registered(**changed: Any) -> Registered:
    fields: dict[str, Any] = {
        "at": AT,
        "by": MEI,
        "case_id": "case-1",
        "case_type": CaseType.REQUEST,
        "channel": Channel.COUNTER,
        "item_id": "noise",
        "class_id": "town",
        "title": "太吵",
        "text": "楼下半夜施工",
        "urgency": Urgency.NORMAL,
        "deadline": DeadlineClass.STANDARD,
        "department_id": "works",
        "location": Location(grid_id="orchard-1", community_id="orchard", street_id="bridge"),
        "reporter": Reporter(),
        "officer": MEI,
        "receipt_hash": "",
        "versions": Versions(
            policy=POLICY.version,
            catalogue=TOWN.catalogue.version,
            organisation=TOWN.organisation.version,
            calendar=NO_CLOCKS.version,
        ),
    }
    return Registered(**fields | changed)


def arrived(stage: Stage, unit_id: str, by: By = MEI, **changed: Any) -> Arrived:
    fields: dict[str, Any] = {"person_id": by.person_id, "post_id": by.post_id or ""}
    return Arrived(
        at=AT, by=by, stage=stage, unit_id=unit_id, organisation="org", **fields | changed
    )


RECEPTION = arrived(Stage.FIRST_CONTACT, "bridge", accepted=True)
AT_GRID = arrived(Stage.GRID, "orchard-1", GAO)
AT_COMMUNITY = arrived(Stage.COMMUNITY, "orchard", CAO)
AT_STREET = arrived(Stage.STREET, "bridge")
HANDED = HandedOver(at=AT, by=MEI)
TAKEN = Accepted(at=AT, by=GAO, person_id="gao", post_id="grid-1")
WORKED = ProgressRecorded(at=AT, by=GAO, text="去过了")
DONE = Resolved(at=AT, by=GAO, text="已劝停", evidence=("photo-1",))
CALLED = FollowedUp(at=AT, by=MEI, contacted=True, solved=True)
PRAISED = Rated(at=AT, by=RESIDENT, round=1, contacted=True, solved=True, grade=5)
BLAMED = replace(PRAISED, grade=1, solved=False)
RATED = Closed(at=AT, by=SYSTEM, reason=ClosingReason.RATED)
UNRATED = replace(RATED, reason=ClosingReason.UNRATED)


def escalated(reason: EscalationReason = EscalationReason.BEYOND_MEANS, **more: Any) -> Escalated:
    return Escalated(at=AT, by=GAO, reason=reason, **more)


def question(kind: QuestionKind) -> Question:
    return Question(kind=kind, unit_id="east", post_id=None, person_id=None, clock_id="decision-1")


def opened(**changed: Any) -> Record:
    return Record().then("09:00", registered(**changed), RECEPTION)


def at_grid(**changed: Any) -> Record:
    return opened(**changed).then("09:30", HANDED, AT_GRID).then("10:00", TAKEN)


def resolved(**changed: Any) -> Record:
    return at_grid(**changed).then("11:00", DONE)


def test_a_case_that_went_as_it_should_departs_from_nothing() -> None:
    resolved().then("14:00", CALLED).then("15:00", PRAISED, RATED).follows_the_rules()


# -- first contact ---------------------------------------------------------------


@pytest.mark.rule("R1.1")
def test_what_was_not_registered_first() -> None:
    record = Record().then("08:00", WORKED).then("09:00", registered(), RECEPTION)
    codes = [(d.rule, d.code, d.version) for d in record.deviations()]
    assert codes == [("R1.1", "not_registered_first", 1), ("R4.1", "not_accepted", 1)]


@pytest.mark.rule("R1.1")
def test_what_was_registered_twice() -> None:
    found = opened().then("10:00", registered(), RECEPTION).deviations()
    codes = [(d.rule, d.code, d.version) for d in found]
    assert codes == [("R1.1", "registered_again", 3), ("R4.3", "moved_without_reason", 4)]


@pytest.mark.rule("§3")
def test_a_case_that_nobody_answers_for() -> None:
    Record().then("09:00", registered()).departs("§3", "nobody_answers", 1)


@pytest.mark.rule("R1.3")
def test_a_hand_over_past_the_rung_the_catalogue_names() -> None:
    record = opened().then("09:30", HANDED, AT_COMMUNITY)
    record.departs("R1.3", "rung_skipped", 3, stage="grid", to="community")


@pytest.mark.rule("R1.3")
@pytest.mark.parametrize(
    "moved",
    [
        (HANDED, replace(AT_COMMUNITY, passed=("orchard-1",))),
        (HANDED, AT_GRID),
    ],
)
def test_a_hand_over_to_the_next_rung_where_somebody_can_answer(
    moved: tuple[Event, ...],
) -> None:
    opened().then("09:30", *moved).follows_the_rules()


@pytest.mark.rule("R1.3")
def test_a_hand_over_where_the_grid_is_not_known() -> None:
    place = Location(community_id="orchard", street_id="bridge")
    opened(location=place).then("09:30", HANDED, AT_COMMUNITY).follows_the_rules()


@pytest.mark.rule("R1.3")
def test_a_hand_over_by_the_grid() -> None:
    record = at_grid().then("10:30", HANDED, AT_COMMUNITY)
    record.departs("R1.3", "handed_over_later", 6, unit="orchard-1")


@pytest.mark.rule("R1.3")
@pytest.mark.parametrize("looked_at", [False, True])
def test_a_decline_that_closes_the_case(*, looked_at: bool) -> None:
    declined = Declined(
        at=AT,
        by=MEI,
        ground=DeclineGround.PETITION,
        text="信访事项",
        question=question(QuestionKind.DECLINE_REVIEW),
    )
    record = opened().then("09:30", declined)
    if looked_at:
        record.then("10:00", DeclineReviewed(at=AT, by=SYSTEM, upheld=True, text="属实"))
    record.then("10:00", replace(RATED, reason=ClosingReason.DECLINED))
    if looked_at:
        record.follows_the_rules()
    else:
        record.departs("R1.3", "decline_not_reviewed", 4)


# -- the ladder ------------------------------------------------------------------


@pytest.mark.rule("R4.1")
@pytest.mark.parametrize("work", [WORKED, DONE])
def test_work_before_anybody_accepted(work: Event) -> None:
    record = opened().then("09:30", HANDED, AT_GRID).then("10:00", work)
    record.departs("R4.1", "not_accepted", 5, unit="orchard-1")


@pytest.mark.rule("R4.1")
def test_a_second_acceptance() -> None:
    at_grid().then("10:30", TAKEN).departs("R4.1", "accepted_again", 6, unit="orchard-1")


@pytest.mark.rule("R4.3")
def test_a_move_that_nobody_gave_a_reason_for() -> None:
    record = at_grid().then("10:30", AT_COMMUNITY)
    record.departs("R4.3", "moved_without_reason", 6, **{"from": "orchard-1", "to": "orchard"})


@pytest.mark.rule("R4.3")
def test_a_skipped_rung() -> None:
    record = at_grid().then("10:30", WORKED).then("11:00", escalated(), AT_STREET)
    record.departs("R4.3", "rung_skipped", 7, stage="community", to="street")


SKIPPING: Mapping[str, tuple[dict[str, Any], Event, Event]] = {
    "an emergency": ({"urgency": Urgency.EMERGENCY}, escalated(), AT_STREET),
    "becoming one": ({}, escalated(EscalationReason.EMERGENCY), AT_STREET),
    "nobody there": ({}, escalated(), replace(AT_STREET, passed=("orchard",))),
    "the catalogue": ({"item_id": "water"}, escalated(), AT_STREET),
}


@pytest.mark.rule("R4.3")
@pytest.mark.parametrize("why", SKIPPING)
def test_a_rung_skipped_by_exception(why: str) -> None:
    changed, left, arrival = SKIPPING[why]
    norm = NORM
    if why == "the catalogue":
        skips = replace(TOWN.catalogue.items["noise"], item_id="water", skips_rungs=True)
        norm = replace(NORM, catalogues=[(START, {"water": skips})])
    record = at_grid(**changed).then("10:30", WORKED).then("11:00", left, arrival)
    assert record.deviations(norm) == ()


@pytest.mark.rule("R4.3")
def test_an_escalation_that_goes_down() -> None:
    record = at_grid().then("10:30", WORKED).then("11:00", escalated(), AT_COMMUNITY)
    record.then("11:10", replace(TAKEN, by=CAO)).then("11:20", WORKED)
    record.then("11:30", escalated(), AT_GRID).departs("R4.3", "not_upwards", 11, stage="grid")


@pytest.mark.rule("R4.3")
def test_an_escalation_without_work() -> None:
    record = at_grid().then("11:00", escalated(), AT_COMMUNITY)
    record.departs("R4.3", "no_progress_recorded", 6, unit="orchard-1")


BROKEN = ClockBroken(at=AT, by=SYSTEM, clock_id="handle-2", due_at=AT)
CLIMBED = escalated(EscalationReason.NOT_HANDLED, automatic=True, clock_id="handle-2")
ORDERED = SupervisionOrdered(at=AT, by=SYSTEM, unit_id="east", person_id="xie")


@pytest.mark.rule("R4.4")
def test_a_breach_without_supervision() -> None:
    record = at_grid().then("12:00", BROKEN)
    record.departs("R4.4", "breach_without_consequence", 6, clock="handle-2")


@pytest.mark.rule("R4.4")
@pytest.mark.parametrize("follows", [(CLIMBED, AT_COMMUNITY), (ORDERED,)])
def test_a_breach_with_its_consequence(follows: tuple[Event, ...]) -> None:
    at_grid().then("12:00", BROKEN, *follows).follows_the_rules()


@pytest.mark.rule("R4.4")
def test_a_breach_of_another_clock_moves_nothing() -> None:
    at_grid().then("12:00", replace(BROKEN, clock_id="resident-1")).follows_the_rules()


@pytest.mark.rule("R4.2")
def test_a_third_return() -> None:
    back = Returned(
        at=AT, by=GAO, reason=ReturnReason.WRONG_UNIT, to=Seat(stage=Stage.GRID, unit_id="g")
    )
    record = at_grid().then("10:30", back, AT_GRID).then("10:40", back, AT_GRID)
    record.follows_the_rules()
    record.then("10:50", back, AT_GRID).departs("R4.2", "returned_too_often", 10, returns="3")


@pytest.mark.rule("R3.2")
def test_work_sent_down_without_an_admission() -> None:
    down = Delegated(
        at=AT,
        by=MEI,
        unit_id="orchard",
        belonging=Belonging.NOT_COMMUNITY,
        area=Area(grid_id=None, community_id="orchard", street_id="bridge"),
    )
    record = opened().then("10:00", down, AT_COMMUNITY)
    record.departs("R3.2", "not_admitted", 3, unit="orchard")
    allowed = replace(down, admission_id="admission-1")
    opened().then("10:00", allowed, AT_COMMUNITY).follows_the_rules()
    own = replace(down, belonging=Belonging.COMMUNITY_OWN)
    opened().then("10:00", own, AT_COMMUNITY).follows_the_rules()


# -- resolution and rating -----------------------------------------------------------


@pytest.mark.rule("R9.1")
def test_a_resolution_without_the_evidence_asked_for() -> None:
    record = at_grid(item_id="lamp").then("11:00", replace(DONE, evidence=()))
    record.departs("R9.1", "evidence_missing", 6, item="lamp")
    at_grid(item_id="noise").then("11:00", replace(DONE, evidence=())).follows_the_rules()


@pytest.mark.rule("R9.2")
def test_a_rating_by_staff() -> None:
    record = resolved().then("14:00", CALLED).then("15:00", replace(PRAISED, by=MEI), RATED)
    record.departs("R9.2", "rated_by_another", 8, person="mei")


@pytest.mark.rule("R9.3")
def test_a_second_rating_in_one_round() -> None:
    record = resolved().then("15:00", PRAISED).then("15:10", PRAISED)
    record.departs("R9.3", "rated_again", 8, round="1", subject="reporter")


@pytest.mark.rule("R9.2")
def test_a_rating_before_the_resolution() -> None:
    at_grid().then("11:00", PRAISED).departs("R9.2", "rated_unresolved", 6, subject="reporter")


@pytest.mark.rule("R10.1")
def test_a_bad_rating_that_nobody_reviews() -> None:
    record = resolved().then("14:00", CALLED).then("15:00", BLAMED)
    record.departs("R10.1", "review_missing", 8, grade="1")


@pytest.mark.rule("R10.1")
def test_a_bad_rating_under_review() -> None:
    review = ReviewOpened(
        at=AT, by=SYSTEM, round=1, subject="reporter", question=question(QuestionKind.REVIEW)
    )
    record = resolved().then("14:00", CALLED).then("15:00", BLAMED, review)
    record.then("15:10", replace(BLAMED, subject="party-1")).follows_the_rules()


@pytest.mark.rule("R1.4")
def test_a_closure_without_follow_up() -> None:
    resolved().then("15:00", PRAISED, RATED).departs("R1.4", "closed_without_follow_up", 8)


@pytest.mark.rule("R1.4")
def test_a_call_that_was_not_made_in_time() -> None:
    missed = replace(BROKEN, clock_id="follow_up-5")
    record = resolved().then("15:00", missed)
    record.departs("R1.4", "not_called", 7, resolved="6")
    resolved().then("14:00", CALLED).then("15:00", missed).follows_the_rules()


@pytest.mark.rule("R9.1")
def test_a_closure_without_a_resolution() -> None:
    record = at_grid().then("15:00", RATED)
    codes = [(d.rule, d.code) for d in record.deviations()]
    assert codes == [("R9.1", "closed_unresolved"), ("R9.2", "closed_without_rating")]


@pytest.mark.rule("R9.4")
def test_a_rating_that_was_not_counted() -> None:
    asked = RatingAskedAgain(at=AT, by=SYSTEM)
    record = resolved().then("14:00", CALLED).then("15:00", asked).then("16:00", PRAISED)
    record.then("17:00", UNRATED).departs("R9.4", "rating_not_counted", 10)


@pytest.mark.rule("R9.4")
def test_a_closure_as_unrated_without_asking_again() -> None:
    record = resolved().then("14:00", CALLED).then("17:00", UNRATED)
    record.departs("R9.4", "not_asked_again", 8)
    again = resolved().then("14:00", CALLED).then("15:00", RatingAskedAgain(at=AT, by=SYSTEM))
    again.then("17:00", UNRATED).follows_the_rules()


@pytest.mark.rule("R13")
def test_a_closure_as_verified_that_nobody_verified() -> None:
    ended = replace(RATED, reason=ClosingReason.VERIFIED)
    resolved().then("17:00", ended).departs("R13", "closed_unverified", 7)
    looked = Verified(at=AT, by=CAO, done=True, text="看过")
    resolved().then("16:00", looked).then("17:00", ended).follows_the_rules()


# -- disputes and deliberations --------------------------------------------------------

PARTIES = {"case_type": CaseType.DISPUTE, "parties": (Party(subject="party-1"),)}
ASKED = MediationOpened(at=AT, by=GAO, number=1, stage=Stage.GRID, unit_id="orchard-1")
PANEL = PanelFormed(at=AT, by=GAO, members=())


def yes(subject: str) -> ConsentGiven:
    return ConsentGiven(
        at=AT, by=RESIDENT, subject=subject, matter=Matter.MEDIATION, how=Given.OWN_LINK
    )


@pytest.mark.rule("R7.1")
def test_a_panel_without_everybodys_consent() -> None:
    record = at_grid(**PARTIES).then("10:30", ASKED).then("10:40", yes("party-1"))
    record.then("11:00", PANEL).departs("R7.1", "without_consent", 8, parties="reporter")
    both = at_grid(**PARTIES).then("10:30", ASKED).then("10:40", yes("party-1"))
    both.then("10:50", yes("reporter")).then("11:00", PANEL).follows_the_rules()


@pytest.mark.rule("R7.4")
def test_an_agreement_that_a_party_never_confirmed() -> None:
    in_force = AgreementInForce(at=AT, by=SYSTEM, draft=1, court_until=AT)
    record = at_grid(**PARTIES).then("12:00", in_force)
    record.departs("R7.4", "not_confirmed", 6, parties="party-1, reporter")


def meeting(step: DeliberationStep) -> MeetingRecorded:
    return MeetingRecorded(
        at=AT,
        by=CAO,
        number=1,
        step=step,
        held_at=AT,
        eligible=9,
        present=9,
        in_favour=9,
        against=0,
        abstained=0,
        outcome=MeetingOutcome.CARRIED,
        minutes="记录",
        reference="",
    )


@pytest.mark.rule("R8")
def test_a_skipped_step_of_a_deliberation() -> None:
    proposed = DeliberationProposed(at=AT, by=CAO, number=1, title="加装电梯", text="三号楼")
    record = at_grid().then("10:30", proposed)
    record.then("11:00", meeting(DeliberationStep.JOINT_DISCUSSION)).follows_the_rules()
    record.then("12:00", meeting(DeliberationStep.RESIDENTS_MEETING)).departs(
        *("R8", "step_skipped", 8), due="members_meeting", taken="residents_meeting"
    )


# -- the record itself -------------------------------------------------------------------


@pytest.mark.rule("R14.1")
def test_what_was_written_down_long_afterwards() -> None:
    record = at_grid().then("11:00", WORKED, later=timedelta(hours=3))
    record.departs("R14.1", "recorded_late", 6, seconds="10800")
    assert record.deviations(replace(NORM, tolerance=timedelta(hours=3))) == ()


@pytest.mark.rule("R14.1")
def test_what_the_system_noticed_long_afterwards() -> None:
    record = at_grid().then(
        "11:00", replace(BROKEN, clock_id="resident-1"), later=timedelta(days=1)
    )
    record.departs("R14.1", "noticed_late", 6, seconds="86400")


@pytest.mark.rule("R14.1")
def test_what_is_dated_before_its_predecessor() -> None:
    record = at_grid().then("09:40", WORKED, later=timedelta(minutes=30))
    record.departs("R14.1", "back_dated", 6, seconds="1200")


@pytest.mark.rule("R14.1")
def test_what_is_dated_ahead() -> None:
    record = at_grid().then("11:00", WORKED, later=-timedelta(minutes=5))
    record.departs("R14.1", "dated_ahead", 6, seconds="300")


@pytest.mark.rule("R14.1")
def test_an_imported_case_was_recorded_afterwards_by_its_nature() -> None:
    elsewhere = External(system="12345", reference="1", status="办结", channel="电话")
    record, later = Record(), timedelta(days=700)
    record.then("09:00", registered(external=elsewhere), RECEPTION, later=later)
    record.then("09:30", HANDED, AT_GRID, later=later).then("10:00", TAKEN, later=later)
    record.then("11:00", DONE, later=later).then("14:00", CALLED, later=later)
    record.then("15:00", PRAISED, RATED, later=later).follows_the_rules()
