"""One batch of rows: those the journal has are passed over, the others become cases in one append.
Which rows there are is not known here.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from cli.importer import identity
from cli.importer.base import CaseMapping, Row, RowRefused
from cli.importer.fold import Folder
from cli.local.failure import LocalError
from domain.book import Book
from store import journal
from store.database import Connection
from store.journal import Conflict, Entry
from store.keys import KeyRing

THERE = "select case_id from events where case_id = any($1) and version = 1"
TRIES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row on its way, with the number of its case."""

    line: int
    row: Row
    number: int

    @property
    def case_id(self) -> str:
        """The id of its case."""
        return identity.case_id(self.number)


@dataclass(slots=True)
class Settled:
    """What became of a batch."""

    made: list[Candidate] = field(default_factory=list)
    there: list[Candidate] = field(default_factory=list)
    refused: list[tuple[Candidate, RowRefused]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """Brings batches into the journal. A batch is one statement: all of it or nothing."""

    connection: Connection
    ring: KeyRing
    book: Book
    mapping: CaseMapping

    async def settle(self, batch: Sequence[Candidate]) -> Settled:
        """The batch is in the journal, but for the rows refused."""
        for _ in range(TRIES):
            try:
                return await self._settle(batch)
            except Conflict:
                continue  # another import of the same rows was faster: look again
        raise LocalError("Somebody else is importing the same rows; let them finish first")

    async def _settle(self, batch: Sequence[Candidate]) -> Settled:
        now = await self.connection.fetchval("select clock_timestamp()")
        ids = [candidate.case_id for candidate in batch]
        known = {row["case_id"] for row in await self.connection.fetch(THERE, ids)}
        settled = Settled(there=[each for each in batch if each.case_id in known])
        fresh = [each for each in batch if each.case_id not in known]
        entries = await self._fold(fresh, Folder(self.book, self.ring, now), settled)
        if entries:
            await journal.append(self.connection, entries, self.ring)
        return settled

    async def _fold(
        self, fresh: Sequence[Candidate], folder: Folder, settled: Settled
    ) -> list[Entry]:
        found: list[Entry] = []
        for candidate in fresh:
            # The other lane's statement may still be on its way to PostgreSQL: let it go on.
            await asyncio.sleep(0)
            case_id = candidate.case_id
            new_id = identity.ids_of(case_id)
            try:
                commands = self.mapping.commands(candidate.row, new_id)
                entries = folder.entries(case_id, commands, new_id())
            except RowRefused as refused:
                settled.refused.append((candidate, refused))
            else:
                settled.made.append(candidate)
                found += entries
        return found
