"""What happened to the log of all events, in the past tense. `kind` and `SCHEMA` are for ever.

Keys stand here as text (vkeys): they are public.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.values import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFounded(Happened):
    """The log got its name, which no other has, and its first keys.

    `instead_of`: it goes on from what is left of that log, which had been signed up to `lost_size`
    events with the root `lost_root` (hex) before a part of it was lost.
    """

    kind: Literal["log.founded"] = "log.founded"
    origin: str
    keys: tuple[str, ...]
    instead_of: str = ""
    lost_size: int = 0
    lost_root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChanged(Happened):
    """From now on other keys sign: `new` in the place of `old`.

    `signed_by` is a key of before that vouches for it with `signature` (base64). `lost`: none of
    them was there any more, so that nobody vouches for the new ones.
    """

    kind: Literal["log.key_changed"] = "log.key_changed"
    origin: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    signed_by: str
    signature: str
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSetBack(Happened):
    """The database's clock, which says `at`, is behind the time at which `size` events were signed.

    Until it gets there again checkpoints bear that time, and events that were recorded meanwhile
    bear earlier ones.
    """

    kind: Literal["log.clock_set_back"] = "log.clock_set_back"
    signed_at: datetime
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One entry of the books: its number there, what it is, and the SHA-256 (hex) of all of it."""

    book_id: int
    book: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksNoted(Happened):
    """These entries of the books were found for the first time: policies, organisation, catalogue,
    calendars and what the office changed of them. Who changes one afterwards contradicts this.
    """

    kind: Literal["log.books_noted"] = "log.books_noted"
    books: tuple[Noted, ...]


LogEvent = LogFounded | KeyChanged | ClockSetBack | BooksNoted
