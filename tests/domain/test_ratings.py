"""R9: resolution, follow-up, the resident's rating, and the ways a case ends."""

from dataclasses import replace

import pytest

from domain.commands import (
    Accept,
    AddInformation,
    AnswerSupervision,
    Contact,
    HandOver,
    Rate,
    RecordFollowUp,
    RecordProgress,
    Refer,
    Register,
    Resolve,
    Suspend,
    Tick,
    Withdraw,
)
from domain.events import Closed, FollowedUp, Rated, Resolved
from domain.values import RESIDENT as THE_RESIDENT
from domain.values import SYSTEM
from domain.words import (
    CaseType,
    Channel,
    ClockKind,
    ClosingReason,
    Phase,
    ReferredTo,
    SuspensionGround,
)
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    WEI,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    given,
    importer,
    in_gaos_hands,
    in_weis_hands,
    received,
    request,
)
from tests.domain.town import local, town

GOOD = {"contacted": True, "solved": True, "grade": 5}
BAD = {"contacted": False, "solved": False, "grade": 1, "tags": ("慢",), "text": "没人来"}
COURT = {"to": ReferredTo.COURT, "text": "已立案"}


def resolved() -> Story:
    return in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"),
        by(MEI, "03-02 11:01", RecordFollowUp, contacted=True),
    )


# -- resolve -----------------------------------------------------------------


@pytest.mark.rule("R9.1")
def test_resolving_stops_every_clock_and_asks_the_resident() -> None:
    story = (
        in_gaos_hands()
        .when(by(GAO, "03-02 11:00", Resolve, text="已劝停"))
        .then(event(Resolved, text="已劝停", evidence=()))
    )
    assert story.case.phase is Phase.AWAITING_RATING
    assert story.running(ClockKind.HANDLE).stopped_at == local("03-02 11:00")
    assert story.running(ClockKind.RESIDENT).stopped_at == local("03-02 11:00")
    assert story.clock(ClockKind.RATING_REMINDER).due_at == local("03-05 11:00")
    assert story.clock(ClockKind.RATING).due_at == local("03-09 11:00")


@pytest.mark.rule("R9.1")
def test_the_officer_may_settle_it_on_the_spot() -> None:
    received().when(by(MEI, "03-02 09:20", Resolve, text="当场答复")).then(Resolved)


@pytest.mark.rule("R9.1")
def test_where_the_catalogue_asks_for_evidence_the_resolution_carries_it() -> None:
    in_gaos_hands("lamp").when(
        by(GAO, "03-02 11:00", Resolve, text="已修", evidence=("photo-1",))
    ).then(event(Resolved, evidence=("photo-1",)))


@pytest.mark.rule("R9.1")
def test_without_the_evidence_nothing_is_resolved() -> None:
    in_gaos_hands("lamp").when(by(GAO, "03-02 11:00", Resolve, text="已修")).then_refused(
        "evidence_missing", "R9.1", item="lamp"
    )


@pytest.mark.rule("R9.1")
def test_an_item_gone_from_the_catalogue_asks_for_no_evidence() -> None:
    in_gaos_hands("lamp").under(town(items=())).when(
        by(GAO, "03-02 11:00", Resolve, text="已修")
    ).then(Resolved)


@pytest.mark.rule("R9.1")
def test_what_nobody_accepted_cannot_be_resolved() -> None:
    at_the_grid().when(by(GAO, "03-02 10:00", Resolve, text="x")).then_refused(
        "not_in_progress", "R9.1", phase="awaiting_acceptance"
    )


# -- follow up ---------------------------------------------------------------


@pytest.mark.rule("R1.4")
def test_the_officers_call_is_a_follow_up_and_never_a_rating() -> None:
    story = (
        resolved()
        .when(
            by(
                MEI,
                "03-02 14:00",
                RecordFollowUp,
                contacted=True,
                solved=True,
                grade=5,
                text="满意",
            )
        )
        .then(event(FollowedUp, contacted=True, solved=True, grade=5))
    )
    assert story.case.ratings == ()
    assert story.case.phase is Phase.AWAITING_RATING
    story.when(by(RESIDENT, "03-02 15:00", Rate, **GOOD)).then(Rated, Closed)


@pytest.mark.rule("R1.4")
def test_a_call_nobody_answered_is_recorded_too() -> None:
    resolved().when(by(MEI, "03-02 14:00", RecordFollowUp, contacted=False)).then(
        event(FollowedUp, contacted=False, solved=None, grade=None)
    )


@pytest.mark.rule("R1.4")
def test_before_the_resolution_there_is_nothing_to_follow_up() -> None:
    in_gaos_hands().when(by(MEI, "03-02 11:00", RecordFollowUp, contacted=True)).then_refused(
        "not_awaiting_rating", "R1.4", phase="in_progress"
    )


@pytest.mark.rule("R1.4")
@pytest.mark.parametrize("grade", [0, 6, -1])
def test_spoken_grades_run_from_one_to_five(grade: int) -> None:
    resolved().when(
        by(MEI, "03-02 14:00", RecordFollowUp, contacted=True, grade=grade)
    ).then_refused("grade_out_of_range", "R9.2", grade=str(grade))


