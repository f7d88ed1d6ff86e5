"""R4.6: an order is answered, however the case it was given for ended meanwhile."""

import pytest

from domain.commands import (
    Accept,
    AnswerSupervision,
    Command,
    ConfirmAgreement,
    Decline,
    Merge,
    Rate,
    Refer,
    ReferDispute,
    ReportDanger,
    Resolve,
    ReviewDecline,
    ReviewRating,
    Supervise,
    Tick,
    Withdraw,
)
from domain.events import (
    AgreementConfirmed,
    AgreementInForce,
    ClockBroken,
    Closed,
    DeclineReviewed,
    DisputeReferred,
    Resolved,
    SupervisionAnswered,
    SupervisionOrdered,
)
from domain.words import ClockKind, ClosingReason, DeclineGround, Phase, ReferredTo
from domain.words.redress import ChargeKind, Finding
from tests.domain.quarrel import (
    CHANGED,
    LI,
    RATED,
    drafted,
    failed_at_the_street,
)
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    SU,
    XIE,
    XU,
    Story,
    by,
    event,
    importer,
    in_gaos_hands,
    received,
)
from tests.domain.test_disputes import COURT
from tests.domain.town import LEAD, town, without

pytestmark = pytest.mark.rule("R4.6")

SEE = {"text": "请报告进展"}
ANSWER = {"text": "协议已签"}
BAD = RATED | {"grade": 1}


def agreed() -> Story:
    """Xu of Bridge ordered on Thursday evening, both confirmed on Friday: in force at ten."""
    return drafted().and_then(
        by(XU, "03-05 17:40", Supervise, **SEE),
        by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
        by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED),
    )


def rated() -> Story:
    """Both rated on Friday at noon."""
    return agreed().and_then(
        by(RESIDENT, "03-06 12:00", Rate, **RATED), by(LI, "03-06 12:00", Rate, **RATED)
    )


def taken_back() -> Story:
    """Xu ordered on Monday at eleven, and the resident took it back at noon."""
    return in_gaos_hands().and_then(
        by(XU, "03-02 11:00", Supervise, **SEE), by(RESIDENT, "03-02 12:00", Withdraw)
    )


def still_owed(story: Story) -> None:
    assert story.case.order_open
    assert story.running(ClockKind.SUPERVISION).live


# -- however it ends -----------------------------------------------------------


@pytest.mark.rule("R7.4")
def test_an_agreement_settles_the_case_and_leaves_the_order_to_be_answered() -> None:
    one = drafted().and_then(
        by(XU, "03-05 17:40", Supervise, **SEE),
        by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
    )
    story = one.when(by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED)).then(
        AgreementConfirmed, AgreementInForce, Resolved
    )
    assert story.case.phase is Phase.AWAITING_RATING
    still_owed(story)
    story.when(by(CAO, "03-06 10:30", AnswerSupervision, **ANSWER)).then(
        event(SupervisionAnswered, clocks=())
    )


def test_after_all_have_rated_the_order_is_answered_in_the_closed_case() -> None:
    assert rated().case.closing is ClosingReason.RATED
    still_owed(rated())
    story = rated().when(by(CAO, "03-06 14:00", AnswerSupervision, **ANSWER))
    answered = story.then(event(SupervisionAnswered, clocks=()))
    assert not answered.case.order_open
    answered.when(by(CAO, "03-06 14:10", AnswerSupervision, **ANSWER)).then_refused(
        "no_order_open", "R4.6"
    )


def test_nobody_rated_and_the_order_is_still_owed() -> None:
    story = agreed().at("03-13 10:00")
    assert story.case.closing is ClosingReason.UNRATED
    still_owed(story)


def test_a_case_taken_back_leaves_its_order_to_be_answered() -> None:
    still_owed(taken_back())
    taken_back().when(by(GAO, "03-02 13:00", AnswerSupervision, **ANSWER)).then(
        event(SupervisionAnswered, clocks=())
    )


def test_a_declined_case_leaves_its_order_to_be_answered() -> None:
    asked = received().and_then(
        by(XIE, "03-02 09:10", Supervise, **SEE),
        by(MEI, "03-02 09:20", Decline, ground=DeclineGround.BEFORE_COURT, text="已起诉"),
    )
    story = asked.when(by(XU, "03-02 10:00", ReviewDecline, upheld=True, text="属实")).then(
        DeclineReviewed, event(Closed, reason=ClosingReason.DECLINED)
    )
    still_owed(story)
    story.when(by(MEI, "03-02 11:00", AnswerSupervision, **ANSWER)).then(SupervisionAnswered)


