"""Visits for their one activity: what a step reads, decides and writes. Knows no rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from activities.messages import EXECUTE_VISIT, Position
from activities.steps import NounActivities
from domain import visit as visits
from domain.book import Book
from domain.notices import Notice
from domain.visit.commands import VisitCommand
from domain.visit.events import CaseForgotten, VisitEvent
from domain.visit.notices import notices
from domain.visit.state import Visit
from store import books, forgetting
from store import visits as listed
from store.database import Connection
from store.folds import VISIT, Fold
from store.journal import Entry, Loaded

COMMAND: TypeAdapter[VisitCommand] = TypeAdapter(
    Annotated[VisitCommand, Field(discriminator="kind")]
)


@dataclass(frozen=True, slots=True)
class VisitNoun:
    """What a step must know of visits."""

    shelf: books.Shelf
    fold: Fold[Visit, VisitEvent] = VISIT

    def command(self, asked: Mapping[str, Any]) -> VisitCommand:
        """The command that was sent as JSON."""
        return COMMAND.validate_python(asked)

    async def book(
        self, connection: Connection, loaded: Loaded[Visit], _command: VisitCommand
    ) -> Book:
        """The book in force."""
        return await self.shelf.book(connection, loaded.books, loaded.now)

    def decide(self, state: Visit, command: VisitCommand, book: Book) -> tuple[VisitEvent, ...]:
        """The domain's word."""
        return visits.decide(state, command, book)

    def entry(
        self, entry: Entry, loaded: Loaded[Visit], decided: tuple[VisitEvent, ...], _book: Book
    ) -> tuple[Entry, Visit]:
        """The entry with notices and the row of the list."""
        after, told = loaded.state, list[tuple[int, Notice]]()
        for event in decided:
            after = visits.evolve(after, event)
            told += [(after.version, notice) for notice in notices(after, event)]
        if not decided:
            return entry, after
        gone = [
            key
            for event in decided
            if isinstance(event, CaseForgotten)
            for key in forgetting.rows(after.visit_id, event.keys, event.at)
        ]
        rows = {"visits": (listed.row(after),), "destroyed_keys": gone}
        return replace(entry, events=decided, notices=tuple(told), rows=rows), after

    def position(self, _state: Visit, version: int) -> Position:
        """A visit waits for nothing: its cases are opened by what it owes them."""
        return Position(version=version, ended=True)


class VisitActivities(NounActivities[Visit, VisitCommand, Book, VisitEvent]):
    """The one activity of a visit."""

    NAME = EXECUTE_VISIT
    NOUN = VisitNoun
