"""What the engine and a mapping say to each other. No file, no database, no rule is known here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.calendar import Schedule
from domain.catalogue import Item
from domain.commands import Command
from domain.organisation import Person, Post, Unit
from domain.policy import Policy
from store.database import Connection

Row = Mapping[str, str]
"""One row of the file: column → text, as it stands there."""


class RowRefused(Exception):
    """The row cannot become a case: `reason` says why, `detail` what stands there.

    The rows after it can.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What the books need besides the town's own, so that the rows have somebody to answer."""

    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    posts: Mapping[str, Post]
    items: Mapping[str, Item]
    schedules: tuple[Schedule, ...]
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the comparison: how many the file has, and how many the journal."""

    group: str
    name: str
    file: int
    journal: int

    @property
    def same(self) -> bool:
        """Whether both sides agree."""
        return self.file == self.journal


class CaseMapping(Protocol):
    """How the rows of one system's export become cases.

    The file is read twice: `survey` sees every row and makes the `addition`; then each row gives
    its commands. `count` sees the rows that are in the journal in the end, `compare` reads there.
    """

    @property
    def name(self) -> str:
        """The name on the command line."""

    @property
    def columns(self) -> Sequence[str]:
        """The columns that must be there; others are not looked at."""

    def survey(self, row: Row) -> None:
        """Remember the units and items the row needs; `RowRefused` when it makes no sense."""

    def addition(self) -> Addition:
        """Everything the surveyed rows need."""

    def reference(self, row: Row) -> str:
        """The row's number in its own system; `RowRefused` when there is none."""

    def commands(self, row: Row, new_id: Callable[[], str]) -> Sequence[Command]:
        """The commands of the row's case, the first opens it; `RowRefused` with the reason."""

    def count(self, row: Row, now: datetime) -> None:
        """Count the row by plain reading, without any rule of this program."""

    async def compare(
        self, connection: Connection, case_ids: Iterable[Sequence[str]]
    ) -> Sequence[Line]:
        """The file's counts beside the journal's, for the cases of the rows counted."""

    def remarks(self) -> Sequence[str]:
        """What else is worth a line in the report."""
