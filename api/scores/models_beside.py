"""What rankings and comparisons promise to show (R12.3, R12.5); filled by their routes."""

from pydantic import BaseModel

from api.models_named import Named
from api.scores.models import Basis, Change, IntervalView, Mark, UnitView
from domain.scores.figures import Scope
from domain.scores.ranking import Apart


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
