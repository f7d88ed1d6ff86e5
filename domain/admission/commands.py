"""Commands to the register of admissions. Imperative, frozen, complete, as those to a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands import Tick
from domain.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForAdmission(Asked):
    """A street or department asks that communities do some work of the catalogue (R3.2).

    For the `units` and all below them, from `valid_from` up to `valid_until`, with some authority
    and `yearly` fen for each calendar year.
    """

    kind: Literal["apply_for_admission"] = "apply_for_admission"
    item_id: str
    units: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime
    authority: str
    yearly: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveAdmission(Asked):
    """One of two people over all communities concerned says yes."""

    kind: Literal["approve_admission"] = "approve_admission"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAdmission(Asked):
    """Say no, and why; one no is enough."""

    kind: Literal["refuse_admission"] = "refuse_admission"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeAdmission(Asked):
    """Take it back from `effective_from` on, at once where none is given."""

    kind: Literal["revoke_admission"] = "revoke_admission"
    text: str
    effective_from: datetime | None = None


AdmissionCommand = ApplyForAdmission | ApproveAdmission | RefuseAdmission | RevokeAdmission | Tick
