"""Commands of chapters R4.2 and R4.5: returns, adjudication, transfer between departments."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked
from domain.words import ReturnReason, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCase(Asked):
    """Send the case back to the unit it came from, or have a superior say whose it is (R4.2)."""

    kind: Literal["return"] = "return"
    reason: ReturnReason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicate(Asked):
    """The superior says whose it is; `stage` tells a street's counter from the street."""

    kind: Literal["adjudicate"] = "adjudicate"
    unit_id: str
    stage: Stage | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Asked):
    """Ask another department to take the case over (R4.5)."""

    kind: Literal["transfer"] = "transfer"
    unit_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTransfer(Asked):
    """The other department takes the case over."""

    kind: Literal["accept_transfer"] = "accept_transfer"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseTransfer(Asked):
    """The other department says the case is not its own; a superior decides."""

    kind: Literal["refuse_transfer"] = "refuse_transfer"
    text: str


ReturnCommand = ReturnCase | Adjudicate | Transfer | AcceptTransfer | RefuseTransfer
