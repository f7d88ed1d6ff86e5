"""Admissions for their one activity: what a step reads, decides and writes. Knows no rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from activities.messages import EXECUTE_ADMISSION, Position
from activities.steps import NounActivities
from domain import admission as admissions
from domain.admission.commands import AdmissionCommand
from domain.admission.events import AdmissionEvent
from domain.admission.notices import notices
from domain.admission.state import Admission
from domain.book import Book
from domain.notices import Notice
from store import admissions as register
from store import books
from store.database import Connection
from store.folds import ADMISSION, Fold
from store.journal import Entry, Loaded

COMMAND: TypeAdapter[AdmissionCommand] = TypeAdapter(
    Annotated[AdmissionCommand, Field(discriminator="kind")]
)


@dataclass(frozen=True, slots=True)
class AdmissionNoun:
    """What a step must know of admissions."""

    shelf: books.Shelf
    fold: Fold[Admission, AdmissionEvent] = ADMISSION

    def command(self, asked: Mapping[str, Any]) -> AdmissionCommand:
        """The command that was sent as JSON."""
        return COMMAND.validate_python(asked)

    async def book(
        self, connection: Connection, loaded: Loaded[Admission], _command: AdmissionCommand
    ) -> Book:
        """The book in force."""
        return await self.shelf.book(connection, loaded.books, loaded.now)

    def decide(
        self, state: Admission, command: AdmissionCommand, book: Book
    ) -> tuple[AdmissionEvent, ...]:
        """The domain's word."""
        return admissions.decide(state, command, book)

    def entry(
        self,
        entry: Entry,
        loaded: Loaded[Admission],
        decided: tuple[AdmissionEvent, ...],
        _book: Book,
    ) -> tuple[Entry, Admission]:
        """The entry with notices and the register's row."""
        after, told = loaded.state, list[tuple[int, Notice]]()
        for event in decided:
            before, after = after, admissions.evolve(after, event)
            told += [(after.version, notice) for notice in notices(before, after, event)]
        if not decided:
            return entry, after
        rows = {"admissions": (register.row(after),)}
        return replace(entry, events=decided, notices=tuple(told), rows=rows), after

    def position(self, state: Admission, version: int) -> Position:
        """When time has something to do with it next."""
        return Position(version=version, next_due=state.next_due(), ended=state.over)


class AdmissionActivities(NounActivities[Admission, AdmissionCommand, Book, AdmissionEvent]):
    """The one activity of an admission."""

    NAME = EXECUTE_ADMISSION
    NOUN = AdmissionNoun
