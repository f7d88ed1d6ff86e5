"""What becomes of one turn in the replay: when it is accepted and left, and which clocks break.

What is known is computed; what is not known is drawn, and marked so; what cannot be drawn, for too
little of the kind was ever seen, is said to be unsaid and left as it really was.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.calendar import WorkingTime
from domain.clocks import counted
from domain.policy import due_after
from domain.whatif.lives import Ask, End, Turn
from domain.whatif.reckoning import Reckoner
from domain.whatif.spans import Moved
from domain.whatif.steps import Kept, Ran, done, held
from domain.words import ClockKind, Stage


class Runner(Reckoner):
    """Replays the turns of one life."""

    __slots__ = ()

    # -- a turn that really was ------------------------------------------------

    def turn(self, turn: Turn, at: datetime) -> Ran:
        """The turn, begun at `at`."""
        stay = self.rules.stays.get((self.life.case_id, turn.number))
        moved = self.moved(turn, at, stay)
        asks = [ask for ask in self.life.asks if ask.turn == turn.number]
        found = [self.clock(ask, moved, sure=stay is None) for ask in asks]
        new = list(self.unasked(turn, at, moved))
        cut = next((each for each in zip(asks, found, strict=True) if _cuts(turn, each[0])), None)
        if cut is not None and stay is None and not _in_time(*cut, moved):
            return self._longer(
                turn, cut[0], [cut[1], *(k for k in found if k is not cut[1])], moved
            )
        left = None if turn.left is None else moved(turn.left)
        end = done(stay.settled) if stay and turn.end is End.OVERDUE else turn.end
        ran = Ran(
            number=turn.number,
            stage=turn.stage,
            unit_id=turn.unit_id,
            entered=at,
            left=left,
            end=end,
            clocks=(*found, *new),
        )
        first = min((*self._taking(turn, asks, found), *_new_cuts(turn, new)), default=None)
        if first is None:
            return ran
        late = turn.left - cut[0].due if cut and turn.left and first == cut[1].due else None
        return replace(
            ran,
            left=first if late is None else first + late,
            end=End.OVERDUE,
            clocks=held((*found, *new), first),
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
        was, time, basis = moved(cut.due), self.time(turn), cut.basis
        waits = cut.kind is ClockKind.ACCEPT
        pool = self.pool("wait" if waits else "work", turn.stage, basis)
        beyond = cut.carried + _worked(cut, moved, time)
        length = self.draw(pool, beyond, turn.number)
        ran = Ran(
            number=turn.number,
            stage=turn.stage,
            unit_id=turn.unit_id,
            entered=moved(turn.entered),
            left=None if turn.left is None else moved(turn.left),
            end=End.OVERDUE,
            clocks=(
                replace(kept, due=was, ended=was, broken=True, sure=False, unknown=True),
                *others,
            ),
            known_until=was,
        )
        if pool is None or length is None:
            return ran
        over = due_after(basis, length - beyond, was, time).at
        ran = replace(ran, known_until=None, drew=True)
        done = self.ended(replace(kept, sure=False), over)
        if done.broken and done.due:
            return replace(ran, left=done.due, clocks=(done, *held(others, done.due)))
        if waits:
            return self._handled(ran, over, (done, *others))
        end = self.ending(pool, turn.number)
        return replace(ran, left=over, end=end, clocks=(done, *held(others, over)))

    # -- what never was --------------------------------------------------------

    def added(self, place: int, stage: Stage, unit_id: str, at: datetime) -> Ran:
        """A turn that never was, of a unit; `place` tells it from others."""
        policy, basis = self.policy(), self.basis()
        ran = Ran(number=-place, stage=stage, unit_id=unit_id, entered=at, left=at, end=End.OPEN)
        pool = self.pool("wait", stage, basis)
        length = self.draw(pool, -1, ran.number)
        if length is None:
            return replace(ran, known_until=at)
        over = due_after(basis, length, at, self.time_of(unit_id)).at
        span = policy.acceptance(stage, self.life.urgency)
        whose = (ran.number, stage, unit_id)
        clocks = () if span is None else (self.drawn(ClockKind.ACCEPT, whose, span, (at, over)),)
        ran = replace(ran, drew=True)
        if clocks and clocks[0].broken and clocks[0].due:
            return self._late(ran, clocks)
        return self._handled(ran, over, clocks)

    def _handled(self, ran: Ran, accepted: datetime, clocks: tuple[Kept, ...]) -> Ran:
        """Accepted then; how long the work takes is drawn."""
        basis, unit_id = self.basis(), ran.unit_id
        pool = self.pool("work", ran.stage, basis)
        length = self.draw(pool, -1, ran.number, "work")
        if pool is None or length is None:
            return replace(ran, clocks=clocks, known_until=accepted)
        over = due_after(basis, length, accepted, self.time_of(unit_id)).at
        life = self.life
        span = self.policy().handling(ran.stage, life.urgency, life.deadline)
        if span is not None:
            whose = (ran.number, ran.stage, unit_id)
            clocks = (*clocks, self.drawn(ClockKind.HANDLE, whose, span, (accepted, over)))
        ran = replace(ran, left=over, end=self.ending(pool, ran.number))
        late = span is not None and clocks[-1].broken and ran.stage is not Stage.DEPARTMENT
        return self._late(ran, clocks) if late else replace(ran, clocks=clocks)

    def _late(self, ran: Ran, clocks: tuple[Kept, ...]) -> Ran:
        """The last of the clocks took the case away."""
        left = clocks[-1].due or ran.entered
        return replace(ran, left=left, end=End.OVERDUE, clocks=held(clocks, left))


def _new_cuts(turn: Turn, new: list[Kept]) -> Iterator[datetime]:
    """When clocks that never were take the case away."""
    for kept in new:
        if kept.broken and kept.due is not None and turn.stage is not Stage.DEPARTMENT:
            yield kept.due


def _cuts(turn: Turn, ask: Ask) -> bool:
    return turn.end is End.OVERDUE and ask.clock_id == turn.cut_by


def _in_time(cut: Ask, kept: Kept, moved: Moved) -> bool:
    """Whether it is due no later than it really was."""
    return kept.due is not None and kept.due <= moved(cut.due)


def _worked(cut: Ask, moved: Moved, time: WorkingTime) -> int:
    """Seconds the clock had counted when it broke."""
    at, total = moved(cut.started), 0
    for start, until in cut.pauses:
        total += counted(cut.basis, at, moved(start), time)
        at = moved(until) if until is not None else moved(cut.due)
    return total + counted(cut.basis, at, moved(cut.due), time)
