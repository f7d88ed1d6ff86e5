"""Commands about the catalogue, the calendar, the policy, and the files of all of them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.office.commands.base import OfficeAsked
from domain.office.facts import ItemFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem(ItemFacts, OfficeAsked):
    """Enter a kind of matter into the catalogue (R3.1)."""

    kind: Literal["add_item"] = "add_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem(ItemFacts, OfficeAsked):
    """State a kind of matter anew; open cases keep the deadline they were opened with."""

    kind: Literal["change_item"] = "change_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireItem(OfficeAsked):
    """Take no new case of that matter."""

    kind: Literal["retire_item"] = "retire_item"
    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """A statutory holiday from its first to its last day."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishYear(OfficeAsked):
    """Publish a year's arrangement of holidays and make-up days, or a revised one (R6.1)."""

    kind: Literal["publish_year"] = "publish_year"
    year: int
    source: str
    holidays: tuple[Holidays, ...]
    make_up_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPolicy(OfficeAsked):
    """Publish a version of the policy: the whole document, as in policy.toml."""

    kind: Literal["publish_policy"] = "publish_policy"
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBooks(OfficeAsked):
    """Put files in force. `book_id` is the newest entry before them; `changes` were made by
    commands since the last files and would be no longer: `drop` says that this is meant.
    """

    kind: Literal["load_books"] = "load_books"
    versions: tuple[str, ...]
    book_id: int
    changes: int
    drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSweep(OfficeAsked):
    """Say what was deleted because it was kept long enough. Sent by the schedule's own workflow."""

    kind: Literal["record_sweep"] = "record_sweep"
    tables: tuple[str, ...]
    rows: tuple[int, ...]
    proposed: int = 0
