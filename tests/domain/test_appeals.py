"""R11: staff appeal once against a rating, a breach or a card; who had no part in it judges."""

from dataclasses import replace

import pytest

from domain.case import is_over
from domain.commands import (
    Accept,
    Appeal,
    AskReconsideration,
    DecideAppeal,
    Rate,
    Reconsider,
    RecordFollowUp,
    Resolve,
    ReviewRating,
    Tick,
)
from domain.events import (
    AppealDecided,
    Appealed,
    ClockBroken,
    DecisionPassedUp,
    RatingExcluded,
    RatingRestored,
    ReconsiderationAsked,
    ReconsiderationDecided,
    SupervisionOrdered,
)
from domain.notices import notices
from domain.words import ClockKind, Phase, QuestionKind
from domain.words.redress import ChargeKind, ExcludedBecause, Finding
from tests.domain.story import (
    CAO,
    CLOCK,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    WEI,
    XIA,
    XIE,
    XU,
    Story,
    at_the_grid,
    by,
    event,
    in_gaos_hands,
    in_weis_hands,
    staff,
)
from tests.domain.town import local, town, without

pytestmark = pytest.mark.rule("R11")

BREACH = {"against": ChargeKind.BREACH, "about": "handle-2"}
RATING = {"against": ChargeKind.RATING, "about": "1/reporter"}
ORDER = {"against": ChargeKind.ORDER, "about": "1"}
YELLOW = {"against": ChargeKind.YELLOW_CARD, "about": "resident-1"}
WHY = {"text": "系统停机两小时"}
UPHELD = {"upheld": True, "text": "属实"}
REFUSED = {"upheld": False, "text": "不属实"}
BAD = {"contacted": True, "solved": False, "grade": 1}
PAN = staff("pan")


def late() -> Story:
    """On Tuesday at ten Gao's handling clock broke, and the case went up to the community."""
    return in_gaos_hands().at("03-03 10:00")


def badly_rated() -> Story:
    """Gao settled it on Monday at eleven; on Tuesday the resident said: not solved."""
    return in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"),
        by(MEI, "03-02 11:01", RecordFollowUp, contacted=True),
        by(RESIDENT, "03-03 10:00", Rate, **BAD),
    )


def closed_after_rectification() -> Story:
    """Xu found it justified; done again, rated well and closed. Gao thinks the first unfair."""
    good = {"contacted": True, "solved": True, "grade": 5}
    return badly_rated().and_then(
        by(XU, "03-03 11:00", ReviewRating, finding=Finding.JUSTIFIED, text="属实"),
        by(GAO, "03-03 11:10", Accept),
        by(GAO, "03-03 11:20", Resolve, text="已装隔音"),
        by(MEI, "03-03 11:25", RecordFollowUp, contacted=True),
        by(RESIDENT, "03-03 11:30", Rate, **good),
    )


def ordered() -> Story:
    """The water department missed its three days: on Thursday an order in Xie's name."""
    return in_weis_hands().at("03-05 10:00")


def appealed() -> Story:
    return late().and_then(by(GAO, "03-03 10:30", Appeal, **BREACH, **WHY))


# -- what may be appealed ----------------------------------------------------


def test_a_breach_is_appealed_by_who_was_in_charge_when_it_happened() -> None:
    story = (
        late()
        .when(by(GAO, "03-03 10:30", Appeal, **BREACH, **WHY))
        .then(event(Appealed, against=ChargeKind.BREACH, about="handle-2"))
    )
    question = story.case.questions[0]
    assert (question.kind, question.about) == (QuestionKind.APPEAL, "breach/handle-2")
    assert question.person_id == "xu"
    assert question.barred == ("cao", "gao", "mei")
    assert story.clock(ClockKind.DECISION).due_at == local("03-10 10:30")


def test_a_bad_rating_a_yellow_card_and_an_order_are_appealed() -> None:
    badly_rated().when(by(GAO, "03-03 10:10", Appeal, **RATING, **WHY)).then(Appealed)
    ordered().when(by(WEI, "03-05 11:00", Appeal, **ORDER, **WHY)).then(Appealed)
    slow = in_weis_hands().at("03-20 09:30")
    slow.when(by(WEI, "03-20 09:40", Appeal, **YELLOW, **WHY)).then(Appealed)


