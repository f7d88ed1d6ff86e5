"""Events of chapter R1: opening a case and handing it on."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText, ReporterText
from domain.values import (
    Area,
    By,
    External,
    Location,
    Matter,
    Party,
    PutsQuestion,
    Reporter,
    SetsClocks,
    Told,
    Versions,
)
from domain.words import (
    CaseType,
    Channel,
    DeadlineClass,
    DeclineGround,
    Urgency,
)
from domain.words.proactive import Informant


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(SetsClocks):
    """A case was opened; the resident's clock runs from here."""

    kind: Literal["case.registered"] = "case.registered"
    case_id: str
    case_type: CaseType
    channel: Channel
    item_id: str
    class_id: str
    title: ReporterText
    text: ReporterText
    urgency: Urgency
    deadline: DeadlineClass
    department_id: str
    location: Location
    reporter: Reporter
    parties: tuple[Party, ...] = ()
    officer: By
    receipt_hash: str
    versions: Versions
    external: External | None = None
    residents: int = 1
    proactive: bool = False
    informant: Informant | None = None
    visit_id: str = ""
    evidence: tuple[ReporterText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Told):
    """First contact gave the case to the rung the catalogue names."""

    kind: Literal["case.handed_over"] = "case.handed_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(PutsQuestion):
    """First contact declined; the text names the right door, and a supervisor reviews it."""

    kind: Literal["case.declined"] = "case.declined"
    ground: DeclineGround
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineReviewed(SetsClocks):
    """The supervisor upheld the decline, or the officer's handling clock runs again."""

    kind: Literal["decline.reviewed"] = "decline.reviewed"
    upheld: bool
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerReplaced(Told):
    """The first-contact officer left; `officer` is who owns the reception from here on."""

    kind: Literal["case.officer_replaced"] = "case.officer_replaced"
    officer: By
    was: By
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLeft(PutsQuestion):
    """The case came back, and its officer was gone: a supervisor is asked for another."""

    kind: Literal["case.officer_left"] = "case.officer_left"
    was: By


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified(SetsClocks):
    """Matter or place were corrected; `was` and `was_area` are what stood there before.

    `location` is None where the place stays. Clocks are set only where it became an emergency.
    """

    kind: Literal["case.reclassified"] = "case.reclassified"
    matter: Matter
    was: Matter
    was_area: Area
    location: Location | None = None
    urgency: Urgency
    text: FreeText


FirstContactEvent = (
    Registered
    | HandedOver
    | Declined
    | DeclineReviewed
    | OfficerReplaced
    | OfficerLeft
    | Reclassified
)
