"""The state of a dispute's mediation, folded from its events. Values only; no personal data."""

from dataclasses import dataclass
from datetime import datetime

from domain.words import Stage
from domain.words.disputes import MediationStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A mediator's place on a panel; its number is what parties call it by, and is never reused."""

    number: int
    post_id: str
    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """One mediation, at one rung, in one stint.

    `promised` are the duties of the draft as (id, who owes it, due), `gone` the people who left the
    panel, `added` the seconds the parties gave it beyond the limit. `recorded` are those among
    `confirmed` whose word a mediator recorded, and who may still say no.
    """

    number: int
    stint: int
    round: int
    stage: Stage
    unit_id: str
    step: MediationStep = MediationStep.ASKED
    consents: tuple[str, ...] = ()
    panel: tuple[Seat, ...] = ()
    seats: int = 0
    complete: bool = False
    formed_at: datetime | None = None
    gone: tuple[str, ...] = ()
    rejecters: tuple[str, ...] = ()
    cut_short: bool = False
    sessions: int = 0
    asked_longer: int = 0
    longer_consents: tuple[str, ...] = ()
    added: int = 0
    limit_over: bool = False
    drafts: int = 0
    promised: tuple[tuple[str, str, datetime], ...] = ()
    confirmed: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether it came to an agreement or failed."""
        return self.step in {MediationStep.AGREED, MediationStep.FAILED}

    def seat(self, number: int) -> Seat | None:
        """The place of that number, while somebody holds it."""
        return next((s for s in self.panel if s.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a party owes by an agreement in force.

    `check_id` is the clock of who must check it: `asked` of that unit; None where nobody is named.
    """

    duty_id: str
    mediation: int
    owes: str
    due_at: datetime
    clock_id: str
    check_id: str | None = None
    asked_unit: str = ""
    asked: str | None = None
    passed: int = 0
    performed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Everything a decision needs to know of a dispute's mediations.

    `barred` are people somebody declared a relation of, `complained` those complained about.
    """

    mediations: tuple[Mediation, ...] = ()
    duties: tuple[Duty, ...] = ()
    barred: tuple[str, ...] = ()
    complained: tuple[str, ...] = ()

    @property
    def last(self) -> Mediation | None:
        """The latest mediation, whatever became of it."""
        return self.mediations[-1] if self.mediations else None

    @property
    def mediators(self) -> tuple[str, ...]:
        """Posts of those who mediate or brought about the latest agreement, or one still owed."""
        owed = {duty.mediation for duty in self.duties if duty.performed is None}
        last = self.last
        if last is not None and last.step is not MediationStep.FAILED:
            owed.add(last.number)
        of = [m for m in self.mediations if m.number in owed]
        return tuple(dict.fromkeys(seat.post_id for m in of for seat in m.panel))

    def duty(self, duty_id: str) -> Duty | None:
        """The duty of that id."""
        return next((d for d in self.duties if d.duty_id == duty_id), None)
