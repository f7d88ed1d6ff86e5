"""R1.4: after each resolution the officer owes the resident a call, within a time."""

import pytest

from domain.case import is_over
from domain.commands import (
    Accept,
    Rate,
    RecordFollowUp,
    Register,
    ReplaceOfficer,
    Resolve,
    ReviewRating,
    Tick,
    Withdraw,
)
from domain.events import (
    ClockBroken,
    ClockWarned,
    FollowedUp,
    OfficerLeft,
    OfficerReplaced,
)
from domain.notices import notices
from domain.owing import debtor
from domain.words import Channel, ClockKind
from domain.words.redress import ChargeKind, Finding
from tests.domain.quarrel import settled
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    XU,
    Story,
    by,
    event,
    given,
    importer,
    in_gaos_hands,
    request,
)
from tests.domain.together import joined_by
from tests.domain.town import said, town, without

pytestmark = pytest.mark.rule("R1.4")

GOOD = {"contacted": True, "solved": True, "grade": 5}
BAD = {"contacted": True, "solved": False, "grade": 1}
CALLED = {"contacted": True, "solved": True}
FOLLOW_UP = ClockKind.FOLLOW_UP


def resolved() -> Story:
    """Gao settled it on Monday at eleven."""
    return in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="已劝停"))


def test_the_officer_has_two_working_days_for_the_call() -> None:
    assert said(resolved().clock(FOLLOW_UP).due_at) == "2026-03-04 11:00"
    assert said(settled().clock(FOLLOW_UP).due_at) == "2026-03-10 10:00"


def test_the_call_keeps_the_clock_whether_the_resident_was_reached_or_not() -> None:
    for answers in (CALLED, {"contacted": False}):
        story = resolved().when(by(MEI, "03-02 14:00", RecordFollowUp, **answers)).then(FollowedUp)
        assert story.running(FOLLOW_UP).stopped_at is not None
        assert not story.at("03-05 10:00").all(ClockBroken)


@pytest.mark.rule("R6.6", "R11")
def test_a_call_not_made_is_the_officer_s_breach_and_their_supervisor_is_told() -> None:
    story = (
        resolved()
        .when(by(CLOCK, "03-04 11:00", Tick))
        .then(
            ClockWarned,
            ClockWarned,
            ClockWarned,
            event(ClockBroken, clock_id="follow_up-1", person_id="mei"),
        )
    )
    broken = story.last(ClockBroken)
    found = notices(story.case, story.case, broken, story.book)
    assert {n.recipient for n in found} == {"mei", "xu"}
    charge = story.case.redress.charge(ChargeKind.BREACH, "follow_up-1")
    assert charge is not None
    assert (charge.unit_id, charge.person_id) == ("bridge", "mei")
    late = story.when(by(MEI, "03-04 14:00", RecordFollowUp, **CALLED)).then(FollowedUp)
    assert late.running(FOLLOW_UP).stopped_at is not None


@pytest.mark.rule("R9.4")
def test_a_fast_rating_does_not_make_the_call_needless() -> None:
    closed = resolved().and_then(by(RESIDENT, "03-02 11:05", Rate, **GOOD))
    assert closed.running(FOLLOW_UP).live
    assert not is_over(closed.case)
    done = closed.and_then(by(MEI, "03-02 11:10", RecordFollowUp, **CALLED))
    assert is_over(done.case)
    assert is_over(closed.at("03-04 11:00").case)


@pytest.mark.rule("R10.2")
def test_a_new_round_ends_with_a_call_of_its_own() -> None:
    story = resolved().and_then(
        by(RESIDENT, "03-02 12:00", Rate, **BAD),
        by(XU, "03-02 14:00", ReviewRating, finding=Finding.JUSTIFIED, text="属实"),
    )
    assert story.running(FOLLOW_UP).stopped_at is not None
    again = story.and_then(
        by(GAO, "03-02 14:30", Accept), by(GAO, "03-02 15:00", Resolve, text="再劝")
    )
    assert again.clock(FOLLOW_UP).clock_id == "follow_up-2"
    assert said(again.clock(FOLLOW_UP).due_at) == "2026-03-04 15:00"


def test_who_took_it_back_is_owed_no_call() -> None:
    web = request("counter", channel=Channel.WEB)
    story = given(by(RESIDENT, "03-02 09:00", Register, **web)).and_then(
        by(MEI, "03-02 09:10", Accept),
        by(MEI, "03-02 09:20", Resolve, text="已办"),
        by(RESIDENT, "03-02 10:00", Withdraw),
    )
    assert is_over(story.case)


@pytest.mark.rule("R2.3")
def test_where_the_officer_s_own_resident_has_left_the_others_officers_call_theirs() -> None:
    story = joined_by("SW-2").and_then(
        by(RESIDENT, "03-02 11:10", Withdraw), by(GAO, "03-02 11:30", Resolve, text="已修")
    )
    assert story.case.running(FOLLOW_UP) is None


def test_of_what_was_resolved_in_another_system_no_call_is_owed_here() -> None:
    mei = importer("mei")
    story = given(by(mei, "03-02 09:00", Register, **request())).and_then(
        by(mei, "03-02 10:00", Resolve, text="closed there")
    )
    assert story.case.running(FOLLOW_UP) is None


@pytest.mark.rule("R1.1")
def test_of_an_officer_who_left_the_missed_call_asks_for_another() -> None:
    closed = resolved().and_then(by(RESIDENT, "03-02 11:05", Rate, **GOOD))
    gone = closed.under(town(posts=without("clerk-bridge"))).at("03-04 10:59")
    story = gone.when(by(CLOCK, "03-04 11:00", Tick)).then(ClockBroken, OfficerLeft)
    assert story.last(OfficerLeft).question.person_id == "xu"
    owes = debtor(story.case, "follow_up-1")
    assert owes is not None
    assert owes.person_id == "xu"
    by_xu = story.and_then(by(XU, "03-04 13:30", RecordFollowUp, **CALLED))
    assert is_over(by_xu.case)
    replaced = story.when(by(XU, "03-04 13:30", ReplaceOfficer)).then(OfficerReplaced)
    done = replaced.and_then(by(BO, "03-04 14:00", RecordFollowUp, **CALLED))
    assert is_over(done.case)


@pytest.mark.rule("R1.1")
def test_of_a_closed_case_an_officer_is_replaced_only_where_one_is_asked_for() -> None:
    closed = resolved().and_then(by(RESIDENT, "03-02 11:05", Rate, **GOOD))
    gone = closed.under(town(posts=without("clerk-bridge")))
    gone.when(by(XU, "03-02 14:00", ReplaceOfficer)).then_refused("case_closed", "R9")
