"""R10: a bad rating is reviewed one level up; a justified one is rectified, another excluded."""

from dataclasses import replace

import pytest

from domain.commands import (
    Accept,
    Decline,
    HandOver,
    Join,
    Part,
    Rate,
    RecordFollowUp,
    Resolve,
    ReviewRating,
    Tick,
    Withdraw,
)
from domain.events import (
    Arrived,
    ClockBroken,
    ClockWarned,
    Closed,
    DecisionPassedUp,
    Event,
    FollowedUp,
    Rated,
    RatingAskedAgain,
    RatingExcluded,
    RatingLapsed,
    ReconsiderationAsked,
    RectificationOpened,
    ReviewDecided,
    ReviewOpened,
    SupervisionOrdered,
    VerificationOpened,
)
from domain.notices import notices
from domain.words import (
    ClockKind,
    ClosingReason,
    DeclineGround,
    Phase,
    QuestionKind,
    Stage,
)
from domain.words.redress import ChargeKind, ExcludedBecause, Finding, RectifyAt
from tests.domain.rated import (
    BAD,
    GOOD,
    JUSTIFIED,
    MALICIOUS,
    MINE,
    MISTAKEN,
    NEIGHBOUR,
    asked_again,
    being_rectified,
    excluded,
    resolved,
    settled_dispute,
    under_review,
)
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    SU,
    WANG,
    WEI,
    XIE,
    XU,
    Story,
    by,
    event,
    in_sus_hands,
    in_weis_hands,
    received,
)
from tests.domain.test_proactive import on_patrol
from tests.domain.together import joining, of
from tests.domain.town import local, town, without

pytestmark = pytest.mark.rule("R10.1")


# -- opening -----------------------------------------------------------------


@pytest.mark.parametrize(
    "answers", [{"grade": 1}, {"grade": 2}, {"grade": 5, "solved": False}, {"grade": 3, **BAD}]
)
def test_a_bad_rating_opens_a_review_at_once_instead_of_closing_the_case(
    answers: dict[str, object],
) -> None:
    story = (
        resolved()
        .when(by(RESIDENT, "03-03 10:00", Rate, **GOOD | answers))
        .then(Rated, event(ReviewOpened, round=1, subject="reporter"))
    )
    assert story.case.phase is Phase.UNDER_REVIEW
    question = story.case.questions[0]
    assert (question.kind, question.person_id) == (QuestionKind.REVIEW, "xu")
    assert story.clock(ClockKind.DECISION).due_at == local("03-04 10:00")


def test_the_unit_above_the_one_that_resolved_reviews() -> None:
    street = in_sus_hands().and_then(by(SU, "03-02 11:00", Resolve, text="已补"))
    story = street.and_then(by(RESIDENT, "03-03 10:00", Rate, **BAD))
    assert story.case.questions[0].person_id == "xie"


def test_who_handled_the_case_does_not_review_it() -> None:
    """Xu sat at the counter herself: Xie is asked, and Xu may not."""
    story = received().and_then(by(MEI, "03-02 09:20", Resolve, text="当场答复"))
    hers = story.and_then(by(RESIDENT, "03-02 10:00", Rate, **BAD))
    assert hers.case.questions[0].barred == ("mei",)
    assert hers.case.questions[0].person_id == "xie"


def test_the_case_waits_for_the_supervisor_and_the_officer_still_owes_the_call() -> None:
    story = under_review()
    story.when(by(RESIDENT, "03-03 10:10", Withdraw)).then_refused("not_open", "R9.2")
    story.when(by(GAO, "03-03 10:10", Resolve, text="好了")).then_refused("not_in_progress", "R9.1")
    story.when(by(MEI, "03-03 10:10", RecordFollowUp, contacted=True)).then(FollowedUp)


def test_only_supervisors_over_the_unit_decide() -> None:
    for who in (GUO, CAO, SU, WANG):
        under_review().when(by(who, "03-03 11:00", ReviewRating, **JUSTIFIED)).then_forbidden(
            "not_entitled", "§2"
        )
    under_review().when(by(RESIDENT, "03-03 11:00", ReviewRating, **MISTAKEN)).then_forbidden(
        "staff_only", "§2"
    )


