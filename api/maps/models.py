"""What is shown of maps and places. Positions are degrees of WGS 84, longitude first."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from api.models_named import Named
from api.scores.models import Basis, IntervalView

By = Literal["open", "overdue", "satisfaction"]


class CountFigures(BaseModel):
    """Open cases whose place is there, wherever they stand; `list` has them."""

    open: int
    overdue: int
    list: str


class RateFigures(BaseModel):
    """Satisfaction as the scores give it: exact numbers as text. `few` rates are mostly chance and
    of shade 0; `card` has everything about them.
    """

    numerator: str
    denominator: str
    unanswered: str
    excluded: str
    rate: str | None
    interval: IntervalView | None
    few: bool
    card: str


class AreaProperties(BaseModel):
    """What is known of one shape: its unit, its figures, its `shade` from 0 to 4, it in words.

    `map` is the address of the map of what is in it, None for a grid.
    """

    unit: Named
    kind: str
    kind_words: str
    level: int | None
    shade: int
    words: str
    figures: CountFigures | RateFigures
    map: str | None


class AreaFeature(BaseModel):
    """A feature of GeoJSON; `geometry` is null where no border is known."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any] | None
    properties: AreaProperties


class ShadeView(BaseModel):
    """A shade of the map: what belongs to it in words, and how many areas do."""

    shade: int
    words: str
    areas: int


class UnitMap(BaseModel):
    """GeoJSON with what is needed to read it.

    `elsewhere` are open cases in the unit's area and in none of the shapes (None for rates). Of
    rates `basis` says what they were made with.
    """

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[AreaFeature]
    unit: Named
    kind: str
    by: By
    words: str
    at: datetime
    basis: Basis | None
    shades: list[ShadeView]
    elsewhere: int | None
    elsewhere_words: str


class BorderProperties(BaseModel):
    """What a shape is called; `inside` is the address of the borders in it, None for a grid."""

    unit: Named
    kind: str
    kind_words: str
    level: int | None
    inside: str | None


class BorderFeature(BaseModel):
    """A feature of GeoJSON; `geometry` is null where no border is known."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any] | None
    properties: BorderProperties


class UnitBorders(BaseModel):
    """GeoJSON of what a unit is made of, without any figure."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[BorderFeature]
    unit: Named
    kind: str


class PlaceUnit(Named):
    """A unit on the way from a place upwards."""

    kind: str
    kind_words: str


class Hit(BaseModel):
    """A unit that an address names: with the words of it that do, and the units it lies in."""

    unit: PlaceUnit
    matched: str
    within: list[PlaceUnit]


class PlaceView(BaseModel):
    """Where a point lies, the narrowest first (`grid` to `district`, null for none known); or which
    units an address names. `none` says that there is neither.
    """

    none: bool
    words: str
    grid: PlaceUnit | None = None
    community: PlaceUnit | None = None
    street: PlaceUnit | None = None
    district: PlaceUnit | None = None
    hits: list[Hit] = []
