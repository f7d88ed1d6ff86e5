"""What the scores' answers promise to show (R12). How they are filled stands in the views.

Exact numbers are text with fixed decimals: rates in percent with four, points with two, and how
many where units share a grade with four.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from api.models_named import Named
from domain.scores.figures import Scope
from domain.scores.ranking import Apart, Trend
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
    `counts` is false of what stands on a unit that had no part in the case: it is in no figure.
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


# -- units side by side ------------------------------------------------------------


class Ranked(BaseModel):
    """A unit's figure of the measure that is ranked by; `card` is where all of its figures are."""

    unit: UnitView
    numerator: str
    denominator: str
    unanswered: str
    excluded: str
    rate: str | None
    interval: IntervalView | None
    points: str | None
    before: Change
    year_before: Change
    marks: list[Mark]
    card: str


class PlaceView(Ranked):
    """The places it could hold, from `best` to `worst`, and the groups of ties it belongs to.

    Two units are tied where they share a group; `ties` is with how many others it is.
    """

    best: int
    worst: int
    tied_from: int
    tied_to: int
    ties: int


class ApartView(Ranked):
    """Not ranked, and why."""

    why: Apart
    words: str


class DivisionView(BaseModel):
    """Those ranked together: grids of one level; of one setting where settings are apart."""

    level: int
    setting: str
    ranked: list[PlaceView]
    apart: list[ApartView]


class RankingView(BaseModel):
    """Units of one kind by the lower bound of what is good, the best first."""

    kind: str
    within: list[Named]
    measure: str
    words: str
    counts: str
    scope: Scope
    minimum: int
    basis: Basis
    divisions: list[DivisionView]


# -- one reading beside another ------------------------------------------------------


class FigureView(BaseModel):
    """A measure in one reading."""

    numerator: str
    denominator: str
    unanswered: str
    excluded: str
    rate: str | None
    interval: IntervalView | None
    points: str | None


class FigureChangeView(BaseModel):
    """A measure in both; null where one has nothing to show."""

    measure: str
    words: str
    before: FigureView | None
    after: FigureView | None


class UnitChangeView(BaseModel):
    """A unit whose figures differ, with its composites; null where nothing counted."""

    unit: Named
    before: str | None
    after: str | None
    figures: list[FigureChangeView]


class ReasonView(BaseModel):
    """Why a case counts otherwise."""

    code: str
    words: str


class CaseChangeView(BaseModel):
    """What a case counts for a unit after, less what it counted before, by which of its events.

    `case_id` is null where the case is out of the reader's sight.
    """

    case_id: str | None
    timeline: str | None
    unit: Named
    measure: str
    numerator: str
    denominator: str
    unanswered: str
    excluded: str
    reasons: list[ReasonView]
    versions: list[int]


class NumberChange(BaseModel):
    """A number of the policy that differs."""

    path: str
    place: str
    before: str
    after: str


class MovedView(BaseModel):
    """A unit that lies under another one after; null where there was or is no such unit."""

    unit: Named
    before: Named | None
    after: Named | None


class ComparisonView(BaseModel):
    """What differs between two readings of a period: units, cases, numbers, the tree of units.

    `cases` come page by page, all of them; the rest is on every page.
    """

    scope: Scope
    within: list[Named]
    before: Basis
    after: Basis
    units: list[UnitChangeView]
    numbers: list[NumberChange]
    moved: list[MovedView]
    cases: list[CaseChangeView]
    cases_in_all: int
    next_cursor: str | None
