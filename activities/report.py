"""Reports for their one activity: what a step reads, decides and writes. Knows no rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from activities.messages import EXECUTE_REPORT, Position
from activities.steps import NounActivities
from domain import report as reports
from domain.report.commands import ReportCommand, WriteReport
from domain.report.events import ReportEvent
from domain.report.recording import Shelf
from domain.report.state import Report
from store import books
from store import reports as register
from store.database import Connection
from store.folds import REPORT, Fold
from store.journal import Entry, Loaded

COMMAND: TypeAdapter[ReportCommand] = TypeAdapter(
    Annotated[ReportCommand, Field(discriminator="kind")]
)


@dataclass(frozen=True, slots=True)
class ReportNoun:
    """What a step must know of reports."""

    shelf: books.Shelf
    fold: Fold[Report, ReportEvent] = REPORT

    def command(self, asked: Mapping[str, Any]) -> ReportCommand:
        """The command that was sent as JSON."""
        return COMMAND.validate_python(asked)

    async def book(
        self, connection: Connection, loaded: Loaded[Report], command: ReportCommand
    ) -> Shelf:
        """The book in force, and those of the files that are kept."""
        book = await self.shelf.book(connection, loaded.books, loaded.now)
        files = command.files if isinstance(command, WriteReport) else ()
        names = [each.sha256 for each in files]
        return Shelf(book=book, files=await register.kept(connection, names))

    def decide(self, state: Report, command: ReportCommand, book: Shelf) -> tuple[ReportEvent, ...]:
        """The domain's word."""
        return reports.decide(state, command, book)

    def entry(
        self,
        entry: Entry,
        loaded: Loaded[Report],
        decided: tuple[ReportEvent, ...],
        _book: Shelf,
    ) -> tuple[Entry, Report]:
        """The entry with the register's row."""
        after = loaded.state
        for event in decided:
            after = reports.evolve(after, event)
        if not decided:
            return entry, after
        return replace(entry, events=decided, rows={"reports": (register.row(after),)}), after

    def position(self, _state: Report, version: int) -> Position:
        """A report waits for nothing."""
        return Position(version=version, ended=True)


class ReportActivities(NounActivities[Report, ReportCommand, Shelf, ReportEvent]):
    """The one activity of a report's steps; what it says is `activities/reporter.py`."""

    NAME = EXECUTE_REPORT
    NOUN = ReportNoun
