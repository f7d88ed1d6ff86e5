"""Erasures for their one activity: what a step reads, decides and writes. Knows no rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from activities.messages import EXECUTE_ERASURE, Position
from activities.steps import NounActivities
from domain import erasure as erasures
from domain.book import Book
from domain.erasure.commands import ApproveErasure, ErasureCommand, RequestErasure
from domain.erasure.events import ErasureEvent
from domain.erasure.notices import notices
from domain.erasure.state import Erasure
from domain.notices import Notice
from domain.words.erasure import ErasureState
from store import books, remembered
from store import erasures as register
from store.database import Connection
from store.folds import ERASURE, Fold
from store.journal import Entry, Loaded

COMMAND: TypeAdapter[ErasureCommand] = TypeAdapter(
    Annotated[ErasureCommand, Field(discriminator="kind")]
)


@dataclass(frozen=True, slots=True)
class ErasureNoun:
    """What a step must know of erasures."""

    shelf: books.Shelf
    fold: Fold[Erasure, ErasureEvent] = ERASURE

    def command(self, asked: Mapping[str, Any]) -> ErasureCommand:
        """The command that was sent as JSON."""
        return COMMAND.validate_python(asked)

    async def book(
        self, connection: Connection, loaded: Loaded[Erasure], command: ErasureCommand
    ) -> Book:
        """The book in force, with the cases where it is decided whether they may forget."""
        book = await self.shelf.book(connection, loaded.books, loaded.now)
        targets = loaded.state.targets if isinstance(command, ApproveErasure) else ()
        if isinstance(command, RequestErasure):
            targets = command.targets
        cases = [case for each in targets for case in (each.case_id, each.subject)]
        return replace(book, remembered=await remembered.known(connection, cases, book))

    def decide(
        self, state: Erasure, command: ErasureCommand, book: Book
    ) -> tuple[ErasureEvent, ...]:
        """The domain's word."""
        return erasures.decide(state, command, book)

    def entry(
        self,
        entry: Entry,
        loaded: Loaded[Erasure],
        decided: tuple[ErasureEvent, ...],
        _book: Book,
    ) -> tuple[Entry, Erasure]:
        """The entry with notices and the register's row."""
        after, told = loaded.state, list[tuple[int, Notice]]()
        for event in decided:
            before, after = after, erasures.evolve(after, event)
            told += [(after.version, notice) for notice in notices(before, after, event)]
        if not decided:
            return entry, after
        rows = {"erasures": (register.row(after),)}
        return replace(entry, events=decided, notices=tuple(told), rows=rows), after

    def position(self, state: Erasure, version: int) -> Position:
        """When time has something to do with it next, and who is still to be forgotten."""
        under_way = state.state is ErasureState.UNDER_WAY
        errands = tuple(each.errand for each in state.left) if under_way else ()
        return Position(
            version=version, next_due=state.next_due(), ended=state.over, errands=errands
        )


class ErasureActivities(NounActivities[Erasure, ErasureCommand, Book, ErasureEvent]):
    """The one activity of an erasure's steps; carrying it out is `activities/erasing.py`."""

    NAME = EXECUTE_ERASURE
    NOUN = ErasureNoun
