"""R6.6: when an open case shows its yellow card."""

import pytest

from domain import cards
from domain.commands import Resume, Suspend
from domain.words import SuspensionGround
from tests.domain.story import WEI, Story, by, in_gaos_hands, in_weis_hands, received
from tests.domain.town import said

pytestmark = pytest.mark.rule("R6.6")


def shown(story: Story) -> str | None:
    at = cards.yellow_at(story.case)
    return None if at is None else said(at)[5:]


def test_it_falls_one_working_day_before_the_clock_of_the_department_is_due() -> None:
    assert shown(in_weis_hands()) == "03-04 10:00"


def test_it_stays_where_it_fell_until_the_clock_is_broken() -> None:
    assert shown(in_weis_hands().at("03-04 10:00")) == "03-04 10:00"
    assert shown(in_weis_hands().at("03-04 17:00")) == "03-04 10:00"
    assert shown(in_weis_hands().at("03-05 10:00")) not in {None, "03-04 10:00"}


def test_a_clock_no_longer_than_a_working_day_shows_none_and_the_residents_shows_its_own() -> None:
    resident = shown(received())
    assert resident is not None
    assert shown(in_gaos_hands()) == resident


def test_a_clock_that_stands_still_shows_none() -> None:
    story = in_weis_hands().and_then(
        by(WEI, "03-04 11:00", Suspend, ground=SuspensionGround.AWAITING_RESIDENT, text="外出")
    )
    assert shown(story) != "03-04 10:00"


def test_a_card_that_fell_is_shown_again_when_the_clock_goes_on() -> None:
    story = (
        in_weis_hands()
        .at("03-04 10:00")
        .and_then(
            by(WEI, "03-04 11:00", Suspend, ground=SuspensionGround.AWAITING_RESIDENT, text="外出"),
            by(WEI, "03-04 15:00", Resume),
        )
    )
    assert shown(story) == "03-04 15:00"
