"""R13: what staff find before anybody asks: how it comes, how it is counted and how it ends."""

from typing import Any

import pytest

from domain.commands import (
    Accept,
    Actor,
    Contact,
    DecideWithdrawal,
    HandOver,
    Join,
    Merge,
    Part,
    Rate,
    RecordFollowUp,
    Register,
    Resolve,
    Tick,
    Verify,
    Withdraw,
)
from domain.events import (
    Arrived,
    ClockBroken,
    ClockWarned,
    Closed,
    DecisionPassedUp,
    Joined,
    Merged,
    Parted,
    Rated,
    RectificationOpened,
    Registered,
    ResidentLeft,
    Resolved,
    VerificationOpened,
    Verified,
    WithdrawalDecided,
)
from domain.notices import notices
from domain.values import By
from domain.words import ActorKind, Channel, ClockKind, ClosingReason, Phase, Urgency
from domain.words.proactive import Informant
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    XIE,
    XU,
    Story,
    by,
    event,
    given,
    in_gaos_hands,
    received,
    request,
)
from tests.domain.town import LEAD, town, without

pytestmark = pytest.mark.rule("R13")

NOBODY: dict[str, Any] = {"reporter": Contact()}
PATROL: dict[str, Any] = {**NOBODY, "channel": Channel.PATROL}
GOOD = {"contacted": True, "solved": True, "grade": 5}
DONE = {"done": True, "text": "现场已看，灯亮了"}


def on_patrol() -> Story:
    """Mei found it on her way, at nine; Gao has had it since ten."""
    return received(**PATROL).and_then(
        by(MEI, "03-02 09:30", HandOver), by(GAO, "03-02 10:00", Accept)
    )


def resolved() -> Story:
    return on_patrol().and_then(by(GAO, "03-02 11:00", Resolve, text="已修"))


# -- how it comes ----------------------------------------------------------------


def test_what_staff_find_on_patrol_comes_unasked_and_without_a_resident() -> None:
    start = given()
    story = start.when(by(MEI, "03-02 09:00", Register, **request(**PATROL))).then(
        event(Registered, proactive=True, residents=0), Arrived
    )
    assert story.case.origin.proactive
    assert story.case.raters == ()


def test_an_informant_s_word_is_unasked_on_any_channel_and_keeps_its_tier() -> None:
    for tier in Informant:
        fields = request(**NOBODY, channel=Channel.PHONE, informant=tier)
        story = given(by(MEI, "03-02 09:00", Register, **fields))
        assert story.case.origin.informant is tier
        assert story.case.origin.proactive


def test_on_a_grid_visit_a_resident_who_gives_a_name_asks_and_rates() -> None:
    asked = received(channel=Channel.GRID_VISIT)
    assert (asked.case.origin.proactive, asked.case.raters) == (False, ("reporter",))
    found = received(channel=Channel.GRID_VISIT, **NOBODY)
    assert (found.case.origin.proactive, found.case.raters) == (True, ())


def test_what_a_visit_brought_names_the_visit_and_its_resident_rates() -> None:
    story = received(proactive=True, visit_id="visit-1")
    assert story.case.origin.visit_id == "visit-1"
    assert (story.case.origin.proactive, story.case.raters) == (True, ("reporter",))


def test_a_resident_s_own_case_is_never_unasked() -> None:
    web = request(channel=Channel.WEB, proactive=True)
    start = given()
    start.when(by(RESIDENT, "03-02 09:00", Register, **web)).then_forbidden(
        "proactive_needs_staff", "R13"
    )
    importer = Actor(kind=ActorKind.IMPORTER, person_id="mei")
    old = given(by(importer, "03-02 09:00", Register, **request(**PATROL)))
    assert not old.case.origin.proactive, "an imported one says so itself"


# -- how it ends -----------------------------------------------------------------


