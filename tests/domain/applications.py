"""Stories of admissions, told as those of cases; and what must hold of every admission."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain import admission as admissions
from domain.admission.commands import AdmissionCommand, ApplyForAdmission, ApproveAdmission
from domain.admission.events import (
    AdmissionApplied,
    AdmissionApproved,
    AdmissionEvent,
    ApprovalOverdue,
    ApprovalWarned,
    FirstApproved,
)
from domain.admission.state import Admission
from domain.book import Book
from domain.commands import Tick
from domain.refusals import Refused
from domain.words import Belonging, Stage
from tests.domain.promises import check_clock, check_refusal
from tests.domain.story import CLOCK, Outcome, by, staff
from tests.domain.town import ITEMS, item, local, town

AN = staff("an")
MARKET = town(
    items=(
        *ITEMS,
        replace(item("stall", "water", first_rung=Stage.STREET), belonging=Belonging.NOT_COMMUNITY),
        replace(item("sweep", "works", first_rung=Stage.STREET), belonging=Belonging.COMMUNITY_OWN),
    )
)
"""The town with an item that is not the community's, and one that is the community's own."""
TERMS = {
    "item_id": "stall",
    "units": ("orchard",),
    "valid_from": local("03-01 00:00"),
    "valid_until": local("07-01 00:00"),
    "authority": "劝导、登记",
    "yearly": 500_000,
    "reason": "夜市季",
}
"""What Su of Bridge street asks for Orchard: March to June, five thousand yuan a year."""


@dataclass(frozen=True)
class Application:
    """An admission so far, and the book it is decided by."""

    admission: Admission
    book: Book
    history: tuple[AdmissionEvent, ...] = ()

    def when(self, command: AdmissionCommand) -> "Outcome[Application]":
        """Decide; what happens is held to every promise as well."""
        try:
            events = admissions.decide(self.admission, command, self.book)
        except Refused as refused:
            check_refusal(refused)
            return Outcome(self, (), refused)
        after = check_admission(self.admission, command, events, self.book)
        story = replace(self, admission=after, history=(*self.history, *events))
        return Outcome(story, events, None)

    def and_then(self, *commands: AdmissionCommand) -> "Application":
        """More of the past: none of it may be refused."""
        story = self
        for command in commands:
            outcome = story.when(command)
            assert outcome.refused is None, f"{command.kind}: {outcome.refused.code}"
            story = outcome.story
        return story

    def at(self, when: str) -> "Application":
        """The clock strikes."""
        return self.and_then(by(CLOCK, when, Tick))


def check_admission(
    before: Admission, command: AdmissionCommand, events: Sequence[AdmissionEvent], book: Book
) -> Admission:
    """Fold the events one by one and hold every version to the promises."""
    after = before
    for event in events:
        previous, after = after, admissions.evolve(after, event)
        assert after.version == previous.version + 1
        assert previous.last_at is None or event.at >= previous.last_at, "time went backwards"
        check_two(after)
        check_asked(previous, after, event)
        for clock in getattr(event, "clocks", ()):
            check_clock(clock, event.at, book)
    due = after.next_due()
    assert after.over == (due is None), "an admission nobody looks after"
    now = max(command.at, before.last_at or command.at)
    assert due is None or due > now, "something due was left unsettled"
    return after


def check_two(admission: Admission) -> None:
    """In force by the yes of two different people, neither the applicant (R3.2)."""
    people = [by.person_id for by in admission.approvals]
    assert len(set(people)) == len(people)
    assert admission.applicant.person_id not in people
    assert (len(people) == 2) == (admission.in_force_from is not None)
    found = admissions.admitted(admission)
    assert (found is not None) == (len(people) == 2)


def check_asked(before: Admission, after: Admission, event: AdmissionEvent) -> None:
    """Whoever must decide has a clock; a warning and a breach are given once."""
    running = [r for r in after.clocks if r.stopped_at is None]
    overdue = isinstance(event, ApprovalOverdue)
    assert len(running) == (1 if after.awaiting else 0)
    assert after.awaiting == (after.question is not None)
    if after.question is not None:
        assert after.question.clock_id == running[0].clock.clock_id
        assert after.question.person_id not in after.question.barred
        assert running[0].live or overdue
    if isinstance(event, ApprovalWarned) and before.asked is not None:
        assert event.level not in before.asked.warned
    if isinstance(event, AdmissionApplied | FirstApproved):
        assert event.by.person_id in event.question.barred
    if isinstance(event, AdmissionApproved):
        assert event.in_force_from >= event.at


def applied(book: Book = MARKET, **changed: object) -> Application:
    """On Monday at nine Su asked; Xie, supervisor of the district, has to decide first."""
    asked = by(staff("su"), "03-02 09:00", ApplyForAdmission, **{**TERMS, **changed})
    return Application(admissions.initial("admission-1"), book).and_then(asked)


def approved(book: Book = MARKET, **changed: object) -> Application:
    """Xie said yes at ten, the district's administrator at eleven."""
    return applied(book, **changed).and_then(
        by(staff("xie"), "03-02 10:00", ApproveAdmission), by(AN, "03-02 11:00", ApproveAdmission)
    )


def with_admissions(*stories: Application, book: Book = MARKET) -> Book:
    """The book as a decision on a case finds it."""
    found = (admissions.admitted(story.admission) for story in stories)
    return replace(book, admissions=tuple(filter(None, found)))
