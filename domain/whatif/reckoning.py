"""What a replay of one life reckons with: its clocks, its working time, its draws. No turn here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.calendar import WorkingTime
from domain.policy import Policy, Span, due_after
from domain.whatif import spans
from domain.whatif.lives import Ask, End, Life, Turn
from domain.whatif.pools import Pool, number
from domain.whatif.spans import Moved
from domain.whatif.steps import Kept, Rules, Stay, done, keys
from domain.words import Basis, ClockKind, Stage, Urgency

Whose = tuple[int, Stage, str]
"""The number of a turn, its rung and its unit."""


@dataclass(slots=True)
class Reckoner:
    """One life under rules; `drawing` tells one drawing of it from another."""

    life: Life
    rules: Rules
    drawing: int = 0
    round: int = 1

    # -- clocks ----------------------------------------------------------------

    def clock(self, ask: Ask, moved: Moved, *, sure: bool = True) -> Kept:
        """A clock as it runs in the replay."""
        policy, by_policy = self.rules.of(ask)
        span = spans.span_of(policy, ask) if by_policy else None
        due, yellow = (None, None) if by_policy else (ask.due, ask.due if ask.yellow else None)
        if span is not None:
            due, yellow = spans.due(ask, span, policy, self.rules.times, moved)
        ended = None if ask.stopped is None else moved(ask.stopped)
        horizon = self.life.seen_until if ended is None else min(ended, self.life.seen_until)
        return Kept(
            clock_id=ask.clock_id,
            kind=ask.kind,
            stage=ask.stage,
            unit_id=ask.unit_id,
            started=moved(ask.started),
            due=due,
            ended=ended,
            broken=due is not None and due <= horizon,
            yellow=yellow is not None and (not by_policy or yellow <= horizon),
            round=ask.round,
            sure=sure,
            unknown=ask.broken and ask.stopped is None and due is not None and due > horizon,
        )

    def ended(self, kept: Kept, ended: datetime) -> Kept:
        """The clock, ended then."""
        by = min(ended, self.life.seen_until)
        broken = kept.due is not None and kept.due <= by
        return replace(kept, ended=ended, broken=broken, unknown=False)

    # -- draws -----------------------------------------------------------------

    def pool(self, kind: str, stage: Stage, basis: Basis) -> Pool | None:
        """What was seen of such work; None for too little."""
        key = keys(kind, stage, self.life.item_id, wall=basis is Basis.WALL)
        return self.rules.pools.find(key)

    def draw(self, pool: Pool | None, beyond: int, *about: object) -> int | None:
        """A length of it longer than `beyond`; None where that is not known."""
        if pool is None:
            return None
        drawn = number(self.life.case_id, self.drawing, *about)
        return pool.curve().draw(drawn, beyond)

    def ending(self, pool: Pool, place: int) -> End:
        """Settled, or passed on, in the proportion of the pool."""
        drawn = number(self.life.case_id, self.drawing, place, "end")
        return done(drawn % len(pool.done) < pool.settled)

    # -- time ------------------------------------------------------------------

    def policy(self) -> Policy:
        """The policy of what never was."""
        return self.rules.policy or self.rules.policies[self.life.policy]

    def basis(self) -> Basis:
        """What the time of such a case counts."""
        return Basis.WALL if self.life.urgency is Urgency.EMERGENCY else Basis.WORKING

    def time_of(self, unit_id: str) -> WorkingTime:
        """The working time of a unit."""
        return self.rules.times(self.rules.calendar, unit_id)

    def time(self, turn: Turn) -> WorkingTime:
        """The working time a turn was counted by."""
        asks = (ask.calendar for ask in self.life.asks if ask.turn == turn.number)
        return self.rules.times(next(asks, self.rules.calendar), turn.unit_id)

    def moved(self, turn: Turn, at: datetime, stay: Stay | None) -> Moved:
        """Where moments of the turn lie when it begins at `at`: as much working time after it."""
        if stay is None and at == turn.entered:
            return lambda moment: moment
        if stay is None and turn.wall:
            return lambda moment: moment + (at - turn.entered)
        time = self.time(turn)

        def after(seconds: int) -> datetime:
            return due_after(Basis.WORKING, seconds, at, time).at if seconds else at

        def moved(moment: datetime) -> datetime:
            seconds = time.elapsed(turn.entered, moment)
            if stay is None or moment <= turn.entered:
                return after(seconds)
            if turn.left is not None and moment >= turn.left:
                return after(stay.total)
            if turn.accepted is None or moment < turn.accepted:
                return after(min(seconds, stay.wait))
            worked = time.elapsed(turn.accepted, moment)
            return after(min(stay.wait + worked, stay.total))

        return moved

    # -- clocks that never were ---------------------------------------------

    def unasked(self, turn: Turn, at: datetime, moved: Moved) -> Iterator[Kept]:
        """Clocks of the turn that its own policy does not know, and the other one does."""
        other, life = self.rules.policy, self.life
        if other is None:
            return
        own = self.rules.policies[life.policy]
        waits = (turn.stage, life.urgency)
        works = (turn.stage, life.urgency, life.deadline)
        left = life.seen_until if turn.left is None else moved(turn.left)
        accepted = None if turn.accepted is None else moved(turn.accepted)
        whose = (turn.number, turn.stage, turn.unit_id)
        span = other.acceptance(*waits)
        if span is not None and own.acceptance(*waits) is None and accepted != at:
            yield self.new(ClockKind.ACCEPT, whose, span, (at, accepted or left))
        span = other.handling(*works)
        if span is not None and own.handling(*works) is None and accepted is not None:
            yield self.new(ClockKind.HANDLE, whose, span, (accepted, left))

    def promised(self, began: datetime, over: datetime | None, unit_id: str) -> Iterator[Kept]:
        """The resident's clock of a round, where only the other policy knows one."""
        other, life = self.rules.policy, self.life
        span = other.resolution(life.urgency) if other else None
        asked = any(a.kind is ClockKind.RESIDENT and a.round == self.round for a in life.asks)
        if span is None or asked or self.rules.policies[life.policy].resolution(life.urgency):
            return
        until = over or life.closed or life.seen_until
        whose = (self.round, Stage.FIRST_CONTACT, unit_id)
        yield self.new(ClockKind.RESIDENT, whose, span, (began, until))

    def drawn(
        self, kind: ClockKind, whose: Whose, span: Span, between: tuple[datetime, datetime]
    ) -> Kept:
        """The same of a turn that was drawn."""
        return replace(self.new(kind, whose, span, between), sure=False)

    def new(
        self, kind: ClockKind, whose: Whose, span: Span, between: tuple[datetime, datetime]
    ) -> Kept:
        """A clock that never was: of that turn, rung and unit, from the beginning to the end."""
        (place, stage, unit_id), (start, over) = whose, between
        time = self.time_of(unit_id)
        whole = span.allowance(start, time)
        due = due_after(span.basis, whole, start, time).at
        yellow = spans.yellow_card(span, self.policy(), (whole, whole), (start, due), time)
        kept = Kept(
            clock_id=f"{kind}+{abs(place)}",
            kind=kind,
            stage=stage,
            unit_id=unit_id,
            started=start,
            due=due,
            ended=over,
            broken=False,
            yellow=yellow is not None and yellow <= min(over, self.life.seen_until),
            round=self.round,
            added=True,
        )
        return self.ended(kept, over)
