"""R2.3: what one case tells another. It is carried by hand here."""

from dataclasses import dataclass

import pytest

from domain.commands import (
    AddInformation,
    Command,
    GiveBack,
    Join,
    Remind,
    Split,
    Withdraw,
)
from domain.crossing import MESSAGES, Sent
from domain.events import (
    Event,
    InformationAdded,
    Merged,
    MergeUndone,
    Registered,
    Reminded,
    ResidentLeft,
)
from domain.words import (
    ActorKind,
    ClockKind,
    Phase,
)
from tests.domain.story import (
    RESIDENT,
    XU,
    Story,
    by,
    in_gaos_hands,
    received,
)
from tests.domain.together import merged_at_ten
from tests.domain.town import local

pytestmark = pytest.mark.rule("R2.3")


@dataclass
class Pair:
    """A lead and a case merged into it; what one says is carried to the other."""

    lead: Story
    other: Story

    def carry(self, kind: type[Event]) -> Command:
        """The command the other's event becomes."""
        found = self.other.last(kind)
        sent = Sent(
            sender="SW-2",
            receiver="SW-1",
            topic=found.kind,
            event=found,
            command_id="c",
            at=local("03-02 12:00"),
        )
        return MESSAGES[found.kind].tell(sent)


def pair() -> Pair:
    there = in_gaos_hands()
    return Pair(lead=there, other=merged_at_ten())


def test_what_the_merged_case_says_is_what_the_lead_hears() -> None:
    found = pair()
    join = found.carry(Merged)
    assert isinstance(join, Join)
    assert join.officer == found.other.case.officer
    assert join.promised == in_gaos_hands().clock(ClockKind.RESIDENT)
    assert join.actor.kind is ActorKind.SYSTEM
    lead = found.lead.and_then(join)
    assert lead.case.raters == ("reporter", "SW-2")
    for command, kind in (
        (by(RESIDENT, "03-02 11:00", Remind, text="请快"), Reminded),
        (by(RESIDENT, "03-02 11:01", AddInformation, text="在三楼"), InformationAdded),
        (by(RESIDENT, "03-02 11:02", Withdraw, text="不用了"), ResidentLeft),
    ):
        found.other = found.other.and_then(command)
        carried = found.carry(kind)
        assert carried.actor.subject == "SW-2"
        lead = lead.and_then(carried)
        assert isinstance(lead.history[-1], kind)
    assert lead.case.raters == ("reporter",)


def test_a_case_that_was_split_off_tells_the_lead() -> None:
    found = pair()
    lead = found.lead.and_then(found.carry(Merged))
    found.other = found.other.and_then(by(XU, "03-02 11:00", Split, text="错并"))
    assert lead.and_then(found.carry(MergeUndone)).case.raters == ("reporter",)


def test_a_refusal_is_carried_back_with_its_code() -> None:
    found = pair()
    told_of = found.other.last(Merged)
    sent = Sent(
        sender="SW-2",
        receiver="SW-1",
        topic=told_of.kind,
        event=told_of,
        command_id="c",
        at=told_of.at,
    )
    back = MESSAGES[told_of.kind].refused
    assert back is not None
    answer = back(sent, "not_open")
    assert isinstance(answer, GiveBack)
    assert found.other.and_then(answer).case.phase is Phase.IN_PROGRESS


def test_a_topic_is_told_of_its_own_event_only() -> None:
    opened = received().last(Registered)
    sent = Sent(
        sender="SW-2",
        receiver="SW-1",
        topic="case.merged",
        event=opened,
        command_id="c",
        at=opened.at,
    )
    with pytest.raises(TypeError):
        MESSAGES["case.merged"].tell(sent)
