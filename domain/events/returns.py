"""Events of chapters R4.2 and R4.5: returns, adjudication, transfer between departments."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText
from domain.values import Area, PutsQuestion, Seat, SetsClocks, Told
from domain.words import ReturnReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Told):
    """The unit in charge sent the case back to the one it came from."""

    kind: Literal["case.returned"] = "case.returned"
    reason: ReturnReason
    to: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjudicationRequested(PutsQuestion):
    """The unit in charge and `other` each say it is the other's; a superior has to decide.

    Without a reason: `other` refused a transfer or left it unanswered.
    """

    kind: Literal["adjudication.requested"] = "adjudication.requested"
    other: Seat
    reason: ReturnReason | None = None
    text: FreeText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicated(SetsClocks):
    """A superior said whose it is, and that binds; `area` is where the place's units follow."""

    kind: Literal["adjudication.decided"] = "adjudication.decided"
    seat: Seat
    text: FreeText
    area: Area | None = None
    admission_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOffered(SetsClocks):
    """Another department was asked to take the case over; until it answers nothing changes."""

    kind: Literal["transfer.offered"] = "transfer.offered"
    unit_id: str
    person_id: str
    post_id: str
    text: FreeText
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccepted(Told):
    """The other department took the case over."""

    kind: Literal["transfer.accepted"] = "transfer.accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRefused(Told):
    """The other department refused; a superior decides."""

    kind: Literal["transfer.refused"] = "transfer.refused"


ReturnEvent = (
    Returned
    | AdjudicationRequested
    | Adjudicated
    | TransferOffered
    | TransferAccepted
    | TransferRefused
)
