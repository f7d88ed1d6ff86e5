"""What happened to the record of a visit, in the past tense. `kind` and `SCHEMA` are for ever.

A record names nobody who was visited, and holds no place finer than a grid.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from domain.sealing import FreeText, Personal
from domain.values import Area, Happened, Told, Versions
from domain.words import Urgency
from domain.words.visit import Occasion

OfCase = Annotated[str, Personal(subject="", of="case_id")]
"""What becomes the case's: sealed under a key of its own, so that it is forgotten with the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOpen:
    """A case the visit opens: all that registers it. `point` is in microdegrees, as in a place."""

    case_id: str
    item_id: str
    title: OfCase
    text: OfCase
    urgency: Urgency
    address: OfCase = ""
    point: OfCase = ""
    unit_id: str
    receipt_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecorded(Happened):
    """Somebody was there, and this is what they asked and found; `cases` are to be opened."""

    kind: Literal["visit.recorded"] = "visit.recorded"
    occasion: Occasion
    visited_at: datetime
    area: Area
    met: int
    asked: FreeText
    found: FreeText
    cases: tuple[ToOpen, ...]
    versions: Versions


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAmended(Told):
    """The record was wrong in this: what is None stays as it was, and what was said stays too."""

    kind: Literal["visit.amended"] = "visit.amended"
    occasion: Occasion | None = None
    visited_at: datetime | None = None
    area: Area | None = None
    met: int | None = None
    asked: Annotated[str | None, Personal()] = None
    found: Annotated[str | None, Personal()] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotOpened(Happened):
    """A case of the visit could not be opened, and why."""

    kind: Literal["visit.case_not_opened"] = "visit.case_not_opened"
    case_id: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForgotten(Happened):
    """The keys of these subjects are gone with this event: what was said of a case of the visit,
    and what was asked and found there.
    """

    kind: Literal["visit.case_forgotten"] = "visit.case_forgotten"
    case_id: str
    erasure_id: str
    keys: tuple[str, ...]


VisitEvent = VisitRecorded | VisitAmended | CaseNotOpened | CaseForgotten
