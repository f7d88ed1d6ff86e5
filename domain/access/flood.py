"""How many refusals are recorded one by one: a flood of them is counted instead (R14.5). No I/O."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.access.events import RefusalsCounted
from domain.values import By
from domain.words.access import Shown

ONE_BY_ONE = 20
"""Refusals of one kind in a minute, of one person or of all unknown ones; the rest is counted."""
MINUTE = timedelta(minutes=1)

Kind = tuple[By, Shown | None, str]
"""Who, by what they showed (None for a sign-in), with which code."""


@dataclass(slots=True)
class Flood:
    """The refusals of the running minute, by kind."""

    since: datetime
    seen: dict[Kind, int] = field(default_factory=dict)

    def admits(self, kind: Kind) -> bool:
        """Whether one more of this kind is recorded by itself; it is counted either way."""
        self.seen[kind] = self.seen.get(kind, 0) + 1
        return self.seen[kind] <= ONE_BY_ONE

    def turned(self, at: datetime, *, ending: bool = False) -> tuple[RefusalsCounted, ...]:
        """What the minute counted beyond the limit, once it is over; the next one begins."""
        if at < self.since + MINUTE and not ending:
            return ()
        found = tuple(
            RefusalsCounted(
                at=at, by=by, shown=shown, code=code, since=self.since, count=count - ONE_BY_ONE
            )
            for (by, shown, code), count in self.seen.items()
            if count > ONE_BY_ONE
        )
        self.since, self.seen = at, {}
        return found

    def back(self, turned: tuple[RefusalsCounted, ...]) -> None:
        """Count those again, because they could not be recorded."""
        for each in turned:
            kind = (each.by, each.shown, each.code)
            self.seen[kind] = max(self.seen.get(kind, 0), ONE_BY_ONE) + each.count
