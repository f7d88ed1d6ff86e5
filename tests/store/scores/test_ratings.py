"""What residents answered counts for who resolved, and for who came to help (R12.1, R12.4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.commands import (
    Accept,
    Actor,
    Appeal,
    Call,
    DecideAppeal,
    NoteRecurrence,
    Rate,
    Reconsider,
    Register,
    ReportIn,
    Resolve,
    ReviewRating,
    Summon,
    Withdraw,
)
from domain.events import Appealed
from domain.words import Channel
from domain.words.redress import ChargeKind
from tests.domain import rated
from tests.domain.story import (
    CLOCK,
    GAO,
    MEI,
    RESIDENT,
    SU,
    WEI,
    XIE,
    XU,
    Story,
    by,
    given,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
    request,
    staff,
)
from tests.domain.town import local
from tests.store.lives import joins
from tests.store.scores.ledger import counted, posted
from tests.store.scores.test_oracle import differences

pytestmark = pytest.mark.rule("R12.1", "R12.4")

ANSWERS = ("response", "resolution", "satisfaction")
MIXED = {"contacted": True, "solved": False, "grade": 3}
AGAIN = {"later": "case-2", "reported_at": local("03-10 09:00")}
LATER = {"against": ChargeKind.RECURRENCE, "about": "case-2", "text": "另一件事"}


def told(story: Story) -> dict[str, tuple[int, int, int, int]]:
    """What the three answers come to; and the rules agree."""
    assert differences(story.case.case_id, story.history) == []
    return {measure: counted(story, measure) for measure in ANSWERS}


def all_are(*numbers: int) -> dict[str, tuple[int, ...]]:
    return dict.fromkeys(ANSWERS, numbers)


def appealed(story: Story, who: Actor, day: str, about: Mapping[str, Any]) -> Story:
    """Appealed at ten, and upheld at eleven by who was asked."""
    story = story.and_then(by(who, f"{day} 10:00", Appeal, **about))
    judge = staff(story.last(Appealed).question.person_id or "")
    return story.and_then(by(judge, f"{day} 11:00", DecideAppeal, upheld=True, **about))


def resolved() -> Story:
    return in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="已劝停"))


def test_who_was_asked_and_has_not_answered_is_neither_satisfied_nor_dissatisfied() -> None:
    assert told(resolved()) == all_are(0, 0, 1, 0)


def test_nobody_answered_for_ever_stays_unanswered() -> None:
    story = resolved().at("03-05 11:00").at("03-09 11:00")
    assert story.case.closing == "unrated"
    assert told(story) == all_are(0, 0, 1, 0)


def test_the_three_answers_count_each_for_itself_for_who_resolved() -> None:
    story = resolved().and_then(by(RESIDENT, "03-03 10:00", Rate, **MIXED))
    assert told(story) == {
        "response": (1, 1, 0, 0),
        "resolution": (0, 1, 0, 0),
        "satisfaction": (1, 1, 0, 0),
    }
    (miss,) = posted(story, "resolution", denominator=1)
    assert (miss["unit_id"], miss["person_id"], miss["stage"]) == ("orchard-1", "gao", "grid")
    assert (miss["about"], miss["charge"]) == ("1/reporter", "rating")
    assert miss["counted_at"] == local("03-03 10:00")


def test_a_rating_found_mistaken_counts_no_more_and_says_why() -> None:
    story = rated.excluded()
    assert told(story) == all_are(0, 0, 0, 1)
    (out,) = posted(story, "satisfaction", excluded=1)
    assert (out["because"], out["counted_at"]) == ("mistaken", local("03-03 10:00"))


def test_a_rating_restored_counts_again() -> None:
    answer = {"about": rated.MINE, "upheld": False, "text": "评价属实"}
    story = rated.asked_again().and_then(by(XIE, "03-05 10:00", Reconsider, **answer))
    assert told(story) == {
        "response": (1, 1, 0, 0),
        "resolution": (0, 1, 0, 0),
        "satisfaction": (0, 1, 0, 0),
    }


def test_each_party_is_asked_and_answers_for_itself() -> None:
    story = rated.settled_dispute().and_then(by(RESIDENT, "03-03 10:00", Rate, **rated.GOOD))
    assert told(story) == all_are(1, 1, 1, 0)
    assert [row["subject"] for row in posted(story, "response", unanswered=1)] == [
        "party-1",
        "reporter",
    ]


def test_residents_of_a_case_that_joined_answer_in_the_case_that_took_it_in() -> None:
    story = in_gaos_hands().and_then(
        joins("SW-2", "03-02 10:10"),
        by(GAO, "03-02 11:00", Resolve, text="已劝停"),
        by(replace(RESIDENT, subject="SW-2"), "03-03 10:00", Rate, **rated.GOOD),
    )
    assert told(story) == all_are(1, 1, 1, 0)
    assert posted(story, "resolution", denominator=1)[0]["subject"] == "SW-2"


def test_who_gives_the_rating_up_is_asked_no_more() -> None:
    web = request(channel=Channel.WEB)
    story = given(by(RESIDENT, "03-02 09:00", Register, **web))
    story = story.and_then(
        by(MEI, "03-02 09:10", Accept), by(MEI, "03-02 10:00", Resolve, text="好")
    )
    assert told(story) == all_are(0, 0, 1, 0)
    assert told(story.and_then(by(RESIDENT, "03-02 11:00", Withdraw))) == all_are(0, 0, 0, 0)


# -- reported again ------------------------------------------------------------


def good() -> Story:
    return resolved().and_then(by(RESIDENT, "03-03 10:00", Rate, **rated.GOOD))


def test_what_is_reported_again_was_not_solved_whatever_the_rating_said() -> None:
    story = good().and_then(by(CLOCK, "03-10 09:10", NoteRecurrence, **AGAIN))
    assert told(story)["resolution"] == (0, 1, 0, 0)
    assert told(story)["satisfaction"] == (1, 1, 0, 0)
    assert counted(story, "recurrences") == (1, 1, 0, 0)
    *_, miss = posted(story, "resolution", charge="recurrence")
    assert (miss["about"], miss["counted_at"]) == ("case-2", local("03-03 10:00"))


def test_an_appeal_against_it_that_is_upheld_gives_the_rating_back_its_word() -> None:
    story = good().and_then(
        by(CLOCK, "03-10 09:10", NoteRecurrence, **AGAIN),
    )
    story = appealed(story, GAO, "03-20", LATER)
    assert told(story)["resolution"] == (1, 1, 0, 0)
    assert counted(story, "recurrences") == (0, 1, 0, 1)


def test_reported_again_where_nobody_answered_it_is_a_miss_of_its_own() -> None:
    story = resolved().at("03-09 11:00").and_then(by(CLOCK, "03-10 09:10", NoteRecurrence, **AGAIN))
    assert told(story)["resolution"] == (0, 1, 1, 0)
    (miss,) = posted(story, "resolution", denominator=1)
    assert (miss["counted_at"], miss["person_id"]) == (local("03-10 09:10"), "gao")
    upheld = appealed(story, GAO, "03-20", LATER)
    assert told(upheld)["resolution"] == (0, 0, 1, 1)


def test_an_answer_after_it_was_reported_again_takes_the_place_of_the_miss() -> None:
    early = AGAIN | {"reported_at": local("03-03 09:00")}
    story = resolved().and_then(
        by(CLOCK, "03-03 09:10", NoteRecurrence, **early),
        by(RESIDENT, "03-04 10:00", Rate, **rated.GOOD),
    )
    assert told(story)["resolution"] == (0, 1, 0, 0)


def test_a_malicious_rating_of_what_was_reported_again_leaves_the_miss() -> None:
    early = AGAIN | {"reported_at": local("03-03 09:00")}
    story = rated.under_review().and_then(
        by(CLOCK, "03-03 10:10", NoteRecurrence, **early),
        by(XU, "03-03 11:00", ReviewRating, **rated.MALICIOUS),
    )
    assert told(story)["resolution"] == (0, 1, 0, 1)


# -- with help -------------------------------------------------------------------


def helped() -> Story:
    """Two departments and a partner were called; water came."""
    calls = (
        Call(unit_id="water", asked="查"),
        Call(unit_id="works", asked="修"),
        Call(partner_id="keeper", asked="看"),
    )
    return in_sus_hands().and_then(
        by(SU, "03-02 10:30", Summon, calls=calls, text="请到场"),
        by(WEI, "03-02 11:00", ReportIn, summons_id="summons-1"),
        by(SU, "03-02 12:00", Resolve, text="修好", evidence=("p",)),
        by(RESIDENT, "03-03 10:00", Rate, **rated.GOOD),
    )


def test_a_unit_that_reported_in_has_its_own_share_of_the_grade_and_of_nothing_else() -> None:
    story = helped()
    assert differences(story.case.case_id, story.history) == []
    assert counted(story, "satisfaction", role="owner", helpers=1) == (1, 1, 0, 0)
    assert counted(story, "satisfaction", role="helper", unit_id="water") == (1, 1, 0, 0)
    assert counted(story, "resolution", role="helper") == (0, 0, 0, 0)
    assert counted(story, "satisfaction", unit_id="works") == (0, 0, 0, 0)


def test_who_was_let_go_before_its_time_was_over_missed_nothing() -> None:
    story = helped()
    assert counted(story, "report_in", unit_id="works") == (0, 0, 0, 0)
    assert counted(story, "report_in", carrier="partner") == (0, 0, 0, 0)
    assert counted(story, "help", unit_id="works") == (0, 0, 0, 0)
    assert counted(story, "report_in", unit_id="water") == (1, 1, 0, 0)
    assert counted(story, "help", unit_id="water") == (0, 1, 0, 0)


def test_a_helper_s_breach_that_an_appeal_takes_out_counts_nowhere() -> None:
    breach = {"against": ChargeKind.BREACH, "about": "report_in-1", "text": "未接到通知"}
    calls = (Call(unit_id="water", asked="查"),)
    story = in_sus_hands().and_then(by(SU, "03-02 10:30", Summon, calls=calls, text="请到场"))
    story = story.at("03-02 17:00")
    assert counted(story, "report_in") == (0, 1, 0, 0)
    assert counted(story, "red_cards", unit_id="water") == (1, 1, 0, 0)
    story = appealed(story, XIE, "03-03", breach)
    assert counted(story, "report_in") == (0, 0, 0, 1)
    assert counted(story, "red_cards", unit_id="water") == (0, 1, 0, 1)
    assert differences(story.case.case_id, story.history) == []


def test_handling_that_broke_and_its_card_go_with_the_appeal() -> None:
    breach = {"against": ChargeKind.BREACH, "about": "handle-2", "text": "系统停机"}
    story = in_gaos_hands().at("03-03 10:00")
    assert counted(story, "handling", unit_id="orchard-1") == (0, 1, 0, 0)
    story = appealed(story, GAO, "03-04", breach)
    assert counted(story, "handling", unit_id="orchard-1") == (0, 0, 0, 1)
    assert counted(story, "red_cards", unit_id="orchard-1") == (0, 1, 0, 1)
    assert differences(story.case.case_id, story.history) == []


def test_a_yellow_card_and_the_promise_it_warned_of_are_appealed_apart() -> None:
    card = {"against": ChargeKind.YELLOW_CARD, "about": "resident-1", "text": "系统停机"}
    promise = {"against": ChargeKind.BREACH, "about": "resident-1", "text": "系统停机"}
    story = in_weis_hands().at("03-20 09:30").at("03-23 12:00")
    late = counted(story, "promise")
    assert late == (0, 1, 0, 0)
    one = appealed(story, WEI, "03-24", card)
    assert counted(one, "promise") == late
    assert counted(one, "yellow_cards", excluded=1) == (0, 0, 0, 1)
    both = appealed(one, WEI, "03-25", promise)
    assert counted(both, "promise") == (0, 0, 0, 1)
    assert differences(both.case.case_id, both.history) == []
