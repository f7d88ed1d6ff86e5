"""Visits for their one activity: what a step reads, decides and writes. Knows no rule."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from activities.messages import EXECUTE_VISIT, Position, Step, StepResult
from activities.steps import AHEAD, Steps
from domain import visit as visits
from domain.book import Book
from domain.notices import Notice
from domain.visit.commands import VisitCommand
from domain.visit.events import VisitEvent
from domain.visit.notices import notices
from domain.visit.state import Visit
from store import books
from store import visits as listed
from store.database import Connection
from store.folds import VISIT, Fold
from store.journal import Entry, Loaded
from store.keys import KeyRing

COMMAND: TypeAdapter[VisitCommand] = TypeAdapter(
    Annotated[VisitCommand, Field(discriminator="kind")]
)


class VisitActivities:
    """Activities of a visit, with the database, the keys and the book they share."""

    def __init__(
        self,
        engine: AsyncEngine,
        ring: KeyRing,
        *,
        shelf: books.Shelf | None = None,
        ahead: timedelta | None = AHEAD,
    ) -> None:
        self._steps = Steps(VisitNoun(shelf or books.Shelf()), engine, ring, ahead)

    def all(self) -> list[Callable[..., Awaitable[Any]]]:
        """What a worker registers."""
        return [self.execute]

    @activity.defn(name=EXECUTE_VISIT)
    async def execute(self, visit_id: str, step: Step) -> StepResult:
        """Carry out one command; a repeat of the same command id gets the first answer."""
        return await self._steps.execute(visit_id, step)


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
        rows = {"visits": (listed.row(after),)}
        return replace(entry, events=decided, notices=tuple(told), rows=rows), after

    def position(self, _state: Visit, version: int) -> Position:
        """A visit waits for nothing: its cases are opened by what it owes them."""
        return Position(version=version, ended=True)
