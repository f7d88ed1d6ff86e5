"""Plane geometry of grid borders, by shapely: whether one is an area, and what it overlaps. The
shapes of maps are made in `api/maps/borders.py`.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from domain.organisation import Ring

_METRES_PER_DEGREE = 111_195  # mean earth radius of 6,371,008 m
_NARROWEST = 0.2  # metres


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A named border; only shapes of one layer are compared."""

    name: str
    layer: int
    ring: Ring


def why_invalid(ring: Ring) -> str | None:
    """Why a ring (microdegrees) is not the border of an area, or None."""
    polygon = shapely.Polygon(ring)
    if polygon.is_valid:
        return None if polygon.area > 0 else "it encloses nothing"
    reason, _, place = str(shapely.is_valid_reason(polygon)).partition("[")
    if not place:
        return reason.strip().lower()
    x, y = (float(n) / 1_000_000 for n in place.rstrip("]").split()[:2])
    return f"{reason.strip().lower()} at {x:.6f},{y:.6f}"


def overlaps(shapes: Sequence[Shape]) -> Iterator[tuple[str, str, float]]:
    """Pairs of names of one layer whose areas overlap, with the overlap in m²."""
    layers: dict[int, list[Shape]] = defaultdict(list)
    for shape in shapes:
        layers[shape.layer].append(shape)
    for layer in layers.values():
        yield from _in_layer(layer)


def overlapping(shape: Shape, others: Sequence[Shape]) -> Iterator[str]:
    """Names of the others of its layer that the shape overlaps."""
    box = _box(shape)
    near = [other for other in others if _meet(box, _box(other))]
    for one, other, _ in overlaps([shape, *near]):
        if shape.name in {one, other}:
            yield other if one == shape.name else one


def _box(shape: Shape) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in shape.ring], [y for _, y in shape.ring]
    return min(xs), min(ys), max(xs), max(ys)


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    beside = one[2] < other[0] or other[2] < one[0]
    return not (beside or one[3] < other[1] or other[3] < one[1])


def _in_layer(layer: Sequence[Shape]) -> Iterator[tuple[str, str, float]]:
    polygons = np.array([shapely.Polygon(shape.ring) for shape in layer])
    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    shared = shapely.intersection(polygons[one], polygons[other])
    for i in np.flatnonzero(shapely.area(shared) > 0):
        area = _square_metres(shared[i])
        if area > 0:
            yield layer[one[i]].name, layer[other[i]].name, area


def _square_metres(shared: shapely.Geometry) -> float:
    """The area of an overlap (microdegrees in), slivers left out.

    Where two borders share a line but not its points, rounding to microdegrees (0.1 m) leaves a
    sliver that nobody drew.
    """
    return math.fsum(
        area
        for part in shapely.get_parts(shared)
        if (area := (metres := _in_metres(part)).area) and 2 * area / metres.length > _NARROWEST
    )


def _in_metres(part: shapely.Geometry) -> shapely.Geometry:
    scale = _METRES_PER_DEGREE / 1_000_000
    narrowing = math.cos(math.radians(part.centroid.y / 1_000_000))
    return shapely.transform(part, lambda xy: xy * (scale * narrowing, scale))
