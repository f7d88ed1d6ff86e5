"""§2, R11: nobody decides their own matter, whatever post they act at and whoever asked."""

from dataclasses import replace

import pytest

from domain.commands import (
    AskReconsideration,
    Assign,
    DecideExtension,
    DecideObjection,
    DecideShelving,
    DecideWithdrawal,
    Decline,
    Object,
    PublishDeliberation,
    Rate,
    Register,
    ReplaceOfficer,
    RequestExtension,
    ReviewDecline,
    ReviewRating,
    Shelve,
    Withdraw,
)
from domain.events import (
    Closed,
    DecisionPassedUp,
    DeclineReviewed,
    ExtensionGranted,
    ObjectionDecided,
    Shelved,
    WithdrawalDecided,
)
from domain.organisation import Post
from domain.words import DeclineGround, QuestionKind, Role
from domain.words.redress import Finding
from tests.domain.quarrel import LI, RATED, settled
from tests.domain.story import (
    GAO,
    GUO,
    MEI,
    RESIDENT,
    WEI,
    XIE,
    XU,
    Story,
    by,
    given,
    in_gaos_hands,
    in_weis_hands,
    received,
    request,
    staff,
)
from tests.domain.test_deliberation import DECISION, TEXT, decided
from tests.domain.town import POSTS, local, post, span, town, without

pytestmark = pytest.mark.rule("R11")

COURT = {"ground": DeclineGround.BEFORE_COURT, "text": "法院已立案"}
UPHELD = {"upheld": True, "text": "属实"}
YES = {"granted": True, "text": "同意"}
BAD = RATED | {"grade": 1}


def standing_in(here: Post, stand_in: str, first: str, last: str) -> Post:
    """The same post while its holder is away."""
    return replace(here, stand_in=stand_in, absences=((local(first), local(last)),))


def with_posts(*changed: Post) -> tuple[Post, ...]:
    return (*without(*(p.post_id for p in changed)), *changed)


# -- what is in their own hands --------------------------------------------------


@pytest.mark.rule("R6.5")
def test_nobody_grants_the_extension_of_the_case_in_their_own_hands() -> None:
    gao_above = post("supervisor-orchard", "gao", Role.SUPERVISOR, "orchard")
    story = (
        in_gaos_hands()
        .under(town(posts=(*POSTS, gao_above)))
        .and_then(
            by(GAO, "03-02 10:10", Assign, post_id="grid-1b"),
            by(GUO, "03-02 11:00", RequestExtension, extend_by=span("3 working_hours"), text="x"),
            by(XU, "03-02 11:30", Assign, post_id="grid-1"),
        )
    )
    story.when(by(GAO, "03-02 12:00", DecideExtension, **YES)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XU, "03-02 12:00", DecideExtension, **YES)).then(ExtensionGranted)


@pytest.mark.rule("R4.7")
def test_nobody_shelves_the_case_in_their_own_hands() -> None:
    water = post("water-1", "wei", Role.DEPARTMENT_HANDLER, "water")
    also = post("supervisor-east-2", "wei", Role.SUPERVISOR, "east")
    posts = with_posts(standing_in(water, "wa", "03-03 00:00", "03-04 00:00"), also)
    story = (
        in_weis_hands()
        .under(town(posts=posts))
        .and_then(
            by(WEI, "03-02 11:00", RequestExtension, extend_by=span("1 working_days"), text="x"),
            by(XIE, "03-02 11:10", DecideExtension, **YES),
            by(staff("wa"), "03-03 11:20", Shelve, text="管网改造"),
        )
        .at("03-04 09:30")
    )
    yes = {"approved": True, "text": "同意"}
    story.when(by(WEI, "03-04 09:30", DecideShelving, **yes)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XIE, "03-04 09:30", DecideShelving, **yes)).then(Shelved)


# -- what who shares their post did ----------------------------------------------


