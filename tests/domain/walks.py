"""Random lives of a case: any command by anybody at any time, under books that change meanwhile."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from domain import clocks
from domain.book import Book
from domain.case import decide, initial
from domain.catalogue import Item
from domain.commands import (
    Actor,
    Command,
    Contact,
    Place,
    Register,
    ReplaceOfficer,
    Tick,
)
from domain.conformance import Entry
from domain.events import Event
from domain.refusals import Refused
from domain.state import Case
from domain.words import (
    ActorKind,
    CaseType,
    Phase,
)
from tests.domain import town
from tests.domain.makers import KINDS, LEAPS, OF_DISPUTES, STEPS, command, registration
from tests.domain.moves import sensible
from tests.domain.promises import check_explained, check_refusal, check_step
from tests.domain.walkers import (
    ABOVE,
    BOOKS,
    CALENDARS,
    OFFICER,
    PARTY,
    Draw,
    holder,
    one,
    somebody,
    who,
)
from tests.store.lives import LIVES


@dataclass
class Walk:
    """A case that lives, and everything that has happened to it."""

    draw: Draw
    now: datetime
    case: Case
    book: Book
    history: tuple[Event, ...] = ()
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    phases: set[Phase] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    catalogues: list[tuple[datetime, Mapping[str, Item]]] = field(default_factory=list)

    def step(self) -> None:
        """Somebody does something, after a while; sometimes the book has changed."""
        draw = self.draw
        if draw(st.integers(min_value=0, max_value=7)) == 0:
            self.book = _same_policies(draw(one(*BOOKS)))
        if self.case.stints and draw(one(*range(3))):
            self._sensible_step()
            return
        kind = Register if not self.case.opened else draw(KINDS)
        if self.case.dispute is not None and draw(one(*range(3))) == 0:
            kind = draw(one(*OF_DISPUTES))
        self.now = self._later()
        actor = somebody(draw, self.case, self.book, self.now)
        if kind is Tick and draw(st.booleans()):
            actor = Actor(kind=ActorKind.SYSTEM)
        self.do(command(draw, kind, actor, self.now))

    def _sensible_step(self) -> None:
        moves = sensible(self.case)
        if holder(OFFICER, self.case, self.book, self.now) is None:
            moves = (*moves, *2 * ((ReplaceOfficer, ABOVE),))
        kind, role = self.draw(one(*moves))
        self.now += self.draw(STEPS)
        if role is ActorKind.IMPORTER:
            actor = Actor(kind=role, person_id=self.case.officer.person_id)
        elif isinstance(role, ActorKind):
            actor = Actor(kind=role)
        elif role is PARTY:
            actor = Actor(kind=ActorKind.RESIDENT, subject="party-1")
        else:
            actor = who(role, self.case, self.book, self.now)
        self.do(command(self.draw, kind, actor, self.now))

    def _later(self) -> datetime:
        due = clocks.next_due(self.case)
        if due is not None and self.draw(st.integers(min_value=0, max_value=3)) == 0:
            return max(due[0], self.now)
        wait: timedelta = self.draw(STEPS | LEAPS)
        return max(self.now + wait, town.START)

    def do(self, given: Command) -> None:
        """Decide, and hold the outcome to every promise."""
        try:
            events = decide(self.case, given, self.book)
        except Refused as refused:
            check_refusal(refused)
            self.refused[refused.rule] += 1
            return
        self.accepted[given.kind] += 1
        self.case = check_step(self.case, given, events, self.book)
        self.phases.add(self.case.phase)
        self.history = (*self.history, *events)
        self.catalogues.append((given.at, self.book.catalogue.items))
        for event in events:
            entry = Entry(
                version=len(self.entries) + 1,
                command_id=f"{given.command_id} {self.accepted.total()}",
                recorded_at=max(given.at, event.at),
                event=event,
            )
            self.entries.append(entry)

    def explain(self) -> None:
        check_explained(self.case, self.now, self.book)


def _same_policies(book: Book) -> Book:
    """Policies and calendars are kept for ever: a case goes on under those it was set by."""
    return replace(book, policies=town.TOWN.policies, calendars=CALENDARS)


def walk(
    draw: Draw,
    *,
    opened: bool = True,
    start: str = "2025-12-20 09:00",
    days: int = 380,
    make: type[Walk] = Walk,
) -> Walk:
    """A case at a random minute of those days, opened at the counter or about to be."""
    day, minute = draw(one(*range(days))), draw(st.integers(min_value=0, max_value=24 * 60))
    found = make(
        draw, town.local(start) + timedelta(days=day, minutes=minute), initial("case-1"), town.TOWN
    )
    if opened:
        fields = registration(draw) | {"source": None}
        fields["parties"] = (Contact(),) if fields["case_type"] is CaseType.DISPUTE else ()
        fields |= {"item_id": draw(one(*(i.item_id for i in town.ITEMS)))}
        if fields["place"].unit_id == "atlantis":
            fields["place"] = Place(point=town.IN_ORCHARD_1)
        clerk = Actor(kind=ActorKind.STAFF, person_id="mei")
        found.do(Register(command_id="r", at=found.now, actor=clerk, **fields))
        assert found.case.opened
    return found


def written_walk(draw: Draw, *, make: type[Walk] = Walk) -> Walk:
    """A case some way along a written life, from where anything may happen: deep in a chapter."""
    commands = LIVES[draw(one(*sorted(LIVES)))]
    unlived = draw(st.integers(min_value=0, max_value=len(commands) - 1))
    return lived(draw, commands[: len(commands) - unlived], make=make)


def lived(draw: Draw, commands: Sequence[Command], *, make: type[Walk] = Walk) -> Walk:
    """A case to which that has happened, nothing of it refused."""
    found = make(draw, commands[0].at, initial("case-1"), town.TOWN)
    for given in commands:
        found.now = given.at
        found.do(given)
    assert not found.refused
    return found
