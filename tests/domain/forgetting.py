"""Stories of erasures, told as those of cases; and what must hold of every erasure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain import erasure as erasures
from domain.book import Book
from domain.commands import Tick
from domain.erasing import remembered
from domain.erasure.commands import ErasureCommand, RequestErasure, Target
from domain.erasure.events import (
    ErasureApproved,
    ErasureEvent,
    ErasureOverdue,
    ErasureWarned,
)
from domain.erasure.state import Erasure
from domain.refusals import Refused
from domain.words.erasure import ErasureState, Ground
from tests.domain.promises import check_clock, check_refusal
from tests.domain.story import CLOCK, Outcome, Story, by, staff
from tests.domain.town import TOWN

PO, PIA, AN, AO = staff("po"), staff("pia"), staff("an"), staff("ao")
"""The data protection officers of the district and the city; an administrator, an auditor."""
ASKED = {
    "targets": (Target(case_id="case-1"),),
    "ground": Ground.ASKED_FOR,
    "text": "当事人书面申请",
}


@dataclass(frozen=True)
class Forgetting:
    """An erasure so far, and the book it is decided by."""

    erasure: Erasure
    book: Book
    history: tuple[ErasureEvent, ...] = ()

    def when(self, command: ErasureCommand) -> "Outcome[Forgetting]":
        """Decide; what happens is held to every promise as well."""
        try:
            events = erasures.decide(self.erasure, command, self.book)
        except Refused as refused:
            check_refusal(refused)
            return Outcome(self, (), refused)
        after = check_erasure(self.erasure, command, events, self.book)
        story = replace(self, erasure=after, history=(*self.history, *events))
        return Outcome(story, events, None)

    def and_then(self, *commands: ErasureCommand) -> "Forgetting":
        """More of the past: none of it may be refused."""
        story = self
        for command in commands:
            outcome = story.when(command)
            assert outcome.refused is None, f"{command.kind}: {outcome.refused.code}"
            story = outcome.story
        return story

    def at(self, when: str) -> "Forgetting":
        """The clock strikes."""
        return self.and_then(by(CLOCK, when, Tick))

    def under(self, book: Book) -> "Forgetting":
        """From here on the cases are what this book says."""
        return replace(self, book=book)


def check_erasure(
    before: Erasure, command: ErasureCommand, events: Sequence[ErasureEvent], book: Book
) -> Erasure:
    """Fold the events one by one and hold every version to the promises."""
    after = before
    for event in events:
        previous, after = after, erasures.evolve(after, event)
        assert after.version == previous.version + 1
        assert previous.last_at is None or event.at >= previous.last_at, "time went backwards"
        check_two(after, event)
        check_asked(previous, after, event)
        assert {*after.left} <= {*after.targets}
        for clock in getattr(event, "clocks", ()):
            check_clock(clock, event.at, book)
    now = max(command.at, before.last_at or command.at)
    due = after.next_due()
    assert due is None or due > now, "something due was left unsettled"
    assert not after.awaiting or due is not None or after.asked is not None
    return after


def check_two(erasure: Erasure, event: ErasureEvent) -> None:
    """Nothing is destroyed but by the yes of two different people."""
    under_way = erasure.state in {ErasureState.UNDER_WAY, ErasureState.CARRIED_OUT}
    assert under_way == bool(erasure.approver.person_id)
    if isinstance(event, ErasureApproved):
        assert erasure.asker.person_id not in {"", "system", erasure.approver.person_id}


def check_asked(before: Erasure, after: Erasure, event: ErasureEvent) -> None:
    """Whoever must decide has a clock; a warning and a breach are given once."""
    running = [r for r in after.clocks if r.stopped_at is None]
    assert len(running) == (1 if after.awaiting else 0)
    assert after.awaiting == (after.question is not None)
    if after.question is not None:
        assert after.question.clock_id == running[0].clock.clock_id
        assert after.question.person_id not in after.question.barred
        assert running[0].live or isinstance(event, ErasureOverdue)
    if isinstance(event, ErasureWarned) and before.asked is not None:
        assert event.level not in before.asked.warned


def knowing(*stories: Story, leads: tuple[str, ...] = (), book: Book = TOWN) -> Book:
    """The book as a decision finds it: what is known of those cases, the first one's leads too."""
    found = {s.case.case_id: remembered(s.case, s.book) for s in stories}
    first = stories[0].case.case_id
    found[first] = replace(found[first], leads=leads)
    return replace(book, remembered=found)


def not_yet(book: Book) -> Forgetting:
    return Forgetting(erasures.initial("erasure-1"), book)


def requested(book: Book, **changed: object) -> Forgetting:
    """On Monday the 16th Po of the district asked; Pia of the city has to decide."""
    return not_yet(book).and_then(by(PO, "03-16 09:00", RequestErasure, **{**ASKED, **changed}))
