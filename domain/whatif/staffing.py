"""The turns of a unit whose posts are changed, collected; and how long each takes then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.calendar import WorkingTime
from domain.whatif import queue
from domain.whatif.lives import DONE, End, Life, Turn
from domain.whatif.queue import Demand, Visit
from domain.whatif.steps import Stay
from domain.words import Stage

Turns = dict[tuple[str, int], Stay]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """A unit at a rung with the posts it really had and those it is to have."""

    unit_id: str
    stage: Stage
    time: WorkingTime
    origin: datetime
    had: int
    posts: int


@dataclass(slots=True)
class Desk:
    """The turns of one such unit."""

    staffed: Staffed
    visits: list[Visit] = field(default_factory=list)

    def add(self, life: Life, turn: Turn) -> None:
        """A turn of it; what runs on wall-clock time is not of the queue."""
        of = self.staffed
        if turn.unit_id != of.unit_id or turn.stage is not of.stage or turn.wall:
            return
        left = turn.left or life.seen_until
        entered, over = self._at(turn.entered), self._at(left)
        taken = turn.accepted is not None
        self.visits.append(
            Visit(
                case_id=life.case_id,
                turn=turn.number,
                entered=entered,
                accepted=over if turn.accepted is None else min(self._at(turn.accepted), over),
                left=over,
                whole=turn.end in DONE and taken,
                taken=taken,
                settled=turn.end is not End.PASSED,
            )
        )

    def _at(self, moment: datetime) -> int:
        return self.staffed.time.elapsed(self.staffed.origin, moment)

    def demands(self) -> dict[tuple[str, int], Demand]:
        """What each turn took of a post's own time."""
        return queue.demands(self.visits, self.staffed.had)

    def stays(self, asked: Mapping[tuple[str, int], Demand], posts: int) -> Turns:
        """How long the turns take if they ask that of so many posts."""
        arrivals = [(v.entered, v.key) for v in self.visits]
        return queue.stays(self.visits, asked, queue.served(arrivals, asked, posts))

    def changed(self, fewest: int) -> Turns:
        """Under the posts it is to have."""
        asked = queue.completed(self.visits, self.demands(), fewest)
        return self.stays(asked, self.staffed.posts)

    def held_out(self, fewest: int) -> Turns:
        """Under the posts it had, each turn with the demand of another one: how good the model is.

        The turns really cut off keep their own end.
        """
        whole = {v.key for v in self.visits if v.whole}
        known = self.demands()
        mixed = queue.others({key: d for key, d in known.items() if key in whole})
        if len(mixed) < fewest:
            return {}
        found = self.stays({**known, **mixed}, self.staffed.had)
        return {key: stay for key, stay in found.items() if key in whole}
