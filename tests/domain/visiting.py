"""Stories of visits, told as those of cases; and the cases they open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain import case as cases
from domain import visit as visits
from domain.book import Book
from domain.commands import Place
from domain.crossing import MESSAGES, Sent
from domain.refusals import Refused
from domain.visit.commands import Finding, RecordVisit, VisitCommand
from domain.visit.events import VisitEvent, VisitRecorded
from domain.visit.state import Visit
from domain.words.visit import Occasion
from tests.domain.promises import check_refusal
from tests.domain.story import GAO, Outcome, Story, by
from tests.domain.town import IN_ORCHARD_1, TOWN, local

LAMP = Finding(
    case_id="SW-2",
    item_id="lamp",
    title="楼道灯不亮",
    text="三楼楼道灯坏了两周",
    place=Place(address="果园路 1 号 3 单元", point=IN_ORCHARD_1),
    receipt_hash="receipt-2",
)
NOISE = Finding(
    case_id="SW-3", item_id="noise", title="半夜施工", text="隔壁工地", receipt_hash="receipt-3"
)


def fields(**changed: Any) -> dict[str, Any]:
    """Gao of Orchard-1 was with people who live alone, on Monday at nine."""
    return {
        "occasion": Occasion.LIVING_ALONE,
        "visited_at": local("03-02 09:00"),
        "place": Place(address="果园路 1 号", point=IN_ORCHARD_1),
        "met": 2,
        "asked": "缺什么，灯好不好",
        "found": "楼道灯不亮",
        **changed,
    }


@dataclass(frozen=True)
class Visiting:
    """A visit's record so far, and the book it is decided by."""

    visit: Visit
    book: Book
    history: tuple[VisitEvent, ...] = ()

    def when(self, command: VisitCommand) -> "Outcome[Visiting]":
        """Decide; what happens is held to every promise as well."""
        try:
            events = visits.decide(self.visit, command, self.book)
        except Refused as refused:
            check_refusal(refused)
            return Outcome(self, (), refused)
        after = check_visit(self.visit, events)
        story = replace(self, visit=after, history=(*self.history, *events))
        return Outcome(story, events, None)

    def and_then(self, *commands: VisitCommand) -> "Visiting":
        """More of the past: none of it may be refused."""
        story = self
        for command in commands:
            outcome = story.when(command)
            assert outcome.refused is None, f"{command.kind}: {outcome.refused.code}"
            story = outcome.story
        return story

    def opens(self, case_id: str, book: Book | None = None) -> Story:
        """The case as what the visit owes it opens it."""
        recorded = self.history[0]
        assert isinstance(recorded, VisitRecorded)
        sent = Sent(
            sender=self.visit.visit_id,
            receiver=case_id,
            topic=recorded.kind,
            event=recorded,
            command_id="c",
            at=local("03-20 09:00"),
        )
        known = replace(book or self.book, visits={self.visit.visit_id: recorded.by.person_id})
        return Story(cases.initial(case_id), known).and_then(MESSAGES[recorded.kind].tell(sent))


def check_visit(before: Visit, events: Sequence[VisitEvent]) -> Visit:
    """Fold the events: nothing already recorded is lost, and nobody is named."""
    after = before
    for event in events:
        previous, after = after, visits.evolve(after, event)
        assert after.version == previous.version + 1
        assert previous.last_at is None or event.at >= previous.last_at, "time went backwards"
        if previous.recorded_at is not None:
            kept = (after.visitor, after.recorded_at, after.cases)
            assert kept == (previous.visitor, previous.recorded_at, previous.cases)
        assert after.unit_id
        assert {case for case, _ in after.unopened} <= {*after.cases}
    return after


def nowhere_yet(book: Book = TOWN) -> Visiting:
    return Visiting(visits.initial("visit-1"), book)


def visited(book: Book = TOWN, **changed: Any) -> Visiting:
    """Written down on Monday at ten."""
    return nowhere_yet(book).and_then(by(GAO, "03-02 10:00", RecordVisit, **fields(**changed)))
