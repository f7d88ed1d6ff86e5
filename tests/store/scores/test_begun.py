"""What is begun counts once, for who had it: accepted, handled, resolved in time or not (R12)."""

import pytest

from domain.commands import (
    Accept,
    Escalate,
    Merge,
    Resolve,
    ReturnCase,
    Split,
)
from domain.words import EscalationReason, ReturnReason
from tests.domain.story import (
    CAO,
    GAO,
    MEI,
    XU,
    at_the_grid,
    by,
    in_gaos_hands,
    worked_on_by_gao,
)
from tests.domain.town import LEAD, local
from tests.store.scores.ledger import counted, engine, posted
from tests.store.scores.rows import rows_of, written

pytestmark = pytest.mark.rule("R12.1", "R12.4")


def test_a_turn_that_waits_for_acceptance_has_no_answer_yet() -> None:
    (waiting,) = posted(at_the_grid(), "acceptance")
    assert waiting["unit_id"] == "orchard-1"
    assert waiting["counted_at"] == local("03-02 09:30")
    assert (waiting["unanswered"], waiting["denominator"]) == (1, 0)


def test_accepted_in_time_counts_for_who_accepted() -> None:
    _, *answered = posted(in_gaos_hands(), "acceptance")
    (hit,) = (row for row in answered if row["denominator"])
    (taken_back,) = (row for row in answered if row["unanswered"])
    assert (hit["numerator"], hit["person_id"], hit["about"]) == (1, "gao", "accept-1")
    assert hit["counted_at"] == local("03-02 10:00")
    assert taken_back["counted_at"] == local("03-02 09:30")
    assert (taken_back["unanswered"], taken_back["corrects"]) == (-1, 4)


def test_not_accepted_in_time_counts_against_who_had_it_when_it_was_due() -> None:
    story = at_the_grid().at("03-02 18:00")
    (miss,) = posted(story, "acceptance", denominator=1)
    assert (miss["unit_id"], miss["numerator"]) == ("orchard-1", 0)
    assert miss["counted_at"] == local("03-02 11:30")
    assert (miss["charge"], miss["about"]) == ("breach", "accept-1")


def test_a_turn_returned_before_acceptance_counts_nothing() -> None:
    back = by(GAO, "03-02 10:00", ReturnCase, reason=ReturnReason.WRONG_PLACE, text="不是")
    story = at_the_grid().and_then(back)
    assert counted(story, "acceptance", unit_id="orchard-1") == (0, 0, 0, 0)


def test_escalating_by_hand_in_time_is_work_done() -> None:
    up = by(GAO, "03-02 11:00", Escalate, reason=EscalationReason.BEYOND_MEANS, text="修不了")
    story = worked_on_by_gao().and_then(up)
    assert counted(story, "handling", unit_id="orchard-1") == (1, 1, 0, 0)


def test_handling_that_broke_stays_broken_whoever_resolves_it() -> None:
    story = (
        in_gaos_hands()
        .at("03-03 18:00")
        .and_then(by(CAO, "03-04 09:00", Accept), by(CAO, "03-04 10:00", Resolve, text="好了"))
    )
    assert counted(story, "handling", unit_id="orchard-1") == (0, 1, 0, 0)
    assert counted(story, "handling", unit_id="orchard") == (1, 1, 0, 0)
    assert counted(story, "promise") == (1, 1, 0, 0)


def test_a_case_merged_and_given_back_begins_again_where_it_stood() -> None:
    story = at_the_grid().and_then(by(MEI, "03-02 10:00", Merge, lead_id=LEAD.case_id))
    assert counted(story, "acceptance") == (0, 0, 1, 0)
    assert counted(story, "promise") == (0, 0, 0, 0)
    again = story.and_then(by(XU, "03-02 11:00", Split, text="不是一件事"))
    assert counted(again, "acceptance") == (0, 0, 1, 0)
    assert counted(again, "promise") == (0, 0, 1, 0)


@pytest.mark.parametrize("name", sorted(written()))
def test_what_an_event_posts_does_not_depend_on_later_ones(name: str) -> None:
    rows = rows_of(name, written()[name])
    whole = engine().postings(rows)
    copies = [{**row, "case_id": f"{n}"} for n in range(len(rows)) for row in rows[:n]]
    found = engine().postings(copies)
    for n in range(len(rows)):
        mine = [row for row in found if row["case_id"] == f"{n}"]
        assert mine == [{**row, "case_id": f"{n}"} for row in whole if row["version"] <= n]
