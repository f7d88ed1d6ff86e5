"""Given, when, then for the office: what is decided takes effect in a book of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.book import Book
from domain.commands import Tick
from domain.office import changes, decide, evolve, initial
from domain.office.commands import OfficeCommand
from domain.office.events import (
    OF_CATALOGUE,
    CalendarLookedAt,
    Change,
    ChangeCancelled,
    ChangeRoot,
    OfficeEvent,
    PolicyPublished,
    YearPublished,
)
from domain.office.notices import notices
from domain.office.records import FINE, Drawing, Planned, Records, Work
from domain.office.state import Office
from domain.organisation import Organisation, Person, Unit
from domain.refusals import Refused
from domain.words import Role
from tests.domain.promises import check_refusal
from tests.domain.story import CLOCK, Like, by, staff
from tests.domain.town import POSTS, START, TOWN, organisation, post

AI, ANG, AN, ASH, AVA = staff("ai"), staff("ang"), staff("an"), staff("ash"), staff("ava")
"""Administrators: two of the city, one each of the district, Bridge street and Hills township."""

ADMINISTRATORS = (
    post("administrator-city", "ai", Role.ADMINISTRATOR, "city"),
    post("administrator-city-2", "ang", Role.ADMINISTRATOR, "city"),
    post("administrator-bridge", "ash", Role.ADMINISTRATOR, "bridge"),
    post("administrator-hills", "ava", Role.ADMINISTRATOR, "hills"),
)


def staffed() -> Organisation:
    found = organisation(posts=(*POSTS, *ADMINISTRATORS))
    more = {"gan", "new", "lu"}
    people = {**found.people, **{p: Person(person_id=p, name=p.title(), login=p) for p in more}}
    return replace(found, people=people)


OFFICE_BOOK = replace(TOWN, organisation=staffed())


@dataclass(frozen=True)
class Outcome:
    """What a command came to."""

    story: "OfficeStory"
    events: tuple[OfficeEvent, ...]
    refused: Refused | None

    def then(self, *expected: type | Like) -> "OfficeStory":
        """Exactly these events, in this order; looks at the calendar apart."""
        assert self.refused is None, f"refused: {self.refused} {self.refused.details}"
        likes = [e if isinstance(e, Like) else Like(e, {}) for e in expected]
        asked = any(like.kind is CalendarLookedAt for like in likes)
        found = [e for e in self.events if asked or not isinstance(e, CalendarLookedAt)]
        assert [type(e).__name__ for e in found] == [like.kind.__name__ for like in likes]
        wrong = [like.differs(e) for like, e in zip(likes, found, strict=True)]
        assert not any(wrong), "\n".join(filter(None, wrong))
        return self.story

    def then_refused(self, code: str, rule: str, **details: str) -> "OfficeStory":
        assert self.refused is not None, f"not refused: {self.events}"
        assert (self.refused.code, self.refused.rule) == (code, rule)
        assert self.refused.details.items() >= details.items(), self.refused.details
        return self.story

    def then_forbidden(self, code: str, rule: str) -> "OfficeStory":
        story = self.then_refused(code, rule)
        assert self.refused is not None
        assert self.refused.forbidden
        return story


@dataclass(frozen=True)
class OfficeStory:
    """An office so far: what it has to do, the book in force, what is planned."""

    office: Office = field(default_factory=lambda: initial("office"))
    book: Book = OFFICE_BOOK
    version: int = 0
    since: datetime = START
    planned: tuple[Planned, ...] = ()
    work: Mapping[str, Work] = field(default_factory=dict)
    unit_work: Mapping[str, Work] = field(default_factory=dict)
    drawing: Drawing = FINE
    history: tuple[OfficeEvent, ...] = ()

    @property
    def organisation(self) -> Organisation:
        return self.book.organisation

    def unit(self, unit_id: str) -> Unit:
        return self.organisation.units[unit_id]

    def records(self, now: datetime) -> Records:
        return Records(
            book=self.book,
            now=now,
            since=self.since,
            planned=self.planned,
            post_work=self.work,
            unit_work=self.unit_work,
            drawing=self.drawing,
        )

    def when(self, command: OfficeCommand) -> Outcome:
        """Decide, with everything in force that takes effect by then."""
        now = self.turned(command.at)
        try:
            events = decide(now.office, command, now.records(command.at))
        except Refused as refused:
            check_refusal(refused)
            return Outcome(now, (), refused)
        return Outcome(now.after(events, command.at), events, None)

    def and_then(self, *commands: OfficeCommand) -> "OfficeStory":
        story = self
        for command in commands:
            outcome = story.when(command)
            assert outcome.refused is None, f"{command.kind}: {outcome.refused.code}"
            story = outcome.story
        return story

    def at(self, when: str) -> "OfficeStory":
        """The clock strikes."""
        return self.and_then(by(CLOCK, when, Tick))

    def after(self, events: tuple[OfficeEvent, ...], now: datetime) -> "OfficeStory":
        office, version, planned = self.office, self.version, list(self.planned)
        policies = dict(self.book.policies)
        for event in events:
            notices(office, event, self.records(now))
            office, version = evolve(office, event), version + 1
            if isinstance(event, ChangeCancelled):
                planned = [p for p in planned if p.number != event.change]
            elif isinstance(event, PolicyPublished):
                policies[event.version] = self.book.policies[self.book.policy]
            elif isinstance(event, ChangeRoot):
                change: Any = event
                planned.append(Planned(number=version, event=change))
        planned.sort(key=lambda p: (p.event.effective_from, p.number))
        return replace(
            self,
            office=office,
            version=version,
            planned=tuple(planned),
            history=(*self.history, *events),
            book=replace(self.book, policies=policies),
        ).turned(now)

    def turned(self, now: datetime) -> "OfficeStory":
        """With everything in force that takes effect by that moment."""
        due = [p for p in self.planned if p.event.effective_from <= now]
        story = self
        for plan in due:
            story = replace(story, book=turned(story.book, plan.event, plan.number))
        since = max([self.since, *(p.event.effective_from for p in due)])
        return replace(story, since=since, planned=self.planned[len(due) :])

    def change(self, cls: type) -> int:
        """The number of the last change of that class."""
        return next(
            number
            for number, event in reversed(list(enumerate(self.history, start=1)))
            if isinstance(event, cls)
        )


def turned(book: Book, event: Change, number: int) -> Book:
    if isinstance(event, OF_CATALOGUE):
        name = changes.renamed(book.catalogue.version, number)
        return replace(book, catalogue=changes.catalogue(book.catalogue, [event], name))
    if isinstance(event, YearPublished):
        name = changes.renamed(book.calendar.version, number)
        return replace(book, calendar=changes.calendar(book.calendar, event, name))
    name = changes.renamed(book.organisation.version, number)
    return replace(book, organisation=changes.organisation(book.organisation, [event], name))


def given(*commands: OfficeCommand, **facts: Any) -> OfficeStory:
    """The usual office on Monday 2 March 2026, with a past."""
    return OfficeStory(**facts).and_then(*commands)
