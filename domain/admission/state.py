"""The state of one admission, folded from its events. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.state import NOBODY, Running
from domain.values import By, Question
from domain.words import ClockKind
from domain.words.admission import AWAITING, AdmissionState


@dataclass(frozen=True, kw_only=True)
class Admission:
    """Everything a decision needs to know of an admission; no texts.

    `ends_at` is the end of the period, or the date of a revocation; `in_force_from` is None until
    two have approved; `question` is what is asked of whom while it waits for them.
    """

    admission_id: str
    version: int = 0
    state: AdmissionState = AdmissionState.AWAITING_FIRST
    item_id: str = ""
    units: tuple[str, ...] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    ends_at: datetime | None = None
    in_force_from: datetime | None = None
    revoked_from: datetime | None = None
    remind_at: datetime | None = None
    yearly: int = 0
    applicant: By = NOBODY
    approver_unit: str = ""
    approvals: tuple[By, ...] = ()
    question: Question | None = None
    clocks: tuple[Running, ...] = ()
    policy: str = ""
    applied_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def awaiting(self) -> bool:
        """Whether somebody still has to decide on it."""
        return self.applied_at is not None and self.state in AWAITING

    @property
    def over(self) -> bool:
        """Whether nothing of it is left to wait for, or there never was one."""
        lasting = self.awaiting or self.state is AdmissionState.APPROVED
        return self.applied_at is None or not lasting

    @property
    def asked(self) -> Running | None:
        """The clock of whoever has to decide now."""
        return self.clocks[-1] if self.clocks and self.clocks[-1].stopped_at is None else None

    def next_id(self, kind: ClockKind) -> str:
        """The id a new clock gets."""
        return f"{kind}-{1 + len(self.clocks)}"

    def next_due(self) -> datetime | None:
        """The next instant at which time itself has something to do here."""
        if self.over:
            return None
        marks = [self.asked.next_mark()[0]] if self.asked and self.asked.live else []
        return min(filter(None, (self.ends_at, self.remind_at, *marks)), default=None)
