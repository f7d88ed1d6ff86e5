"""The cases a what-if replays, read from their events page by page; nothing said in them is opened.

They are wanted twice and kept in a file of this process meanwhile, so that memory holds one page.
"""

import pickle
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from domain.whatif.lives import Life
from domain.whatif.reading import life
from store import bulk
from store.exporting import LONG, Snapshot

PAGE = 200
"""Cases read at a time."""
CASES = """select case_id from cases c where opened_at < $2
 and (opened_at >= $1 or $3 and (closed_at is null or closed_at >= $1))
 and ($4::text[] is null or exists (
  select from case_units u where u.case_id = c.case_id and u.unit_id = any($4)))
 order by opened_at, case_id"""


END = """select e.recorded_at from event_sequence q join events e using (position)
 where q.seq = $1"""
"""Up to when anything is known: of the same events always the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Cases registered in that time; `open_before` also those registered earlier and open then.

    `units`: only cases that one of them had.
    """

    since: datetime
    until: datetime
    units: Sequence[str] | None = None
    open_before: bool = False


async def lives(snapshot: Snapshot, wanted: Wanted) -> AsyncIterator[list[Life]]:
    """Their lives up to the snapshot, in the order in which they were registered."""
    units = None if wanted.units is None else [*wanted.units]
    end = await snapshot.connection.fetchval(END, snapshot.last) or snapshot.at
    cursor = await snapshot.connection.cursor(
        CASES, wanted.since, wanted.until, wanted.open_before, units
    )
    while rows := await cursor.fetch(PAGE, timeout=LONG):
        ids = [row["case_id"] for row in rows]
        found = await bulk.streams(snapshot.connection, ids, snapshot.ring)
        read = (life(case_id, found.get(case_id, ()), end) for case_id in ids)
        yield [each for each in read if each is not None]


@dataclass(slots=True)
class Spool:
    """Lives put away, to be read again in the same order."""

    _file: IO[bytes] = field(default_factory=TemporaryFile)
    count: int = 0

    def put(self, page: Sequence[Life]) -> None:
        """Put a page away."""
        pickle.dump(page, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self.count += len(page)

    def again(self) -> Iterator[Life]:
        """Every life from the first on."""
        self._file.seek(0)
        while True:
            try:
                page = pickle.load(self._file)  # noqa: S301 - written by this process, unnamed
            except EOFError:
                return
            yield from page

    def close(self) -> None:
        """Throw it away."""
        self._file.close()
