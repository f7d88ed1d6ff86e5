"""No way around the figures leads out of them; nobody carries what is not theirs (R12)."""

from dataclasses import replace

import pytest

from domain.commands import Rate, Resolve
from tests.domain.story import GAO, RESIDENT, Story, by
from tests.domain.test_proactive import on_patrol
from tests.store.lives import PROMISED, joins
from tests.store.scores.ledger import posted
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
