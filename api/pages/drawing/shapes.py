"""Shapes of a map by shapely: GeoJSON in degrees to lines in pixels, no finer than one sees, and
the place for a label in each. Nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import shapely

from api.pages.drawing.frame import Bounds, Frame

FINE = 0.6
"""Square root of the area, in pixels, that a line may be wrong by."""
TENTHS = 1
SPECK = 1.0
"""Pixels: an area smaller than that both ways is drawn as a dot of that size."""
Geometry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """One area in pixels: its lines as the path of an SVG, the middle of its widest part, how far
    from there the border is (0 where no label is wanted), and how wide that part is.
    """

    path: str
    x: float
    y: float
    room: float
    width: float


def read(geometries: Mapping[str, Geometry]) -> dict[str, shapely.Geometry]:
    """Shapes of GeoJSON, in degrees, by their names."""
    texts = [orjson.dumps(each) for each in geometries.values()]
    return dict(zip(geometries, shapely.from_geojson(texts), strict=True)) if texts else {}


def bounds(found: Mapping[str, shapely.Geometry]) -> Bounds | None:
    """What holds all of them; None where there are none."""
    if not found:
        return None
    west, south, east, north = shapely.total_bounds([*found.values()])
    return float(west), float(south), float(east), float(north)


def drawn(
    found: Mapping[str, shapely.Geometry], frame: Frame, *, middles: bool = True
) -> dict[str, Shape]:
    """Those that are in the frame; borders that two share stay shared. Without `middles` there is
    room for no label.
    """
    window = shapely.box(-1, -1, frame.width + 1, frame.height + 1)
    placed = shapely.transform([*found.values()], lambda points: _placed(points, frame))
    seen = np.flatnonzero(shapely.intersects(placed, window))
    if not seen.size:
        return {}
    names = [*found]
    simple = shapely.coverage_simplify(placed[seen], FINE)
    parts = shapely.intersection(simple, window)
    return {names[at]: _shape(part, middles=middles) for at, part in zip(seen, parts, strict=True)}


def _placed(points: np.ndarray, frame: Frame) -> np.ndarray:
    columns: Any = (points[:, 0], points[:, 1])  # what holds for a point holds for all of them
    return np.column_stack([*frame.pixel(*columns)])


def _shape(area: shapely.Geometry, *, middles: bool) -> Shape:
    parts = shapely.get_parts(area)
    widest = max(parts, key=shapely.area)
    path = "".join(_line(ring) for part in parts for ring in _rings(part))
    middle, room = widest.centroid, 0.0
    if middles and widest.area > 1:
        circle = shapely.maximum_inscribed_circle(widest, tolerance=1)
        middle, room = shapely.Point(circle.coords[0]), circle.length
    west, _, east, _ = widest.bounds
    return Shape(
        path=path or _dot(middle),
        x=round(middle.x, TENTHS),
        y=round(middle.y, TENTHS),
        room=round(room, TENTHS),
        width=round(east - west, TENTHS),
    )


def _rings(part: shapely.Geometry) -> list[shapely.LinearRing]:
    return [part.exterior, *part.interiors] if part.geom_type == "Polygon" else []


def _line(ring: shapely.LinearRing) -> str:
    """A closed line in steps of tenths of a pixel; empty where nothing of it is left."""
    whole = [(round(x * 10), round(y * 10)) for x, y in ring.coords[:-1]]
    points = [point for n, point in enumerate(whole) if point != whole[n - 1]]
    if len(points) < 3:  # noqa: PLR2004 - less is no area
        return ""
    (x, y), *others = points
    steps = []
    for east, south in others:
        steps.append(_pair(east - x, south - y))
        x, y = east, south
    return f"M{_pair(*points[0])}l{' '.join(steps)}z"


def _pair(x: int, y: int) -> str:
    """Two numbers of tenths, as short as SVG takes them."""
    one, two = _tenth(x), _tenth(y)
    return f"{one}{two}" if two.startswith("-") else f"{one} {two}"


def _tenth(number: int) -> str:
    whole, part = divmod(abs(number), 10)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole or ''}.{part}" if part else f"{sign}{whole}"


def _dot(middle: shapely.Point) -> str:
    return f"M{middle.x:.1f} {middle.y:.1f}h{SPECK}v{SPECK}h-{SPECK}z"