def test_a_supervisor_who_stood_in_for_the_handler_is_barred() -> None:
    posts = [replace(p, stand_in="xu") if p.post_id == "grid-1" else p for p in without()]
    absent = (local("03-02 00:00"), local("03-03 00:00"))
    posts = [replace(p, absences=(absent,)) if p.post_id == "grid-1" else p for p in posts]
    here = received().under(town(posts=[p for p in posts if p.post_id != "grid-1b"]))
    story = here.and_then(
        by(MEI, "03-02 09:30", HandOver), by(XU, "03-02 10:00", Accept),
        by(XU, "03-02 11:00", Resolve, text="已劝停"), by(RESIDENT, "03-03 10:00", Rate, **BAD),
    )  # fmt: skip
    assert story.case.questions[0].person_id == "xie"
    story.when(by(XU, "03-03 11:00", ReviewRating, **MISTAKEN)).then_forbidden(
        "judge_in_own_cause", "R11"
    )


def test_a_late_review_is_a_breach_and_goes_to_the_next_superior() -> None:
    story = (
        under_review()
        .when(by(CLOCK, "03-04 10:00", Tick))
        .then(ClockWarned, ClockWarned, ClockBroken, DecisionPassedUp)
    )
    assert story.case.questions[0].person_id == "xie"
    assert story.case.phase is Phase.UNDER_REVIEW
    story.when(by(XIE, "03-04 11:00", ReviewRating, **JUSTIFIED)).then(
        ReviewDecided, RectificationOpened, Arrived
    )


def test_without_a_bad_rating_there_is_nothing_to_review() -> None:
    resolved().when(by(XU, "03-03 11:00", ReviewRating, **JUSTIFIED)).then_refused(
        "no_review_open", "R10.1"
    )


def test_a_review_is_decided_once() -> None:
    being_rectified().when(by(XU, "03-03 11:01", ReviewRating, **MISTAKEN)).then_refused(
        "no_review_open", "R10.1"
    )
    excluded().when(by(XU, "03-03 11:01", ReviewRating, **JUSTIFIED)).then_refused(
        "case_closed", "R9"
    )


# -- where the residents' cases part meanwhile ----------------------------------


def badly_rated() -> Story:
    """What staff had found, joined by two residents, of whom one rated it badly."""
    joined = on_patrol().and_then(
        by(CLOCK, "03-02 10:30", Join, **joining("SW-2")),
        by(CLOCK, "03-02 10:40", Join, **joining("SW-3")),
    )
    return joined.and_then(
        by(GAO, "03-02 11:00", Resolve, text="已修"), by(of("SW-2"), "03-02 12:00", Rate, **BAD)
    )


@pytest.mark.rule("R2.3", "R13")
def test_no_rating_is_awaited_of_nobody_after_a_review() -> None:
    nobody = badly_rated().and_then(
        by(CLOCK, "03-02 12:10", Part, case_id="SW-2"),
        by(CLOCK, "03-02 12:20", Part, case_id="SW-3"),
    )
    story = nobody.when(by(XU, "03-02 14:00", ReviewRating, **MISTAKEN)).then(
        ReviewDecided, RatingExcluded, VerificationOpened
    )
    assert (story.case.questions[0].person_id, story.case.questions[0].barred) == ("mei", ("gao",))
    nobody.when(by(XU, "03-02 14:00", ReviewRating, **JUSTIFIED)).then(
        ReviewDecided, RectificationOpened, Arrived
    )


@pytest.mark.rule("R2.3")
def test_after_a_review_the_case_ends_where_all_who_are_left_have_rated() -> None:
    left = badly_rated().and_then(by(CLOCK, "03-02 12:10", Part, case_id="SW-3"))
    left.when(by(XU, "03-02 14:00", ReviewRating, **MISTAKEN)).then(
        ReviewDecided, RatingExcluded, event(Closed, reason=ClosingReason.RATED)
    )
    waiting = badly_rated().and_then(by(CLOCK, "03-02 12:10", Part, case_id="SW-2"))
    story = waiting.when(by(XU, "03-02 14:00", ReviewRating, **MISTAKEN)).then(
        ReviewDecided, RatingExcluded
    )
    assert story.case.phase is Phase.AWAITING_RATING


# -- rectification -----------------------------------------------------------


