"""What the list of events behind a figure promises to show (R12.5); filled by explaining."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from api.models_named import Named
from api.scores.models import Basis, UnitView
from domain.scores.figures import Scope
from domain.words.redress import ChargeKind


class Said(BaseModel):
    """An event in the words of the timeline."""

    version: int
    kind: str
    words: str
    at: datetime
    recorded_at: datetime


class AppealBodyView(BaseModel):
    """The command as it is to be sent; `text` is for whoever appeals to write."""

    kind: Literal["appeal"] = "appeal"
    against: ChargeKind
    about: str


class AppealOffer(BaseModel):
    """It may still be appealed: what to send where, until when (R11)."""

    url: str
    until: datetime
    body: AppealBodyView
    needs: list[str]


class PostingView(BaseModel):
    """What one event added to the figure, one up or one down.

    `case_id` is null where the case is out of the reader's sight and nothing in it is theirs to
    appeal, `timeline` wherever it is out of sight, `person` where that person's
    figures are. `weight` is what one counts for: of a grade that units share, a part of it.
    `because` and its `words` say why something counts no more, or again; `corrects` is the event
    whose posting it takes back. `counts` is false of what stands on a unit that had no part in
    the case: it is in no figure.
    """

    case_id: str | None
    timeline: str | None
    measure: str
    event: Said
    counted_at: datetime
    known_at: datetime
    unit: Named
    person: Named | None
    stage: str | None
    round: int
    role: str
    helpers: int
    weight: str
    numerator: int
    denominator: int
    unanswered: int
    excluded: int
    counts: bool
    because: str
    words: str
    corrects: Said | None
    imported: bool
    appeal: AppealOffer | None


class PartSums(BaseModel):
    """What the postings of a measure add up to."""

    measure: str
    numerator: str
    denominator: str
    unanswered: str
    excluded: str


class Behind(BaseModel):
    """A page of the events behind a figure, and what all of them add up to: the figure itself."""

    unit: UnitView | None
    person: Named | None
    partner: Named | None
    scope: Scope
    basis: Basis
    measure: str | None
    part: str | None
    sums: list[PartSums]
    postings: list[PostingView]
    next_cursor: str | None
