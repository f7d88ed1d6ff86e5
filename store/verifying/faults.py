"""What can be false in a journal: reasons, places, and how the first of them is found.

Words for people are in cli/evidence; nothing here reads anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

KEPT = 100
"""So many faults of a piece are kept with their places, the lowest; the rest is counted."""


class Reason(StrEnum):
    """Why an event, or a place in the order, is false."""

    HASH = "hash"
    PREVIOUS = "previous"
    VERSION = "version"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    GONE = "gone"
    ORDER = "order"
    CUT = "cut"
    ADDED = "added"
    UNNUMBERED = "unnumbered"
    COMMAND = "command"
    COMMAND_GONE = "command_gone"
    BOOK = "book"
    BOOK_GONE = "book_gone"
    KEY_GONE = "key_gone"
    KEY_BACK = "key_back"
    FILE_GONE = "file_gone"
    FILE_CHANGED = "file_changed"
    LEAF = "leaf"
    TILE = "tile"
    BACK_DATED = "back_dated"
    ROOT = "root"
    CHECKPOINT = "checkpoint"
    SIGNATURE = "signature"
    ORIGIN = "origin"
    KEY = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is false.

    `seq` to `until` are the numbers it lies between, both inclusive; None when it has no number.
    `stream` and `version` name the event, as far as there is one.
    """

    reason: Reason
    seq: int | None = None
    until: int | None = None
    stream: str = ""
    version: int = 0
    detail: str = ""

    @property
    def place(self) -> tuple[float, float, str, int]:
        """What comes first by this is the first false event; an exact place before a wide one."""
        first = float("inf") if self.seq is None else self.seq
        return (first if self.until is None else self.until, first, self.stream, self.version)


@dataclass(slots=True)
class Tally:
    """Faults met so far: the first ones, and how many."""

    first: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, faults: Iterable[Fault]) -> None:
        """Note more; of many only those that come first keep their place."""
        for fault in faults:
            self.count += 1
            self.first.append(fault)
        self._trim()

    def join(self, other: "Tally") -> None:
        """Note what another piece met."""
        self.first += other.first
        self.count += other.count
        self._trim()

    def _trim(self) -> None:
        self.first.sort(key=lambda fault: fault.place)
        del self.first[KEPT:]
