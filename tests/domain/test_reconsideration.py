"""R10.3: an excluded rating is looked at once more where the resident asks for it."""

import pytest

from domain.case import is_over
from domain.commands import (
    Accept,
    AskReconsideration,
    Rate,
    Reconsider,
    RecordProgress,
    RequestExtension,
    Resolve,
    ReviewRating,
)
from domain.events import (
    Arrived,
    Closed,
    DecisionPassedUp,
    Rated,
    RatingRestored,
    ReconsiderationAsked,
    ReconsiderationDecided,
    RectificationOpened,
    ReviewDecided,
)
from domain.words import (
    ClockKind,
    Stage,
)
from domain.words.redress import ChargeKind, Finding, RectifyAt
from tests.domain.rated import (
    BAD,
    GOOD,
    JUSTIFIED,
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
    GAO,
    MEI,
    RESIDENT,
    XIA,
    XIE,
    XU,
    Story,
    by,
    event,
)
from tests.domain.town import local, span


@pytest.mark.rule("R10.3")
def test_the_resident_asks_the_next_level_once_also_of_a_closed_case() -> None:
    story = (
        excluded()
        .when(by(RESIDENT, "03-04 10:00", AskReconsideration, text="不是"))
        .then(event(ReconsiderationAsked, round=1, subject="reporter"))
    )
    question = story.case.questions[0]
    assert (question.person_id, question.unit_id) == ("xie", "east")
    assert question.barred == ("gao", "mei", "xu")
    assert story.clock(ClockKind.DECISION).due_at == local("03-09 10:00")
    assert not is_over(story.case)
    story.when(by(RESIDENT, "03-04 11:00", AskReconsideration, text="再看")).then_refused(
        "already_reconsidered", "R10.3"
    )