def test_a_supervisor_s_own_missed_decision_is_held_against_the_supervisor() -> None:
    story = badly_rated().at("03-04 10:00")
    missed = {"against": ChargeKind.BREACH, "about": "decision-1"}
    story.when(by(XU, "03-04 11:00", Appeal, **missed, **WHY)).then(
        event(Appealed, about="decision-1")
    )
    story.when(by(GAO, "03-04 11:00", Appeal, **missed, **WHY)).then_forbidden("not_entitled", "§2")


def test_what_did_not_happen_is_not_appealed() -> None:
    late().when(by(GAO, "03-04 10:00", Appeal, **RATING, **WHY)).then_refused(
        "nothing_to_appeal", "R11", against="rating"
    )
    in_gaos_hands().when(by(GAO, "03-02 10:10", Appeal, **BREACH, **WHY)).then_refused(
        "nothing_to_appeal", "R11"
    )


# -- by whom, until when -----------------------------------------------------


def test_the_supervisor_of_the_unit_may_appeal_for_it() -> None:
    late().when(by(XU, "03-03 10:30", Appeal, **BREACH, **WHY)).then(Appealed)
    heads = replace(next(p for p in without() if p.post_id == "parks-head"), unit_id="orchard-1")
    posts = (*without("parks-head"), heads)
    own = late().under(town(posts=posts))
    own.when(by(PAN, "03-03 10:30", Appeal, **BREACH, **WHY)).then(Appealed)
    own.when(by(XU, "03-03 10:30", Appeal, **BREACH, **WHY)).then_forbidden("not_entitled", "§2")


def test_who_is_not_concerned_does_not_appeal() -> None:
    for who in (GUO, CAO, MEI, WEI, XIE, XIA):
        late().when(by(who, "03-03 10:30", Appeal, **BREACH, **WHY)).then_forbidden(
            "not_entitled", "§2"
        )
    late().when(by(RESIDENT, "03-03 10:30", Appeal, **BREACH, **WHY)).then_forbidden(
        "staff_only", "§2"
    )


def test_the_person_concerned_may_have_moved_to_another_post() -> None:
    moved = replace(
        next(p for p in without() if p.post_id == "grid-1"), post_id="new", unit_id="orchard-2"
    )
    story = late().under(town(posts=(*without("grid-1"), moved)))
    story.when(by(GAO, "03-03 10:30", Appeal, **BREACH, **WHY)).then(Appealed)


def test_each_thing_is_appealed_once_whoever_asks() -> None:
    for who in (GAO, XU):
        appealed().when(by(who, "03-03 11:00", Appeal, **BREACH, **WHY)).then_refused(
            "already_appealed", "R11", against="breach"
        )
    decided = appealed().and_then(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **REFUSED))
    decided.when(by(GAO, "03-03 11:30", Appeal, **BREACH, **WHY)).then_refused(
        "already_appealed", "R11"
    )


def test_an_appeal_comes_within_fifteen_days() -> None:
    late().when(by(GAO, "03-18 10:00", Appeal, **BREACH, **WHY)).then_refused(
        "appeal_too_late", "R11", until="2026-03-18T02:00:00+00:00"
    )


def test_what_is_excluded_already_needs_no_appeal() -> None:
    story = badly_rated().and_then(
        by(XU, "03-03 11:00", ReviewRating, finding=Finding.MISTAKEN, text="误评")
    )
    story.when(by(GAO, "03-03 12:00", Appeal, **RATING, **WHY)).then_refused(
        "already_excluded", "R11", against="rating"
    )


# -- who judges --------------------------------------------------------------


def test_who_reviewed_or_ordered_in_the_case_does_not_judge() -> None:
    story = closed_after_rectification().and_then(by(GAO, "03-04 10:00", Appeal, **RATING, **WHY))
    assert story.case.questions[0].person_id == "xie"
    story.when(by(XU, "03-04 11:00", DecideAppeal, **RATING, **UPHELD)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    at_water = ordered().and_then(by(WEI, "03-05 11:00", Appeal, **ORDER, **WHY))
    assert at_water.case.questions[0].person_id == "xia"


def test_who_appeals_does_not_judge() -> None:
    story = late().and_then(by(XU, "03-03 10:30", Appeal, **BREACH, **WHY))
    assert story.case.questions[0].person_id == "xie"
    story.when(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **UPHELD)).then_forbidden(
        "judge_in_own_cause", "R11"
    )


