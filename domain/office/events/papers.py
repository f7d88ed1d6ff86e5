"""Events of the catalogue, the calendar, the policy, and the files of all of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.office.events.base import ChangeRoot
from domain.office.facts import ItemFacts
from domain.values import Happened, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(ItemFacts, ChangeRoot):
    """A kind of matter came into the catalogue."""

    kind: Literal["office.item_added"] = "office.item_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChanged(ItemFacts, ChangeRoot):
    """A kind of matter was stated anew."""

    kind: Literal["office.item_changed"] = "office.item_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRetired(ChangeRoot):
    """No new case of that matter is taken."""

    kind: Literal["office.item_retired"] = "office.item_retired"
    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day (``"2027-01-01"``) of a statutory holiday."""

    day: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPublished(ChangeRoot):
    """A year's arrangement was published, or published anew."""

    kind: Literal["office.year_published"] = "office.year_published"
    year: int
    source: str
    holidays: tuple[DayOff, ...]
    make_up_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPublished(ChangeRoot):
    """A version of the policy was published; `document` is the whole of it, as in policy.toml."""

    kind: Literal["office.policy_published"] = "office.policy_published"
    version: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLookedAt(Happened):
    """Whether the arrangement of the coming year is published; the next look is at `look_at`."""

    kind: Literal["office.calendar_looked_at"] = "office.calendar_looked_at"
    year: int
    published: bool
    look_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksLoaded(Told):
    """Files were put in force: these versions; `dropped` changes made before are no longer."""

    kind: Literal["office.books_loaded"] = "office.books_loaded"
    versions: tuple[str, ...]
    book_id: int
    dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept(Happened):
    """What was kept long enough was deleted: so many rows of each table, and so many cases whose
    people were proposed to be forgotten (R14.4).
    """

    kind: Literal["office.swept"] = "office.swept"
    tables: tuple[str, ...]
    rows: tuple[int, ...]
    proposed: int