def test_instead_of_a_rating_the_officer_is_asked_to_look() -> None:
    story = (
        on_patrol()
        .when(by(GAO, "03-02 11:00", Resolve, text="已修"))
        .then(Resolved, VerificationOpened)
    )
    question = story.case.questions[0]
    assert (question.person_id, question.barred) == ("mei", ("gao",))
    assert story.clock(ClockKind.DECISION).due_at.isoformat() == "2026-03-05T03:00:00+00:00"
    assert story.case.phase is Phase.UNDER_REVIEW


def test_verified_it_closes_as_verified_and_is_never_rated() -> None:
    story = (
        resolved()
        .when(by(MEI, "03-03 10:00", Verify, **DONE))
        .then(event(Verified, done=True), event(Closed, reason=ClosingReason.VERIFIED))
    )
    assert story.case.ratings == ()
    assert story.all(Rated) == []


@pytest.mark.rule("R9.4")
def test_nobody_can_rate_it_so_it_is_never_counted_as_satisfied() -> None:
    for who in (RESIDENT, MEI, GAO):
        outcome = resolved().when(by(who, "03-02 12:00", Rate, **GOOD))
        assert outcome.refused is not None
    closings = {resolved().at(f"03-{day:02} 18:00").case.closing for day in range(2, 28)}
    assert closings == {None}, "time alone never ends it"


def test_found_undone_the_unit_that_resolved_it_has_another_round() -> None:
    story = (
        resolved()
        .when(by(MEI, "03-03 10:00", Verify, done=False, text="还是不亮"))
        .then(event(Verified, done=False), event(RectificationOpened, round=2), Arrived)
    )
    assert story.case.stint.unit_id == "orchard-1"
    again = story.and_then(
        by(GAO, "03-03 11:00", Accept), by(GAO, "03-03 12:00", Resolve, text="再修")
    )
    again.when(by(MEI, "03-03 14:00", Verify, **DONE)).then(Verified, Closed)


def test_whoever_resolved_it_does_not_verify_it() -> None:
    own = received(**PATROL).and_then(by(MEI, "03-02 09:10", Resolve, text="当场解决"))
    assert own.case.questions[0].person_id == "xu"
    own.when(by(MEI, "03-02 09:20", Verify, **DONE)).then_forbidden("judge_in_own_cause", "R11")
    own.when(by(XU, "03-02 10:00", Verify, **DONE)).then(Verified, Closed)


def test_a_superior_may_look_and_others_may_not() -> None:
    resolved().and_then(by(XIE, "03-02 12:00", Verify, **DONE))
    resolved().when(by(BO, "03-02 12:00", Verify, **DONE)).then_forbidden("not_entitled", "§2")


def test_unverified_in_time_it_is_a_breach_and_goes_to_a_superior() -> None:
    story = (
        resolved()
        .when(by(CLOCK, "03-05 11:00", Tick))
        .then(ClockWarned, ClockWarned, ClockWarned, ClockBroken, DecisionPassedUp)
    )
    assert story.case.questions[0].person_id == "xie"


def test_without_an_officer_a_supervisor_is_asked() -> None:
    story = on_patrol().under(town(posts=without("clerk-bridge")))
    after = story.and_then(by(GAO, "03-02 11:00", Resolve, text="已修"))
    assert after.case.questions[0].person_id == "xu"


def test_nothing_is_verified_that_a_resident_can_rate() -> None:
    received().when(by(MEI, "03-02 10:00", Verify, **DONE)).then_refused("nothing_to_verify", "R13")


def test_nobody_takes_back_what_nobody_asked_for() -> None:
    on_patrol().when(by(MEI, "03-02 12:00", Withdraw)).then_refused("no_resident", "R13")


def test_no_resident_is_told_of_it() -> None:
    story = resolved().and_then(by(MEI, "03-03 10:00", Verify, **DONE))
    case = story.case
    told = [n for e in story.history for n in notices(case, case, e, story.book)]
    assert {notice.to for notice in told} <= {"person", "unit"}


# -- together with residents -------------------------------------------------------


