"""A what-if from its first case to its result: what happened, the calibration, the other rules.

Cases come twice, in the same order: first to learn from them (`learn`), then to replay (`replay`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.clocks import counted
from domain.policy import Policy
from domain.whatif import spans
from domain.whatif.bounds import bounds
from domain.whatif.changes import Change, changes
from domain.whatif.ladder import AS_IT_IS, Ladder
from domain.whatif.lives import DONE, Ask, End, Life, Turn
from domain.whatif.pools import Pools
from domain.whatif.replay import Replay, as_it_was, replay
from domain.whatif.satisfied import Answers, Relation
from domain.whatif.spans import Times
from domain.whatif.staffing import Desk, Staffed, Turns
from domain.whatif.steps import Rules, keys
from domain.whatif.sums import DRAWINGS, Counts, Mine, Sums
from domain.whatif.sums import counted as added
from domain.words import Basis, ClockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be replayed, and under what. `policy` None leaves the deadlines as they were.

    Cases registered `since` or later count, with their time in hand up to `until`; earlier ones
    only stand in the queues of `staffed`.
    `shown` is how many changed cases are kept to be shown; `fewest` what a share needs at least.
    """

    since: datetime
    until: datetime
    policies: Mapping[str, Policy]
    times: Times
    calendar: str
    mine: Mine
    policy: Policy | None = None
    ladder: Ladder = AS_IT_IS
    staffed: tuple[Staffed, ...] = ()
    fewest: int = 30
    confidence: int = 95
    shown: int = 20


@dataclass(slots=True)
class Study:
    """What was learned and added up so far."""

    asked: Asked
    real: Sums = field(default_factory=Sums)
    model: Sums = field(default_factory=Sums)
    other: Sums = field(default_factory=Sums)
    unseen: Sums = field(default_factory=Sums)
    relation: Relation = field(default_factory=Relation)
    answers: Answers = field(default_factory=Answers)
    changed: list[Change] = field(default_factory=list)
    changed_cases: int = 0
    drawn_cases: int = 0
    unsaid_cases: int = 0
    open_cases: int = 0
    imported_cases: int = 0
    proactive_cases: int = 0
    clocks: int = 0
    clocks_by_policy: int = 0
    kept: int = 0
    kept_near_due: int = 0
    untried: bool = False
    _desks: tuple[Desk, ...] = ()
    _pools: Pools | None = None
    _rules: tuple[Rules, Rules, Rules] | None = None

    # -- first time ------------------------------------------------------------

    def learn(self, life: Life) -> None:
        """Take in how long work took, and how satisfied people were."""
        if self._pools is None:
            self._pools = Pools(self.asked.fewest)
            self._desks = tuple(Desk(staffed) for staffed in self.asked.staffed)
        for turn in life.turns:
            for desk in self._desks:
                desk.add(life, turn)
        if life.opened < self.asked.since:
            return
        for turn in life.turns:
            self._lengths(life, turn, self._pools)
        self.relation.add(life, as_it_was(life))

    def _lengths(self, life: Life, turn: Turn, pools: Pools) -> None:
        """How long it waited and was worked on, and whether that was all."""
        left = turn.left or life.seen_until
        basis = Basis.WALL if turn.wall else Basis.WORKING
        for what, since, until, whole in (
            ("wait", turn.entered, turn.accepted or left, turn.accepted is not None),
            ("work", turn.accepted, left, turn.end in DONE),
        ):
            if since is None:
                continue
            clock = _clock(life, turn, what)
            calendar = self.asked.calendar if clock is None else clock.calendar
            time = self.asked.times(calendar, turn.unit_id)
            seconds = counted(basis, since, until, time)
            for start, again in clock.pauses if clock is not None else ():
                seconds -= counted(basis, start, min(again or until, until), time)
            key = keys(what, turn.stage, life.item_id, wall=turn.wall)
            pools.add(
                key,
                max(0, seconds),
                whole=whole,
                settled=what == "work" and turn.end is End.SETTLED,
            )

    # -- second time -----------------------------------------------------------

    def replay(self, life: Life) -> None:
        """Add up what really happened, what the model says of it, and the other rules."""
        if life.opened < self.asked.since:
            return
        asked, (own, held_out, other) = self.asked, self._under()
        really, model = as_it_was(life), replay(life, own)
        found = replay(life, other, asked.ladder)
        self._looked_at(life)
        self.real.sure += self._added(life, really)
        self.model.sure += self._added(life, model)
        if asked.staffed:
            self.unseen.sure += self._added(life, replay(life, held_out))
        self.unsaid_cases += self._other(life, found, other)
        self.answers.add(life, model, found)
        new = tuple(changes(life, model, found, asked.mine))
        self.changed_cases += bool(new)
        self.drawn_cases += found.drew
        self.changed += new[: max(0, asked.shown - len(self.changed))]

    def _other(self, life: Life, found: Replay, rules: Rules) -> bool:
        """Add the other rules up; whether too little is known of the case."""
        asked = self.asked
        if not found.drew:
            self.other.add(bounds(life, found, asked.mine, asked.until))
            return found.unsaid
        unsaid = False
        for drawing in range(DRAWINGS):
            again = replay(life, rules, asked.ladder, drawing) if drawing else found
            self.other.add(bounds(life, again, asked.mine, asked.until), drawing)
            unsaid = unsaid or again.unsaid
        return unsaid

    def _added(self, life: Life, found: Replay) -> Counts:
        return added(life, found, self.asked.mine, self.asked.until)

    def _looked_at(self, life: Life) -> None:
        self.open_cases += life.closed is None and max(life.begun) not in life.resolved
        self.imported_cases += life.imported
        self.proactive_cases += life.proactive
        for ask in life.asks:
            own = self.asked.policies[ask.policy]
            self.clocks += 1
            self.clocks_by_policy += spans.set_by(own, ask, self.asked.times)
            if ask.kind is ClockKind.HANDLE and not ask.broken and ask.stopped is not None:
                self.kept += 1
                self.kept_near_due += spans.near_due(ask, ask.stopped, self.asked.times)

    def _under(self) -> tuple[Rules, Rules, Rules]:
        """The rules in force, those with others' demands, and the other ones; made once."""
        if self._rules is None:
            asked = self.asked
            own = Rules(
                policies=asked.policies,
                times=asked.times,
                calendar=asked.calendar,
                pools=self._pools or Pools(asked.fewest),
            )
            held_out: Turns = {}
            changed: Turns = {}
            for desk in self._desks:
                tried = desk.held_out(asked.fewest)
                self.untried = self.untried or not tried
                held_out |= tried
                changed |= desk.changed(asked.fewest)
            other = replace(own, policy=asked.policy, stays=changed)
            self._rules = own, replace(own, stays=held_out), other
        return self._rules


def _clock(life: Life, turn: Turn, what: str) -> Ask | None:
    kind = ClockKind.ACCEPT if what == "wait" else ClockKind.HANDLE
    found: Iterator[Ask] = (a for a in life.asks if a.turn == turn.number and a.kind is kind)
    return next(found, None)
