"""The book in force and what is planned, folded from snapshots and the office's changes.

A snapshot is a whole document; a change is an event of the office, whose row in `books` says from
when it holds. Order is (effective_from, book_id); what is in force is never overtaken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.book import Book
from domain.calendar import Calendar
from domain.office import changes
from domain.office.events import OF_CATALOGUE, Change, YearPublished
from domain.office.records import Planned
from store import codec
from store.codec import Stored
from store.database import Connection

Place = tuple[datetime, int]
"""Where an entry stands in the order in which entries take effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change with its place; `number` is its version in the office's stream."""

    place: Place
    number: int
    event: Change


CHANGES = """
select b.book_id, b.effective_from, e.version, e.kind, e.schema, e.data, e.actor, e.post, e.unit,
  e.occurred_at
from books b join events e on e.case_id = 'office'
  and e.version = case when b.kind = 'change' then b.version::int end
where b.kind = 'change' and {which} and not exists (
  select from books c where c.kind = 'cancellation' and c.version = b.version {gone})
order by b.effective_from, b.book_id
"""
SINCE = CHANGES.format(
    which="""((b.effective_from, b.book_id) > ($1, $2) or e.kind = 'office.year_published')
  and ($3::timestamptz is null or b.recorded_at <= $3)""",
    gone="and ($3::timestamptz is null or c.recorded_at <= $3)",
)
NEWER = CHANGES.format(which="b.book_id > $1 and b.book_id <= $2", gone="")


async def since(connection: Connection, place: Place, known: datetime | None = None) -> list[Entry]:
    """Changes after that place, and every change of the calendar: old clocks need them all.

    With `known` only what was decided by then, and what was taken back later is still there.
    """
    return [_entry(row) for row in await connection.fetch(SINCE, *place, known)]


async def newer(connection: Connection, after: int, until: int) -> list[Entry]:
    """Changes whose rows came after the one, up to the other."""
    return [_entry(row) for row in await connection.fetch(NEWER, after, until)]


def _entry(row: Mapping[str, Any]) -> Entry:
    event: Any = codec.decode(Stored.of(row))
    return Entry(place=(row["effective_from"], row["book_id"]), number=row["version"], event=event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """`last` is the place of the newest entry in force, `planned` what comes after it."""

    book: Book
    last: Place
    planned: tuple[Entry, ...] = ()

    def noted(self, entries: Sequence[Entry], gone: frozenset[int]) -> "Volume":
        """With further changes planned, and some taken back."""
        left = (e for e in (*self.planned, *entries) if e.number not in gone)
        return replace(self, planned=tuple(sorted(left, key=lambda e: e.place)))

    def lasts(self, now: datetime) -> bool:
        """Whether nothing planned has taken effect by then."""
        return not self.planned or self.planned[0].place[0] > now

    def at(self, now: datetime) -> "Volume":
        """With everything in force that takes effect by then."""
        due = [e for e in self.planned if e.place[0] <= now]
        if not due:
            return self
        return Volume(
            book=turned(self.book, due), last=due[-1].place, planned=self.planned[len(due) :]
        )

    def plans(self) -> tuple[Planned, ...]:
        """What is planned, as the office's decisions read it."""
        return tuple(Planned(number=e.number, event=e.event) for e in self.planned)


def turned(book: Book, entries: Sequence[Entry]) -> Book:
    """The book after some changes: organisation and catalogue in one go, calendars one by one."""
    catalogue = [e for e in entries if isinstance(e.event, OF_CATALOGUE)]
    years = [e for e in entries if isinstance(e.event, YearPublished)]
    rest = [e for e in entries if e not in catalogue and e not in years]
    if rest:
        version = changes.renamed(book.organisation.version, rest[-1].number)
        organisation = changes.organisation(book.organisation, [e.event for e in rest], version)
        book = replace(book, organisation=organisation)
    if catalogue:
        version = changes.renamed(book.catalogue.version, catalogue[-1].number)
        events = (e.event for e in catalogue)
        book = replace(book, catalogue=changes.catalogue(book.catalogue, events, version))
    for entry in years:
        calendar = with_year(book.calendar, entry)
        calendars = {**book.calendars, calendar.version: calendar}
        book = replace(book, calendar=calendar, calendars=calendars)
    return book


def with_year(calendar: Calendar, entry: Entry) -> Calendar:
    """The calendar after a year was published."""
    if not isinstance(entry.event, YearPublished):
        return calendar
    version = changes.renamed(calendar.version, entry.number)
    return changes.calendar(calendar, entry.event, version)