def test_a_case_referred_elsewhere_leaves_its_order_to_be_answered() -> None:
    dispute = failed_at_the_street().and_then(by(XU, "03-10 10:30", Supervise, **SEE))
    story = dispute.when(by(SU, "03-10 11:00", ReferDispute, **COURT)).then(
        DisputeReferred, event(Closed, reason=ClosingReason.REFERRED)
    )
    still_owed(story)
    imported = in_gaos_hands().and_then(by(XU, "03-02 11:00", Supervise, **SEE))
    door = {"to": ReferredTo.COURT, "text": "已起诉"}
    still_owed(imported.and_then(by(importer("gao"), "03-02 12:00", Refer, **door)))


@pytest.mark.rule("R2.3", "R8")
def test_a_case_is_neither_merged_nor_resolved_by_hand_over_an_open_order() -> None:
    story = in_gaos_hands().and_then(by(XU, "03-02 11:00", Supervise, **SEE))
    story.when(by(GAO, "03-02 12:00", Merge, lead_id=LEAD.case_id, text="同一事")).then_refused(
        "order_unanswered", "R4.6"
    )
    story.when(by(GAO, "03-02 12:00", Resolve, text="已办")).then_refused(
        "order_unanswered", "R4.6"
    )


def test_a_review_that_closes_the_case_leaves_the_order_to_be_answered() -> None:
    story = agreed().and_then(
        by(RESIDENT, "03-06 12:00", Rate, **BAD), by(LI, "03-06 12:00", Rate, **RATED)
    )
    still_owed(story)
    mistaken = {"finding": Finding.MISTAKEN, "text": "评错案件"}
    ended = story.and_then(by(XU, "03-06 14:00", ReviewRating, **mistaken))
    assert ended.case.closing is ClosingReason.RATED
    still_owed(ended)


# -- nobody answers ------------------------------------------------------------


@pytest.mark.rule("R4.4")
def test_unanswered_it_is_a_breach_of_the_closed_case_and_goes_to_the_next_superior() -> None:
    story = rated().at("03-09 17:29")
    after = story.when(by(CLOCK, "03-09 17:30", Tick))
    late = after.then(ClockBroken, event(SupervisionOrdered, unit_id="east", person_id="xie"))
    assert late.case.closed_at is not None
    still_owed(late)
    charged = [c for c in late.case.redress.charges if c.about == "supervision-1"]
    assert [(c.kind, c.person_id) for c in charged] == [
        (ChargeKind.YELLOW_CARD, "cao"),
        (ChargeKind.BREACH, "cao"),
    ]


def test_where_the_unit_has_nobody_left_a_supervisor_over_it_answers() -> None:
    others: Command = by(SU, "03-06 14:00", AnswerSupervision, **ANSWER)
    above: Command = by(XU, "03-06 14:00", AnswerSupervision, **ANSWER)
    for command in (others, above):
        rated().when(command).then_forbidden("not_entitled", "§2")
    gone = rated().under(town(posts=without("community-orchard")))
    gone.when(by(XIE, "03-06 14:00", AnswerSupervision, **ANSWER)).then(SupervisionAnswered)


@pytest.mark.rule("R11")
def test_who_ordered_does_not_answer_their_own_order_of_a_settled_case() -> None:
    gone = agreed().under(town(posts=without("community-orchard")))
    gone.when(by(XU, "03-06 11:00", AnswerSupervision, **ANSWER)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    gone.when(by(XIE, "03-06 11:00", AnswerSupervision, **ANSWER)).then(SupervisionAnswered)


@pytest.mark.rule("R7.4", "R7.5")
def test_opened_again_with_the_order_unanswered_it_is_answered_before_it_is_resolved() -> None:
    story = rated().and_then(
        by(LI, "03-06 15:00", ReportDanger, text="动手"), by(CAO, "03-06 15:05", Accept)
    )
    still_owed(story)
    story.when(by(CAO, "03-06 15:10", Resolve, text="已劝开")).then_refused(
        "order_unanswered", "R4.6"
    )
    story.and_then(by(CAO, "03-06 15:20", AnswerSupervision, **ANSWER)).when(
        by(CAO, "03-06 15:30", Resolve, text="已劝开")
    ).then(Resolved)