@pytest.mark.rule("R1.4")
def test_only_the_officer_follows_up() -> None:
    for other in (GAO, BO, XU):
        resolved().when(by(other, "03-02 14:00", RecordFollowUp, contacted=True)).then_forbidden(
            "not_entitled", "§2"
        )


# -- rate --------------------------------------------------------------------


@pytest.mark.rule("R9.2")
@pytest.mark.parametrize("grade", [3, 4, 5])
def test_the_residents_rating_is_recorded_as_given_and_closes_the_case(grade: int) -> None:
    answers = {"contacted": False, "solved": True, "grade": grade, "tags": ("慢",), "text": "好"}
    story = (
        resolved()
        .when(by(RESIDENT, "03-03 20:00", Rate, **answers))
        .then(
            event(Rated, **answers, round=1, by=THE_RESIDENT),
            event(Closed, reason=ClosingReason.RATED, by=SYSTEM),
        )
    )
    assert story.case.closing is ClosingReason.RATED


@pytest.mark.rule("R9.2")
def test_nobody_else_rates() -> None:
    for actor in (MEI, GAO, XU, CLOCK, importer("mei")):
        resolved().when(by(actor, "03-03 10:00", Rate, **GOOD)).then_forbidden(
            "resident_only", "R9.2"
        )


@pytest.mark.rule("R9.3")
def test_a_rating_is_never_changed() -> None:
    story = resolved().and_then(by(RESIDENT, "03-03 10:00", Rate, **BAD))
    story.when(by(RESIDENT, "03-03 10:01", Rate, **GOOD)).then_refused(
        "already_rated", "R9.3", round="1"
    )


@pytest.mark.rule("R9.2")
def test_there_is_nothing_to_rate_before_the_resolution() -> None:
    in_gaos_hands().when(by(RESIDENT, "03-02 11:00", Rate, **GOOD)).then_refused(
        "not_awaiting_rating", "R9.2", phase="in_progress"
    )


@pytest.mark.rule("R9.2")
@pytest.mark.parametrize("grade", [0, 6])
def test_grades_run_from_one_to_five(grade: int) -> None:
    resolved().when(
        by(RESIDENT, "03-02 12:00", Rate, contacted=True, solved=True, grade=grade)
    ).then_refused("grade_out_of_range", "R9.2", grade=str(grade))


@pytest.mark.rule("R9.4")
def test_a_rating_after_seven_days_comes_too_late() -> None:
    resolved().when(by(RESIDENT, "03-09 11:00", Rate, **GOOD)).then_refused(
        "not_awaiting_rating", "R9.2", phase="closed"
    )
    resolved().at("03-05 11:00").when(by(RESIDENT, "03-09 10:59", Rate, **GOOD)).then(Rated, Closed)


# -- withdraw and refer ------------------------------------------------------


def resolved_on_the_web() -> Story:
    """Opened by the resident alone: nobody else has seen the receipt."""
    return given(
        by(RESIDENT, "03-02 09:00", Register, **request(channel=Channel.WEB)),
        by(MEI, "03-02 09:10", Accept),
        by(MEI, "03-02 09:20", Resolve, text="已答复"),
    )


@pytest.mark.rule("R9.2", "R7.6")
def test_nobody_gives_up_a_rating_that_is_not_theirs_alone() -> None:
    """A clerk has seen a receipt made at the counter; in a dispute others rate too."""
    for story in (resolved(), settled_dispute()):
        story.when(by(RESIDENT, "03-02 11:30", Withdraw)).then_refused("not_open", "R9.2")


@pytest.mark.rule("R4.6")
def test_a_case_under_an_open_order_is_not_resolved_before_the_order_is_answered() -> None:
    story = in_weis_hands().at("03-09 18:00")
    story.when(by(WEI, "03-10 09:00", Resolve, text="已办")).then_refused(
        "order_unanswered", "R4.6"
    )
    story.and_then(
        by(WEI, "03-10 09:05", AnswerSupervision, text="今日办结"),
        by(WEI, "03-10 09:10", Resolve, text="已办"),
    )


@pytest.mark.rule("R9")
def test_the_resident_takes_the_case_back_at_any_time_before_the_end() -> None:
    suspended = in_gaos_hands().and_then(
        by(GAO, "03-02 10:30", Suspend, ground=SuspensionGround.LEGAL_PROCEDURE, text="x")
    )
    # Half the resident's acceptance and handling times are not reached at eleven.
    for story in (received(), in_gaos_hands(), suspended, resolved_on_the_web()):
        ended = story.when(by(RESIDENT, "03-02 11:00", Withdraw, text="不用了")).then(
            event(Closed, reason=ClosingReason.WITHDRAWN, by=THE_RESIDENT, text="不用了")
        )
        assert ended.case.phase is Phase.CLOSED


@pytest.mark.rule("R9.1")
def test_once_it_is_resolved_only_the_resident_can_give_up_the_rating() -> None:
    resolved().when(by(MEI, "03-02 12:00", Withdraw)).then_refused(
        "not_open", "R9.2", phase="awaiting_rating"
    )


