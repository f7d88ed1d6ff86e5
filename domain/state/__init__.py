"""The state of one case, folded from its events. Values only; how they change is the chapters'."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from domain.state.delegation import Delegations
from domain.state.deliberation import Deliberation
from domain.state.disputes import Dispute, Mediation
from domain.state.merging import Merging
from domain.state.proactive import Agency, Origin
from domain.state.redress import Redress
from domain.state.returns import NEVER, Returns
from domain.state.supervision import Order
from domain.state.whistle import Summons
from domain.values import By, Clock, Location, Question, Seat
from domain.words import (
    DUTIES,
    LADDER,
    PASSED_ON,
    CaseType,
    Channel,
    ClockKind,
    ClosingReason,
    DeadlineClass,
    LeftWhy,
    Phase,
    Stage,
    SuspensionGround,
    Urgency,
    WarningLevel,
)

NOWHERE = Location()
NOBODY = By(person_id="")
UNTROUBLED = Redress()
NOT_DELEGATED = Delegations()
ALONE = Merging()
ASKED_FOR = Origin()

T = TypeVar("T", "Case", "Running", "Stint", Merging)


def changed(value: T, /, **changes: object) -> T:
    """`dataclasses.replace` for the classes of this module, six times as fast for the fold.

    They have no slots, so that a copy is a copy of their dictionary, and no `__post_init__`.
    """
    copy = object.__new__(type(value))
    object.__setattr__(copy, "__dict__", value.__dict__ | changes)
    return copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Time a clock ran before it was set anew, and the calendar version that counted it."""

    start: datetime
    end: datetime
    calendar: str


@dataclass(frozen=True, kw_only=True)
class Running:
    """A clock with what has become of it. `stint` is 0 for clocks of the whole case.

    `stretches` are the times it ran before its present setting; between two of them it stood still.
    """

    clock: Clock
    stint: int
    warned: tuple[WarningLevel, ...] = ()
    paused_at: datetime | None = None
    stretches: tuple[Stretch, ...] = ()
    broken_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Whether time is still running on it."""
        return self.stopped_at is None and self.paused_at is None and self.broken_at is None

    @property
    def owed(self) -> bool:
        """Whether it is somebody's duty and not yet done, broken or not."""
        return self.stopped_at is None and self.clock.kind in DUTIES

    def next_mark(self) -> tuple[datetime, WarningLevel | None]:
        """The next instant at which something happens: a warning level, or None for the end."""
        ahead = [(m.at, m.level) for m in self.clock.marks if m.level not in self.warned]
        due = (self.clock.due_at, None)
        return min([due, *ahead], key=lambda mark: (mark[0], mark[1] is None))


@dataclass(frozen=True, kw_only=True)
class Stint:
    """One unit's turn."""

    number: int
    round: int = 1
    stage: Stage
    unit_id: str
    person_id: str
    post_id: str
    entered_at: datetime
    accepted_at: datetime | None = None
    left_at: datetime | None = None
    left_why: LeftWhy | None = None
    progress: int = 0
    grounds: tuple[SuspensionGround, ...] = ()
    extension_asked: bool = False

    @property
    def seat(self) -> Seat:
        """Whose turn it is."""
        return Seat(stage=self.stage, unit_id=self.unit_id)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything a decision needs to know of a case; no personal data."""

    case_id: str
    version: int = 0
    case_type: CaseType = CaseType.REQUEST
    channel: Channel = Channel.COUNTER
    item_id: str = ""
    class_id: str = ""
    urgency: Urgency = Urgency.NORMAL
    deadline: DeadlineClass = DeadlineClass.STANDARD
    department_id: str = ""
    location: Location = NOWHERE
    officer: By = NOBODY
    receipt_hash: str = ""
    anonymous: bool = False
    alone: bool = False
    declined: bool = False
    policy: str = ""
    opened_at: datetime | None = None
    last_at: datetime | None = None
    phase: Phase = Phase.AWAITING_ACCEPTANCE
    round: int = 1
    stints: tuple[Stint, ...] = ()
    clocks: tuple[Running, ...] = ()
    extension: int | None = None
    extension_by: str = ""
    extension_to: By = NOBODY
    orders: tuple[str, ...] = ()
    open_orders: tuple[Order, ...] = ()
    questions: tuple[Question, ...] = ()
    returns: Returns = NEVER
    delegations: Delegations = NOT_DELEGATED
    parties: tuple[str, ...] = ()
    summons: tuple[Summons, ...] = ()
    dispute: Dispute | None = None
    deliberations: tuple[Deliberation, ...] = ()
    ratings: tuple[tuple[int, str], ...] = ()
    redress: Redress = UNTROUBLED
    merging: Merging = ALONE
    origin: Origin = ASKED_FOR
    agency: Agency | None = None
    reminded_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    closing: ClosingReason | None = None
    erased: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    @property
    def opened(self) -> bool:
        """Whether the case exists."""
        return self.opened_at is not None

    @property
    def stint(self) -> Stint:
        """The present stint."""
        return self.stints[-1]

    @property
    def stage(self) -> Stage:
        """The rung the case is on."""
        return self.stint.stage

    @property
    def order_open(self) -> bool:
        """Whether an order waits for its answer."""
        return bool(self.open_orders)

    @property
    def raters(self) -> tuple[str, ...]:
        """Who is asked for a rating, each for itself (R7.6)."""
        merging = self.merging
        joined = (other.case_id for other in merging.joined if other.rates)
        parties = self.parties if self.case_type is CaseType.DISPUTE else ()
        everybody = (*self.reporters, *parties, *joined)
        return tuple(subject for subject in everybody if subject not in merging.gone)

    @property
    def reporters(self) -> tuple[str, ...]:
        """The resident who came, if one did."""
        return ("reporter",) if self.merging.own else ()

    @property
    def unrated(self) -> tuple[str, ...]:
        """Who was asked in this round and has not rated yet."""
        return tuple(s for s in self.raters if (self.round, s) not in self.ratings)

    @property
    def mediation(self) -> Mediation | None:
        """The mediation under way at this rung; one left behind when the case moved is over."""
        last = self.dispute.last if self.dispute else None
        open_here = self.phase in {Phase.IN_PROGRESS, Phase.SUSPENDED}
        if last is None or last.ended or last.stint != len(self.stints) or not open_here:
            return None
        return last

    def running(self, kind: ClockKind) -> Running | None:
        """The latest clock of that kind that is not stopped."""
        found = (r for r in reversed(self.clocks) if r.clock.kind is kind)
        return next((r for r in found if r.stopped_at is None), None)

    def turns_before(self, seat: Seat) -> Iterator[Stint]:
        """That unit's stints that ended, latest first, while the case was only passed on since."""
        ended = self.stints if self.stints and self.stint.left_why else self.stints[:-1]
        for stint in reversed(ended):
            if stint.left_why not in PASSED_ON:
                return
            if stint.seat == seat:
                yield stint

    def next_id(self, kind: ClockKind) -> str:
        """The id a new clock of that kind gets."""
        return f"{kind}-{1 + sum(r.clock.kind is kind for r in self.clocks)}"

    def with_stint(self, **changes: object) -> "Case":
        """The same case with the present stint changed."""
        *earlier, present = self.stints
        return changed(self, stints=(*earlier, changed(present, **changes)))


def with_merging(case: Case, **changes: object) -> Case:
    """The same case with something changed that it knows of others on the same matter."""
    return changed(case, merging=changed(case.merging, **changes))


def rungs_above(stage: Stage) -> tuple[Stage, ...]:
    """The rungs above a stage, lowest first."""
    return LADDER[LADDER.index(stage) + 1 :]