@pytest.mark.rule("R10.2")
def test_a_justified_rating_opens_a_new_round_where_it_was_resolved() -> None:
    story = (
        under_review()
        .when(by(XU, "03-03 11:00", ReviewRating, **JUSTIFIED))
        .then(
            event(ReviewDecided, finding=Finding.JUSTIFIED, subjects=("reporter",), round=1),
            event(RectificationOpened, round=2),
            event(Arrived, stage=Stage.GRID, unit_id="orchard-1", person_id="gao", accepted=False),
        )
    )
    assert (story.case.round, story.case.phase) == (2, Phase.AWAITING_ACCEPTANCE)
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-03 14:30")
    assert story.clock(ClockKind.HANDLE).due_at == local("03-24 11:00")
    assert story.clock(ClockKind.RESIDENT).due_at == local("03-24 11:00")


@pytest.mark.rule("R10.2")
def test_nothing_of_the_earlier_round_is_lost() -> None:
    before, after = under_review().case, being_rectified().case
    assert [(s.round, s.stage) for s in after.stints] == [
        (1, Stage.FIRST_CONTACT),
        (1, Stage.GRID),
        (2, Stage.GRID),
    ]
    assert after.ratings == before.ratings == ((1, "reporter"),)
    kept = {r.clock.clock_id for r in before.clocks}
    assert kept < {r.clock.clock_id for r in after.clocks}


@pytest.mark.rule("R10.2")
def test_the_supervisor_may_choose_the_rung_above() -> None:
    under_review().when(
        by(XU, "03-03 11:00", ReviewRating, rectify_at=RectifyAt.ABOVE, **JUSTIFIED)
    ).then(ReviewDecided, RectificationOpened, event(Arrived, stage=Stage.COMMUNITY))


@pytest.mark.rule("R10.2")
def test_above_the_department_there_is_no_rung() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-02 11:00", Resolve, text="已核"), by(RESIDENT, "03-03 10:00", Rate, **BAD)
    )
    story.when(
        by(XIE, "03-03 11:00", ReviewRating, rectify_at=RectifyAt.ABOVE, **JUSTIFIED)
    ).then_refused("no_rung_above", "R10.2", stage="department")


@pytest.mark.rule("R10.2")
def test_where_the_handler_has_left_a_colleague_rectifies() -> None:
    story = under_review().under(town(posts=without("grid-1")))
    story.when(by(XU, "03-03 11:00", ReviewRating, **JUSTIFIED)).then(
        ReviewDecided, RectificationOpened, event(Arrived, person_id="guo", unit_id="orchard-1")
    )


@pytest.mark.rule("R10.2")
def test_where_nobody_is_left_the_next_rung_rectifies() -> None:
    story = under_review().under(town(posts=without("grid-1", "grid-1b")))
    story.when(by(XU, "03-03 11:00", ReviewRating, **JUSTIFIED)).then(
        ReviewDecided, RectificationOpened, event(Arrived, stage=Stage.COMMUNITY, person_id="cao")
    )
    nobody = ("grid-1", "grid-1b", "community-orchard", "street-bridge", "works-1", "works-2",
              "supervisor-city")  # fmt: skip
    story = under_review().under(town(posts=without(*nobody)))
    story.when(by(XU, "03-03 11:00", ReviewRating, **JUSTIFIED)).then(
        ReviewDecided,
        RectificationOpened,
        event(Arrived, stage=Stage.GRID, person_id="gao"),
        event(SupervisionOrdered, person_id="xu"),
    )


@pytest.mark.rule("R10.2")
def test_accepting_keeps_the_clock_that_runs_since_the_arrival() -> None:
    story = being_rectified().and_then(by(GUO, "03-03 14:00", Accept))
    assert story.clock(ClockKind.HANDLE).due_at == local("03-24 11:00")
    assert story.case.phase is Phase.IN_PROGRESS


@pytest.mark.rule("R10.2")
def test_a_rectification_nobody_does_goes_up_like_any_other_work() -> None:
    story = being_rectified().at("03-03 14:30")
    assert story.case.stage is Stage.COMMUNITY
    assert story.case.round == 2
    assert story.running(ClockKind.RESIDENT).live