@pytest.mark.rule("R9")
def test_the_handler_cannot_withdraw_a_case() -> None:
    in_gaos_hands().when(by(GAO, "03-02 11:00", Withdraw)).then_forbidden("not_entitled", "§2")


@pytest.mark.rule("R9")
def test_an_imported_case_may_have_left_for_another_door() -> None:
    in_gaos_hands().when(by(importer("mei"), "03-02 11:00", Refer, **COURT)).then(
        event(Closed, reason=ClosingReason.REFERRED, referred_to=ReferredTo.COURT)
    )


@pytest.mark.rule("R9")
def test_for_staff_referring_would_be_not_our_business() -> None:
    in_gaos_hands().when(by(MEI, "03-02 11:00", Refer, **COURT)).then_refused(
        "importer_only", "R1.3"
    )


@pytest.mark.rule("R9.1")
def test_a_resolved_case_is_not_referred() -> None:
    resolved().when(by(importer("mei"), "03-02 12:00", Refer, **COURT)).then_refused(
        "not_open", "R1.3", phase="awaiting_rating"
    )


@pytest.mark.rule("R1.4")
def test_the_officer_still_calls_when_the_resident_was_faster() -> None:
    rated = resolved().and_then(by(RESIDENT, "03-02 12:00", Rate, **GOOD))
    rated.when(by(MEI, "03-02 15:00", RecordFollowUp, contacted=True)).then(FollowedUp)


@pytest.mark.rule("R1.4")
def test_a_case_that_was_withdrawn_is_owed_no_call() -> None:
    withdrawn = in_gaos_hands().and_then(by(RESIDENT, "03-02 11:00", Withdraw))
    withdrawn.when(by(MEI, "03-02 15:00", RecordFollowUp, contacted=True)).then_refused(
        "not_awaiting_rating", "R1.4", phase="closed"
    )


# -- closed ------------------------------------------------------------------


@pytest.mark.rule("R9")
@pytest.mark.parametrize(
    "command",
    [
        by(MEI, "03-03 10:00", HandOver),
        by(GAO, "03-03 10:00", RecordProgress, text="x"),
        by(RESIDENT, "03-03 10:00", AddInformation, text="x"),
        by(RESIDENT, "03-03 10:00", Withdraw),
        by(importer("mei"), "03-03 10:00", Refer, **COURT),
    ],
    ids=lambda command: command.kind,
)
def test_a_closed_case_is_closed(command: Withdraw) -> None:
    story = in_gaos_hands().and_then(by(RESIDENT, "03-02 11:00", Withdraw))
    story.when(command).then_refused("case_closed", "R9", reason="withdrawn")


@pytest.mark.rule("R9")
def test_a_withdrawn_case_is_not_rated() -> None:
    story = in_gaos_hands().and_then(by(RESIDENT, "03-02 11:00", Withdraw))
    story.when(by(RESIDENT, "03-02 12:00", Rate, **GOOD)).then_refused(
        "not_awaiting_rating", "R9.2", phase="closed"
    )


# -- several raters (R7.6) ---------------------------------------------------

NEIGHBOUR = replace(RESIDENT, subject="party-1")


def settled_dispute() -> Story:
    parties = (Contact(name="李", phone="139"),)
    story = received(case_type=CaseType.DISPUTE, parties=parties)
    return story.and_then(
        by(MEI, "03-02 11:00", Resolve, text="已说和"),
        by(MEI, "03-02 11:01", RecordFollowUp, contacted=True),
    )


@pytest.mark.rule("R7.6")
def test_each_party_rates_for_itself_and_the_last_one_closes_the_case() -> None:
    story = (
        settled_dispute()
        .when(by(RESIDENT, "03-02 12:00", Rate, **GOOD))
        .then(event(Rated, subject="reporter"))
    )
    assert story.case.phase is Phase.AWAITING_RATING
    story.when(by(NEIGHBOUR, "03-03 12:00", Rate, **GOOD)).then(
        event(Rated, subject="party-1"), event(Closed, reason=ClosingReason.RATED)
    )


@pytest.mark.rule("R7.6", "R9.4")
def test_a_party_that_stays_silent_does_not_take_away_the_other_s_rating() -> None:
    story = settled_dispute().and_then(by(NEIGHBOUR, "03-02 12:00", Rate, **GOOD))
    story.at("03-05 11:00").when(by(CLOCK, "03-09 11:00", Tick)).then(
        event(Closed, reason=ClosingReason.RATED)
    )


@pytest.mark.rule("R7.6", "R9.3")
def test_a_party_rates_once_too() -> None:
    story = settled_dispute().and_then(by(NEIGHBOUR, "03-02 12:00", Rate, **GOOD))
    story.when(by(NEIGHBOUR, "03-02 12:01", Rate, **GOOD)).then_refused("already_rated", "R9.3")


@pytest.mark.rule("R9.2")
def test_who_is_no_party_of_the_case_is_not_asked() -> None:
    resolved().when(by(NEIGHBOUR, "03-02 12:00", Rate, **GOOD)).then_forbidden("not_asked", "R9.2")
