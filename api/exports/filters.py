"""What somebody asks of the journal, in their words, and what that means. The same words for the
API and the command line.
"""

from dataclasses import dataclass
from datetime import date, datetime

from api.days import midnight
from api.errors import unknown
from domain.book import Book
from store.codec import kinds
from store.exporting import Sight, Wanted

STREAM = r"^(SW(-[0-9A-Z]{4}){3}|[a-z]{1,20}(-[0-9A-Za-z_.]{1,40}){0,8})$"
"""Ids have this form; what else somebody may type is not written down with the export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Recorded from a moment on and before another, of a unit, of some kinds, of one stream."""

    since: datetime | date | None = None
    until: datetime | date | None = None
    unit: str | None = None
    kinds: tuple[str, ...] = ()
    case: str | None = None

    def wanted(self, book: Book, sight: Sight | None) -> Wanted:
        """What that means; refused where it names nothing, and would give an empty file."""
        if not kinds().issuperset(self.kinds):
            raise unknown("query/kind", "unknown_kind")
        if self.unit is not None and self.unit not in book.organisation.units:
            raise unknown("query/unit", "unknown_unit")
        return Wanted(
            sight=sight,
            since=_moment(self.since, book),
            until=_moment(self.until, book),
            unit=self.unit,
            below=() if self.unit is None else book.organisation.subtree(self.unit),
            kinds=self.kinds,
            streams=None if self.case is None else (self.case,),
        )

    def said(self, wanted: Wanted) -> dict[str, object]:
        """The filters that are set, by the names they have for those who ask."""
        found = {
            "from": wanted.since,
            "until": wanted.until,
            "unit": self.unit,
            "kind": [*self.kinds],
            "case": self.case,
        }
        return {name: value for name, value in found.items() if value}


def _moment(told: datetime | date | None, book: Book) -> datetime | None:
    """A day is the moment it begins in the town."""
    if told is None or isinstance(told, datetime):
        return told
    return midnight(told, book)
