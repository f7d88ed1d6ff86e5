"""Values of a replay: the rules it goes by, and what becomes of a turn and of its clocks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.policy import Policy
from domain.whatif import spans
from domain.whatif.lives import Ask, End
from domain.whatif.pools import Pools
from domain.whatif.spans import Times
from domain.words import ClockKind, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A clock of the replay. `sure` is False where its end was drawn; `added` where it is new.

    `due` is None where there is no such clock, or it stands still; `ended` None while it runs.
    `unknown`: nobody saw whether it breaks; `broken` is then as it really was, or as it was seen.
    """

    clock_id: str
    kind: ClockKind
    stage: Stage
    unit_id: str
    started: datetime
    due: datetime | None
    ended: datetime | None
    broken: bool
    yellow: bool
    round: int = 1
    sure: bool = True
    added: bool = False
    unknown: bool = False

    def until(self, left: datetime) -> "Kept":
        """The same where the turn is over then."""
        if self.ended is not None and self.ended <= left:
            return self
        broken = self.due is not None and self.due <= left
        return replace(self, ended=left, broken=broken, unknown=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a turn takes under other staff: until acceptance, and in all, in working seconds.

    `settled` says whether work that was really cut off is settled here or passed on.
    """

    wait: int
    total: int
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A turn of the replay. Where too little of its kind was seen it is known up to `known_until`,
    and told on as it really was.
    """

    number: int
    stage: Stage
    unit_id: str
    entered: datetime
    left: datetime | None
    end: End
    clocks: tuple[Kept, ...] = ()
    drew: bool = False
    round: int = 1
    known_until: datetime | None = None

    @property
    def unsaid(self) -> bool:
        """Whether too little is known to say how it ends."""
        return self.known_until is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What lives are replayed under. `policy` None: each clock by the policy it was set by.

    `stays` are turns that take another time, by case and number of the turn; `calendar` is the
    version that clocks are set by which never were.
    """

    policies: Mapping[str, Policy]
    times: Times
    calendar: str
    pools: Pools
    policy: Policy | None = None
    stays: Mapping[tuple[str, int], Stay] = field(default_factory=dict)

    def of(self, ask: Ask) -> tuple[Policy, bool]:
        """The policy a clock goes by, and whether it was that which gave it its time."""
        own = self.policies[ask.policy]
        by_policy = spans.set_by(own, ask, self.times)
        return (self.policy or own) if by_policy else own, by_policy


def keys(kind: str, stage: Stage, item_id: str, *, wall: bool) -> tuple[str, ...]:
    """The pool of such work: waiting for acceptance, or working."""
    return kind, stage, "wall" if wall else "working", item_id


def held(clocks: Iterable[Kept], left: datetime) -> tuple[Kept, ...]:
    """Those that were set before a turn ended early, as they stood then."""
    return tuple(kept.until(left) for kept in clocks if kept.started <= left)


def done(settled: bool) -> End:  # noqa: FBT001 - one fact, two words for it
    """How work ends that is done."""
    return End.SETTLED if settled else End.PASSED
