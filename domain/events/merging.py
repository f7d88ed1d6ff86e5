"""Events of chapter R2.3: several residents on one matter."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText
from domain.values import By, Clock, Happened, Said, SetsClocks, Told
from domain.words import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Told):
    """The case is carried on in the lead case. `promised` is the resident's clock as it runs."""

    kind: Literal["case.merged"] = "case.merged"
    lead_id: str
    residents: int
    officer: By
    urgency: Urgency
    promised: Clock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUndone(SetsClocks):
    """The case goes on where it was: split off by a supervisor, or refused by the lead (a code)."""

    kind: Literal["merge.undone"] = "merge.undone"
    text: FreeText = ""
    lead_id: str
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(SetsClocks):
    """Another case is carried on here: its residents rate too, and their own clock runs on.

    `residents` are those not known here before; `rates` is False where nobody reported it.
    """

    kind: Literal["case.joined"] = "case.joined"
    case_id: str
    residents: int
    rates: bool
    officer: By
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted(Happened):
    """A case that had joined goes its own way again."""

    kind: Literal["case.parted"] = "case.parted"
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentLeft(Said):
    """One of several residents took their request back; the case goes on for the others."""

    kind: Literal["resident.left"] = "resident.left"
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BecameMass(Happened):
    """So many residents are on one matter that it enters at the street at once.

    `enters` is False where it is there or higher already, or no street is known or answers.
    """

    kind: Literal["case.became_mass"] = "case.became_mass"
    residents: int
    enters: bool


MergingEvent = Merged | MergeUndone | Joined | Parted | ResidentLeft | BecameMass
