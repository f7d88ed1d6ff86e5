"""Commands to the record of a visit. Imperative, frozen, complete, as those to a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.commands import Place, Tick
from domain.commands.base import Asked
from domain.words import Urgency
from domain.words.visit import Occasion


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found that becomes a case of its own, where the visit was if not said otherwise."""

    case_id: str
    item_id: str
    title: str
    text: str
    urgency: Urgency = Urgency.NORMAL
    place: Place | None = None
    receipt_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit(Asked):
    """Write down a visit of one's own (R13). `met` is how many people; nobody is named."""

    kind: Literal["record_visit"] = "record_visit"
    occasion: Occasion
    visited_at: datetime
    place: Place
    met: int
    asked: str = ""
    found: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendVisit(Asked):
    """Correct a record; None leaves as it is. `text` says why. What was opened stays open."""

    kind: Literal["amend_visit"] = "amend_visit"
    text: str
    occasion: Occasion | None = None
    visited_at: datetime | None = None
    place: Place | None = None
    met: int | None = None
    asked: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUnopened(Asked):
    """A case of the visit was refused when it was to be opened: nobody is to think it is there."""

    kind: Literal["note_unopened"] = "note_unopened"
    case_id: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetCase(Asked):
    """A case that came of the visit forgets who it was about: so does the record (R14.4)."""

    kind: Literal["forget_case"] = "forget_case"
    case_id: str
    erasure_id: str


VisitCommand = RecordVisit | AmendVisit | NoteUnopened | ForgetCase | Tick
