"""Commands to an erasure. Imperative, frozen, complete, as those to a case."""

from dataclasses import dataclass
from typing import Literal

from domain.commands import Tick
from domain.commands.base import Asked
from domain.values import REPORTER
from domain.words.erasure import Ground, Remains


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somebody in a case: who came with it, a party, or a joined case's resident by its number."""

    case_id: str
    subject: str = REPORTER

    @property
    def errand(self) -> str:
        """What tells it from the others of one erasure."""
        return f"{self.case_id}/{self.subject}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestErasure(Asked):
    """Ask that people be forgotten in some cases. Time itself proposes it too, never decides.

    `text` is kept for ever, under the erasure's own key: it says why and is to name nobody.
    """

    kind: Literal["request_erasure"] = "request_erasure"
    targets: tuple[Target, ...]
    ground: Ground
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveErasure(Asked):
    """A second person says yes; of what was proposed by time, the first one does it too."""

    kind: Literal["approve_erasure"] = "approve_erasure"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseErasure(Asked):
    """Say no, and why; one no is enough."""

    kind: Literal["refuse_erasure"] = "refuse_erasure"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawErasure(Asked):
    """Who asked for it takes it back while nobody has agreed."""

    kind: Literal["withdraw_erasure"] = "withdraw_erasure"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteErased(Asked):
    """Somebody is forgotten: what was destroyed and swept, and what could not be reached."""

    kind: Literal["note_erased"] = "note_erased"
    target: Target
    keys: int
    histories: int
    rows: int
    remains: tuple[Remains, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKept(Asked):
    """A case would not forget somebody after all, and with which refusal."""

    kind: Literal["note_kept"] = "note_kept"
    target: Target
    refusal: str


ErasureCommand = (
    RequestErasure | ApproveErasure | RefuseErasure | WithdrawErasure | NoteErased | NoteKept | Tick
)