@pytest.mark.rule("R10.2", "R9.3")
def test_the_resident_is_asked_again_and_both_ratings_stay() -> None:
    story = being_rectified().and_then(
        by(GAO, "03-03 14:00", Accept), by(GAO, "03-04 10:00", Resolve, text="已装隔音")
    )
    assert story.case.phase is Phase.AWAITING_RATING
    closed = story.when(by(RESIDENT, "03-04 20:00", Rate, **GOOD)).then(
        event(Rated, round=2, grade=5), event(Closed, reason=ClosingReason.RATED)
    )
    assert closed.case.ratings == ((1, "reporter"), (2, "reporter"))
    assert [r.grade for r in closed.all(Rated)] == [1, 5]


@pytest.mark.rule("R10.2")
def test_a_second_bad_rating_is_reviewed_again_by_whoever_did_not_handle_that_round() -> None:
    story = being_rectified().and_then(
        by(GAO, "03-03 14:00", Accept),
        by(GAO, "03-04 10:00", Resolve, text="已装隔音"),
        by(MEI, "03-04 10:10", RecordFollowUp, contacted=True),
    )
    again = story.when(by(RESIDENT, "03-04 20:00", Rate, **BAD)).then(
        event(Rated, round=2), event(ReviewOpened, round=2)
    )
    assert again.case.questions[0].person_id == "xu"
    again.when(by(XU, "03-05 10:00", ReviewRating, **JUSTIFIED)).then(
        event(ReviewDecided, round=2), event(RectificationOpened, round=3), Arrived
    )


@pytest.mark.rule("R10.2")
def test_the_resident_may_take_back_what_is_being_rectified() -> None:
    being_rectified().when(by(RESIDENT, "03-03 11:30", Withdraw)).then(
        event(Closed, reason=ClosingReason.WITHDRAWN)
    )


@pytest.mark.rule("R10.2")
def test_what_is_being_rectified_cannot_be_declined() -> None:
    story = received().and_then(
        by(MEI, "03-02 09:20", Resolve, text="当场答复"), by(RESIDENT, "03-02 10:00", Rate, **BAD),
        by(XIE, "03-02 11:00", ReviewRating, **JUSTIFIED), by(MEI, "03-02 11:10", Accept),
    )  # fmt: skip
    told = {"ground": DeclineGround.PETITION, "text": "信访"}
    story.when(by(MEI, "03-02 11:20", Decline, **told)).then_refused(
        "being_rectified", "R10.2", round="2"
    )


@pytest.mark.rule("R10.2", "R9.4")
def test_a_rectified_case_nobody_rates_closes_as_unrated() -> None:
    story = being_rectified().and_then(
        by(GAO, "03-03 14:00", Accept),
        by(GAO, "03-04 10:00", Resolve, text="已装隔音"),
        by(MEI, "03-04 10:10", RecordFollowUp, contacted=True),
    )
    story.when(by(CLOCK, "03-11 10:00", Tick)).then(
        RatingAskedAgain, event(Closed, reason=ClosingReason.UNRATED)
    )


# -- exclusion ---------------------------------------------------------------


@pytest.mark.rule("R10.3")
@pytest.mark.parametrize(
    ("found", "why"),
    [(MISTAKEN, ExcludedBecause.MISTAKEN), (MALICIOUS, ExcludedBecause.MALICIOUS)],
)
def test_a_mistaken_or_malicious_rating_stays_and_does_not_count(
    found: dict[str, object], why: ExcludedBecause
) -> None:
    story = (
        under_review()
        .when(by(XU, "03-03 11:00", ReviewRating, **found))
        .then(
            ReviewDecided,
            event(RatingExcluded, round=1, subject="reporter", why=why),
            event(Closed, reason=ClosingReason.RATED),
        )
    )
    assert story.case.ratings == ((1, "reporter"),)
    exclusion = story.case.redress.excluded(ChargeKind.RATING, MINE)
    assert exclusion is not None
    assert exclusion.version == story.case.version - 1
    assert (exclusion.person_id, exclusion.unit_id) == ("xu", "bridge")


# -- several raters (R7.6) ---------------------------------------------------


@pytest.mark.rule("R7.6", "R10.1")
def test_others_still_rate_while_the_first_bad_rating_is_looked_at() -> None:
    story = settled_dispute().and_then(by(RESIDENT, "03-02 12:00", Rate, **BAD))
    story = story.when(by(NEIGHBOUR, "03-02 13:00", Rate, **GOOD)).then(
        event(Rated, subject="party-1")
    )
    assert story.case.phase is Phase.UNDER_REVIEW
    story.when(by(XIE, "03-02 14:00", ReviewRating, **MISTAKEN)).then(
        event(ReviewDecided, subjects=("reporter",)),
        event(RatingExcluded, subject="reporter"),
        Closed,
    )