def test_where_every_superior_had_a_part_another_branch_judges() -> None:
    posts = without("supervisor-city")
    story = ordered().under(town(posts=posts))
    story = story.and_then(by(WEI, "03-05 11:00", Appeal, **ORDER, **WHY))
    question = story.case.questions[0]
    assert (question.person_id, question.unit_id) == ("xu", "bridge")
    story.when(by(XIE, "03-05 12:00", DecideAppeal, **ORDER, **UPHELD)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XU, "03-05 12:00", DecideAppeal, **ORDER, **UPHELD)).then(AppealDecided)


def test_where_everybody_had_a_part_nobody_is_asked_by_name_and_administrators_are_told() -> None:
    posts = without("supervisor-city", "supervisor-bridge", "parks-head")
    story = ordered().under(town(posts=posts))
    story = story.when(by(WEI, "03-05 11:00", Appeal, **ORDER, **WHY)).then(Appealed)
    question = story.last(Appealed).question
    assert (question.person_id, question.unit_id) == (None, "city")
    clerk = replace(next(p for p in posts if p.post_id == "administrator-east"), unit_id="city")
    named = town(posts=(*(p for p in posts if p.post_id != "administrator-east"), clerk))
    told = notices(story.case, story.case, story.last(Appealed), named)
    assert [f"{n.to} {n.recipient}" for n in told] == ["unit city", "person an"]
    again = story.under(town()).at("03-12 11:00")
    assert again.last(DecisionPassedUp).question.person_id == "xia"


def test_who_acted_in_the_case_since_then_does_not_judge_any_more() -> None:
    story = badly_rated().and_then(by(GAO, "03-03 10:10", Appeal, **RATING, **WHY))
    assert {q.person_id for q in story.case.questions} == {"xu", "xie"}
    story = story.and_then(
        by(XU, "03-03 11:00", ReviewRating, finding=Finding.JUSTIFIED, text="属实")
    )
    story.when(by(XU, "03-03 11:10", DecideAppeal, **RATING, **REFUSED)).then_forbidden(
        "judge_in_own_cause", "R11"
    )
    story.when(by(XIE, "03-03 11:20", DecideAppeal, **RATING, **REFUSED)).then(AppealDecided)


def test_who_judged_one_appeal_may_judge_the_next() -> None:
    story = appealed().and_then(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **REFUSED))
    late_again = story.at("03-03 15:30")
    assert late_again.last(ClockBroken).clock_id == "accept-2"
    another = BREACH | {"about": "accept-2"}
    asked = late_again.and_then(by(CAO, "03-03 15:40", Appeal, **another, **WHY))
    asked.when(by(XU, "03-03 15:50", DecideAppeal, **another, **UPHELD)).then(AppealDecided)


def test_an_undecided_appeal_goes_to_the_next_superior_also_of_a_closed_case() -> None:
    story = closed_after_rectification().and_then(by(GAO, "03-04 10:00", Appeal, **RATING, **WHY))
    assert not is_over(story.case)
    late_story = story.at("03-11 10:00")
    assert late_story.last(DecisionPassedUp).question.person_id == "xia"
    assert late_story.case.phase is Phase.CLOSED


# -- what comes of it --------------------------------------------------------


def test_an_upheld_appeal_excludes_the_breach_and_the_breach_stays() -> None:
    story = (
        appealed()
        .when(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **UPHELD))
        .then(event(AppealDecided, upheld=True, **BREACH))
    )
    exclusion = story.case.redress.excluded(ChargeKind.BREACH, "handle-2")
    assert exclusion is not None
    assert (exclusion.why, exclusion.version) == (ExcludedBecause.APPEAL, story.case.version)
    assert story.all(ClockBroken)


def test_a_refused_appeal_changes_nothing() -> None:
    story = (
        appealed()
        .when(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **REFUSED))
        .then(event(AppealDecided, upheld=False))
    )
    assert story.case.redress.exclusions == ()


