"""Borders of a map by shapely: grids without the finer ones in them, and wider units joined of
their grids. Kept per version of the organisation. No names, no figures.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from domain.organisation import Organisation
from domain.words import UnitKind

KEPT = 64
"""Maps kept at hand."""
SLIVER = 2
"""Microdegrees (about 0.2 m): where two borders share a line but not its points, rounding leaves
what nobody drew; nothing narrower than twice this is shown.
"""
DETAIL = 4_000
"""A joined border is as fine as this part of the map's longer side: finer than any screen."""
GRIDS = frozenset({UnitKind.GRID})
OF: Mapping[UnitKind, frozenset[UnitKind]] = {
    UnitKind.CITY: frozenset({UnitKind.STREET, UnitKind.TOWNSHIP}),
    UnitKind.DISTRICT: frozenset({UnitKind.COMMUNITY, UnitKind.VILLAGE}),
    **dict.fromkeys((UnitKind.STREET, UnitKind.TOWNSHIP), GRIDS),
    **dict.fromkeys((UnitKind.COMMUNITY, UnitKind.VILLAGE, UnitKind.GRID), GRIDS),
}
"""What the map of such a unit is made of; a department has no area."""
Geometry = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One shape of a map: the units whose cases lie in it, its own first. `geometry` is GeoJSON in
    degrees, None where no border is known or nothing of it is left beside finer grids.
    """

    unit_id: str
    units: tuple[str, ...]
    geometry: Geometry | None


@dataclass(slots=True)
class Borders:
    """The maps of a process, the latest asked for kept."""

    _kept: OrderedDict[tuple[str, str], tuple[Area, ...]] = field(default_factory=OrderedDict)

    def of(self, unit_id: str, organisation: Organisation) -> tuple[Area, ...]:
        """The map of a unit; may take seconds for a city that was not asked for yet."""
        key = organisation.version, unit_id
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = areas(unit_id, organisation)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found


def areas(unit_id: str, organisation: Organisation) -> tuple[Area, ...]:
    """The shapes of a unit's map, in the order of their ids; none for a department."""
    units = organisation.units
    kinds = OF.get(units[unit_id].kind, frozenset())
    below = sorted(organisation.subtree(unit_id))
    shown = [each for each in below if units[each].kind in kinds and not units[each].closed]
    if kinds is GRIDS:
        return tuple(_grid(each, organisation) for each in shown)
    return _joined({each: organisation.subtree(each) for each in shown}, organisation)


def _grid(unit_id: str, organisation: Organisation) -> Area:
    """A grid without the finer ones in it: a point lies in the finest."""
    finer = (each for each in organisation.subtree(unit_id) if each != unit_id)
    found = _polygon(unit_id, organisation)
    inside = [p for each in finer if (p := _polygon(each, organisation)) is not None]
    if found is not None and inside:
        found = _mended(found.difference(shapely.union_all(inside)), -SLIVER)
    return Area(unit_id=unit_id, units=(unit_id,), geometry=_geometry(found))


def _joined(parts: Mapping[str, Iterable[str]], organisation: Organisation) -> tuple[Area, ...]:
    units = {each: tuple(members) for each, members in parts.items()}
    shapes = {each: _union(members, organisation) for each, members in units.items()}
    simple = _simpler({each: shape for each, shape in shapes.items() if shape is not None})
    return tuple(
        Area(unit_id=each, units=members, geometry=_geometry(simple.get(each)))
        for each, members in units.items()
    )


def _simpler(shapes: Mapping[str, shapely.Geometry]) -> Mapping[str, shapely.Geometry]:
    """The shapes with fewer points; borders that two share stay shared."""
    if not shapes:
        return {}
    whole = [*shapes.values()]
    west, south, east, north = shapely.total_bounds(whole)
    detail = max(east - west, north - south) / DETAIL
    return dict(zip(shapes, shapely.coverage_simplify(whole, detail), strict=True))


def _union(members: Iterable[str], organisation: Organisation) -> shapely.Geometry | None:
    grids = [p for each in members if (p := _polygon(each, organisation)) is not None]
    return _mended(shapely.union_all(grids), SLIVER) if grids else None


def _mended(shape: shapely.Geometry, by: int) -> shapely.Geometry:
    """Without slivers: gaps are closed, or with a negative width what sticks out is cut off."""
    return shape.buffer(by, join_style="mitre").buffer(-by, join_style="mitre")


def _polygon(unit_id: str, organisation: Organisation) -> shapely.Geometry | None:
    ring = organisation.borders.get(unit_id)
    if not ring or organisation.units[unit_id].closed:
        return None
    return shapely.Polygon(ring)


def _geometry(shape: shapely.Geometry | None) -> Geometry | None:
    """In degrees, with whole microdegrees."""
    if shape is None or shape.is_empty:
        return None
    parts = [_rings(part) for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    if not parts:
        return None
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _rings(polygon: shapely.Polygon) -> list[list[list[float]]]:
    """The outer line counter-clockwise and the holes clockwise, as RFC 7946 wants them."""
    turned = shapely.orient_polygons(polygon)
    lines = (turned.exterior, *turned.interiors)
    return [[[round(x) / 1e6, round(y) / 1e6] for x, y in line.coords] for line in lines]
