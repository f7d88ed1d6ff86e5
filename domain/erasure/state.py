"""The state of one erasure, folded from its events. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.erasure.commands import Target
from domain.state import NOBODY, Running
from domain.values import By, Question
from domain.words import ClockKind
from domain.words.erasure import AWAITING, ErasureState, Ground, Remains


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """Sums of what was done so far."""

    erased: int = 0
    kept: int = 0
    keys: int = 0
    histories: int = 0
    rows: int = 0
    remains: tuple[Remains, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """Everything a decision needs to know of an erasure; no texts.

    `asker` is who asked, or took up what time proposed; `left` the targets not yet dealt with;
    `due_at` the time it is to be carried out by, None once it was said to be late.
    """

    erasure_id: str
    version: int = 0
    state: ErasureState = ErasureState.PROPOSED
    targets: tuple[Target, ...] = ()
    left: tuple[Target, ...] = ()
    unit_id: str = ""
    ground: Ground = Ground.ASKED_FOR
    asker: By = NOBODY
    approver: By = NOBODY
    question: Question | None = None
    clocks: tuple[Running, ...] = ()
    swept: Swept = Swept()
    due_at: datetime | None = None
    policy: str = ""
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def awaiting(self) -> bool:
        """Whether somebody still has to decide on it."""
        return self.asked_at is not None and self.state in AWAITING

    @property
    def over(self) -> bool:
        """Whether nothing of it is left to wait for, or there never was one."""
        return not (self.awaiting or self.left)

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
        return min(filter(None, (self.due_at, *marks)), default=None)