def test_an_upheld_appeal_against_a_rating_excludes_the_rating_of_the_closed_case() -> None:
    story = closed_after_rectification().and_then(by(GAO, "03-04 10:00", Appeal, **RATING, **WHY))
    story = story.when(by(XIE, "03-04 11:00", DecideAppeal, **RATING, **UPHELD)).then(
        event(AppealDecided, upheld=True, **RATING),
        event(RatingExcluded, round=1, subject="reporter", why=ExcludedBecause.APPEAL),
    )
    assert story.case.ratings == ((1, "reporter"), (2, "reporter"))
    assert is_over(story.case)


def test_a_rating_excluded_meanwhile_is_not_excluded_twice() -> None:
    story = badly_rated().and_then(
        by(GAO, "03-03 10:10", Appeal, **RATING, **WHY),
        by(XU, "03-03 11:00", ReviewRating, finding=Finding.MISTAKEN, text="误评"),
    )
    story.when(by(XIE, "03-03 11:20", DecideAppeal, **RATING, **UPHELD)).then(AppealDecided)


def test_a_review_of_a_rating_excluded_meanwhile_goes_on_and_excludes_it_no_second_time() -> None:
    story = badly_rated().and_then(
        by(GAO, "03-03 10:10", Appeal, **RATING, **WHY),
        by(XIE, "03-03 11:00", DecideAppeal, **RATING, **UPHELD),
    )
    assert story.case.phase is Phase.UNDER_REVIEW
    over = story.and_then(by(XU, "03-03 12:00", ReviewRating, finding=Finding.MISTAKEN, text="误"))
    assert len(over.all(RatingExcluded)) == 1


@pytest.mark.rule("R10.3")
def test_the_resident_may_contest_an_exclusion_by_appeal_which_opens_nothing_again() -> None:
    story = closed_after_rectification().and_then(
        by(GAO, "03-04 10:00", Appeal, **RATING, **WHY),
        by(XIE, "03-04 11:00", DecideAppeal, **RATING, **UPHELD),
    )
    asked = story.when(by(RESIDENT, "03-05 10:00", AskReconsideration, text="不服")).then(
        event(ReconsiderationAsked, round=1)
    )
    assert asked.case.questions[0].person_id == "xia"
    lifted = {"about": "1/reporter", "upheld": False, "text": "评价属实"}
    asked.when(by(XIA, "03-05 11:00", Reconsider, **lifted)).then(
        ReconsiderationDecided, RatingRestored
    )


def test_nothing_is_decided_that_was_not_appealed_or_is_decided_already() -> None:
    late().when(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **UPHELD)).then_refused(
        "no_appeal_open", "R11", against="breach"
    )
    decided = appealed().and_then(by(XU, "03-03 11:00", DecideAppeal, **BREACH, **REFUSED))
    decided.when(by(XU, "03-03 11:01", DecideAppeal, **BREACH, **UPHELD)).then_refused(
        "no_appeal_open", "R11"
    )


def test_only_supervisors_judge() -> None:
    for who in (GUO, WEI):
        appealed().when(by(who, "03-03 11:00", DecideAppeal, **BREACH, **UPHELD)).then_forbidden(
            "not_entitled", "§2"
        )


def test_who_appealed_and_who_is_concerned_hear_of_it() -> None:
    story = late().and_then(
        by(XU, "03-03 10:30", Appeal, **BREACH, **WHY),
        by(XIE, "03-03 11:00", DecideAppeal, **BREACH, **UPHELD),
    )
    found = notices(story.case, story.case, story.last(AppealDecided), story.book)
    assert {n.recipient for n in found} == {"xu", "gao"}


def test_a_card_for_what_nobody_did_is_held_against_who_was_in_charge() -> None:
    story = at_the_grid().at("03-02 11:30")
    charge = story.case.redress.charge(ChargeKind.BREACH, "accept-1")
    assert charge is not None
    assert (charge.person_id, charge.unit_id) == ("gao", "orchard-1")
    assert len(ordered().all(SupervisionOrdered)) == 1
    assert [c.kind for c in ordered().case.redress.charges][-2:] == [
        ChargeKind.BREACH,
        ChargeKind.ORDER,
    ]
    ordered().when(by(CLOCK, "03-05 10:00", Tick)).then()
