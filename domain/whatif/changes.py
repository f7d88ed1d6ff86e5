"""Case by case: the clocks that would have come out otherwise, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.whatif.lives import Life
from domain.whatif.replay import Replay
from domain.whatif.steps import Kept
from domain.whatif.sums import Mine


class Why(StrEnum):
    """Why a clock comes out otherwise."""

    DUE_EARLIER = "due_earlier"
    DUE_LATER = "due_later"
    NO_SUCH_CLOCK = "no_such_clock"
    ENDS_EARLIER = "ends_earlier"
    ENDS_LATER = "ends_later"
    NEW_CLOCK = "new_clock"
    NEW_TURN = "new_turn"
    NO_SUCH_TURN = "no_such_turn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A clock of a case, before and after; None on the side on which it is not."""

    case_id: str
    before: Kept | None
    after: Kept | None
    why: Why

    @property
    def sure(self) -> bool:
        """Whether nothing of it was drawn."""
        return all(kept.sure for kept in (self.before, self.after) if kept is not None)


def changes(life: Life, before: Replay, after: Replay, mine: Mine) -> Iterator[Change]:
    """The clocks that break on one side only, in the order in which they began."""
    was = {kept.clock_id: kept for kept in before.clocks if mine(kept.unit_id)}
    now = {kept.clock_id: kept for kept in after.clocks if mine(kept.unit_id)}
    for name in sorted(was.keys() | now.keys(), key=lambda name: _place(name, was, now)):
        one, other = was.get(name), now.get(name)
        if (one is not None and one.broken) != (other is not None and other.broken):
            yield Change(case_id=life.case_id, before=one, after=other, why=_why(one, other))


def _place(name: str, was: dict[str, Kept], now: dict[str, Kept]) -> tuple[datetime, str]:
    return (was.get(name) or now[name]).started, name


def _why(before: Kept | None, after: Kept | None) -> Why:
    if before is None:
        return Why.NEW_CLOCK if after is not None and after.sure else Why.NEW_TURN
    if after is None:
        return Why.NO_SUCH_TURN
    if after.due is None or before.due is None:
        return Why.NO_SUCH_CLOCK
    if after.due != before.due:
        return Why.DUE_EARLIER if after.due < before.due else Why.DUE_LATER
    return Why.ENDS_EARLIER if before.broken else Why.ENDS_LATER
