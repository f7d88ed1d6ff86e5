"""What conformance is checked on: cases whole and sealed, and the catalogues as they followed each
other. Nothing of what was said is opened for it.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.catalogue import Item
from domain.office.events import OF_CATALOGUE
from store import books, codec
from store.database import Connection
from store.exporting import Placed, Snapshot, Wanted

MOMENTS = """
select distinct effective_from from books b
where effective_from <= $2 and (kind = 'catalogue' or kind = 'change' and exists (
  select from events e where e.case_id = 'office' and e.kind = any($1)
  and e.version = case when b.kind = 'change' then b.version::int end))
order by 1
"""
KINDS = [codec.kind_of(cls) for cls in OF_CATALOGUE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A case with every event of it that has a number, in order."""

    case_id: str
    lines: tuple[Placed, ...]


async def cases(snapshot: Snapshot, wanted: Wanted) -> AsyncIterator[list[Whole]]:
    """Every case that has one of those events, whole, in the order in which they began."""
    asked = replace(wanted, cases_only=True)
    async for streams in snapshot.begun(asked):
        found: dict[str, list[Placed]] = {stream: [] for stream in streams}
        for placed in await snapshot.sealed(streams):
            found[placed.stream].append(placed)
        yield [Whole(case_id=stream, lines=tuple(found[stream])) for stream in streams]


async def catalogues(
    connection: Connection, now: datetime
) -> Sequence[tuple[datetime, Mapping[str, Item]]]:
    """The items in force from each moment at which the catalogue changed, oldest first."""
    found = []
    for row in await connection.fetch(MOMENTS, KINDS, now):
        since = row["effective_from"]
        try:
            found.append((since, (await books.current(connection, since)).catalogue.items))
        except books.NoBooks:  # the rest was published later: nothing was decided by it yet
            continue
    return found
