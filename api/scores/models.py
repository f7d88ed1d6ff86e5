"""What the scores' answers promise to show (R12). How they are filled stands in the views.

Exact numbers are text with fixed decimals: rates in percent with four, points with two, and how
many where units share a grade with four.
"""

from datetime import date, datetime

from pydantic import BaseModel

from api.models_named import Named
from domain.scores.figures import Scope
from domain.scores.ranking import Trend


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


class MarkedEvent(BaseModel):
    """An event a mark is about; `case_id` is null where the case is out of the reader's sight."""

    case_id: str | None
    version: int
    measure: str
    unit: Named


class Mark(BaseModel):
    """What whoever reads the figures must know of them, and the events that it is about, if any."""

    code: str
    words: str
    events: list[MarkedEvent]


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
    """All figures of a unit, of a member of staff or of a partner organisation in a period."""

    unit: UnitView | None
    person: Named | None
    partner: Named | None
    scope: Scope
    basis: Basis
    composite: CompositeView
    measures: list[MeasureView]
    marks: list[Mark]
