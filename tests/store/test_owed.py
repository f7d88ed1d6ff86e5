"""What of a case waits for whom: whose turn it is, who is asked, who has to call; what breaks first
on top, with its card.
"""

from domain.commands import RecordFollowUp, Resolve, Summon, Suspend, Tick
from domain.words import SuspensionGround
from store.owed import owed, owers
from tests.domain.story import (
    CLOCK,
    GAO,
    MEI,
    SU,
    Story,
    by,
    in_gaos_hands,
    in_sus_hands,
    in_weis_hands,
)
from tests.domain.test_whistle import GUARD, WATER, whistle


def duties(story: Story) -> list[tuple[str, list[str]]]:
    """Which clocks, and whom they wait for."""
    return [(duty["kind"], duty["by"]) for duty in owed(story.case)]


GAOS = ["unit:orchard-1", "post:grid-1"]
SUS = ["unit:bridge", "post:street-bridge"]
MEIS = ["unit:bridge", "post:clerk-bridge"]


def test_a_case_waits_for_whose_turn_it_is() -> None:
    assert duties(in_gaos_hands()) == [("handle", GAOS), ("resident", GAOS)]


def test_resolved_it_waits_for_the_officers_call() -> None:
    story = in_gaos_hands().and_then(by(GAO, "03-02 11:00", Resolve, text="已劝停"))
    assert duties(story) == [("follow_up", MEIS)]


def test_called_it_waits_for_nobody_of_the_staff() -> None:
    story = in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"),
        by(MEI, "03-02 15:00", RecordFollowUp, contacted=True, solved=True),
    )
    assert (duties(story), owers(owed(story.case))) == ([], [])


def test_who_is_summoned_has_to_come_and_a_partner_is_no_staff() -> None:
    story = in_sus_hands().and_then(by(SU, "03-02 10:30", Summon, **whistle(WATER, GUARD)))
    found = duties(story)
    assert found[:2] == [("report_in", ["unit:water"]), ("report_in", [])]
    assert [name for name, _ in found[2:]] == ["handle", "resident"]
    assert owers(owed(story.case)) == sorted({*SUS, "unit:water"})


def test_what_stands_still_is_not_due() -> None:
    ground = {"ground": SuspensionGround.WEATHER_OR_DISASTER, "text": "暴雨"}
    story = in_sus_hands().and_then(by(SU, "03-02 10:15", Suspend, **ground))
    assert duties(story) == [("resident", SUS)]


def cards(story: Story) -> list[tuple[str, bool, bool]]:
    return [(duty["kind"], duty["yellow"], duty["red"]) for duty in owed(story.case)]


def test_each_duty_shows_its_card() -> None:
    early = in_sus_hands()
    assert cards(early) == [("handle", False, False), ("resident", False, False)]
    yellow = early.and_then(by(CLOCK, "03-06 18:00", Tick))
    assert cards(yellow) == [("handle", True, False), ("resident", False, False)]


def test_what_broke_is_owed_all_the_same_and_no_yellow_one_any_more() -> None:
    story = in_weis_hands().and_then(by(CLOCK, "03-05 18:00", Tick))
    assert ("handle", False, True) in cards(story)
