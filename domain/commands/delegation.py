"""Commands of chapter R3.2: work handed downwards, and the money that goes with it."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate(Asked):
    """Hand the case down to a community or a grid (R3.2)."""

    kind: Literal["delegate"] = "delegate"
    unit_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExpense(Asked):
    """Write down what of an admission's money the case used, in whole fen, and what for."""

    kind: Literal["record_expense"] = "record_expense"
    fen: int
    purpose: str


DelegationCommand = Delegate | RecordExpense