@pytest.mark.rule("R7.6", "R10.1")
def test_a_further_bad_rating_joins_the_open_review() -> None:
    story = settled_dispute().and_then(by(RESIDENT, "03-02 12:00", Rate, **BAD))
    story = story.when(by(NEIGHBOUR, "03-02 13:00", Rate, **BAD)).then(
        event(Rated, subject="party-1")
    )
    story.when(by(XIE, "03-02 14:00", ReviewRating, **MALICIOUS)).then(
        event(ReviewDecided, subjects=("reporter", "party-1")),
        event(RatingExcluded, subject="reporter"),
        event(RatingExcluded, subject="party-1"),
        Closed,
    )


@pytest.mark.rule("R7.6", "R10.3")
def test_after_an_excluded_rating_the_others_are_still_waited_for() -> None:
    story = (
        settled_dispute()
        .and_then(by(RESIDENT, "03-02 12:00", Rate, **BAD))
        .when(by(XIE, "03-02 14:00", ReviewRating, **MISTAKEN))
        .then(ReviewDecided, RatingExcluded)
    )
    assert story.case.phase is Phase.AWAITING_RATING
    story.when(by(NEIGHBOUR, "03-03 12:00", Rate, **GOOD)).then(Rated, Closed)
    again = story.when(by(NEIGHBOUR, "03-03 12:00", Rate, **BAD)).then(
        Rated, event(ReviewOpened, subject="party-1", round=1)
    )
    again.when(by(XIE, "03-03 14:00", ReviewRating, **JUSTIFIED)).then(
        event(ReviewDecided, subjects=("party-1",)), RectificationOpened, Arrived
    )


@pytest.mark.rule("R7.6", "R10.2")
def test_in_a_new_round_everybody_is_asked_again() -> None:
    story = settled_dispute().and_then(
        by(RESIDENT, "03-02 12:00", Rate, **BAD), by(XIE, "03-02 14:00", ReviewRating, **JUSTIFIED)
    )
    assert story.case.unrated == ("reporter", "party-1")
    story.when(by(NEIGHBOUR, "03-02 15:00", Rate, **GOOD)).then_refused(
        "not_awaiting_rating", "R9.2"
    )


@pytest.mark.rule("R7.6", "R9.4")
def test_the_time_for_rating_may_end_while_a_review_is_open() -> None:
    story = settled_dispute().at("03-05 12:00")
    late = story.and_then(by(RESIDENT, "03-09 10:30", Rate, **BAD))
    lapsed = late.when(by(CLOCK, "03-09 11:00", Tick)).then(RatingLapsed)
    assert lapsed.case.phase is Phase.UNDER_REVIEW
    lapsed.when(by(NEIGHBOUR, "03-09 11:10", Rate, **GOOD)).then_refused(
        "not_awaiting_rating", "R9.2", phase="under_review"
    )
    lapsed.when(by(XIE, "03-09 11:20", ReviewRating, **MISTAKEN)).then(
        ReviewDecided, RatingExcluded, event(Closed, reason=ClosingReason.RATED)
    )


# -- who is told -------------------------------------------------------------


def told(story: Story, kind: type[Event]) -> set[str]:
    found = notices(story.case, story.case, story.last(kind), story.book)
    return {f"{notice.to} {notice.recipient}" for notice in found}


def test_the_supervisor_is_asked_and_the_resident_hears_what_came_of_it() -> None:
    assert told(under_review(), ReviewOpened) == {"person xu", "person mei"}
    assert told(excluded(), ReviewDecided) == {"person gao", "person mei"}
    assert told(excluded(), RatingExcluded) == {"resident reporter", "person mei"}
    assert told(being_rectified(), RectificationOpened) == {"resident reporter"}
    assert told(asked_again(), ReconsiderationAsked) == {"person xie", "person mei"}


@pytest.mark.rule("R7.6")
def test_of_a_new_round_every_party_is_told() -> None:
    story = settled_dispute().and_then(
        by(NEIGHBOUR, "03-02 12:00", Rate, **BAD), by(XIE, "03-02 14:00", ReviewRating, **JUSTIFIED)
    )
    assert told(story, RectificationOpened) == {"resident reporter", "party party-1"}
