"""Commands of chapter R1: opening a case and handing it on."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked, Contact, Place, Source
from domain.words import (
    CaseType,
    Channel,
    DeclineGround,
    Urgency,
)
from domain.words.proactive import Informant


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Asked):
    """Open a case at first contact (R1.1, R1.2). `residents` is how many came with it.

    `proactive`: staff bring it before anybody asked (R13), from an informant or a visit if so said.
    `evidence` holds references to photos or documents.
    """

    kind: Literal["register"] = "register"
    case_type: CaseType
    channel: Channel
    item_id: str
    title: str
    text: str
    urgency: Urgency
    place: Place
    reporter: Contact
    reporter_lookup: str = ""
    parties: tuple[Contact, ...] = ()
    residents: int = 1
    proactive: bool = False
    informant: Informant | None = None
    visit_id: str = ""
    receipt_hash: str
    source: Source | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Asked):
    """The first-contact officer hands the case to the rung the catalogue names (R1.3)."""

    kind: Literal["hand_over"] = "hand_over"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Asked):
    """Decline on a listed ground; the text names the right door (R1.3)."""

    kind: Literal["decline"] = "decline"
    ground: DeclineGround
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecline(Asked):
    """The supervisor upholds the decline, or has the officer go on (R1.3)."""

    kind: Literal["review_decline"] = "review_decline"
    upheld: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceOfficer(Asked):
    """A supervisor replaces an officer who left, by the post named or a clerk near (R1.1)."""

    kind: Literal["replace_officer"] = "replace_officer"
    post_id: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassify(Asked):
    """Correct the matter, the place, or both; what is not given stays (R2.1)."""

    kind: Literal["reclassify"] = "reclassify"
    item_id: str | None = None
    place: Place | None = None
    text: str


FirstContactCommand = Register | HandOver | Decline | ReviewDecline | ReplaceOfficer | Reclassify
