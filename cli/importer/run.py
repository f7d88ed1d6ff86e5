"""The engine of `shouwen import`: a file's rows in batches into the journal, then the comparison.
What a column means is in the mappings; how the result looks is in report.py.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from cli.importer import identity, merge
from cli.importer.base import CaseMapping, Line, RowRefused
from cli.importer.batch import Candidate, Settled, Writer
from cli.importer.rows import Rows
from cli.local.failure import LocalError
from cli.publish import connected
from settings import Settings
from store.database import Connection
from store.keys import KeyRing

SHOWN = 20
CHUNK = 2_000
"""Cases a statement of the comparison looks at."""

OPEN = "select case_id from cases where case_id = any($1) and closed_at is null"

Progress = Callable[[int], None]
"""Told how many bytes of the file are dealt with."""


@dataclass(slots=True)
class Result:
    """What came of a file; `refused` holds the first refusals, each as line and reason."""

    read: int = 0
    made: int = 0
    there: int = 0
    seconds: float = 0.0
    refused: list[tuple[int, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    lines: Sequence[Line] = ()
    remarks: Sequence[str] = ()
    open_cases: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every row came through and both sides of the comparison agree."""
        return not self.reasons and all(line.same for line in self.lines)

    def refuse(self, line: int, refused: RowRefused) -> None:
        """Count a refused row."""
        if self.reasons.total() < SHOWN:
            self.refused.append((line, str(refused)))
        self.reasons[refused.reason] += 1


async def run(
    settings: Settings,
    path: Path,
    mapping: CaseMapping,
    *,
    batch: int = 200,
    progress: Progress = lambda _: None,
) -> Result:
    """Import a file; `LocalError` when nothing of it can be read."""
    started = time.monotonic()
    ring = KeyRing.of(settings)
    rows = Rows(path, mapping.columns)
    _survey(rows, mapping)
    async with connected(settings) as one, connected(settings) as other:
        book = await merge.publish(one, mapping.name, mapping.addition())
        found = _Import(mapping)
        # Two lanes: one decides while PostgreSQL writes for the other.
        lanes = [Writer(connection, ring, book, mapping) for connection in (one, other)]
        await found.rows(lanes, rows, batch, progress)
        found.result.refused.sort()
        found.result.seconds = time.monotonic() - started
        await found.compare(one)
    return found.result


def _survey(rows: Rows, mapping: CaseMapping) -> None:
    """The whole file once, so that its faults as a file are known before anything is written."""
    usable = 0
    for read in rows:
        try:
            mapping.survey(read.usable())
        except RowRefused:
            continue  # told with its line when its turn comes
        usable += 1
    if not usable:
        raise LocalError(f"{rows.path}: not one row that the mapping {mapping.name} can read")


class _Import:
    """One run over one file. Of a row nothing is kept but the number of its case."""

    def __init__(self, mapping: CaseMapping) -> None:
        self.result = Result()
        self._mapping = mapping
        self._seen: set[int] = set()
        self._through: list[int] = []

    async def rows(
        self, lanes: Sequence[Writer], rows: Rows, size: int, progress: Progress
    ) -> None:
        """Every row of the file, in batches that the lanes take as they come."""
        candidates = self._candidates(rows)

        async def drive(lane: Writer) -> None:
            # Nothing is awaited while a batch is taken, so no row is taken twice.
            while batch := list(islice(candidates, size)):
                self._note(await lane.settle(batch))
                progress(rows.bytes_read)

        try:
            async with asyncio.TaskGroup() as group:
                for lane in lanes:
                    group.create_task(drive(lane))
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from failures

    async def compare(self, connection: Connection) -> None:
        """What the journal has of the rows, beside what the file says; and the cases still open."""
        self.result.lines = await self._mapping.compare(connection, self._chunks())
        self.result.remarks = self._mapping.remarks()
        for chunk in self._chunks():
            found = await connection.fetch(OPEN, chunk)
            self.result.open_cases += [row["case_id"] for row in found]

    def _candidates(self, rows: Rows) -> Iterator[Candidate]:
        """Rows that can be looked at; the others are refused here."""
        for read in rows:
            self.result.read += 1
            try:
                row = read.usable()
                number = self._number(self._mapping.reference(row))
            except RowRefused as refused:
                self.result.refuse(read.line, refused)
            else:
                yield Candidate(read.line, row, number)

    def _number(self, reference: str) -> int:
        number = identity.case_number(self._mapping.name, reference)
        if number in self._seen:
            raise RowRefused("its number stands on an earlier line too", reference)
        self._seen.add(number)
        return number

    def _note(self, settled: Settled) -> None:
        self.result.made += len(settled.made)
        self.result.there += len(settled.there)
        for candidate, refused in settled.refused:
            self.result.refuse(candidate.line, refused)
        now = datetime.now(UTC)
        for candidate in (*settled.made, *settled.there):
            self._mapping.count(candidate.row, now)
            self._through.append(candidate.number)

    def _chunks(self) -> Iterator[list[str]]:
        for start in range(0, len(self._through), CHUNK):
            yield [identity.case_id(n) for n in self._through[start : start + CHUNK]]
