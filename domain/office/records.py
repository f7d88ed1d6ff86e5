"""What the office's decisions look things up in: the book, what is planned, and counted facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.book import Book
from domain.office import changes
from domain.office.events import Change
from domain.organisation import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A change that is not in force yet; `number` is its place in the office's history."""

    number: int
    event: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Open cases of a unit or a post: how many it answers for, and is first-contact officer of."""

    in_charge: int = 0
    officer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What geometry says of the border in the command: why it is none, and what it overlaps."""

    fault: str = ""
    overlaps: tuple[str, ...] = ()


NOTHING = Work()
FINE = Drawing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """`book` is in force at `now`, the journal's own time; `since` is when its newest part took
    effect. `planned` are later changes in the order in which they take effect.
    """

    book: Book
    now: datetime
    since: datetime
    planned: tuple[Planned, ...] = ()
    unit_work: Mapping[str, Work] = field(default_factory=dict)
    post_work: Mapping[str, Work] = field(default_factory=dict)
    drawing: Drawing = FINE

    @property
    def far(self) -> datetime:
        """A moment at which everything planned is in force."""
        return max([self.now, *(p.event.effective_from for p in self.planned)])

    def organisation_at(self, at: datetime) -> Organisation:
        """The organisation as it will be at that moment, as far as is planned today."""
        until = [p.event for p in self.planned if p.event.effective_from <= at]
        return changes.organisation(self.book.organisation, until)

    def later_than(self, at: datetime) -> tuple[Planned, ...]:
        """What is planned to take effect after that moment."""
        return tuple(p for p in self.planned if p.event.effective_from > at)