@pytest.mark.rule("R10.3")
def test_who_excluded_it_does_not_reconsider() -> None:
    told = {"about": MINE, "upheld": True, "text": "维持"}
    asked_again().when(by(XU, "03-04 11:00", Reconsider, **told)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    asked_again().when(by(CAO, "03-04 11:00", Reconsider, **told)).then_forbidden(
        "not_entitled", "§2"
    )


@pytest.mark.rule("R10.3")
def test_an_upheld_exclusion_ends_it() -> None:
    story = (
        asked_again()
        .when(by(XIE, "03-05 10:00", Reconsider, about=MINE, upheld=True, text="维持"))
        .then(event(ReconsiderationDecided, upheld=True))
    )
    assert is_over(story.case)
    assert story.case.redress.excluded(ChargeKind.RATING, MINE)
    story.when(by(RESIDENT, "03-05 11:00", AskReconsideration, text="再看")).then_refused(
        "already_reconsidered", "R10.3"
    )


@pytest.mark.rule("R10.3")
def test_a_lifted_exclusion_lets_the_rating_count_and_opens_the_closed_case_again() -> None:
    lifted = {"about": MINE, "upheld": False, "text": "确未解决"}
    story = (
        asked_again()
        .when(by(XIE, "03-05 10:00", Reconsider, rectify_at=RectifyAt.ABOVE, **lifted))
        .then(
            event(ReconsiderationDecided, upheld=False),
            event(RatingRestored, round=1, subject="reporter"),
            event(RectificationOpened, round=2),
            event(Arrived, stage=Stage.COMMUNITY, unit_id="orchard"),
        )
    )
    case = story.case
    assert (case.closed_at, case.closing, case.resolved_at) == (None, None, None)
    assert case.redress.exclusions == ()
    assert [r.clock.kind for r in case.clocks if r.live] == [
        ClockKind.RESIDENT,
        ClockKind.ACCEPT,
        ClockKind.HANDLE,
    ]
    story.and_then(
        by(CAO, "03-05 11:00", Accept),
        by(CAO, "03-05 11:10", RecordProgress, text="已上门"),
        by(CAO, "03-05 12:00", Resolve, text="已装隔音"),
    ).when(by(RESIDENT, "03-06 10:00", Rate, **GOOD)).then(Rated, Closed)


@pytest.mark.rule("R10.3")
def test_undecided_it_goes_to_the_next_superior_of_the_closed_case() -> None:
    story = asked_again().at("03-09 10:00")
    assert isinstance(story.history[-1], DecisionPassedUp)
    assert story.case.questions[0].person_id == "xia"
    story.when(by(XIA, "03-09 11:00", Reconsider, about=MINE, upheld=True, text="维持")).then(
        ReconsiderationDecided
    )


@pytest.mark.rule("R10.3")
def test_without_an_exclusion_there_is_nothing_to_reconsider() -> None:
    for story in (resolved(), under_review(), being_rectified()):
        story.when(by(RESIDENT, "03-03 11:10", AskReconsideration, text="?")).then_refused(
            "nothing_excluded", "R10.3"
        )
    excluded().when(by(NEIGHBOUR, "03-04 10:00", AskReconsideration, text="?")).then_refused(
        "nothing_excluded", "R10.3"
    )
    excluded().when(
        by(XIE, "03-05 10:00", Reconsider, about=MINE, upheld=False, text="x")
    ).then_refused("no_reconsideration_open", "R10.3")


@pytest.mark.rule("R10.3")
def test_only_the_resident_asks_and_within_fifteen_days() -> None:
    excluded().when(by(MEI, "03-04 10:00", AskReconsideration, text="x")).then_forbidden(
        "resident_only", "R9.2"
    )
    excluded().when(by(RESIDENT, "03-18 11:00", AskReconsideration, text="x")).then_refused(
        "reconsideration_too_late", "R10.3", until="2026-03-18T03:00:00+00:00"
    )
    excluded().when(by(RESIDENT, "03-18 10:59", AskReconsideration, text="x")).then(
        ReconsiderationAsked
    )


def excluded_of_two() -> Story:
    """The resident's rating was excluded and contested; the neighbour has not rated yet."""
    return settled_dispute().and_then(
        by(RESIDENT, "03-02 12:00", Rate, **BAD),
        by(XIE, "03-02 14:00", ReviewRating, **MISTAKEN),
        by(RESIDENT, "03-02 15:00", AskReconsideration, text="不是"),
    )


LIFTED = {"about": MINE, "upheld": False, "text": "属实"}


@pytest.mark.rule("R7.6", "R10.3")
def test_lifted_while_others_are_still_asked_it_opens_the_new_round_as_well() -> None:
    excluded_of_two().when(by(XIA, "03-02 16:00", Reconsider, **LIFTED)).then(
        ReconsiderationDecided, RatingRestored, RectificationOpened, Arrived
    )


@pytest.mark.rule("R7.6", "R10.3")
def test_lifted_while_another_rating_is_reviewed_it_decides_of_both() -> None:
    story = excluded_of_two().and_then(by(NEIGHBOUR, "03-02 15:30", Rate, **BAD))
    story = story.when(by(XIA, "03-02 16:00", Reconsider, **LIFTED)).then(
        ReconsiderationDecided,
        RatingRestored,
        event(ReviewDecided, subjects=("party-1",), finding=Finding.JUSTIFIED),
        RectificationOpened,
        Arrived,
    )
    assert story.case.questions == ()


@pytest.mark.rule("R7.6", "R10.3")
def test_lifted_while_the_matter_is_rectified_already_it_only_counts_again() -> None:
    story = excluded_of_two().and_then(
        by(NEIGHBOUR, "03-02 15:30", Rate, **BAD), by(XIE, "03-02 15:40", ReviewRating, **JUSTIFIED)
    )
    story.when(by(XIA, "03-02 16:00", Reconsider, **LIFTED)).then(
        ReconsiderationDecided, RatingRestored
    )


@pytest.mark.rule("R7.6", "R10.3")
@pytest.mark.rule("R10.2")
def test_the_time_for_rectifying_is_not_made_longer() -> None:
    ask = {"extend_by": span("1 working_hours"), "text": "还差一天"}
    story = being_rectified().and_then(by(GAO, "03-03 14:00", Accept))
    story.when(by(GAO, "03-03 15:00", RequestExtension, **ask)).then_refused(
        "rectification_is_bounded", "R10.2"
    )
