"""What each of several residents on one matter is shown: the matter, and their own words alone."""

from dataclasses import replace
from uuid import UUID

import pytest

from api.merging_views import Own
from domain.commands import AddInformation, Merge, Rate, Remind, Resolve
from store.reading import History, Record
from tests.domain.story import GAO, MEI, RESIDENT, Story, by, in_gaos_hands, received
from tests.domain.town import LEAD
from tests.store.lives import joins

pytestmark = pytest.mark.rule("R2.3")

SECOND = replace(RESIDENT, subject="SW-2")
THIRD = replace(RESIDENT, subject="SW-3")
BAD = {"contacted": True, "solved": False, "grade": 1}


def history(story: Story) -> History:
    lines = tuple(
        Record(
            version=version,
            event=event,
            recorded_at=event.at,
            command_id=UUID(int=version),
            hash=b"",
            prev_hash=None,
        )
        for version, event in enumerate(story.history, start=1)
    )
    return History(case=story.case, lines=lines, at=lines[-1].recorded_at, books=0)


def merged(case_id: str = "SW-2") -> History:
    story = received().and_then(by(MEI, "03-02 09:10", Merge, lead_id=LEAD.case_id))
    return history(replace(story, case=replace(story.case, case_id=case_id)))


def lead() -> Story:
    """Three residents, each of whom says something, and one of whom is not content."""
    return in_gaos_hands().and_then(
        joins("SW-2", "03-02 10:05"),
        joins("SW-3", "03-02 10:06"),
        by(RESIDENT, "03-02 10:10", Remind, text="一"),
        by(SECOND, "03-02 10:20", AddInformation, text="二"),
        by(THIRD, "03-02 10:30", AddInformation, text="三"),
        by(GAO, "03-02 11:00", Resolve, text="修好了"),
        by(SECOND, "03-02 12:00", Rate, text="没修好", **BAD),
    )


def kinds(own: Own) -> list[str]:
    return [line.event.kind for line in own.lines()]


def test_the_one_whose_case_leads_sees_the_matter_and_nobody_elses_words() -> None:
    shown = kinds(Own(mine=history(lead())))
    assert shown.count("case.reminded") == 1
    assert not {"case.information_added", "case.rated", "review.opened"} & set(shown)
    assert shown[-1] == "case.resolved"


def test_one_who_joined_sees_what_they_said_and_what_became_of_it() -> None:
    second = Own(mine=merged(), lead=history(lead()))
    assert kinds(second)[-3:] == ["case.resolved", "case.rated", "review.opened"]
    third = Own(mine=merged("SW-3"), lead=history(lead()))
    assert kinds(third)[-1] == "case.resolved"
    for own in (second, third):
        assert not [line for line in own.lines() if getattr(line.event, "text", "") in {"一", "三"}]


def test_before_the_lead_has_heard_of_them_they_see_nothing_of_it_but_their_own_words() -> None:
    early = in_gaos_hands().and_then(by(SECOND, "03-02 10:20", Remind, text="二"))
    mine = merged()
    assert kinds(Own(mine=mine, lead=history(early))) == [line.event.kind for line in mine.lines]
