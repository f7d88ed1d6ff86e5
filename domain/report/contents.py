"""What a report says: figures as they are published, in fixed decimals. Values only, and no people.

Renderers (reports/) make bytes of it; what is not here is in no file of the report.
"""

from dataclasses import dataclass

from domain.scores.measures import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose report, of which period, by which books, as of when (RFC 3339, UTC).

    `above` are the names of the superiors, nearest first; `position` is the number of the last
    event of the journal that is counted in; `edition` 1 is the first, a correction the next; a
    `draft` is on no record.
    """

    report_id: str
    edition: int
    unit_id: str
    name: str
    kind: str
    setting: str
    above: tuple[str, ...]
    successor: str = ""
    period: str
    first: str
    last: str
    zone: str
    as_of: str
    position: int
    policy: str
    organisation: str
    confidence: int
    minimum: int
    rank_by: Measure
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A measure of the unit. Counts are whole or with the decimals of a share of a grade.

    `rate`, `low` and `high` are percent; empty where nothing counted. `points` is empty besides
    where the policy has no formula, `full` and `weight` are then empty or 0. `few` says that fewer
    counted than are ranked; of what is `withheld` only how many counted and have no answer is said.
    """

    measure: Measure
    numerator: str = "0"
    denominator: str = "0"
    unanswered: str = "0"
    excluded: str = "0"
    rate: str = ""
    low: str = ""
    high: str = ""
    points: str = ""
    full: str = ""
    target: str = ""
    weight: int = 0
    few: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The rates of a unit: of what itself carried (``"own"``), or of all below it too (``"area"``).

    `composite` is the sum of weighted points out of a hundred, empty where nothing counted;
    `left_out` are the measures with a weight in which nothing did.
    """

    scope: str
    rates: tuple[Rate, ...]
    composite: str
    left_out: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One measure beside that of another period; `change` is in percentage points, signed.

    `trend` is ``"better"`` or ``"worse"`` only where the intervals do not overlap, else
    ``"no_clear_change"`` or ``"unknown"``.
    """

    measure: Measure
    rate: str
    numerator: str
    denominator: str
    change: str
    trend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The period before (``"before"``) or a year before (``"year_before"``)."""

    which: str
    period: str
    composite: str
    composite_change: str
    measures: tuple[Compared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A unit in a ranking, with the best and the worst place it could hold, 0 where it is not
    ranked; `tied` names the units it cannot be told from. `closed` are those that are no more.
    """

    unit_id: str
    name: str
    closed: bool = False
    best: int
    worst: int
    tied: tuple[str, ...]
    numerator: str
    denominator: str
    unanswered: str
    rate: str
    low: str
    high: str
    composite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Units below that stand beside one another, by one measure. `few` are not ranked: they have
    less than the minimum, or no interval. `nothing` names those in which nothing counted.
    """

    kind: str
    level: int = 0
    measure: Measure
    ranked: tuple[Placed, ...]
    few: tuple[Placed, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of the trend: rates of measures that counted, and the composite."""

    period: str
    composite: str
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaches:
    """What ran out of time and what followed, at one unit and below it, ``"own"`` at itself alone.

    `late` by measure (acceptance, handling, promise, call, report in), then cards and what came
    back; None is not published.
    """

    unit_id: str
    name: str
    closed: bool = False
    scope: str
    late: tuple[tuple[Measure, int | None], ...]
    yellow: int | None
    red: int | None
    returned: int | None
    reopened: int | None
    recurred: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the figures can or cannot say, by its code, with what goes into its words."""

    code: str
    measures: tuple[Measure, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a further edition says otherwise than the one before: ``"55/60"``, ``"56/60"``."""

    scope: str
    measure: Measure
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A whole report. `scopes` has the area first where the unit has others below it."""

    head: Head
    scopes: tuple[Scope, ...]
    comparisons: tuple[Comparison, ...]
    rankings: tuple[Ranking, ...]
    trend: tuple[Month, ...]
    breaches: tuple[Breaches, ...]
    notes: tuple[Note, ...]
    changed: tuple[Changed, ...] = ()
