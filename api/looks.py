"""Which looks at a file are one look: a page that is drawn again shows nothing new (R14.5)."""

from collections.abc import Hashable
from time import monotonic

ONE_LOOK = 600.0
"""Seconds for which the same person, at the same post, looks at the same file once."""
MOST = 20_000


class Looks:
    """The looks of the last minutes in this process. A look is noted once it is recorded."""

    def __init__(self) -> None:
        self._seen: dict[Hashable, float] = {}

    def again(self, look: Hashable) -> bool:
        """Whether it was recorded just now."""
        return monotonic() - self._seen.get(look, -ONE_LOOK) < ONE_LOOK

    def note(self, look: Hashable) -> None:
        """It is recorded."""
        if len(self._seen) >= MOST:
            self._seen.clear()
        self._seen[look] = monotonic()
