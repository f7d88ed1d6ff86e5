"""The books against what the log noted of them: whoever changes a policy, the organisation, the
catalogue or a calendar after the fact contradicts an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from domain.log.state import LOG
from store import noted
from store.verifying.faults import Fault, Reason, Tally

LATE = timedelta(hours=2)
"""The notary looks each hour at least."""
AT_ONCE = 100
"""Entries read together; one may be the whole organisation of a city."""

NOTED = """select q.seq, e.version, e.data -> 'books' as books from events e
 left join event_sequence q using (position)
 where e.case_id = $1 and e.kind = 'log.books_noted' order by e.version desc"""
ENTRIES = f"select {noted.COLUMNS} from books order by book_id"  # noqa: S608 - constants


@dataclass(slots=True)
class Papers:
    """What the books came to; `waiting` are the entries the log says nothing of, `late` those of
    them that it should have noted by now.
    """

    entries: int = 0
    waiting: int = 0
    late: int = 0
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class _Note:
    """What an event says of an entry."""

    seq: int | None
    version: int
    book: Mapping[str, Any]

    def fault(self, reason: Reason) -> Fault:
        """That it is no longer so."""
        told = f"{self.book['book']} {self.book['version']}"
        return Fault(reason=reason, seq=self.seq, stream=LOG, version=self.version, detail=told)


async def check(connection: asyncpg.Connection) -> Papers:
    """Every entry that was noted is there, and says what it said."""
    # The earliest event that notes an entry has the last word: they come the newest first.
    notes = {
        book["book_id"]: _Note(row["seq"], row["version"], book)
        for row in await connection.fetch(NOTED, LOG)
        for book in row["books"]
    }
    found = Papers()
    now: datetime = await connection.fetchval("select clock_timestamp()")
    cursor = await connection.cursor(ENTRIES)
    while rows := await cursor.fetch(AT_ONCE):
        found.entries += len(rows)
        for row in rows:
            note = notes.pop(row["book_id"], None)
            if note is None:
                found.waiting += 1
                found.late += now - row["recorded_at"] > LATE
            elif noted.hashed(dict(row)) != note.book["hash"]:
                found.tally.add([note.fault(Reason.BOOK)])
    found.tally.add(note.fault(Reason.BOOK_GONE) for note in notes.values())
    return found
