"""Policy: every number the rulebook leaves to the office, as one versioned value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import Due, WorkingTime
from domain.refusals import Unreadable
from domain.reporting import Reports
from domain.scores.policy import Scores
from domain.words import Basis, DeadlineClass, Stage, SuspensionGround, Urgency

_WALL = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_WORKING = {"working_hours", "working_days"}
UNITS = frozenset({*_WALL, *_WORKING, "same_day"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time as people say it: 2 working hours, 30 minutes, the same day."""

    amount: int
    unit: str

    def __post_init__(self) -> None:
        """Refuse a unit that does not exist and a length that is not positive."""
        if self.unit not in UNITS:
            msg = f"{self.unit!r} is not a unit of time; use one of {', '.join(sorted(UNITS))}"
            raise Unreadable(msg)
        if self.amount <= 0:
            msg = f"a span must be positive, not {self.amount} {self.unit}"
            raise Unreadable(msg)

    @property
    def basis(self) -> Basis:
        """What the span counts."""
        return Basis.WALL if self.unit in _WALL else Basis.WORKING

    def allowance(self, start: datetime, time: WorkingTime) -> int:
        """The span in seconds of its basis, for a clock that starts at `start`."""
        match self.unit:
            case "working_hours":
                return self.amount * 3600
            case "working_days":
                return self.amount * time.day_seconds
            case "same_day":
                return time.elapsed(start, time.close_of_day(start))
            case unit:
                return self.amount * _WALL[unit]


def due_after(basis: Basis, seconds: int, start: datetime, time: WorkingTime) -> Due:
    """When `seconds` of that basis have passed since `start`."""
    if basis is Basis.WORKING:
        return time.due(start, seconds)
    return Due(at=start + timedelta(seconds=seconds), unpublished=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """Wall-clock spans of an emergency (R6.7)."""

    accept: Span
    on_site: Span
    handle: Mapping[Stage, Span]
    resident: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """What may be the same matter, and when many residents make a mass case (R2.3)."""

    metres: int
    days: int
    mass_residents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """How long after acceptance a unit may still return a case, and how often (R4.2).

    A stage without a window returns before acceptance only.
    """

    window: Mapping[Stage, Span]
    allowed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """How long whoever must decide has: each question has its own clock."""

    decline_review: Span
    withdrawal: Span
    verification: Span
    adjudication: Span
    shelving: Span
    review: Span
    reconsideration: Span
    appeal: Span
    admission: Span
    erasure: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Whistle:
    """How long a summoned unit has to report in (R5)."""

    report_in: Span
    urgent: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """The clocks of a dispute (R7): consent, the mediation itself, confirming what was agreed.

    `court` is how long the parties may ask a court to confirm the agreement.
    """

    consent: Span
    limit: Span
    confirm: Span
    court: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberation:
    """Quorum and majority as (numerator, denominator), and how long is published (R8).

    The quorum is reached with at least its share of the eligible, the majority with more than its
    share of those present.
    """

    quorum: tuple[int, int]
    majority: tuple[int, int]
    publication: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Redress:
    """What follows a bad rating or a contested one (R10, R11).

    `rectify` is a new round's handling clock; a matter reported again within `recurrence` counts
    as recurring; a resident asks for reconsideration and staff appeal within their spans.
    """

    rectify: Span
    recurrence: Span
    reconsider_within: Span
    appeal_within: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """The office's own times: to agree to a post of oversight, and to publish the next year.

    The arrangement of a year is looked for `calendar_days` before the year begins.
    """

    confirm: Span
    calendar_days: int
    calendar_again: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How many days what is no longer needed is kept (R14.4), and how long forgetting may take.

    `cases` counts from the end of a case until it is proposed to forget its people; nobody is
    forgotten within `referred` days of a referral to a court or the like. The others count from the
    end of a session, from a sign-in that failed, from a message that was sent or given up, and from
    a notice in somebody's inbox.
    """

    cases: int
    referred: int
    sessions: int
    failures: int
    messages: int
    inbox: int
    carry_out: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text that staff may begin with when they take that step; they change it to what is so."""

    step: str
    name: str
    name_en: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version of the numbers. A missing stage in `accept` or `handle` means no such clock.

    `admission_reminder` is how long before its end who asked for an admission is reminded of it;
    `visit_recorded_within` is how long after a visit it may be written down.
    """

    version: str
    accept: Mapping[Stage, Span]
    handle: Mapping[Stage, Span]
    department: Mapping[DeadlineClass, Span]
    urgent: Urgent
    resident: Span | None
    suspension: Mapping[SuspensionGround, Span]
    extension_percent: int
    extension_decision: Span
    half_percent: int
    late_percent: int
    yellow_before: Span
    supervision_answer: Span
    supervision_review: Span
    ask_again: Span
    unrated_after: Span
    follow_up: Span
    remind_interval: Span
    shelve_review: Span
    duplicates: Duplicates
    returns: Returns
    decisions: Decisions
    whistle: Whistle
    mediation: Mediation
    deliberation: Deliberation
    redress: Redress
    admission_reminder: Span
    visit_recorded_within: Span
    households: tuple[int, int]
    office: Administration
    keeping: Keeping
    scores: Scores
    reports: Reports
    wordings: tuple[Wording, ...] = ()

    def acceptance(self, stage: Stage, urgency: Urgency) -> Span | None:
        """How long a unit of that stage has to accept."""
        if urgency is Urgency.EMERGENCY:
            return self.urgent.accept
        return self.accept.get(stage)

    def handling(self, stage: Stage, urgency: Urgency, deadline: DeadlineClass) -> Span | None:
        """How long a unit of that stage has to settle the case or move it on."""
        if urgency is Urgency.EMERGENCY:
            return self.urgent.handle[stage]
        if stage is Stage.DEPARTMENT and deadline in self.department:
            return self.department[deadline]
        return self.handle.get(stage)

    def rectifying(self, stage: Stage, urgency: Urgency) -> tuple[Span, Span]:
        """What the resident is promised in a rectification, and how long that stage handles it.

        Both are the same, so that accepting late takes nothing from them; not in an emergency.
        """
        if urgency is Urgency.EMERGENCY:
            return self.urgent.resident, self.urgent.handle[stage]
        return self.redress.rectify, self.redress.rectify

    def resolution(self, urgency: Urgency) -> Span | None:
        """The resident's own clock, across all stints."""
        if urgency is Urgency.EMERGENCY:
            return self.urgent.resident
        return self.resident
