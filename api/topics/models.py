"""What is shown of topics: counts, and words no further than whoever asks may read them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from api.models_named import Named
from api.models_worklist import RowView
from domain.topics.area import By


class MatterView(BaseModel):
    """Cases of a topic with like words, near each other; its id is its most typical case's."""

    matter: str
    title: str
    cases: int
    residents: int


class MonthView(BaseModel):
    """Cases opened in a month of the town's calendar; the running one up to now."""

    month: str
    cases: int


class TrendView(BaseModel):
    """The last twelve months, and the period held against the time before it.

    `before` cases were opened in the `hours_before` up to the period; in `words` what that says.
    """

    months: list[MonthView]
    before: int
    hours: int
    hours_before: int
    direction: str
    words: str


class TopicView(BaseModel):
    """One item in one place. `residents` are told apart by the keyed hash of their numbers;
    `unknown` are cases that came without a number, `proactive` ones nobody asked for (counted
    apart), `disputes` ones whose words are shown to nobody here.

    `compared` of its cases had their words compared: the newest in sight.
    """

    topic: str
    item: Named
    place: Named
    class_id: str
    belonging: str | None
    department: Named | None
    cases: int
    residents: int
    unknown: int
    proactive: int
    disputes: int
    open: int
    breaches: int
    first_at: datetime
    last_at: datetime
    trend: TrendView
    words: list[str]
    compared: int
    matters: list[MatterView]
    cases_url: str


class Topics(BaseModel):
    """A unit's topics in a period, most voices first: residents, and cases without a number.

    `cases` are all that residents reported there; `in_topics` of them lie in one of the
    `found` topics that at least `least` voices make; the first of these are shown.
    """

    unit: Named
    period: str
    since: datetime
    until: datetime
    at: datetime
    by: By
    least: int
    cases: int
    in_topics: int
    found: int
    topics: list[TopicView]


class SettledView(BaseModel):
    """Where cases of the topic were settled at last."""

    stage: str
    unit: Named
    cases: int


class AdmissionInForce(BaseModel):
    """An admission that hands the item down to units of the topic."""

    admission_id: str
    units: list[Named]
    ends_at: datetime


class RootView(BaseModel):
    """Who could settle it at the root, and what speaks for it (R3)."""

    settler: Named | None
    because: str | None
    words: str
    belonging: str | None
    belonging_words: str
    department: Named | None
    common_superior: Named | None
    units: list[Named]
    settled: list[SettledView]
    admissions: list[AdmissionInForce]


class CostView(BaseModel):
    """What the cases cost. `recurrences` are those reported again soon after (R10.4)."""

    breaches: int
    escalations: int
    helpers: int
    recurrences: int


class TopicDetail(BaseModel):
    """A topic with what it cost and who could settle it at the root."""

    unit: Named
    period: str
    since: datetime
    until: datetime
    at: datetime
    topic: TopicView
    cost: CostView
    root: RootView


class TopicCases(BaseModel):
    """The cases a topic counts, proactive ones too; `unseen` of them are not in one's sight."""

    cases: list[RowView]
    unseen: int
    next_cursor: str | None


class Feature(BaseModel):
    """A feature of GeoJSON."""

    type: Literal["Feature"] = "Feature"
    geometry: dict[str, Any]
    properties: dict[str, Any]


class TopicMap(BaseModel):
    """GeoJSON: grids with their counts, and points rounded to about 100 m.

    Nothing is drawn of a grid or a cell with fewer than `fewest` voices; `not_drawn` are the cases
    in none of the grids drawn.
    """

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[Feature]
    fewest: int
    cases: int
    not_drawn: int
