"""What happened to an erasure, in the past tense. `kind` and `SCHEMA` are kept for ever.

They name nobody: ids, counts, and a reason that is sealed under the erasure's own key.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.erasure.commands import Target
from domain.sealing import FreeText
from domain.values import Happened, PutsQuestion, Told, Versions
from domain.words import WarningLevel
from domain.words.erasure import Ground, Remains


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequested(PutsQuestion):
    """It was asked for, or proposed by time itself; somebody else has to agree."""

    kind: Literal["erasure.requested"] = "erasure.requested"
    targets: tuple[Target, ...]
    unit_id: str
    ground: Ground
    text: FreeText
    proposed: bool
    versions: Versions


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureTakenUp(PutsQuestion):
    """A first person agrees with what time proposed; a second one is asked."""

    kind: Literal["erasure.taken_up"] = "erasure.taken_up"
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureApproved(Told):
    """A second person agreed: it is carried out by `due_at`."""

    kind: Literal["erasure.approved"] = "erasure.approved"
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRefused(Told):
    """Somebody said no."""

    kind: Literal["erasure.refused"] = "erasure.refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureWithdrawn(Told):
    """It was taken back."""

    kind: Literal["erasure.withdrawn"] = "erasure.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureWarned(Happened):
    """Whoever must decide has used up part of the time for it."""

    kind: Literal["erasure.warned"] = "erasure.warned"
    clock_id: str
    level: WarningLevel
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureOverdue(Happened):
    """Nobody decided in time: a breach of whoever was asked."""

    kind: Literal["erasure.overdue"] = "erasure.overdue"
    clock_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePassedUp(PutsQuestion):
    """Somebody else is asked instead."""

    kind: Literal["erasure.passed_up"] = "erasure.passed_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetErased(Happened):
    """Somebody is forgotten: keys destroyed, histories deleted, rows changed; what remains."""

    kind: Literal["erasure.target_erased"] = "erasure.target_erased"
    target: Target
    keys: int
    histories: int
    rows: int
    remains: tuple[Remains, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetKept(Happened):
    """The case would not forget them any more when it came to it, and why (a code)."""

    kind: Literal["erasure.target_kept"] = "erasure.target_kept"
    target: Target
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureDelayed(Happened):
    """It was to be carried out by now, and is not."""

    kind: Literal["erasure.delayed"] = "erasure.delayed"
    due_at: datetime
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureCarriedOut(Happened):
    """Everybody it named was forgotten or, `kept`, could not be; with the sums of all."""

    kind: Literal["erasure.carried_out"] = "erasure.carried_out"
    erased: int
    kept: int
    keys: int
    histories: int
    rows: int
    remains: tuple[Remains, ...] = ()


ErasureEvent = (
    ErasureRequested
    | ErasureTakenUp
    | ErasureApproved
    | ErasureRefused
    | ErasureWithdrawn
    | ErasureWarned
    | ErasureOverdue
    | ErasurePassedUp
    | TargetErased
    | TargetKept
    | ErasureDelayed
    | ErasureCarriedOut
)