@pytest.mark.rule("R1.3")
def test_the_officer_does_not_review_the_decline_their_stand_in_wrote() -> None:
    desk = post("clerk-bridge", "mei", Role.FIRST_CONTACT_CLERK, "bridge")
    also = post("supervisor-bridge-2", "mei", Role.SUPERVISOR, "bridge")
    posts = with_posts(standing_in(desk, "ben", "03-02 09:30", "03-02 12:00"), also)
    mei = staff("mei", "clerk-bridge")
    here = given(by(mei, "03-02 09:00", Register, **request()), book=town(posts=posts))
    story = here.and_then(by(staff("ben"), "03-02 10:00", Decline, **COURT))
    assert story.case.questions[0].person_id == "xu"
    story.when(by(MEI, "03-02 13:40", ReviewDecline, **UPHELD)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XU, "03-02 13:40", ReviewDecline, **UPHELD)).then(DeclineReviewed, Closed)


@pytest.mark.rule("R8")
def test_who_published_does_not_decide_the_objection() -> None:
    desk = post("community-orchard", "cao", Role.COMMUNITY_WORKER, "orchard")
    posts = with_posts(standing_in(desk, "xu", "03-05 00:00", "03-06 00:00"))
    xu_there = staff("xu", "community-orchard")
    story = (
        decided()
        .under(town(posts=posts))
        .and_then(
            by(xu_there, "03-05 09:00", PublishDeliberation, step=DECISION, **TEXT),
            by(RESIDENT, "03-06 09:00", Object, text="不同意"),
        )
    )
    question = story.case.questions[-1]
    assert question.person_id == "xie"
    no = {"objection_id": question.about, "upheld": False, "text": "不成立"}
    story.when(by(XU, "03-06 10:00", DecideObjection, **no)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XIE, "03-06 10:00", DecideObjection, **no)).then(ObjectionDecided)


# -- what became theirs while it was open ------------------------------------------


def declined_and_taken_over() -> Story:
    """Xu, who was to look at Mei's decline, took the reception over from her."""
    declined = received().and_then(by(MEI, "03-02 09:10", Decline, **COURT))
    left = declined.under(town(posts=without("clerk-bridge")))
    return left.and_then(by(XU, "03-02 09:30", ReplaceOfficer, post_id="supervisor-bridge"))


@pytest.mark.rule("R1.3")
def test_a_supervisor_who_took_the_reception_over_does_not_uphold_its_decline() -> None:
    story = declined_and_taken_over()
    story.when(by(XU, "03-02 10:00", ReviewDecline, **UPHELD)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XIE, "03-02 10:00", ReviewDecline, **UPHELD)).then(DeclineReviewed, Closed)


@pytest.mark.rule("R4.4")
def test_undecided_it_goes_past_who_may_not_decide_it_any_more() -> None:
    story = declined_and_taken_over().at("03-04 17:00")
    passed = story.all(DecisionPassedUp)
    assert passed[0].question.person_id == "xie"
    assert all(one.question.person_id != "xu" for one in passed)


@pytest.mark.rule("R9.2")
def test_who_became_the_officer_does_not_decide_of_the_withdrawal() -> None:
    story = (
        in_gaos_hands()
        .and_then(by(MEI, "03-02 10:30", Withdraw, text="居民来电撤回"))
        .under(town(posts=without("clerk-bridge")))
        .and_then(by(XU, "03-02 11:00", ReplaceOfficer, post_id="supervisor-bridge"))
    )
    yes = {"approved": True, "text": "已核实"}
    story.when(by(XU, "03-02 11:10", DecideWithdrawal, **yes)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XIE, "03-02 11:10", DecideWithdrawal, **yes)).then(WithdrawalDecided, Closed)


@pytest.mark.rule("R10.3")
def test_who_mediated_does_not_reconsider_the_rating_of_it() -> None:
    mo_above = post("supervisor-east-2", "mo", Role.SUPERVISOR, "east")
    story = (
        settled()
        .under(town(posts=(*POSTS, mo_above)))
        .and_then(by(LI, "03-06 12:00", Rate, **BAD), by(RESIDENT, "03-06 12:00", Rate, **RATED))
    )
    (review,) = story.case.questions
    mistaken = {"finding": Finding.MISTAKEN, "text": "评错案件"}
    story = story.and_then(
        by(staff(review.person_id or ""), "03-06 14:00", ReviewRating, **mistaken),
        by(LI, "03-06 15:00", AskReconsideration, text="没有评错"),
    )
    asked = next(q for q in story.case.questions if q.kind is QuestionKind.RECONSIDERATION)
    assert "mo" in asked.barred
    assert asked.person_id == "xie"
