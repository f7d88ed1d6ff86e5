"""What becomes of one turn in the replay: when it is accepted and left, and which clocks break.

What is known is computed; what is not known is drawn, and marked so; what cannot be drawn, for too
little of the kind was ever seen, is said to be unsaid and left as it really was.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.calendar import WorkingTime
from domain.clocks import counted
from domain.policy import Policy, Span, due_after
from domain.whatif import spans
from domain.whatif.lives import Ask, End, Life, Turn
from domain.whatif.pools import Pool, number
from domain.whatif.spans import Moved
from domain.whatif.steps import Kept, Ran, Rules, Stay, held, keys
from domain.words import Basis, ClockKind, Stage, Urgency


@dataclass(slots=True)
class Runner:
    """Replays the turns of one life; `drawing` tells one drawing of it from another."""

    life: Life
    rules: Rules
    drawing: int = 0
    round: int = 1

    # -- a turn that really was ------------------------------------------------

    def turn(self, turn: Turn, at: datetime) -> Ran:
        """The turn, begun at `at`."""
        stay = self.rules.stays.get((self.life.case_id, turn.number))
        moved = self._moved(turn, at, stay)
        asks = [ask for ask in self.life.asks if ask.turn == turn.number]
        found = [self.clock(ask, moved, sure=stay is None) for ask in asks]
        cut = next((each for each in zip(asks, found, strict=True) if _cuts(turn, each[0])), None)
        if cut is not None and stay is None and not _in_time(*cut, moved):
            return self._longer(
                turn, cut[0], [cut[1], *(k for k in found if k is not cut[1])], moved
            )
        left = None if turn.left is None else moved(turn.left)
        end = _done(stay.settled) if stay and turn.end is End.OVERDUE else turn.end
        ran = Ran(
            number=turn.number,
            stage=turn.stage,
            unit_id=turn.unit_id,
            entered=at,
            left=left,
            end=end,
            clocks=tuple(found),
        )
        first = min(self._taking(turn, asks, found), default=None)
        if first is None:
            return ran
        late = turn.left - cut[0].due if cut and turn.left and first == cut[1].due else None
        return replace(
            ran,
            left=first if late is None else first + late,
            end=End.OVERDUE,
            clocks=held(found, first),
        )

    def _taking(self, turn: Turn, asks: list[Ask], found: list[Kept]) -> list[datetime]:
        """When clocks take the case away: those that really did, and those that held."""
        both = zip(asks, found, strict=True)
        top = turn.stage is Stage.DEPARTMENT
        return [
            kept.due
            for ask, kept in both
            if kept.broken and kept.due and (_cuts(turn, ask) or not (ask.broken or top))
        ]

    def _longer(self, turn: Turn, cut: Ask, found: list[Kept], moved: Moved) -> Ran:
        """More time than it had when the work was taken away: whether it is enough is drawn."""
        kept, *others = found
        was, time, basis = moved(cut.due), self._time(turn), cut.basis
        waits = cut.kind is ClockKind.ACCEPT
        pool = self._pool("wait" if waits else "work", turn.stage, basis)
        beyond = cut.carried + _worked(cut, moved, time)
        length = self._draw(pool, beyond, turn.number)
        ran = Ran(
            number=turn.number,
            stage=turn.stage,
            unit_id=turn.unit_id,
            entered=moved(turn.entered),
            left=None if turn.left is None else moved(turn.left),
            end=End.OVERDUE,
            clocks=(replace(kept, due=was, ended=was, broken=True, sure=False), *others),
            unsaid=True,
        )
        if pool is None or length is None:
            return ran
        over = due_after(basis, length - beyond, was, time).at
        ran = replace(ran, unsaid=False, drew=True)
        done = self._ended(replace(kept, sure=False), over)
        if done.broken and done.due:
            return replace(ran, left=done.due, clocks=(done, *held(others, done.due)))
        if waits:
            return self._handled(ran, over, (done, *others))
        end = self._ending(pool, turn.number)
        return replace(ran, left=over, end=end, clocks=(done, *held(others, over)))

    # -- what never was --------------------------------------------------------

    def added(self, place: int, stage: Stage, unit_id: str, at: datetime) -> Ran:
        """A turn that never was, of a unit; `place` tells it from others."""
        policy, basis = self._policy(), self._basis()
        ran = Ran(number=-place, stage=stage, unit_id=unit_id, entered=at, left=at, end=End.OPEN)
        pool = self._pool("wait", stage, basis)
        length = self._draw(pool, -1, ran.number)
        if length is None:
            return replace(ran, unsaid=True)
        over = due_after(basis, length, at, self._time_of(unit_id)).at
        span = policy.acceptance(stage, self.life.urgency)
        clocks = () if span is None else (self._new(ran, ClockKind.ACCEPT, span, at, over),)
        ran = replace(ran, drew=True)
        if clocks and clocks[0].broken and clocks[0].due:
            return self._late(ran, clocks)
        return self._handled(ran, over, clocks)

    def _handled(self, ran: Ran, accepted: datetime, clocks: tuple[Kept, ...]) -> Ran:
        """Accepted then; how long the work takes is drawn."""
        basis, unit_id = self._basis(), ran.unit_id
        pool = self._pool("work", ran.stage, basis)
        length = self._draw(pool, -1, ran.number, "work")
        if pool is None or length is None:
            return replace(ran, clocks=clocks, unsaid=True)
        over = due_after(basis, length, accepted, self._time_of(unit_id)).at
        life = self.life
        span = self._policy().handling(ran.stage, life.urgency, life.deadline)
        if span is not None:
            clocks = (*clocks, self._new(ran, ClockKind.HANDLE, span, accepted, over))
        ran = replace(ran, left=over, end=self._ending(pool, ran.number))
        late = span is not None and clocks[-1].broken and ran.stage is not Stage.DEPARTMENT
        return self._late(ran, clocks) if late else replace(ran, clocks=clocks)

    def _late(self, ran: Ran, clocks: tuple[Kept, ...]) -> Ran:
        """The last of the clocks took the case away."""
        left = clocks[-1].due or ran.entered
        return replace(ran, left=left, end=End.OVERDUE, clocks=held(clocks, left))

    def _new(self, ran: Ran, kind: ClockKind, span: Span, start: datetime, over: datetime) -> Kept:
        time = self._time_of(ran.unit_id)
        due = due_after(span.basis, span.allowance(start, time), start, time).at
        kept = Kept(
            clock_id=f"{kind}+{abs(ran.number)}",
            kind=kind,
            stage=ran.stage,
            unit_id=ran.unit_id,
            started=start,
            due=due,
            ended=over,
            broken=False,
            yellow=False,
            round=self.round,
            sure=False,
            added=True,
        )
        return self._ended(kept, over)

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
        )

    def _ended(self, kept: Kept, ended: datetime) -> Kept:
        by = min(ended, self.life.seen_until)
        return replace(kept, ended=ended, broken=kept.due is not None and kept.due <= by)

    # -- draws -----------------------------------------------------------------

    def _pool(self, kind: str, stage: Stage, basis: Basis) -> Pool | None:
        key = keys(kind, stage, self.life.item_id, wall=basis is Basis.WALL)
        return self.rules.pools.find(key)

    def _draw(self, pool: Pool | None, beyond: int, *about: object) -> int | None:
        if pool is None:
            return None
        drawn = number(self.life.case_id, self.drawing, *about)
        return pool.curve().draw(drawn, beyond)

    def _ending(self, pool: Pool, place: int) -> End:
        """Settled, or passed on, in the proportion of the pool."""
        drawn = number(self.life.case_id, self.drawing, place, "end")
        return _done(drawn % len(pool.done) < pool.settled)

    # -- time ------------------------------------------------------------------

    def _policy(self) -> Policy:
        own = next(ask.policy for ask in self.life.asks) if self.life.asks else ""
        return self.rules.policy or self.rules.policies[own]

    def _basis(self) -> Basis:
        return Basis.WALL if self.life.urgency is Urgency.EMERGENCY else Basis.WORKING

    def _time_of(self, unit_id: str) -> WorkingTime:
        return self.rules.times(self.rules.calendar, unit_id)

    def _time(self, turn: Turn) -> WorkingTime:
        asks = (ask.calendar for ask in self.life.asks if ask.turn == turn.number)
        return self.rules.times(next(asks, self.rules.calendar), turn.unit_id)

    def _moved(self, turn: Turn, at: datetime, stay: Stay | None) -> Moved:
        """Where moments of the turn lie when it begins at `at`: as much working time after it."""
        if stay is None and at == turn.entered:
            return lambda moment: moment
        if stay is None and turn.wall:
            return lambda moment: moment + (at - turn.entered)
        time = self._time(turn)

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


def _cuts(turn: Turn, ask: Ask) -> bool:
    return turn.end is End.OVERDUE and ask.clock_id == turn.cut_by


def _in_time(cut: Ask, kept: Kept, moved: Moved) -> bool:
    """Whether it is due no later than it really was."""
    return kept.due is not None and kept.due <= moved(cut.due)


def _done(settled: bool) -> End:  # noqa: FBT001 - one fact, two words for it
    return End.SETTLED if settled else End.PASSED


def _worked(cut: Ask, moved: Moved, time: WorkingTime) -> int:
    """Seconds the clock had counted when it broke."""
    at, total = moved(cut.started), 0
    for start, until in cut.pauses:
        total += counted(cut.basis, at, moved(start), time)
        at = moved(until) if until is not None else moved(cut.due)
    return total + counted(cut.basis, at, moved(cut.due), time)
