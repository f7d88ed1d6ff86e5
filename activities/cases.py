"""The case for its one activity: what a step reads, decides and writes. Knows no rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from activities import naming
from activities.messages import EXECUTE, Position
from activities.steps import NounActivities
from domain import carried, clocks, files, recurrences, routing
from domain import case as cases
from domain.book import Book
from domain.commands import (
    Adjudicate,
    Assign,
    Command,
    Delegate,
    Escalate,
    HandOver,
    Join,
    Reconsider,
    RecordExpense,
    RefuseTransfer,
    Register,
    ReplaceOfficer,
    ReturnCase,
    ReviewRating,
    Tick,
    Transfer,
)
from domain.events import Event
from domain.notices import Notice, notices
from domain.state import Case
from store import admissions, books, neighbours, views, visits
from store.database import Connection
from store.events_of import opening_of
from store.folds import CASE, Fold
from store.journal import Entry, Loaded
from store.keys import KeyRing

COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])
COMPARES_LOAD = (
    *(HandOver, Escalate, Assign, Join, ReplaceOfficer, ReviewRating, Reconsider),
    *(ReturnCase, Adjudicate, Transfer, RefuseTransfer, Delegate, Tick),
)
ASKS_FOR_ADMISSIONS = (Delegate, RecordExpense)


@dataclass(frozen=True, slots=True)
class CaseNoun:
    """What a step must know of cases."""

    shelf: books.Shelf
    ring: KeyRing
    fold: Fold[Case, Event] = CASE

    def command(self, asked: Mapping[str, Any]) -> Command:
        """The command that was sent as JSON."""
        return COMMAND.validate_python(asked)

    async def book(self, connection: Connection, loaded: Loaded[Case], command: Command) -> Book:
        """The book in force, with workloads and admissions where the decision looks at them."""
        book = await self.shelf.book(connection, loaded.books, loaded.now)
        if isinstance(command, ASKS_FOR_ADMISSIONS):
            mine = await admissions.approved(connection, [loaded.state.item_id])
            book = replace(book, admissions=mine)
        if isinstance(command, Register) and command.visit_id:
            made = await visits.visitors(connection, [command.visit_id])
            book = replace(book, visits=made)
        if others := carried.neighbours(loaded.state, command):
            found = await neighbours.neighbours(connection, others)
            book = replace(book, neighbours=found)
        if files.named(command):
            brought = await naming.named(connection, loaded.state, command, self.ring)
            book = replace(book, uploads=brought)
        if lookup := recurrences.looked_for(command):
            before = await neighbours.resolved_of(connection, lookup)
            book = replace(book, neighbours=before)
        if not (isinstance(command, COMPARES_LOAD) or _due(loaded.state, command.at)):
            return book
        units = routing.units_at_stake(loaded.state)
        if isinstance(command, Adjudicate | Delegate | Transfer):
            units = (*units, command.unit_id)
        return replace(book, load=await books.loads(connection, units)) if units else book

    def decide(self, state: Case, command: Command, book: Book) -> tuple[Event, ...]:
        """The domain's word."""
        return cases.decide(state, command, book)

    def entry(
        self, entry: Entry, loaded: Loaded[Case], decided: tuple[Event, ...], book: Book
    ) -> tuple[Entry, Case]:
        """As `decided_entry`."""
        return decided_entry(entry, loaded, decided, book)

    def position(self, state: Case, _version: int) -> Position:
        """Where the case is, for its workflow."""
        return position(state)


class CaseActivities(NounActivities[Case, Command, Book, Event]):
    """The one activity of a case."""

    NAME = EXECUTE

    @classmethod
    def noun(cls, shelf: books.Shelf, ring: KeyRing) -> CaseNoun:
        """With the keys: what a command names as a file is sealed until it is the case's."""
        return CaseNoun(shelf, ring)


def decided_entry(
    entry: Entry, loaded: Loaded[Case], decided: tuple[Event, ...], book: Book
) -> tuple[Entry, Case]:
    """The entry with everything the decided events bring: notices, view, units."""
    after, told = loaded.state, list[tuple[int, Notice]]()
    for event in decided:
        before, after = after, cases.evolve(after, event)
        told += [(after.version, notice) for notice in notices(before, after, event, book)]
    if not decided:
        return entry, after
    fixed = loaded.fixed or views.opening(opening_of(decided))
    rows = {
        **views.rows(after, fixed, decided, book.organisation),
        **naming.rows(entry, decided, book.uploads),
    }
    return replace(entry, events=decided, notices=tuple(told), rows=rows), after


def position(case: Case) -> Position:
    """Where the case is, for its workflow."""
    if not case.stints:
        return Position(version=case.version, ended=True)
    due = clocks.next_due(case)
    return Position(
        version=case.version,
        stage=case.stage,
        unit=case.stint.unit_id,
        phase=case.phase,
        next_due=due[0] if due else None,
        ended=cases.is_over(case),
    )


def _due(case: Case, at: datetime) -> bool:
    """Whether a clock runs out first, and may send the case somewhere else."""
    due = clocks.next_due(case)
    return due is not None and due[0] <= at
