"""What the scores' answers promise to show (R12). How they are filled stands in the views.

Exact numbers are text with fixed decimals: rates in percent with four, points with two, and how
many where units share a grade with four.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from api.models_named import Named
from domain.scores.figures import Scope
from domain.scores.ranking import Trend
from domain.words.redress import ChargeKind


class PeriodView(BaseModel):
    """Both days included; `over` says that the last one was, as of the answer's moment."""

    name: str
    first: date
    last: date
    over: bool


class Basis(BaseModel):
    """What the figures were made with: asked for again with it, they are the same bytes."""

    period: PeriodView
    as_of: datetime
    policy: str
    organisation: str
    proactive: bool


class Mark(BaseModel):
    """What whoever reads the figures must know of them."""

    code: str
    words: str
    about: list[str]


class IntervalView(BaseModel):
    """The lowest and the highest rate the count still fits, in percent, and how surely."""

    low: str
    high: str
    confidence: int


class Change(BaseModel):
    """The same measure of another period, and by how many percent the rate differs from it.

    Where the intervals of both overlap, the `trend` is no clear change, whichever way it went.
    """

    period: str
    numerator: str
    denominator: str
    rate: str | None
    difference: str | None
    trend: Trend
    words: str


class Opens(BaseModel):
    """Where the events behind each part of a figure are listed."""

    numerator: str
    denominator: str
    unanswered: str
    excluded: str


class MeasureView(BaseModel):
    """One rate; `counts` says in words what counts in it. `adverse`: better when lower.

    `rate`, `interval` and `points` are null where nothing counted; `points` besides where the
    policy has none for it, `interval` where more were counted than there were duties.
    """

    measure: str
    words: str
    counts: str
    adverse: bool
    numerator: str
    denominator: str
    unanswered: str
    excluded: str
    rate: str | None
    interval: IntervalView | None
    points: str | None
    weight: int | None
    few: bool
    before: Change
    year_before: Change
    events: Opens


class CompositeView(BaseModel):
    """Out of a hundred; the measures that went in with their weights, and those nothing counted in.

    `points` is null where nothing counted in any of them.
    """

    points: str | None
    counted: dict[str, int]
    left_out: list[str]


class UnitView(Named):
    """A unit as it was at the period's end; `taken_over_by` of one that is closed."""

    kind: str
    setting: str
    taken_over_by: Named | None


class CardView(BaseModel):
    """All figures of a unit or of a member of staff in a period."""

    unit: UnitView | None
    person: Named | None
    scope: Scope
    basis: Basis
    composite: CompositeView
    measures: list[MeasureView]
    marks: list[Mark]


# -- what is behind a figure ----------------------------------------------------


class Said(BaseModel):
    """An event in the words of the timeline."""

    version: int
    kind: str
    words: str
    at: datetime
    recorded_at: datetime


class Correction(Said):
    """The event whose posting is taken back, and why."""

    because: str
    because_words: str


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

    `case_id` is null where the case is out of the reader's sight, `person` where that person's
    figures are. `weight` is what one counts for: of a grade that units share, a part of it.
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
    corrects: Correction | None
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
    scope: Scope
    basis: Basis
    measure: str | None
    part: str | None
    sums: list[PartSums]
    postings: list[PostingView]
    next_cursor: str | None
