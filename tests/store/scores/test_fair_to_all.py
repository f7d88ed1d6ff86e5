"""No way around the figures leads out of them; nobody carries what is not theirs (R12)."""

from dataclasses import replace

import pytest

from domain.commands import (
    Appeal,
    AskReconsideration,
    Assign,
    Call,
    DecideAppeal,
    HandOver,
    Merge,
    NoteRecurrence,
    Part,
    Rate,
    Reconsider,
    RecordHelp,
    Register,
    Release,
    ReportIn,
    Resolve,
    Split,
    Summon,
)
from domain.events import Appealed, ReconsiderationAsked
from domain.words.redress import ChargeKind
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
    request,
    staff,
)
from tests.domain.test_appeals import closed_after_rectification
from tests.domain.test_proactive import on_patrol
from tests.domain.town import LATER, LEAD, TOWN, local
from tests.store.lives import PROMISED, joins
from tests.store.scores.ledger import counted, posted
from tests.store.scores.test_oracle import differences

pytestmark = pytest.mark.rule("R12.1", "R12.4")

RESIDENT_OF_SW_2 = replace(RESIDENT, subject="SW-2")


def agreed(story: Story) -> Story:
    """Both readings of the rules post the same of it."""
    assert differences(story.case.case_id, story.history) == []
    return story


# -- asked for, in what a patrol had found -------------------------------------------------


def joined_on_patrol() -> Story:
    return on_patrol().and_then(
        joins("SW-2", "03-02 10:30", promised=PROMISED),
        by(GAO, "03-02 11:00", Resolve, text="已修"),
    )


@pytest.mark.rule("R13")
def test_what_residents_asked_for_is_ordinary_in_whichever_case_it_is_carried_on() -> None:
    story = agreed(
        joined_on_patrol().and_then(
            by(RESIDENT_OF_SW_2, "03-02 12:00", Rate, contacted=False, solved=False, grade=1)
        )
    )
    for measure in ("satisfaction", "resolution", "response", "promise", "handling"):
        counts = posted(story, measure, unit_id="orchard-1", denominator=1)
        assert {row["proactive"] for row in counts} == {False}, measure


@pytest.mark.rule("R13")
def test_what_was_begun_before_a_resident_asked_is_taken_back_where_it_stood() -> None:
    rows = posted(agreed(joined_on_patrol()), "handling", unit_id="orchard-1")
    assert [(row["unanswered"], row["proactive"]) for row in rows if row["unanswered"]] == [
        (1, True),
        (-1, True),
    ]


# -- promised before it was merged by mistake ------------------------------------------------

WORKING_DAYS = (10, 11, 12, 13, 14, 17, 18, 19, 20, 23, 24)
GIVEN_BACK = by(CLOCK, "03-24 18:00", Part, case_id="case-1")


def broken_at_the_lead() -> Story:
    """Promised for 23 March, joined on the 10th; the lead does not keep it."""
    story = given(
        by(MEI, "03-10 09:00", Register, **request()),
        by(MEI, "03-10 09:10", HandOver),
        joins("case-1", "03-10 09:30", promised=PROMISED),
    )
    for day in WORKING_DAYS:
        story = story.at(f"03-{day} 17:29")
    return story


def broken_clock(story: Story) -> str:
    (miss,) = posted(story, "promise", denominator=1)
    return str(miss["about"])


def test_a_promise_broken_while_wrongly_merged_is_missed_once_and_where_it_belongs() -> None:
    lead, before = agreed(broken_at_the_lead().and_then(GIVEN_BACK)), broken_at_the_lead()
    about = broken_clock(before)
    own = agreed(
        given(
            by(MEI, "03-02 09:00", Register, **request()),
            by(MEI, "03-10 09:30", Merge, lead_id=LEAD.case_id),
            by(XU, "03-24 18:00", Split, text="不是一回事"),
        )
    )
    assert counted(before, "red_cards", about=about) == (1, 0, 0, 0)
    assert counted(lead, "promise", about=about) == (0, 0, 0, 0)
    assert counted(lead, "red_cards", about=about) == (0, 0, 0, 0)
    assert counted(own, "promise") == (0, 1, 0, 0)