def test_a_resident_who_joins_rates_what_staff_had_found() -> None:
    officer = By(person_id="hu", post_id="clerk-hills", unit_id="hills")
    joins = {"residents": 1, "officer": officer, "urgency": Urgency.NORMAL}
    story = on_patrol().and_then(by(CLOCK, "03-02 10:30", Join, case_id="SW-2", **joins))
    assert story.case.raters == ("SW-2",)
    assert story.case.merging.residents == 1
    after = story.when(by(GAO, "03-02 11:00", Resolve, text="已修")).then(Resolved)
    assert after.case.phase is Phase.AWAITING_RATING


def test_where_the_only_resident_s_case_is_given_back_it_is_verified_instead_of_rated() -> None:
    officer = By(person_id="hu", post_id="clerk-hills", unit_id="hills")
    joins = {"residents": 1, "officer": officer, "urgency": Urgency.NORMAL}
    joined = on_patrol().and_then(by(CLOCK, "03-02 10:30", Join, case_id="SW-2", **joins))
    waiting = joined.and_then(by(GAO, "03-02 11:00", Resolve, text="已修"))
    story = waiting.when(by(CLOCK, "03-02 12:00", Part, case_id="SW-2")).then(
        Parted, VerificationOpened
    )
    assert (story.case.questions[0].person_id, story.case.questions[0].barred) == ("mei", ("gao",))
    assert story.at("03-16 12:00").all(Closed) == [], "never unrated: nobody was asked"
    story.when(by(MEI, "03-02 14:00", Verify, **DONE)).then(Verified, Closed)


def test_nobody_is_called_who_is_not_there() -> None:
    call = {"contacted": True, "solved": True}
    resolved().when(by(MEI, "03-02 12:00", RecordFollowUp, **call)).then_refused(
        "no_resident", "R13"
    )


def test_merged_into_a_resident_s_case_it_adds_nobody_who_rates() -> None:
    merge = by(GAO, "03-02 10:30", Merge, lead_id=LEAD.case_id)
    on_patrol().when(merge).then(event(Merged, residents=0), Closed)
    officer = By(person_id="mei", post_id="clerk-bridge", unit_id="bridge")
    joins = {"residents": 0, "officer": officer, "urgency": Urgency.NORMAL}
    story = (
        received()
        .when(by(CLOCK, "03-02 10:30", Join, case_id="SW-2", **joins))
        .then(event(Joined, rates=False, residents=0))
    )
    assert story.case.raters == ("reporter",)


# -- when the only resident takes it back ------------------------------------------


def found_with_a_request() -> Story:
    """What staff had found was merged into a resident's case, in Gao's hands."""
    officer = By(person_id="hu", post_id="clerk-hills", unit_id="hills")
    joins = {"residents": 0, "officer": officer, "urgency": Urgency.NORMAL}
    return in_gaos_hands().and_then(by(CLOCK, "03-02 10:30", Join, case_id="SW-2", **joins))


@pytest.mark.rule("R2.3")
def test_what_staff_found_goes_on_when_the_only_resident_takes_their_request_back() -> None:
    story = found_with_a_request()
    left = story.when(by(RESIDENT, "03-02 11:00", Withdraw)).then(ResidentLeft)
    resolved = left.when(by(GAO, "03-02 11:30", Resolve, text="已修")).then(
        Resolved, VerificationOpened
    )
    resolved.when(by(MEI, "03-03 10:00", Verify, **DONE)).then(Verified, Closed)


@pytest.mark.rule("R9.2")
def test_it_goes_on_also_when_a_supervisor_agrees_to_the_withdrawal() -> None:
    story = found_with_a_request().and_then(by(MEI, "03-02 10:40", Withdraw, text="居民来电撤回"))
    after = story.when(
        by(XU, "03-02 11:00", DecideWithdrawal, approved=True, text="已电话核实")
    ).then(WithdrawalDecided, ResidentLeft)
    assert after.case.phase is Phase.IN_PROGRESS


def test_without_what_staff_found_the_last_who_leaves_ends_it() -> None:
    story = found_with_a_request().and_then(by(CLOCK, "03-02 10:50", Part, case_id="SW-2"))
    story.when(by(RESIDENT, "03-02 11:00", Withdraw)).then(
        event(Closed, reason=ClosingReason.WITHDRAWN)
    )
