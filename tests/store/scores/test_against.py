"""What counts against somebody stands beside what there was of it; what does not count (R12.1)."""

from datetime import timedelta

import pytest

from domain.commands import (
    Accept,
    HandOver,
    Rate,
    RecordFollowUp,
    Register,
    Resolve,
    ReturnCase,
    ReviewRating,
    Source,
    Verify,
)
from domain.words import ReturnReason
from tests.domain import quarrel, rated
from tests.domain.story import (
    GAO,
    MEI,
    RESIDENT,
    XU,
    Story,
    at_the_grid,
    by,
    given,
    importer,
    in_gaos_hands,
    in_weis_hands,
    request,
)
from tests.domain.town import local
from tests.store.proactive_lives import PATROL
from tests.store.scores import oracle
from tests.store.scores.ledger import counted, engine, posted
from tests.store.scores.rows import rows_of

pytestmark = pytest.mark.rule("R12.1", "R12.4")


def resolved() -> Story:
    return in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="已劝停"))


# -- the call ------------------------------------------------------------------


def test_the_call_is_the_officer_s_and_counts_when_it_comes() -> None:
    (owed,) = posted(resolved(), "follow_up")
    assert (owed["unit_id"], owed["person_id"], owed["unanswered"]) == ("bridge", "mei", 1)
    story = resolved().and_then(by(MEI, "03-02 11:30", RecordFollowUp, contacted=False))
    assert counted(story, "follow_up", person_id="mei") == (1, 1, 0, 0)


def test_a_call_that_did_not_come_in_time_is_a_miss_and_a_card_whatever_comes_later() -> None:
    story = resolved().at("03-05 09:00")
    late = story.and_then(by(MEI, "03-05 10:00", RecordFollowUp, contacted=True))
    for one in (story, late):
        assert counted(one, "follow_up") == (0, 1, 0, 0)
        assert counted(one, "red_cards", person_id="mei", numerator=1) == (1, 0, 0, 0)
    (miss,) = posted(story, "follow_up", denominator=1)
    assert miss["counted_at"] == local("03-04 11:00")


def test_a_new_round_ends_the_call_that_was_owed() -> None:
    story = resolved().and_then(by(RESIDENT, "03-03 10:00", Rate, **rated.BAD))
    assert counted(story, "follow_up") == (0, 0, 1, 0)
    again = story.and_then(by(XU, "03-03 11:00", ReviewRating, **rated.JUSTIFIED))
    assert counted(again, "follow_up") == (0, 0, 0, 0)


# -- sent back, done again -----------------------------------------------------------


def test_a_return_counts_against_who_returned_beside_all_that_arrived() -> None:
    back = by(GAO, "03-02 10:00", ReturnCase, reason=ReturnReason.WRONG_PLACE, text="不是")
    story = at_the_grid().and_then(back)
    assert counted(story, "returns", unit_id="orchard-1") == (1, 1, 0, 0)
    assert counted(story, "returns", unit_id="bridge") == (0, 2, 0, 0)
    assert posted(story, "returns", numerator=1)[0]["person_id"] == "gao"


def test_a_new_round_counts_against_who_resolved_the_one_before() -> None:
    story = rated.being_rectified()
    assert counted(story, "reopenings", unit_id="orchard-1") == (1, 1, 0, 0)
    assert posted(story, "reopenings", numerator=1)[0]["person_id"] == "gao"


# -- cards -------------------------------------------------------------------------------


def test_a_card_is_drawn_by_who_owed_it_beside_all_they_owed() -> None:
    story = in_gaos_hands().at("03-03 10:00")
    assert counted(story, "red_cards", unit_id="orchard-1") == (1, 1, 0, 0)
    assert counted(story, "red_cards", unit_id="bridge") == (0, 1, 0, 0)
    assert counted(story, "red_cards", unit_id="orchard") == (0, 1, 0, 0)


def test_a_yellow_card_counts_when_it_warns() -> None:
    story = in_weis_hands().at("03-20 09:30")
    *_, card = posted(story, "yellow_cards", numerator=1, about="resident-1")
    assert (card["unit_id"], card["person_id"], card["charge"]) == ("water", "wei", "yellow_card")


def test_a_question_nobody_decided_is_a_card_of_the_superior_who_was_asked() -> None:
    story = rated.under_review().at("03-04 10:00")
    assert counted(story, "red_cards", unit_id="bridge", person_id="xu") == (1, 1, 0, 0)


def test_an_agreed_duty_nobody_checked_is_a_card_of_each_who_was_asked() -> None:
    story = quarrel.closed().at("04-21 09:00").at("04-30 18:00").at("05-10 18:00")
    drawn = posted(story, "red_cards", numerator=1)
    checks = {row["about"]: row["unit_id"] for row in drawn if "duty_check" in row["about"]}
    assert checks == {"duty_check-1": "orchard", "duty_check-2": "bridge"}


# -- what is apart ----------------------------------------------------------------------------


def test_what_nobody_asked_for_is_marked_and_nobody_is_asked_to_rate_it() -> None:
    story = given(by(MEI, "03-02 09:00", Register, **request(**PATROL))).and_then(
        by(MEI, "03-02 09:10", HandOver),
        by(GAO, "03-02 09:20", Accept),
        by(GAO, "03-02 09:30", Resolve, text="已清"),
        by(MEI, "03-02 10:00", Verify, done=True, text="好了"),
    )
    assert {row["proactive"] for row in posted(story, "handling")} == {True}
    assert counted(story, "handling") == (2, 2, 0, 0)
    for measure in ("response", "resolution", "satisfaction", "follow_up"):
        assert counted(story, measure) == (0, 0, 0, 0)


def test_an_imported_case_is_held_to_the_day_its_own_system_promised() -> None:
    source = Source(
        system="12345",
        reference="A-1",
        status="open",
        channel="hotline",
        promised_at=local("03-04 00:00"),
    )
    mei, gao = importer("mei"), importer("gao")
    story = given(by(mei, "03-02 09:00", Register, **request(source=source))).and_then(
        by(mei, "03-02 09:00", HandOver), by(gao, "03-02 09:00", Accept)
    )
    (promised,) = posted(story, "promise")
    assert (promised["unanswered"], promised["imported"]) == (1, True)
    kept = story.and_then(by(gao, "03-02 17:00", Resolve, text=""))
    assert counted(kept, "promise") == (1, 1, 0, 0)
    assert counted(kept, "follow_up") == (0, 0, 0, 0)
    late = story.at("03-04 00:00")
    assert counted(late, "promise") == (0, 1, 0, 0)


def test_what_was_recorded_under_a_clock_set_back_is_not_known_before_the_one_before_it() -> None:
    story = resolved()
    recorded = {2: story.history[1].at + timedelta(hours=5)}
    rows = engine().postings(rows_of("case-1", story.history, recorded))
    known = [row["known_at"] for row in rows if row["version"] >= 2]
    assert set(known) == {recorded[2]}
    assert len(rows) == len(oracle.postings("case-1", story.history, recorded))