def test_an_appeal_against_a_promise_that_was_given_back_takes_nothing_out_twice() -> None:
    broken = broken_at_the_lead()
    breach = {"against": ChargeKind.BREACH, "about": broken_clock(broken), "text": "不是一回事"}
    unit = posted(broken, "promise", denominator=1)[0]
    who = staff(unit["person_id"])
    appealed = broken.and_then(by(who, "03-24 17:50", Appeal, **breach))
    judge = staff(appealed.last(Appealed).question.person_id or "")
    upheld = {"upheld": True, **breach}
    first = appealed.and_then(by(judge, "03-24 17:55", DecideAppeal, **upheld), GIVEN_BACK)
    after = appealed.and_then(GIVEN_BACK, by(judge, "03-25 10:00", DecideAppeal, **upheld))
    for story in (first, after):
        assert counted(agreed(story), "promise", about=breach["about"]) == (0, 0, 0, 0)
        assert counted(story, "red_cards", about=breach["about"]) == (0, 0, 0, 0)


# -- merged a minute before it was due -------------------------------------------------------


def test_a_turn_that_ends_by_merging_stays_among_the_unanswered_for_all_to_see() -> None:
    merged = in_gaos_hands().and_then(by(GAO, "03-03 09:59", Merge, lead_id=LEAD.case_id))
    assert counted(agreed(merged), "handling", unit_id="orchard-1") == (0, 0, 1, 0)
    given_back = merged.and_then(by(XU, "03-03 11:00", Split, text="不是一回事"))
    late = given_back.at("03-04 18:00")
    assert counted(agreed(late), "handling", unit_id="orchard-1") == (0, 1, 0, 0)


# -- who shares a grade ------------------------------------------------------------------------


def helped(*, records: bool, useful: bool) -> Story:
    """The water department came, and was sent away before the street resolved it."""
    told = {"summons_id": "summons-1"}
    calls = (Call(unit_id="water", asked="看"),)
    story = in_sus_hands().and_then(
        by(SU, "03-02 10:30", Summon, calls=calls, text="吹哨"),
        by(WEI, "03-02 11:00", ReportIn, text="到", **told),
    )
    if records:
        story = story.and_then(by(WEI, "03-02 11:10", RecordHelp, text="关了阀门", **told))
    return story.and_then(
        by(SU, "03-02 11:30", Release, useful=useful, text="好", **told),
        by(SU, "03-02 13:40", Resolve, text="办结"),
        by(RESIDENT, "03-03 10:00", Rate, contacted=True, solved=False, grade=1),
    )


@pytest.mark.parametrize("records", [False, True])
def test_who_was_sent_away_without_having_helped_carries_nothing_of_the_grade(
    *, records: bool
) -> None:
    story = agreed(helped(records=records, useful=False))
    assert counted(story, "satisfaction", unit_id="water") == (0, 0, 0, 0)
    assert {row["helpers"] for row in posted(story, "satisfaction")} == {0}


def test_who_helped_shares_the_grade_though_they_left_before_it_was_resolved() -> None:
    story = agreed(helped(records=True, useful=True))
    assert counted(story, "satisfaction", unit_id="water") == (0, 1, 0, 0)


# -- what a resolution is held to account for --------------------------------------------------

RATING = {"against": ChargeKind.RATING, "about": "1/reporter", "text": "误评"}


def with_the_first_rating_out() -> Story:
    return closed_after_rectification().and_then(
        by(GAO, "03-04 10:00", Appeal, **RATING),
        by(XIE, "03-04 11:00", DecideAppeal, upheld=True, **RATING),
    )


@pytest.mark.rule("R11")
def test_a_new_round_for_a_rating_that_an_appeal_took_out_is_held_against_nobody() -> None:
    before, story = closed_after_rectification(), agreed(with_the_first_rating_out())
    assert counted(before, "reopenings", unit_id="orchard-1", round=1) == (1, 1, 0, 0)
    assert counted(story, "reopenings", unit_id="orchard-1", round=1) == (0, 1, 0, 1)


@pytest.mark.rule("R11")
def test_and_counts_again_once_the_rating_does() -> None:
    story = with_the_first_rating_out().and_then(
        by(RESIDENT, "03-04 12:00", AskReconsideration, text="我没有误评")
    )
    judge = staff(story.last(ReconsiderationAsked).question.person_id or "")
    lifted = {"about": "1/reporter", "upheld": False, "text": "恢复"}
    restored = story.and_then(by(judge, "03-04 13:00", Reconsider, **lifted))
    assert counted(agreed(restored), "reopenings", round=1) == (1, 1, 0, 0)


@pytest.mark.rule("R10.4")
def test_what_counts_against_a_resolution_counts_at_its_own_moment() -> None:
    rows = posted(closed_after_rectification(), "reopenings", round=1)
    assert {row["counted_at"] for row in rows} == {local("03-02 11:00")}
    again = posted(reported_again("case-2"), "recurrences")
    assert {row["counted_at"] for row in again} == {local("03-02 11:00")}
    assert max(row["known_at"] for row in again) == local("03-05 09:00")


def reported_again(*cases: str) -> Story:
    """One a day, each by a neighbour of its own."""
    seen = {name: replace(LATER, case_id=name) for name in cases}
    town = replace(TOWN, neighbours={**TOWN.neighbours, **seen})
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="已劝停")).under(town)
    for day, name in enumerate(cases, start=5):
        when = f"03-0{day} 09:00"
        noted = by(CLOCK, when, NoteRecurrence, later=name, reported_at=local(when))
        story = story.and_then(noted)
    return story


@pytest.mark.rule("R10.4")
def test_what_two_neighbours_report_again_is_held_against_its_resolution_once() -> None:
    story = agreed(reported_again("case-2", "case-3"))
    assert counted(story, "recurrences", unit_id="orchard-1") == (1, 1, 0, 0)


@pytest.mark.rule("R11")
def test_an_appeal_takes_one_of_two_recurrences_out_and_the_other_stands() -> None:
    story = appealed(reported_again("case-2", "case-3"), "case-2", "03-07")
    assert counted(agreed(story), "recurrences") == (1, 1, 0, 0)
    (stands,) = posted(story, "recurrences", about="case-3")
    assert stands["charge"] == "recurrence"
    none_left = appealed(story, "case-3", "03-08")
    assert counted(agreed(none_left), "recurrences") == (0, 1, 0, 1)


def appealed(story: Story, later: str, day: str) -> Story:
    about = {"against": ChargeKind.RECURRENCE, "about": later, "text": "另一件事"}
    story = story.and_then(by(GAO, f"{day} 10:00", Appeal, **about))
    judge = staff(story.last(Appealed).question.person_id or "")
    return story.and_then(by(judge, f"{day} 11:00", DecideAppeal, upheld=True, **about))


# -- cards of who was handed the case -------------------------------------------------------------


def handed_to_guo(story: Story, when: str) -> Story:
    return story.and_then(by(GAO, when, Assign, post_id="grid-1b", text="你来"))


def test_the_duty_of_a_turn_goes_with_the_case_to_a_colleague() -> None:
    story = agreed(handed_to_guo(in_gaos_hands(), "03-02 10:10").at("03-03 10:00"))
    assert counted(story, "red_cards", person_id="guo") == (1, 1, 0, 0)
    assert counted(story, "red_cards", person_id="gao") == (0, 0, 0, 0)
    assert counted(story, "red_cards", unit_id="orchard-1") == (1, 1, 0, 0)


@pytest.mark.rule("R13")
def test_and_out_of_what_is_counted_apart_once_a_resident_asks() -> None:
    story = joined_on_patrol()
    assert counted(story, "red_cards", unit_id="orchard-1", proactive=True) == (0, 0, 0, 0)
    assert counted(story, "red_cards", unit_id="orchard-1", proactive=False) == (0, 1, 0, 0)
